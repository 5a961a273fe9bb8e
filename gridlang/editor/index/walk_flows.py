"""Every name in a flow: channels, messages, teams, phases, events, labels and parameters."""

from __future__ import annotations

from gridlang.editor.index.names import holder_of, parameters_of
from gridlang.editor.index.symbols import Occurrence
from gridlang.editor.index.walk import Found, Where, value
from gridlang.quantities import WEEKDAYS
from gridlang.semantics.kinds import kinds
from gridlang.semantics.predicates import CONDITION
from gridlang.syntax import nodes

REST = frozenset({"nothing", "overdue", "otherwise"})
"""Conditions that are no names."""
LENGTH = ("let",)
GIVEN = ("message", "channel", "team", "event", "role", "phase", "let")
"""What an argument can mean whose parameter does not say."""


def declaration(node: nodes.FlowDeclaration, where: Where) -> Found:
    """A reusable flow with its parameters."""
    for parameter in node.parameters:
        symbol = where.parameters[parameter.name.text]
        yield Occurrence(parameter.name.span, symbol, parameter is symbol.node)
        if parameter.default is not None:
            yield from value(parameter.default, taken_by(parameter), Where(where.names, where.home))
    yield from flow(node.flow, where)


def taken_by(parameter: nodes.Parameter) -> tuple[str, ...]:
    """What a name can mean that is given to a parameter: `letter: Message` takes messages."""
    kind = parameter.type.name.text.lower()
    return (kind,) if kind in kinds() or kind == "phase" else GIVEN


def flow(node: nodes.Flow, where: Where) -> Found:
    """Every name in the steps of a flow."""
    for step in node.steps:
        if step.label is not None and step.label.text in where.labels:
            symbol = where.labels[step.label.text]
            yield Occurrence(step.label.span, symbol, step is symbol.node)
        yield from _step(step, where)


def _step(step: nodes.Statement, where: Where) -> Found:
    match step:
        case nodes.Send():
            for channel in step.channels:
                yield from where.named(("channel",), channel)
            yield from value(step.message, ("message",), where)
            yield from _lengths(where, step.at, step.duration)
            yield from _label(step.otherwise, where)
        case nodes.Show():
            yield from where.named(("channel",), step.channel)
            yield from value(step.message, ("message",), where)
            yield from _lengths(where, step.duration, step.budget)
        case nodes.Task():
            yield from _task(step, where)
        case nodes.WaitUntil():
            yield from _day(step, where)
        case nodes.WaitFor():
            yield from where.named(("event",), step.event)
            yield from value(step.role, ("role",), where)
            yield from _lengths(where, step.within)
        case nodes.Ask():
            yield from _lengths(where, step.within)
            yield from _arms(step.arms, ("event",), where)
        case nodes.Choose() | nodes.Split():
            yield from _arms(step.arms, CONDITION, where)
        case _:
            yield from _other(step, where)


def _other(step: nodes.Statement, where: Where) -> Found:
    match step:
        case nodes.Wait():
            yield from _lengths(where, step.duration)
        case nodes.Repeat():
            yield from _lengths(where, step.every, step.at)
            yield from flow(step.body, where)
        case nodes.Move():
            yield from where.named(("phase",), step.phase)
        case nodes.Notify():
            yield from where.named(("team",), step.team)
        case nodes.Run():
            yield from _run(step, where)
        case nodes.Jump():
            yield from _label(step.target, where)
            yield from _label(step.otherwise, where)
        case nodes.Stray():
            yield from _arms(step.arms, ("event",), where)
        case _:
            return


def _task(step: nodes.Task, where: Where) -> Found:
    yield from where.named(("channel",), step.channel)
    yield from value(step.message, ("message",), where)
    yield from value(step.team, ("team",), where)
    yield from _lengths(where, step.due)
    yield from _arms(step.arms, ("event",), where)


def _day(step: nodes.WaitUntil, where: Where) -> Found:
    if not (isinstance(step.when, nodes.Reference) and step.when.text in WEEKDAYS):
        yield from value(step.when, ("day", *CONDITION), where)
    yield from _lengths(where, step.at)


def _lengths(where: Where, *values: object) -> Found:
    for each in values:
        yield from value(each, LENGTH, where)


def _label(name: nodes.Name | None, where: Where) -> Found:
    if name is not None and name.text in where.labels:
        yield Occurrence(name.span, where.labels[name.text])


def _arms(arms: tuple[nodes.Arm, ...], kinds: tuple[str, ...], where: Where) -> Found:
    for arm in arms:
        for condition in arm.conditions:
            if not (isinstance(condition, nodes.Reference) and condition.text in REST):
                yield from value(condition, kinds, where)
        yield from flow(arm.flow, where)


def _run(step: nodes.Run, where: Where) -> Found:
    yield from where.named(("flow",), step.flow)
    found = where.declared("flow", step.flow)
    parameters = parameters_of(found.node, holder_of(found)) if found else {}
    by_position = list(parameters.values())
    for position, argument in enumerate(step.arguments):
        symbol = by_position[position] if position < len(by_position) else None
        if argument.name is not None:
            symbol = parameters.get(argument.name.text)
            if symbol is not None:
                yield Occurrence(argument.name.span, symbol)
        takes = taken_by(symbol.node) if symbol is not None else GIVEN
        yield from value(argument.value, takes, where)
