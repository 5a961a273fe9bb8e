"""The arms of the diamonds and of tasks: what each asks, where it leads, and that no answer has two of them."""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.diagnostics import Edit, Fix, Related
from gridlang.diagnostics.codes import flows as codes
from gridlang.diagnostics.codes import syntax as syntax_codes
from gridlang.schedule import steps
from gridlang.semantics import predicates
from gridlang.semantics.flows.building import Builder
from gridlang.semantics.flows.naming import Frame
from gridlang.semantics.predicates import predicate
from gridlang.semantics.scope import choose
from gridlang.semantics.synonyms import SYNONYMS
from gridlang.semantics.typed import attribute_type
from gridlang.semantics.values import describe
from gridlang.source import Span
from gridlang.syntax import nodes

Rest = tuple[str | None, int]
"""Where the arm for everybody else leads, and its place."""


def _led(builder: Builder, arm: nodes.Arm, frame: Frame, follow: str | None) -> str | None:
    return builder.chain(arm.flow, frame, follow)


def _is(arm: nodes.Arm, word: str) -> bool:
    first = arm.conditions[0]
    return len(arm.conditions) == 1 and isinstance(first, nodes.Reference) and first.text == word


def _means(arm: nodes.Arm, word: str, kind: str, frame: Frame) -> bool:
    """Whether an arm is `otherwise` or `nothing`, or another word for it that nothing else is called; says so."""
    if _is(arm, word):
        return True
    first = arm.conditions[0]
    if len(arm.conditions) != 1 or not isinstance(first, nodes.Reference) or word not in SYNONYMS.get(first.text, ()):
        return False
    words = tuple(part.text for part in first.parts)
    scope, home = frame.here.context.scope, frame.here.home
    known = attribute_type(words, frame.here) if kind == "let" else None
    if known is not None or first.text in frame.arguments or scope.find(kind, words, home) is not None:
        return False
    fix = (Fix(f"write `{word}`", (Edit(first.span, word),)),)
    frame.here.complain(syntax_codes.OTHER_WORDS.at(first.span, words=first.text, instead=word, fixes=fix))
    return True


def _names(arm: nodes.Arm, what: str, hint: str, frame: Frame) -> Iterator[nodes.Reference]:
    for condition in arm.conditions:
        if isinstance(condition, nodes.Reference):
            yield condition
        else:
            fixes = choose(condition.span, _usual(frame) if "event" in what else [])
            frame.here.complain(
                codes.EVENT_EXPECTED.at(condition.span, what=what, found=describe(condition), hint=hint, fixes=fixes)
            )


