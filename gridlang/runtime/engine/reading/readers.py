"""How a cell is read without its row: by the readers of the row code, and in doubt not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from gridlang.runtime.engine.reading.values import Doubt, Read
from gridlang.runtime.inputs import scalars
from gridlang.runtime.inputs.records import Column, means_all
from gridlang.runtime.inputs.scalars import Wrong, Zone
from gridlang.runtime.inputs.tables import Cell
from gridlang.runtime.rows import AttributeValue
from gridlang.schedule import clock


class _OnAClockError(Exception):
    """A moment with an offset, where the clock that the value stands on is the person's."""


def somebodys(aware: dt.datetime) -> dt.datetime:
    """The clock of a person whom nobody knows here."""
    raise _OnAClockError


def of_column(column: Column, zone: Zone = somebodys) -> Read:
    """A declared field's cells; a moment with an offset is in doubt where the clock is a person's."""

    def read(cell: Cell) -> AttributeValue | Wrong | Doubt | None:
        try:
            value = column.read(cell, zone)
        except _OnAClockError:
            return Doubt()
        return None if not isinstance(value, Wrong) and means_all(column.field, value) else value

    return read


def since(cell: Cell) -> AttributeValue | Wrong | Doubt:
    """A date, or a wall clock."""
    try:
        return scalars.date_or_time(cell, somebodys)
    except _OnAClockError:
        return Doubt()


def timezone(cell: Cell) -> str | Doubt:
    """A zone that there is (R8); of any other the row code speaks."""
    return cell if isinstance(cell, str) and clock.known_zone(cell) else Doubt()


def names(known: Iterable[str]) -> Read:
    """A list of names, each once; of one that is not known the row code speaks."""
    every = frozenset(known)

    def read(cell: Cell) -> AttributeValue | Wrong | Doubt:
        found = scalars.texts(cell)
        if isinstance(found, Wrong):
            return found
        return tuple(dict.fromkeys(found)) if every.issuperset(found) else Doubt()

    return read


def one_of(known: Iterable[str]) -> Read:
    """A name that is known; of any other the row code speaks."""
    every = frozenset(known)

    def read(cell: Cell) -> AttributeValue | Wrong | Doubt:
        found = scalars.text(cell)
        return found if isinstance(found, Wrong) or found in every else Doubt()

    return read
