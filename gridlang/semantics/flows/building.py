"""Joining the steps of a flow to a graph: where each goes on, and where its arms lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from gridlang.diagnostics import Edit, Fix
from gridlang.diagnostics.codes import flows as codes
from gridlang.schedule import steps
from gridlang.semantics.context import Here
from gridlang.semantics.flows.naming import VERBS, Frame, Names, name_steps
from gridlang.semantics.flows.onward import lost_jumps
from gridlang.semantics.scope import choose, near
from gridlang.semantics.values import DURATION, MONEY, TIME, Reader
from gridlang.syntax import nodes


@attrs.define(eq=False)
class Builder:
    """One flow being joined. `made` holds the steps by identity."""

    names: Names
    made: dict[str, steps.Step] = attrs.field(factory=dict)
    broken: bool = False
    """Whether something of the flow could not be joined: then nobody can say what it reaches."""

    def step(self, node: nodes.Statement, frame: Frame, follow: str | None) -> str | None:
        """Build one step that goes on at `follow`; gives where the flow enters it."""
        if isinstance(node, nodes.Run):
            inner = self.names.frames.get((frame.prefix, id(node)))
            if inner is None:
                self.broken = True
                return follow
            flow = inner.running[-1].node
            assert isinstance(flow, nodes.FlowDeclaration)
            return self.chain(flow.flow, inner, follow)
        if isinstance(node, nodes.Jump) and node.times is None:
            return self.label(node.target, frame)
        if isinstance(node, nodes.Stray):
            _stray(node, frame.here)
            self.broken = True
            return follow
        identity = self.names.id_of(frame, node)
        common = {
            "id": identity,
            "place": frame.here.place(node.span),
            "next": follow,
            "was": self.names.was.get(identity),
            "label": node.label.text if node.label else None,
            "doc": node.doc,
        }
        made = _BUILDERS[type(node)](self, node, frame, common)
        if made is None:
            self.broken = True
        else:
            self.made[identity] = made
        return identity

    def chain(self, flow: nodes.Flow, frame: Frame, follow: str | None) -> str | None:
        """Build a run of steps that goes on at `follow`; gives its first."""
        for problem in lost_jumps(flow):
            frame.here.complain(problem)
        for node in reversed(flow.steps):
            follow = self.step(node, frame, follow)
        return follow

    def label(self, target: nodes.Name, frame: Frame) -> str | None:
        """The step a label means; None after saying that there is none."""
        key = (frame.prefix, target.text)
        if key in self.names.labels:
            return self.names.labels[key]
        if key in self.names.entries:
            return self._entry(self.names.entries[key], frame)
        self.broken = True
        here = [label for prefix, label in self.names.label_spans if prefix == frame.prefix]
        meant = near(target.text, here)
        span = self.names.label_spans[(frame.prefix, meant)].span if meant else None
        hint = f"did you mean `{meant}` ({span})?" if meant else _labels(here)
        fixes = (Fix(f"write `{meant}`", (Edit(target.span, meant),)),) if meant else ()
        if target.text in frame.here.context.phases and not meant:
            hint = f"`{target.text}` is a phase: `move {target.text}`."
            fixes = (Fix(f"write `move {target.text}`", (Edit(target.span, f"move {target.text}"),)),)
        frame.here.complain(codes.UNKNOWN_LABEL.at(target.span, name=target.text, hint=hint, fixes=fixes))
        return None

    def _entry(self, run: nodes.Run, frame: Frame) -> str | None:
        inner = self.names.frames.get((frame.prefix, id(run)))
        if inner is None:
            return None
        return next((identity for identity in self.names.order if identity.startswith(inner.prefix)), None)


def _labels(here: list[str]) -> str:
    return f"its labels: {', '.join(here)}." if here else "it has no labels: `name: send …` gives a step one."


def build_flow(flow: nodes.Flow, here: Here) -> tuple[steps.Step, ...]:
    """The steps of a campaign's flow, in order of writing; what is wrong is said."""
    frame = Frame(here)
    names = name_steps(flow, frame)
    if names.too_large:
        return ()
    builder = Builder(names)
    builder.chain(flow, frame, None)
    if builder.broken:
        here.context.broken.add(here.declaration)
    return tuple(builder.made[identity] for identity in names.order if identity in builder.made)


