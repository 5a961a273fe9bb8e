"""Inventing somebody who stands in a cell: attributes that fit its segment, every address, every consent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs

from gridlang.analysis.people import KNOWN, Sort, holds, tell_apart
from gridlang.quantities import Duration, Money
from gridlang.rehearsal.cells import Cell
from gridlang.runtime.rows import AttributeValue, Contact, Happening, Input, Origin
from gridlang.schedule import clock
from gridlang.schedule import expressions as ex
from gridlang.schedule.model import Field, Schedule

NOBODY = Origin("rehearsal", 1)
WHO = "somebody"


def cast(schedule: Schedule, cell: Cell, start: int) -> Input | None:
    """One account of one invented person in the cell's segment; None when nobody can be invented for certain."""
    kind = _kind(schedule, cell)
    if kind is None:
        return None
    today = clock.local(start, schedule.plan.timezone).date()
    attributes = {field.name: _usual(field, schedule) for field in schedule.person_fields}
    account = {field.name: _usual(field, schedule) for field in schedule.account_fields}
    history: list[Happening] = []
    for term, value in kind.items():
        match term:
            case ex.Attribute():
                into = account if term.owner == "account" else attributes
                into[term.name] = None if value is None else _typed(schedule, term, value)
            case ex.Age() if isinstance(term.operand, ex.Attribute):
                into = account if term.operand.owner == "account" else attributes
                into[term.operand.name] = None if value is None else today - dt.timedelta(days=int(value) + 1)
            case ex.Count() if term.where is None:
                history += [_event(term.event, start - 3600 * (number + 1)) for number in range(int(value))]
            case _:
                return None
    contact = Contact(
        id=WHO,
        account=WHO,
        roles=cell.roles,
        attributes={name: value for name, value in attributes.items() if value is not None},
        origin=NOBODY,
    )
    known = {name: value for name, value in account.items() if value is not None}
    return Input(contacts=(contact,), accounts={WHO: known}, happenings=tuple(history))


def _event(name: str, at: int) -> Happening:
    return Happening(contact=WHO, at=at, event=name, origin=NOBODY)


def _kind(schedule: Schedule, cell: Cell) -> Sort | None:
    """Somebody whom the segment takes and no segment before it."""
    before = []
    wanted: ex.Expression | None = None
    for segment in schedule.segments:
        if segment.name == cell.segment:
            wanted = segment.where
            break
        if segment.where is None:
            return None
        before.append(segment.where)
    conditions = [*before, *([wanted] if wanted is not None else [])]
    people = tell_apart(schedule, conditions)
    if people is None:
        return None
    for kind in people.kinds():
        if (wanted is None or holds(wanted, kind)) and not any(holds(other, kind) for other in before):
            return kind
    return None


def _usual(field: Field, schedule: Schedule) -> AttributeValue | None:
    """A value that nothing in particular is asked of: addresses are there, every channel has consent."""
    if field.type == "List":
        return tuple(channel.name for channel in schedule.channels) if field.of == "channel" else ()
    if field.options:
        return field.options[0]
    if field.type == "Text":
        return schedule.channels[0].name if field.of == "channel" else "somewhere"
    if field.optional:
        return None
    usual: dict[str, AttributeValue] = {
        "Int": 1,
        "Decimal": Decimal(1),
        "Percent": Decimal(1),
        "Bool": True,
        "Money": Money(Decimal(1), schedule.plan.currency),
        "Date": dt.date(2000, 1, 1),
        "DateTime": dt.datetime(2000, 1, 1),
        "Time": dt.time(12),
        "Duration": Duration(1, "d"),
    }
    return usual[field.type]


def _typed(schedule: Schedule, term: ex.Attribute, value: Any) -> AttributeValue | None:
    if value == KNOWN:
        fields = schedule.account_fields if term.owner == "account" else schedule.person_fields
        field = next(field for field in fields if field.name == term.name)
        return _usual(attrs.evolve(field, optional=False), schedule)
    match term.type:
        case "Int":
            return int(value)
        case "Money":
            return Money(value, schedule.plan.currency)
        case "Date":
            return dt.date.fromordinal(int(value))
        case "Text":
            return "anything" if value.startswith("\0") else str(value)
        case _:
            return value  # type: ignore[no-any-return]
