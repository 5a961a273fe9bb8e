"""From a declared field to the reader of its cells."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Protocol

from gridlang.runtime.inputs import scalars
from gridlang.runtime.inputs.scalars import Wrong, Zone
from gridlang.runtime.inputs.tables import Cell
from gridlang.runtime.rows import AttributeValue
from gridlang.schedule.expressions import ValueType
from gridlang.schedule.model import Field


class Reader(Protocol):
    """Reads a cell; `zone` is the clock that moments without an offset stand on."""

    def __call__(self, cell: Cell, zone: Zone) -> AttributeValue | Wrong: ...


def reader(field: Field, currency: str) -> Reader:
    """How to read a cell of `field`; `currency` is the plan's, for money whose field names none."""
    if field.options:
        return _remembering(lambda cell: _option(cell, field.options))
    if field.type == "DateTime":
        return scalars.date_time
    if field.type == "Money":
        return _remembering(lambda cell: scalars.money(cell, field.currency or currency))
    if field.type == "Text":
        return lambda cell, zone: cell if type(cell) is str else scalars.text(cell)
    return _remembering(_PLAIN[field.type])


REMEMBERED = 10_000
"""So many texts of a column, read once each: most columns say the same again and again."""


def _remembering(read: Callable[[Cell], AttributeValue | Wrong]) -> Reader:
    known: dict[str, AttributeValue | Wrong] = {}

    def read_once(cell: Cell, zone: Zone) -> AttributeValue | Wrong:
        if type(cell) is not str:
            return read(cell)
        value = known.get(cell)
        if value is None:
            value = read(cell)
            if len(known) < REMEMBERED:
                known[cell] = value
        return value

    return read_once


_PLAIN: dict[ValueType, Callable[[Cell], AttributeValue | Wrong]] = {
    "Int": scalars.integer,
    "Decimal": scalars.decimal,
    "Percent": scalars.percent,
    "Bool": scalars.truth,
    "Date": scalars.date,
    "Time": scalars.time,
    "Duration": scalars.duration,
    "List": scalars.texts,
}
"""Types that need nothing but the cell."""


def _option(cell: Cell, options: tuple[str, ...]) -> str | Wrong:
    read = scalars.text(cell)
    if isinstance(read, Wrong) or read in options:
        return read
    return Wrong(f"`{scalars.shown(read)}` is none of {', '.join(options)}" + did_you_mean(read, options))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean `near`?)`, or nothing when no known name is near."""
    near = nearest(word, known)
    return f" (did you mean `{near}`?)" if near else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that is spelled most like `word`, capital letters aside."""
    folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None
