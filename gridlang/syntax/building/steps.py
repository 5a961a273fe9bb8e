"""Flows: steps, chains and arms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Diagnostic, Fix
from gridlang.source import Span
from gridlang.syntax import nodes as n
from gridlang.syntax.building.base import Base, is_arrow, names
from gridlang.syntax.building.told import said_twice, send_to
from gridlang.syntax.phrases import phrase_at
from gridlang.syntax.words import VERBS

MOST_PHRASES = 300
"""How many steps of a file that are none are looked at for a phrase: who has so many has learnt it by then."""
Clause = tuple[str, Span, Any]


class Steps(Base):
    """Rules of the part `flows` of the grammar. A clause (`at 09:00`) is a tuple: its word, its span, its value."""

    def braces(self, children: list[Any]) -> n.Flow:
        self.blocks -= 1
        return n.Flow(tuple(self._told(_mended(children[1:-1]))), children[0].to(children[-1]))

    def _told(self, steps: list[Any]) -> Iterator[Any]:
        """The steps without `to parent` behind a `send`, and with the jump that `goto call` means."""
        swallowed = False
        for at, step in enumerate(steps):
            words = [word.text for word in step.words if isinstance(word, n.Reference)] if _is_pair(step) else []
            if swallowed:
                swallowed = False
                yield n.Stray(words=(), span=step.span)
            elif (phrase := self._phrase(steps[at : at + 2])) is not None:
                swallowed = not isinstance(step, n.Stray)
                self.report(phrase)
                if not swallowed:
                    yield n.Stray(words=(), span=step.span)
            elif at + 1 < len(steps) and _swallows(step, steps[at + 1]):
                swallowed = True
                verb = step.duration
                self.report(codes.INCOMPLETE.at(verb.span, found=f"`{verb.text}`", what="`wait`", usage=VERBS["wait"]))
            elif words[:1] == ["to"] and at and isinstance(steps[at - 1], n.Send):
                self.report(send_to(step.span, words[1]))
            elif words[:1] == ["goto"] and step.arrow:
                self.report(codes.GOTO.at(step.span, word="goto", label=words[1]))
                target = step.words[1].parts[0]
                yield n.Jump(target=target, span=step.span, label=step.label, was=step.was, arrow=True, doc=step.doc)
            else:
                yield step

    def _phrase(self, steps: list[Any]) -> Diagnostic | None:
        """The finding for a step that is none, alone or behind another: `wait two days`, `send … in the morning`."""
        stray = next((step for step in steps if isinstance(step, n.Stray)), None)
        if stray is None or not stray.words:
            return None
        if stray is not steps[0] and "\n" in self.source.text[steps[0].span.end : stray.span.start]:
            return None
        self.phrases += 1
        return phrase_at(stray.words[0].span) if self.phrases <= MOST_PHRASES else None

    def labelled(self, children: list[Any]) -> Any:
        step = children[-1]
        if len(children) > 1:
            given: dict[str, n.Name] = {}
            for word, span, name in children[:-1]:
                if word in given:
                    self.report(said_twice(span, f"{word} of this step"))
                    break
                given[word] = name
                setattr(step, word, name)
            step.span = children[0][1].to(step.span)
        step.doc = self.doc(step.span.start)
        return step

    def after_arrow(self, children: list[Any]) -> Any:
        step = self.labelled(children)
        step.arrow = True
        return step

    def prefix(self, children: list[Any]) -> Clause:
        if len(children) == 2:
            return "label", children[0].span, children[0]
        before = children[2]
        if isinstance(before, n.Text):  # a step without a label was known by what it does: `send:email:hello`
            before = n.Name(before.value, before.span)
        return "was", children[0].to(before.span), before

    def conditional(self, children: list[Any]) -> Any:
        """`if … then …`: told, and only what stands behind `then` is kept."""
        condition = children[1]
        span = children[0].to(condition.span)
        text = " ".join(condition.span.text.split())
        fixes: tuple[Fix, ...] = ()
        if len(children) > 3:
            diamond = f'choose "Question?" {{ {text} -> {_rest(children)}  otherwise -> stop }}'
            fixes = (codes.replacing(children[0].to(children[3].span), diamond),)
        self.report(codes.IF_THEN.at(span, question="…", condition=f"{text} -> {_rest(children)}", fixes=fixes))
        return children[3] if len(children) > 3 else n.Stray(words=(), span=span)

    def jump(self, children: list[Any]) -> n.Jump:
        target, rest = children[0], children[1:]
        times, otherwise = (rest[1], rest[4] if len(rest) > 4 else None) if rest else (None, None)
        end = otherwise.span if otherwise else rest[2] if rest else target.span
        return n.Jump(target=target, times=times, otherwise=otherwise, span=target.span.to(end))

    def stray(self, children: list[Any]) -> n.Stray:
        first, rest = n.Reference((children[0],), children[0].span), children[1:]
        arms: tuple[n.Arm, ...] = ()
        if rest and isinstance(rest[-1], _Arms):
            arms = rest[-1].arms
        words = tuple(word for word in rest if not isinstance(word, _Arms))
        return n.Stray(words=(first, *words), arms=arms, span=first.span.to(children[-1].span))

    def stray_word(self, children: list[Any]) -> Any:
        word = children[0]
        return n.Reference((word,), word.span) if isinstance(word, n.Name) else word

    # --- touches and tasks ---

    def send(self, children: list[Any]) -> n.Send:
        given, plain = self._clauses(children, "send", "at", "for", "else")
        *channels, message = names(plain[1:])
        return n.Send(
            channels=tuple(channels),
            message=message,
            at=given["at"],
            duration=given["for"],
            otherwise=given["else"],
            span=_span(children),
        )

    def show(self, children: list[Any]) -> n.Show:
        given, plain = self._clauses(children, "show", "for", "budget")
        return n.Show(
            channel=plain[1], message=plain[2], duration=given["for"], budget=given["budget"], span=_span(children)
        )

    def task(self, children: list[Any]) -> n.Task:
        given, plain = self._clauses(children, "task", "by", "due")
        arms = plain.pop().arms if isinstance(plain[-1], _Arms) else ()
        return n.Task(
            channel=plain[1],
            message=plain[2] if len(plain) > 2 else None,
            team=given["by"],
            due=given["due"],
            arms=arms,
            span=_span(children),
        )

    def message(self, children: list[Any]) -> Any:
        return children[0]

    # --- waiting and deciding ---

    def wait(self, children: list[Any]) -> n.Wait:
        return n.Wait(duration=children[1], span=_span(children))

    def wait_until(self, children: list[Any]) -> n.WaitUntil:
        given, plain = self._clauses(children, "wait until", "at")
        return n.WaitUntil(when=plain[2], at=given["at"], span=_span(children))

    def wait_for(self, children: list[Any]) -> n.WaitFor:
        given, plain = self._clauses(children, "wait for", "within")
        role = plain[4] if len(plain) > 4 else None
        return n.WaitFor(event=plain[2], role=role, within=given["within"], span=_span(children))

    def ask(self, children: list[Any]) -> n.Ask:
        given, plain = self._clauses(children, "ask", "within")
        of_account = len(plain) > 2 and isinstance(plain[1], Span)
        return n.Ask(
            question=_question(plain),
            within=given["within"],
            arms=plain[-1].arms,
            of_account=of_account,
            span=_span(children),
        )

    def choose(self, children: list[Any]) -> n.Choose:
        return n.Choose(question=_question(children), arms=children[-1].arms, span=_span(children))

    def split(self, children: list[Any]) -> n.Split:
        return n.Split(question=_question(children), arms=children[-1].arms, span=_span(children))

    def repeat(self, children: list[Any]) -> n.Repeat:
        given, plain = self._clauses(children, "repeat", "on", "at", "from")
        return n.Repeat(
            every=plain[2],
            body=plain[3],
            weekday=given["on"],
            at=given["at"],
            start=given["from"],
            span=_span(children),
        )

    # --- the rest ---

    def move(self, children: list[Any]) -> n.Move:
        return n.Move(phase=children[1], span=_span(children))

    def stop(self, children: list[Any]) -> n.Stop:
        return n.Stop(span=children[0])

    def notify(self, children: list[Any]) -> n.Notify:
        return n.Notify(team=children[1], text=children[2], span=_span(children))

    def run(self, children: list[Any]) -> n.Run:
        if len(children) > 2:
            self.expressions -= 1
        return n.Run(flow=children[1], arguments=names(children[2:]), span=_span(children))

    # --- clauses ---

    def _clause(self, children: list[Any]) -> Clause:
        word, value = children
        return word.text, word.to(value.span), value

    at = for_clause = else_clause = budget = by = due = within_clause = on_weekday = from_date = _clause

    def _clauses(self, children: list[Any], verb: str, *words: str) -> tuple[dict[str, Any], list[Any]]:
        """The clauses by their word, None for those left out, and the children that are no clauses."""
        given: dict[str, Any] = dict.fromkeys(words)
        plain = []
        for child in children:
            if child.__class__ is not tuple:
                plain.append(child)
                continue
            word, span, value = child
            if given[word] is not None:
                self.report(said_twice(span, f"`{word}` of this `{verb}`"))
            if not isinstance(value, n.Time) or not value.impossible:
                given[word] = value
        return given, plain

    # --- arms ---

    def arms(self, children: list[Any]) -> _Arms:
        self.blocks -= 1
        arms = [one for arm in children[1:-1] for one in (arm if isinstance(arm, list) else [arm])]
        return _Arms(tuple(arms), children[0].to(children[-1]))

    def arm(self, children: list[Any]) -> n.Arm | list[n.Arm]:
        conditions, steps = _parts(children)
        if (answers := _next_arm(children, steps)) is not None:
            jump = steps[0].target
            what = f"`{conditions[-1].span.text} ->`"
            self.report(
                codes.INCOMPLETE.at(jump.span, found=f"`{jump.text}`", what=what, usage="say what happens then")
            )
            nothing = n.Stray(words=(), span=jump.span)
            flow = n.Flow(tuple(_without_empty(answers)), answers[0].span.to(answers[-1].span))
            left = n.Reference((jump,), jump.span)
            return [
                self._arm(conditions, n.Flow((nothing,), jump.span), braces=False),
                self._arm((left,), flow, braces=False),
            ]
        span = steps[0].span.to(steps[-1].span)
        return self._arm(conditions, n.Flow(tuple(_without_empty(steps)), span), braces=False)

    def arm_in_braces(self, children: list[Any]) -> n.Arm:
        conditions, (flow,) = _parts(children)
        return self._arm(conditions, flow, braces=True)

    def _arm(self, conditions: tuple[Any, ...], flow: n.Flow, *, braces: bool) -> n.Arm:
        span = conditions[0].span.to(flow.span)
        return n.Arm(conditions, flow, span, braces, doc=self.doc(span.start))


class _Arms:
    """The arms between braces, on their way into the step they belong to."""

    __slots__ = ("arms", "span")

    def __init__(self, arms: tuple[n.Arm, ...], span: Span) -> None:
        self.arms = arms
        self.span = span


def _span(children: list[Any]) -> Span:
    """From the first word of a step to its last child."""
    last = children[-1]
    end: Span = last[1] if last.__class__ is tuple else last if last.__class__ is Span else last.span
    first: Span = children[0]
    return first.to(end)


def _question(children: list[Any]) -> n.Text | None:
    return next((child for child in children if isinstance(child, n.Text)), None)


def _parts(children: list[Any]) -> tuple[tuple[Any, ...], list[Any]]:
    """The conditions of an arm, and what stands behind its arrow."""
    arrow = next(at for at, child in enumerate(children) if is_arrow(child))
    return names(children[:arrow]), list(names(children[arrow + 1 :]))


def _mended(children: list[Any]) -> list[Any]:
    """The steps of a body. `-> sendd email news` reads as a jump and stray words: it is one stray step."""
    steps: list[Any] = []
    for step in _without_empty(names(children)):
        if isinstance(step, n.Stray) and not step.label and steps and _bare_jump(steps[-1], step):
            jump = steps.pop()
            word = n.Reference((jump.target,), jump.target.span)
            step = n.Stray(
                words=(word, *step.words),
                arms=step.arms,
                span=jump.span.to(step.span),
                label=jump.label,
                was=jump.was,
                arrow=True,
                doc=jump.doc,
            )
        steps.append(step)
    return steps


def _swallows(step: Any, then: Any) -> bool:
    """`wait send email hello`: a wait that took the verb of the next step for its duration, and what is left of it."""
    if not isinstance(step, n.Wait) or not isinstance(step.duration, n.Reference) or step.duration.text not in VERBS:
        return False
    return isinstance(then, n.Stray) and not then.label and not then.arrow


def _without_empty(steps: Iterable[Any]) -> Iterable[Any]:
    """Without what only stands for an `if` that is told already."""
    return (step for step in steps if not isinstance(step, n.Stray) or step.words)


def _is_pair(step: Any) -> bool:
    """Whether this is a step of two words that is none."""
    return isinstance(step, n.Stray) and len(step.words) == 2 and not step.arms


def _next_arm(children: list[Any], steps: list[Any]) -> list[Any] | None:
    """Of `replied ->` and, on the next line, `nothing -> stop`: the steps of the second arm."""
    first = steps[0]
    if not isinstance(first, n.Jump) or first.times is not None or first.label or len(steps) < 2:
        return None
    arrow = next(child for child in children if is_arrow(child))
    text = first.span.source.text
    breaks = "\n" in text[arrow.end : first.span.start] and "\n" not in text[first.span.end : steps[1].span.start]
    return steps[1:] if breaks else None


def _rest(children: list[Any]) -> str:
    return " ".join(children[3].span.text.split()) if len(children) > 3 else "…"


def _bare_jump(step: Any, stray: n.Stray) -> bool:
    if not isinstance(step, n.Jump) or step.times is not None:
        return False
    between = step.span.source.text[step.span.end : stray.span.start]
    return "\n" not in between and "\r" not in between
