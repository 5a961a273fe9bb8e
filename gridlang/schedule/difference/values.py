"""Values of schedules: as JSON holds them, without places, so that they can be compared; and as sentences say them."""

from __future__ import annotations

from typing import Any, TypeGuard, get_args

import attrs

from gridlang.quantities import WEEKDAYS
from gridlang.schedule import expressions, model
from gridlang.schedule.written import written

_EXPRESSIONS: tuple[type, ...] = get_args(expressions.Expression)


def _is_expression(value: object) -> TypeGuard[expressions.Expression]:
    return isinstance(value, _EXPRESSIONS)


def plain(value: Any) -> Any:
    """The value as JSON holds it, without places: equal for what means the same."""
    if _is_expression(value):
        return written(value)
    if attrs.has(type(value)):
        kept = (field.name for field in attrs.fields(type(value)) if not is_place(field.name))
        return {name: plain(getattr(value, name)) for name in kept}
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


def is_place(field: str) -> bool:
    """Whether a field of a record says where it was written."""
    return field == "place" or field.endswith("_place")


def said(value: Any) -> str:
    """A value in a sentence; names stand as they are, so that they can be found in the plan."""
    match value:
        case None | ():
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(said(each) for each in value)
        case dict():
            return ", ".join(f"{key} {said(each)}" for key, each in value.items())
        case model.Hours():
            return f"{value.start} .. {value.end}"
        case model.Days():
            return "workdays" if value.workdays else ", ".join(WEEKDAYS[day] for day in value.weekdays)
        case model.Cap():
            return _cap(value)
        case _:
            return _record(value)


def _record(value: Any) -> str:
    match value:
        case model.Starts():
            start = value.event or said(value.date)
            return f"{start} .. {said(value.until)}" if value.until is not None else start
        case model.Goal():
            return f"{value.event} within {value.within}" if value.within else value.event
        case model.Order():
            return f"{value.first} before {value.then}"
        case model.Field():
            return f"{value.name}: {value.type}{'?' if value.optional else ''}"
        case _ if _is_expression(value):
            return f"`{written(value)}`"
        case _:
            return str(value)


def _cap(cap: model.Cap) -> str:
    across = f" across {', '.join(cap.channels)}" if cap.channels else ""
    return f"{cap.rate}{across}{' per account' if cap.per_account else ''}"


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