def _stray(node: nodes.Stray, here: Here) -> None:
    """Tell a step that is none; what has no words stands for one that was told already."""
    if not node.words:
        return
    word = node.words[0].span.text
    verbs = sorted(
        {"send", "show", "task", "wait", "ask", "choose", "split", "repeat", "move", "stop", "notify", "run"}
    )
    meant = near(word, verbs)
    hint = f"did you mean `{meant}`?" if meant else f"a step begins with one of: {', '.join(verbs)}"
    fixes = (Fix(f"write `{meant}`", (Edit(node.words[0].span, meant),)),) if meant else ()
    here.complain(codes.UNKNOWN_VERB.at(node.words[0].span, word=word, hint=hint, fixes=fixes))


# --- one builder a verb ----------------------------------------------------------------------------------------------

Common = dict[str, Any]


def _value(value: nodes.Expression | None, reader: Reader, field: str, frame: Frame) -> Any:
    """A duration, a time or an amount: as written, or what a parameter or a `let` of that name stands for."""
    here = frame.here.within(field)
    if isinstance(value, nodes.Reference):
        if value.text in frame.arguments:
            given = frame.arguments[value.text]
            return _value(given.value, reader, field, attrs.evolve(frame, here=given.here, arguments={}))
        found = here.context.scope.find("let", tuple(part.text for part in value.parts), here.home)
        if found is not None and isinstance(found.node, nodes.Let):
            here.context.scope.use(found)
            return reader.read(found.node.value, here)
    return None if value is None else reader.read(value, here)


def _given(reference: nodes.Reference, frame: Frame) -> tuple[nodes.Expression, Here]:
    """What a name stands for: a parameter's argument, or itself."""
    if frame.arguments and reference.text in frame.arguments:
        given = frame.arguments[reference.text]
        return given.value, given.here
    return reference, frame.here


def _name(kind: str, reference: nodes.Reference, frame: Frame) -> str | None:
    value, here = _given(reference, frame)
    if not isinstance(value, nodes.Reference):
        value, here = reference, frame.here
    found = here.find(kind, value)
    return found.canonical if found else None


def _message(node: nodes.Send | nodes.Show | nodes.Task, frame: Frame, channel: nodes.Reference) -> str | None:
    if isinstance(node.message, nodes.Text):
        text = node.message
        words = "".join(letter if letter.isalnum() else " " for letter in text.value.lower()).split()
        name = "_".join(words[:3]) or "message"
        frame.here.complain(
            codes.MESSAGE_AS_TEXT.at(
                text.span,
                verb=VERBS[type(node)],
                name=name,
                text=text.span.text,
                channel=channel.text,
                fixes=(_as_message(text, name, frame.here),),
            )
        )
        return None
    return _name("message", node.message, frame) if node.message is not None else None


def _as_message(text: nodes.Text, name: str, here: Here) -> Fix:
    """A message of these words, at the end of the file."""
    taken, source = here.context.scope.own("message"), text.span.source
    free = next(word for word in (name, *(f"{name}_{n}" for n in range(2, len(taken) + 3))) if word not in taken)
    gap = "\n" if source.text.endswith("\n") else "\n\n"
    end = text.span.within(len(source.text), len(source.text))
    declared = f"{gap}message {free} {text.span.text} {{ body: {text.span.text} }}\n"
    return Fix(f"create the message `{free}`", (Edit(text.span, free), Edit(end, declared)))


def _swapped(node: nodes.Send | nodes.Show | nodes.Task, channel: nodes.Reference, frame: Frame) -> bool:
    """Whether channel and message stand the wrong way round; says so."""
    if not isinstance(node.message, nodes.Reference):
        return False
    scope, home = frame.here.context.scope, frame.here.home
    first, second = (tuple(part.text for part in word.parts) for word in (channel, node.message))
    if scope.find("channel", first, home) or not (
        scope.find("message", first, home) and scope.find("channel", second, home)
    ):
        return False
    span = channel.span.to(node.message.span)
    text = f"{node.message.text} {channel.text}"
    frame.here.complain(
        codes.SWAPPED.at(
            span,
            verb=VERBS[type(node)],
            channel=node.message.text,
            message=channel.text,
            fixes=(Fix("swap them", (Edit(span, text),)),),
        )
    )
    return True


