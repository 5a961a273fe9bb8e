"""Which step is which: identities (R24), labels, and flows that run other flows, in order of writing."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from gridlang.diagnostics import Related
from gridlang.diagnostics.codes import flows as codes
from gridlang.semantics.context import Here
from gridlang.semantics.kinds.base import here_of
from gridlang.semantics.scope import Declared
from gridlang.syntax import nodes

MAX_STEPS = 5000
"""How many steps one campaign may grow to."""
MAX_RUNS = 32
"""How many flows may run each other, one inside the other."""


@attrs.frozen
class Given:
    """What a parameter was given, and where that was written: its names are looked up there, not in the flow."""

    value: nodes.Expression
    here: Here


@attrs.frozen(eq=False)
class Frame:
    """Where steps stand: in the campaign's own flow, or in a flow that it runs.

    `prefix` is the name of the `run`, with a slash; `arguments` what it was given, by parameter.
    """

    here: Here
    prefix: str = ""
    arguments: dict[str, Given] = attrs.field(factory=dict)
    running: tuple[Declared, ...] = ()


@attrs.define(eq=False)
class Names:
    """Every step of a flow with its identity. Keys are (prefix, the node's id()): a flow may be run twice."""

    ids: dict[tuple[str, int], str] = attrs.field(factory=dict)
    order: list[str] = attrs.field(factory=list)
    labels: dict[tuple[str, str], str] = attrs.field(factory=dict)
    label_spans: dict[tuple[str, str], nodes.Name] = attrs.field(factory=dict)
    taken: dict[str, nodes.Statement] = attrs.field(factory=dict)
    frames: dict[tuple[str, int], Frame] = attrs.field(factory=dict)
    """For each `run`: the frame of what it runs."""
    entries: dict[tuple[str, str], nodes.Run] = attrs.field(factory=dict)
    """Labels that stand before a `run`: they mean its first step."""
    last_named: str = ""
    last_was: str = ""
    """What `last_named` was called, when it says so."""
    was: dict[str, str] = attrs.field(factory=dict)
    """Identities that steps had (R25); those named after a renamed step were named after its old name."""
    counts: dict[tuple[str, str, str], int] = attrs.field(factory=dict)
    repeats: dict[str, int] = attrs.field(factory=dict)
    """How many steps share an identity."""
    too_large: bool = False
    too_deep: bool = False

    def id_of(self, frame: Frame, step: nodes.Statement) -> str:
        return self.ids[(frame.prefix, id(step))]


def name_steps(flow: nodes.Flow, frame: Frame) -> Names:
    """Give every step of a flow its identity; what is not unique is said."""
    names = Names()
    _name(flow, frame, names)
    return names


def _name(flow: nodes.Flow, frame: Frame, names: Names) -> None:
    for step in flow.steps:
        if isinstance(step, nodes.Run):
            _name_run(step, frame, names)
            continue
        if not (isinstance(step, nodes.Jump) and step.times is None):
            _name_step(step, frame, names)
        for inner in inner_flows(step):
            _name(inner, frame, names)


def inner_flows(step: nodes.Statement) -> Iterator[nodes.Flow]:
    """The flows inside a step, in order of writing."""
    if isinstance(step, nodes.Repeat):
        yield step.body
    elif isinstance(step, nodes.Task | nodes.Ask | nodes.Choose | nodes.Split):
        for arm in step.arms:
            yield arm.flow


def _name_step(step: nodes.Statement, frame: Frame, names: Names) -> None:
    if len(names.order) >= MAX_STEPS:
        _too_large(step, frame, names)
        return
    _label(step, frame, names)
    identity = _identity(step, frame, names)
    if identity in names.taken:
        first = names.taken[identity]
        if step.label is None:
            frame.here.complain(
                codes.EQUAL_IDENTITY.at(
                    step.span,
                    id=identity,
                    place=first.span,
                    text=" ".join(step.span.text.split("{")[0].split()),
                    related=(Related(first.span, "the first one"),),
                )
            )
        identity = _free(identity, names)
    names.taken[identity] = step
    if step.was is not None:
        names.was[identity] = frame.prefix + step.was.text
    names.ids[(frame.prefix, id(step))] = identity
    names.order.append(identity)
    if step.label is not None:
        names.labels.setdefault((frame.prefix, step.label.text), identity)


def _too_large(step: nodes.Statement, frame: Frame, names: Names) -> None:
    """Say once that the flow is too large: flows that run flows grow without a step in them, too."""
    if not names.too_large:
        name = frame.here.declaration.split(",")[0].split(" ", 1)[-1]
        frame.here.complain(codes.FLOW_TOO_LARGE.at(step.span, name=name, limit=MAX_STEPS))
    names.too_large = True


def _free(identity: str, names: Names) -> str:
    """An identity that no step has yet, for one that shares its own."""
    while True:
        number = names.repeats[identity] = names.repeats.get(identity, 1) + 1
        if f"{identity}~{number}" not in names.taken:
            return f"{identity}~{number}"


def _label(step: nodes.Statement, frame: Frame, names: Names) -> None:
    if step.label is None:
        return
    key = (frame.prefix, step.label.text)
    if key in names.label_spans:
        first = names.label_spans[key].span
        frame.here.complain(codes.LABEL_TWICE.at(step.label.span, name=step.label.text, place=first))
        return
    names.label_spans[key] = step.label


def _identity(step: nodes.Statement, frame: Frame, names: Names) -> str:
    own = step.label.text if step.label else _own_name(step, frame)
    if own is not None:
        names.last_named = frame.prefix + own
        names.last_was = frame.prefix + step.was.text if step.was else ""
        return names.last_named
    verb = VERBS[type(step)]
    key = (frame.prefix, names.last_named, verb)
    count = names.counts[key] = names.counts.get(key, 0) + 1
    identity = f"{names.last_named}.{verb}{count}" if names.last_named else f"{frame.prefix}{verb}{count}"
    if names.last_was:
        names.was[identity] = f"{names.last_was}.{verb}{count}"
    return identity


def _own_name(step: nodes.Statement, frame: Frame) -> str | None:
    """`send:email:news`, `ask:Is he ready?`: what identifies a step by itself."""
    if isinstance(step, nodes.Send):
        return f"send:{_named(step.channels[0], frame)}:{_named(step.message, frame)}"
    if isinstance(step, nodes.Show):
        return f"show:{_named(step.channel, frame)}:{_named(step.message, frame)}"
    if isinstance(step, nodes.Task):
        message = f":{_named(step.message, frame)}" if step.message is not None else ""
        return f"task:{_named(step.channel, frame)}{message}"
    if isinstance(step, nodes.Ask | nodes.Choose | nodes.Split) and step.question is not None:
        return f"{VERBS[type(step)]}:{step.question.value}"
    return None


def _named(value: nodes.Reference | nodes.Text, frame: Frame) -> str:
    if isinstance(value, nodes.Text):
        return value.value
    given = frame.arguments.get(value.text)
    return given.value.text if given and isinstance(given.value, nodes.Reference) else value.text


VERBS: dict[type[nodes.Statement], str] = {
    nodes.Jump: "jump",
    nodes.Send: "send",
    nodes.Show: "show",
    nodes.Task: "task",
    nodes.Wait: "wait",
    nodes.WaitUntil: "wait_until",
    nodes.WaitFor: "wait_for",
    nodes.Ask: "ask",
    nodes.Choose: "choose",
    nodes.Split: "split",
    nodes.Repeat: "repeat",
    nodes.Move: "move",
    nodes.Stop: "stop",
    nodes.Notify: "notify",
    nodes.Run: "run",
    nodes.Stray: "stray",
}


def _name_run(step: nodes.Run, frame: Frame, names: Names) -> None:
    _label(step, frame, names)
    found = frame.here.find("flow", step.flow)
    if found is None or not isinstance(found.node, nodes.FlowDeclaration):
        return
    if found in frame.running:
        cycle = [flow.name for flow in frame.running[frame.running.index(found) :]] + [found.name]
        frame.here.complain(codes.FLOW_CYCLE.at(step.span, name=found.name, cycle=" -> ".join(cycle)))
        return
    if len(frame.running) >= MAX_RUNS:
        if not names.too_deep:
            frame.here.complain(codes.DEEP_FLOW.at(step.span, limit=MAX_RUNS, name=found.name))
        names.too_deep = True
    if len(names.frames) >= MAX_STEPS:
        _too_large(step, frame, names)
    if names.too_large or names.too_deep:
        return
    here = attrs.evolve(here_of(found, frame.here.context), declaration=f"{frame.here.declaration}, flow {found.name}")
    given = _arguments(step, found.node, frame, here)
    if given is None:
        return
    name = step.label.text if step.label else found.name
    inner = Frame(here, f"{frame.prefix}{name}/", given, (*frame.running, found))
    names.frames[(frame.prefix, id(step))] = inner
    if step.label is not None:
        names.entries[(frame.prefix, step.label.text)] = step
    before = names.last_named, names.last_was
    names.last_named = names.last_was = ""
    _name(found.node.flow, inner, names)
    names.last_named, names.last_was = before


def _arguments(step: nodes.Run, flow: nodes.FlowDeclaration, frame: Frame, inside: Here) -> dict[str, Given] | None:
    """What a `run` gives to the parameters: by position, by name, or the default; None after saying what is wrong."""
    names = [parameter.name.text for parameter in flow.parameters]
    given: dict[str, Given] = {}
    good = True
    for position, argument in enumerate(step.arguments):
        name = argument.name.text if argument.name else names[position] if position < len(names) else None
        if name is None or name not in names:
            _wrong_argument(step, flow, frame, f"has no parameter {f'`{name}`' if name else f'number {position + 1}'}")
            good = False
            continue
        value = Given(argument.value, frame.here)
        if isinstance(argument.value, nodes.Reference):
            value = frame.arguments.get(argument.value.text, value)
        given[name] = value
    for parameter in flow.parameters:
        if parameter.name.text in given:
            continue
        if parameter.default is None:
            _wrong_argument(step, flow, frame, f"needs `{parameter.name.text}`")
            good = False
        else:
            given[parameter.name.text] = Given(parameter.default, inside)
    return given if good else None


def _wrong_argument(step: nodes.Run, flow: nodes.FlowDeclaration, frame: Frame, problem: str) -> None:
    shape = ", ".join(f"{p.name.text}: {p.type.span.text}" for p in flow.parameters)
    frame.here.complain(
        codes.WRONG_FLOW_ARGUMENTS.at(
            step.span, name=flow.name.text, problem=problem, shape=f"{flow.name.text}({shape})"
        )
    )
