"""Typed values of attributes and payloads as plain JSON, and back.

Texts, whole numbers, truths and lists of texts are themselves; whatever else is a map of one key, which is the type.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal

from gridlang.quantities import Duration, Money
from gridlang.runtime.rows import AttributeValue
from gridlang.runtime.state.records import Plain

_READERS: dict[str, Callable[[str], AttributeValue]] = {
    "decimal": Decimal,
    "money": Money.parse,
    "moment": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "duration": Duration.parse,
}


def plain(value: AttributeValue) -> Plain:
    """`10` as itself, ten percent as `{"decimal": "10"}`, a date as `{"date": "2027-02-01"}`."""
    match value:
        case bool() | str() | int():
            return value
        case tuple():
            return list(value)
        case Decimal():
            return {"decimal": str(value)}
        case Money():
            return {"money": f"{value.amount:f} {value.currency}"}
        case dt.datetime():
            return {"moment": value.isoformat()}
        case dt.date():
            return {"date": value.isoformat()}
        case dt.time():
            return {"time": value.isoformat()}
        case Duration():
            return {"duration": str(value)}
    raise TypeError(f"no attribute has a value of this type: {value!r}")


def typed(value: Plain) -> AttributeValue:
    """What `plain` was given. Raises ValueError, KeyError or TypeError for what it never wrote."""
    match value:
        case bool() | str() | int():
            return value
        case list() if all(type(word) is str for word in value):
            return tuple(value)
        case dict() if len(value) == 1:
            ((kind, text),) = value.items()
            return _typed(kind, text)
    raise ValueError(f"should be a value of an attribute, and is {value!r:.60}")


def _typed(kind: str, text: str) -> AttributeValue:
    try:
        return _READERS[kind](text)
    except ArithmeticError as error:  # what `Decimal` raises
        raise ValueError(f"should be a {kind}, and is {text!r:.60}") from error


def all_plain(values: Mapping[str, AttributeValue]) -> dict[str, Plain]:
    """By name, in order of the names."""
    return {name: plain(values[name]) for name in sorted(values)}


def all_typed(values: Mapping[str, Plain]) -> dict[str, AttributeValue]:
    """What `all_plain` was given."""
    return {name: typed(value) for name, value in values.items()}