def _send(builder: Builder, node: nodes.Send, frame: Frame, common: Common) -> steps.Send | None:
    if _swapped(node, node.channels[0], frame):
        return None
    channels = [_name("channel", channel, frame) for channel in node.channels]
    message = _message(node, frame, node.channels[0])
    skipped = builder.label(node.otherwise, frame) if node.otherwise else None
    if None in channels or message is None:
        return None
    return steps.Send(
        **common,
        channels=tuple(channel for channel in channels if channel),
        message=message,
        at=_value(node.at, TIME, "at", frame),
        duration=_value(node.duration, DURATION, "for", frame),
        skipped=skipped,
    )


def _show(builder: Builder, node: nodes.Show, frame: Frame, common: Common) -> steps.Show | None:
    if _swapped(node, node.channel, frame):
        return None
    channel, message = _name("channel", node.channel, frame), _message(node, frame, node.channel)
    if node.duration is None:
        frame.here.complain(codes.NO_FLIGHT.at(node.span, message=f"`{message or '…'}`"))
    duration = _value(node.duration, DURATION, "for", frame)
    budget = _value(node.budget, MONEY, "budget", frame)
    if channel is None or message is None or duration is None:
        return None
    return steps.Show(**common, channel=channel, message=message, duration=duration, budget=budget)


def _task(builder: Builder, node: nodes.Task, frame: Frame, common: Common) -> steps.Task | None:
    from gridlang.semantics.flows.arms import outcome_arms

    if _swapped(node, node.channel, frame):
        return None
    channel = _name("channel", node.channel, frame)
    message = _message(node, frame, node.channel)
    team = _name("team", node.team, frame) if node.team else None
    if node.team is None:
        teams = ", ".join(frame.here.context.scope.own("team"))
        frame.here.complain(codes.NO_TEAM.at(node.span, teams=f"Your teams: {teams}." if teams else None))
    if node.due is None:
        frame.here.complain(codes.NO_DUE.at(node.span))
    due = _value(node.due, DURATION, "due", frame)
    arms, overdue = outcome_arms(builder, node, frame, common["next"])
    if channel is None or team is None or due is None or (message is None and node.message is not None):
        return None
    return steps.Task(
        **common,
        channel=channel,
        message=message,
        team=team,
        due=due,
        arms=arms,
        has_overdue=overdue is not None,
        overdue=overdue[0] if overdue else None,
        overdue_place=overdue[1] if overdue else None,
    )


def _wait(builder: Builder, node: nodes.Wait, frame: Frame, common: Common) -> steps.Wait | None:
    duration = _value(node.duration, DURATION, "wait", frame)
    return None if duration is None else steps.Wait(**common, duration=duration)


def _wait_until(builder: Builder, node: nodes.WaitUntil, frame: Frame, common: Common) -> steps.WaitUntil | None:
    from gridlang.semantics.flows.days import read_day

    when = read_day(node.when, frame.here)
    return None if when is None else steps.WaitUntil(**common, **when, at=_value(node.at, TIME, "at", frame))


def _wait_for(builder: Builder, node: nodes.WaitFor, frame: Frame, common: Common) -> steps.WaitFor | None:
    event = _name("event", node.event, frame)
    role = _name("role", node.role, frame) if node.role else None
    if node.within is None:
        frame.here.complain(codes.NO_TIME_LIMIT.at(node.span, question=f"`{node.event.text}`"))
    within = _value(node.within, DURATION, "within", frame)
    if event is None or within is None or (node.role is not None and role is None):
        return None
    return steps.WaitFor(**common, event=event, role=role, within=within)


def _ask(builder: Builder, node: nodes.Ask, frame: Frame, common: Common) -> steps.Ask | None:
    from gridlang.semantics.flows.arms import event_arms

    question = _question(node, frame)
    shown = f'"{question}"' if question else "this question"
    if node.within is None:
        frame.here.complain(codes.NO_TIME_LIMIT.at(node.question.span if node.question else node.span, question=shown))
    arms, nothing = event_arms(builder, node, frame, common["next"])
    if nothing is None and node.within is not None:
        frame.here.complain(codes.NO_NOTHING.at(node.question.span if node.question else node.span, question=shown))
    within = _value(node.within, DURATION, "within", frame)
    if question is None or within is None or nothing is None:
        return None
    return steps.Ask(
        **common,
        question=question,
        within=within,
        arms=arms,
        nothing=nothing[0],
        nothing_place=nothing[1],
        of_account=node.of_account,
    )


