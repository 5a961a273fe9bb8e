"""What the engine cannot execute yet, by name. Everything else it executes as the reference does."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from gridlang.runtime.reference import changes
from gridlang.schedule import expressions as ex
from gridlang.schedule.model import Schedule

MOST_BITS = 62
"""Roles, and persons of maps, are bits of a number."""
HAPPENINGS = (ex.Ever, ex.Count, ex.Since, ex.Last)


class Refused(Exception):  # noqa: N818
    """The engine cannot execute this; the reference can."""


def unsupported(schedule: Schedule) -> tuple[str, ...]:
    """What of the plan the engine cannot execute, in words; empty for nearly every plan."""
    return tuple(dict.fromkeys(_found(schedule)))


def _found(schedule: Schedule) -> Iterator[str]:
    if len(schedule.roles) > MOST_BITS:
        yield f"more than {MOST_BITS} roles"
    if len(schedule.persons) > MOST_BITS:
        yield f"more than {MOST_BITS} persons of maps"
    for expression in expressions(schedule):
        for part in changes.parts(expression):
            if isinstance(part, HAPPENINGS) and part.where is not None:
                yield from _of_where(part.owner, part.where)
            elif isinstance(part, ex.Among):
                yield from _of_among(part)


def _of_where(owner: ex.Owner, where: ex.Expression) -> Iterator[str]:
    for part in changes.parts(where):
        if isinstance(part, HAPPENINGS):
            yield "an event asked about inside a `where`"
        elif isinstance(part, ex.Age):
            yield "`age` inside a `where`"
        elif isinstance(part, ex.Attribute) and part.owner == "person" and owner == "account":
            yield f"the person's `{part.name}` in a `where` about events of the account"


def _of_among(part: ex.Among) -> Iterator[str]:
    if is_static(part):
        return
    types = {type_of(part.item), *map(type_of, part.options)}
    if "List" in types:
        yield "`in` a list, asked of what an event carried"
    elif types & {"Date", "DateTime"}:
        yield "`in` several dates, asked of what an event carried"


def is_static(expression: ex.Expression) -> bool:
    """Whether only attributes and constants decide it: then it is worked out before the loop."""
    return not any(isinstance(part, (*HAPPENINGS, ex.Age)) for part in changes.parts(expression))


def type_of(expression: ex.Expression) -> ex.ValueType:
    """The type of an expression's values."""
    match expression:
        case ex.Value() | ex.Attribute() | ex.Payload() | ex.Last():
            return expression.type
        case ex.Shift():
            return type_of(expression.operand)
        case ex.Arithmetic():
            return type_of(expression.left)
        case ex.Count():
            return "Int"
        case ex.Age() | ex.Since():
            return "Duration"
        case _:
            return "Bool"


def expressions(schedule: Schedule) -> Iterator[ex.Expression]:
    """Every expression of the schedule."""
    rules = [each.when for each in schedule.rules]
    people = [*(each.when for each in schedule.relations), *(each.when for each in schedule.persons)]
    dates = [date for each in schedule.campaigns if each.starts for date in (each.starts.date, each.starts.until)]
    events = [one for each in schedule.events for one in (each.when, each.date)]
    fields = itertools.chain((each.where for each in schedule.segments), people, rules, events, dates)
    yield from (each for each in fields if each is not None)
    for campaign in schedule.campaigns:
        for step in campaign.steps:
            if step.verb == "choose":
                yield from (arm.when for arm in step.arms)
            elif step.verb == "wait_until" and step.when is not None:
                yield step.when