class _Taken:
    """Which answers already have an arm."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.spans: dict[str, Span] = {}

    def take(self, name: str, span: Span) -> bool:
        """Take an answer for an arm; False after saying that it, or one it also is, has an arm."""
        known = self.frame.here.context.events
        related = {name, *(known[name].ancestors if name in known else ())}
        related |= {other for other, event in known.items() if name in event.ancestors}
        clash = next((other for other in self.spans if other in related), None)
        if clash is None:
            self.spans[name] = span
            return True
        because = "" if clash == name else f", by `{clash}`: `{name}` and `{clash}` are the same answer"
        first = self.spans[clash]
        self.frame.here.complain(
            codes.ARM_TWICE.at(
                span, event=name, place=first, because=because, related=(Related(first, "the first arm"),)
            )
        )
        return False


def event_arms(
    builder: Builder, node: nodes.Ask, frame: Frame, follow: str | None
) -> tuple[tuple[steps.EventArm, ...], Rest | None]:
    """The arms of an `ask`, and `nothing`."""
    arms: list[steps.EventArm] = []
    nothing: Rest | None = None
    answers: list[tuple[str, Span]] = []
    _yes_or_no(node, frame)
    for arm in reversed(node.arms):
        led = _led(builder, arm, frame, follow)
        place = frame.here.place(arm.span)
        if _means(arm, "nothing", "event", frame):
            nothing = (led, place)
            continue
        events = _events(arm, frame)
        arms.append(steps.EventArm(events=tuple(name for name, _ in events), next=led, place=place))
        answers = [*events, *answers]
    taken = _Taken(frame)
    for name, span in answers:
        taken.take(name, span)
    return tuple(reversed(arms)), nothing


def _yes_or_no(node: nodes.Ask, frame: Frame) -> None:
    """Say once that nobody answers a diamond with `yes` or `no`."""
    names = [name for arm in node.arms for name in arm.conditions if isinstance(name, nodes.Reference)]
    scope, home = frame.here.context.scope, frame.here.home
    found = [name for name in names if name.text in ("yes", "no") and scope.find("event", (name.text,), home) is None]
    if found:
        others = tuple(Related(name.span, f"`{name.text}` too") for name in found[1:])
        fixes = choose(found[0].span, _answers(node, frame))
        frame.here.complain(codes.YES_OR_NO.at(found[0].span, name=found[0].text, related=others, fixes=fixes))


def _answers(node: nodes.Ask, frame: Frame) -> list[str]:
    """Events of the plan that have no arm yet, then some that mails bring, then `nothing`."""
    taken = {name.text for arm in node.arms for name in arm.conditions if isinstance(name, nodes.Reference)}
    return [name for name in (*_usual(frame), "nothing") if name not in taken]


def _usual(frame: Frame) -> list[str]:
    """Events of the plan, and some that mails bring."""
    scope = frame.here.context.scope
    library = [name for name in ("replied", "clicked") if scope.find("event", (name,), "") is not None]
    return [*list(scope.own("event"))[:4], *library]


def _events(arm: nodes.Arm, frame: Frame) -> list[tuple[str, Span]]:
    hint = "to ask about attributes use `choose`, to draw lots `split`"
    found = []
    for name in _names(arm, "an event", hint, frame):
        if name.text in ("yes", "no") and frame.here.context.scope.find("event", (name.text,), frame.here.home) is None:
            continue
        given = frame.arguments.get(name.text)
        if given is not None and isinstance(given.value, nodes.Reference):
            event = given.here.find("event", given.value)
        else:
            event = frame.here.find("event", name)
        if event is not None:
            found.append((event.canonical, name.span))
    return found


def outcome_arms(
    builder: Builder, node: nodes.Task, frame: Frame, follow: str | None
) -> tuple[tuple[steps.OutcomeArm, ...], Rest | None]:
    """The arms of a task, and `overdue`."""
    arms: list[steps.OutcomeArm] = []
    overdue: Rest | None = None
    taken = _Taken(frame)
    answers = [
        (_outcome(name, frame), name.span)
        for arm in node.arms
        if not _is(arm, "overdue")
        for name in _names(arm, "an outcome", "one word for what the colleague reports, as `no_answer`", frame)
    ]
    for outcome, span in answers:
        taken.take(outcome, span)
    for arm in reversed(node.arms):
        led = _led(builder, arm, frame, follow)
        place = frame.here.place(arm.span)
        if _is(arm, "overdue"):
            overdue = (led, place)
            continue
        names = tuple(_outcome(name, frame) for name in arm.conditions if isinstance(name, nodes.Reference))
        arms.append(steps.OutcomeArm(outcomes=names, next=led, place=place))
    return tuple(reversed(arms)), overdue


def _outcome(name: nodes.Reference, frame: Frame) -> str:
    """An outcome that names an event goes by that event's name."""
    home, scope = frame.here.home, frame.here.context.scope
    given = frame.arguments.get(name.text)
    if given is not None and isinstance(given.value, nodes.Reference):
        home, name = given.here.home, given.value
    found = scope.find("event", tuple(part.text for part in name.parts), home)
    if found is None:
        return name.text
    scope.use(found)
    return found.canonical