def _question(node: nodes.Ask | nodes.Choose | nodes.Split, frame: Frame) -> str | None:
    if node.question is None:
        frame.here.complain(codes.UNNAMED_QUESTION.at(node.span, verb=VERBS[type(node)]))
        return None
    return node.question.value


def _choose(builder: Builder, node: nodes.Choose, frame: Frame, common: Common) -> steps.Choose | None:
    from gridlang.semantics.flows.arms import predicate_arms

    question = _question(node, frame)
    arms, otherwise = predicate_arms(builder, node, frame, common["next"])
    if question is None:
        return None
    rest, place = otherwise or (None, None)
    return steps.Choose(**common, question=question, arms=arms, otherwise=rest, otherwise_place=place)


def _split(builder: Builder, node: nodes.Split, frame: Frame, common: Common) -> steps.Split | None:
    from gridlang.semantics.flows.arms import share_arms

    question = _question(node, frame)
    arms = share_arms(builder, node, frame, common["next"])
    return steps.Split(**common, question=question, arms=arms) if question is not None and arms else None


def _repeat(builder: Builder, node: nodes.Repeat, frame: Frame, common: Common) -> steps.Repeat | None:
    from gridlang.semantics.values import weekday

    before = set(builder.made)
    body = builder.chain(node.body, frame, None)
    inside = [identity for identity in builder.names.order if identity in builder.made and identity not in before]
    day = None
    if node.weekday is not None:
        day = weekday(nodes.Reference((node.weekday,), node.weekday.span), frame.here.within("on"))
    every = _value(node.every, DURATION, "every", frame)
    if body is None:
        frame.here.complain(codes.EMPTY_REPEAT.at(node.span))
    if body is None or every is None:
        return None
    return steps.Repeat(
        **common,
        every=every,
        body=body,
        body_steps=tuple(inside),
        weekday=day,
        at=_value(node.at, TIME, "at", frame),
        start=node.start.value.isoformat() if node.start else None,
    )


def _move(builder: Builder, node: nodes.Move, frame: Frame, common: Common) -> steps.Move | None:
    from gridlang.semantics.coordinates import find_phase

    value, here = _given(node.phase, frame)
    phase = find_phase(value, here.within("move"))
    return None if phase is None else steps.Move(**{**common, "next": None}, phase=phase)


def _stop(builder: Builder, node: nodes.Stop, frame: Frame, common: Common) -> steps.Stop:
    return steps.Stop(**{**common, "next": None})


def _notify(builder: Builder, node: nodes.Notify, frame: Frame, common: Common) -> steps.Notify | None:
    team = _name("team", node.team, frame)
    return None if team is None else steps.Notify(**common, team=team, text=node.text.value)


def _jump(builder: Builder, node: nodes.Jump, frame: Frame, common: Common) -> steps.Jump | None:
    target = builder.label(node.target, frame)
    otherwise = builder.label(node.otherwise, frame) if node.otherwise else common["next"]
    times = node.times.value if node.times else 0
    if not isinstance(times, int) or not 1 <= times <= 1000:
        possible = str(min(max(times, 1), 1000)) if isinstance(times, int) else "1"
        fixes = choose(node.times.span, [possible]) if node.times else ()
        frame.here.complain(codes.COUNTED_ZERO.at(node.span, count=times, fixes=fixes))
        return None
    return steps.Jump(**{**common, "next": target}, times=times, otherwise=otherwise)


_BUILDERS: dict[type[nodes.Statement], Callable[..., steps.Step | None]] = {
    nodes.Send: _send,
    nodes.Show: _show,
    nodes.Task: _task,
    nodes.Wait: _wait,
    nodes.WaitUntil: _wait_until,
    nodes.WaitFor: _wait_for,
    nodes.Ask: _ask,
    nodes.Choose: _choose,
    nodes.Split: _split,
    nodes.Repeat: _repeat,
    nodes.Move: _move,
    nodes.Stop: _stop,
    nodes.Notify: _notify,
    nodes.Jump: _jump,
}
