"""The dictionary of a column: every value once, by the reader of the row code, asked once for each cell there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import attrs
import numpy as np

from gridlang.runtime.engine.columns import NONE
from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.inputs.scalars import Wrong
from gridlang.runtime.inputs.tables import Cell, clean
from gridlang.runtime.rows import AttributeValue

DOUBT = -2
"""The code of a cell that the row code must judge."""


class Doubt:
    """What a reader gives for a cell that is no mistake and yet not to be read without its row."""


Read = Callable[[Cell], "AttributeValue | Wrong | Doubt | None"]
"""None: the same as missing."""


@attrs.define(eq=False)
class Values:
    """Values by their codes. Two cells that say the same (`yes` and `true`) have one code."""

    read: Read
    values: list[AttributeValue] = attrs.field(factory=list)
    _codes: dict[object, int] = attrs.field(factory=dict)
    _cells: dict[object, int] = attrs.field(factory=dict)

    def of_cells(self, cells: list[Cell]) -> Array:
        """int32: the code of each cell, `NONE` for what is missing, DOUBT for what is wrong."""
        return np.fromiter(map(self._of_cell, cells), np.int32, len(cells))

    def of_value(self, value: AttributeValue | None) -> int:
        """The code of a value that the row code read."""
        if value is None:
            return NONE
        code = self._codes.get(key := _key(value))
        if code is None:
            code = self._codes[key] = len(self.values)
            self.values.append(value)
        return code

    def beside(self, read: Read) -> Values:
        """The same dictionary with another reader."""
        return Values(read, self.values, self._codes)

    def _of_cell(self, cell: Cell) -> int:
        key = _key(cell)
        code = self._cells.get(key)
        if code is None:
            code = self._cells[key] = self._judged(clean(cell))
        return code

    def _judged(self, cell: Cell | None) -> int:
        if cell is None:
            return NONE
        value = self.read(cell)
        return DOUBT if isinstance(value, Wrong | Doubt) else self.of_value(value)


_PLAIN = frozenset((int, bool, dt.date))
"""Kinds of values of which no two that are equal are written in two ways."""


def _key(value: object) -> object:
    """What tells a value from every other: 1 from True, 12.5 from 12.50."""
    kind = type(value)
    if kind is str:
        return value
    if kind in _PLAIN:
        return kind, value
    if isinstance(value, list):
        return tuple(map(_key, value)), list
    return kind, str(value)