def predicate_arms(
    builder: Builder, node: nodes.Choose, frame: Frame, follow: str | None
) -> tuple[tuple[steps.PredicateArm, ...], Rest | None]:
    """The arms of a `choose`, and `otherwise`."""
    if _asks_for_events(node, frame):
        builder.broken = True
        return (), None
    arms: list[steps.PredicateArm] = []
    otherwise: Rest | None = None
    rest = {id(arm) for arm in node.arms if _means(arm, "otherwise", "let", frame)}
    read = predicate if rest else predicates.arm
    for position, arm in enumerate(node.arms):
        if id(arm) in rest:
            for late in node.arms[position + 1 :]:
                frame.here.complain(codes.ARM_AFTER_OTHERWISE.at(late.span))
    for arm in reversed(node.arms):
        led = _led(builder, arm, frame, follow)
        place = frame.here.place(arm.span)
        if id(arm) in rest:
            otherwise = (led, place)
            continue
        when = read(arm.conditions[0], frame.here)
        if when is not None:
            arms.append(steps.PredicateArm(when=when, next=led, place=place))
    return tuple(reversed(arms)), otherwise


def _asks_for_events(node: nodes.Choose, frame: Frame) -> bool:
    """Whether `choose` stands where `ask` is meant; says so, once."""
    for arm in node.arms:
        name = arm.conditions[0]
        if not isinstance(name, nodes.Reference):
            continue
        words = tuple(part.text for part in name.parts)
        event = frame.here.context.scope.find("event", words, frame.here.home)
        if name.text != "nothing" and (event is None or attribute_type(words, frame.here) is not None):
            continue
        what = "is what comes when nobody answers" if name.text == "nothing" else "is an event"
        question = node.question.value if node.question else "…"
        fixes = _as_ask(node)
        frame.here.complain(
            codes.EVENT_IN_CHOOSE.at(name.span, name=name.text, what=what, question=question, fixes=fixes)
        )
        return True
    return False


def _as_ask(node: nodes.Choose) -> tuple[Fix, ...]:
    """The diamond as one that asks; what was left is what comes when nobody answers."""
    if node.question is None:
        return ()
    verb = node.span.text.find("choose")
    start = node.span.start + verb
    edits = [
        Edit(Span(node.span.source, start, start + len("choose")), "ask"),
        Edit(Span(node.span.source, node.question.span.end, node.question.span.end), " within 7d"),
    ]
    rest = [name for arm in node.arms for name in arm.conditions if name.span.text == "otherwise"]
    edits += [Edit(name.span, "nothing") for name in rest]
    return (Fix("ask for it within 7 days", tuple(edits)),) if verb >= 0 else ()


def share_arms(builder: Builder, node: nodes.Split, frame: Frame, follow: str | None) -> tuple[steps.ShareArm, ...]:
    """The arms of a `split`; empty after saying that they do not sum to the whole."""
    arms: list[steps.ShareArm] = []
    good = True
    for arm in reversed(node.arms):
        led = _led(builder, arm, frame, follow)
        share = arm.conditions[0]
        if not isinstance(share, nodes.Number) or not share.percent:
            even = f"{100 // len(node.arms)}%" if 100 % len(node.arms) == 0 else "50%"
            fixes = choose(share.span, [even])
            frame.here.complain(codes.SHARE_EXPECTED.at(share.span, found=describe(share), fixes=fixes))
            good = False
            continue
        arms.append(steps.ShareArm(share=int(share.value * 100), next=led, place=frame.here.place(arm.span)))
    total = sum(arm.share for arm in arms)
    if good and total != 10000:
        _shares(node, frame, total)
        good = False
    return tuple(reversed(arms)) if good else ()


def _shares(node: nodes.Split, frame: Frame, total: int) -> None:
    def shown(share: int) -> str:
        return f"{share / 100:g}"

    rest = 10000 - total
    span = node.question.span if node.question else node.span
    if rest > 0:
        why = f"{shown(rest)} % of the people have nowhere to go"
        hint = f"raise one of the shares, or add `{shown(rest)}% -> stop`"
    else:
        why = f"{shown(-rest)} % of the people would have to go two ways"
        hint = "lower one of the shares"
    frame.here.complain(codes.SHARES.at(span, total=shown(total), why=why, hint=hint))
