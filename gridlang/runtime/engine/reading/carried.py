"""What events carry: a column whose cells mean what the event of their row says."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE
from gridlang.runtime.engine.columns import Column as Coded
from gridlang.runtime.engine.reading import readers
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.typed import codes_of
from gridlang.runtime.engine.reading.values import DOUBT, Values
from gridlang.runtime.inputs.events import Vocabulary
from gridlang.runtime.inputs.records import Column
from gridlang.runtime.inputs.tables import Cell
from gridlang.runtime.rows import AttributeValue

UNREAD = -1
_NOTHING = np.int32(UNREAD)


@attrs.define(eq=False)
class Carried:
    """A payload column. `readings` are the ways in which events declare it, `of_name` says by event which of them."""

    name: str
    readings: list[tuple[Column, Values]]
    of_name: dict[str, int]
    _cells: Arrow | list[Cell] | None = None
    _kept: list[Array] = attrs.field(factory=list)
    _added: list[int] = attrs.field(factory=list)
    _unread: list[Array] = attrs.field(factory=list)
    _last: Array = None
    _lost: Array = None

    @classmethod
    def of(cls, vocabulary: Vocabulary, name: str) -> Carried:
        """The column of that name."""
        readings: list[tuple[Column, Values]] = []
        of_name: dict[str, int] = {}
        for event, columns in vocabulary.events.items():
            for column in columns:
                if column.field.name == name:
                    of_name[event] = _reading(readings, column)
        return cls(name, readings, of_name)

    @property
    def values(self) -> Values:
        """The dictionary of all readings."""
        return self.readings[0][1]

    def read(self, cells: Arrow | list[Cell]) -> Array:
        """int32: nothing yet, before `settle`."""
        self._cells = cells
        return np.full(len(cells), NONE, np.int32)

    def absent(self, rows: int) -> Array:
        """The codes of a column that the file does not have."""
        self._cells = None
        return np.full(rows, NONE, np.int32)

    def settle(self, names: Array, words: list[str], complete: Array, codes: Array) -> None:
        """Read the cells of the batch by the events of their rows, into `codes`: `names` are indices of `words`,
        `complete` the rows that must have what is needed."""
        way = np.array([*(self.of_name.get(word, UNREAD) for word in words), UNREAD], np.int32)[names]
        self._last, self._lost = codes, None
        for number, (column, values) in enumerate(self.readings):
            rows = np.flatnonzero(way == number)
            if rows.size:
                codes[rows] = _asked(column, values, self._of(values, rows), complete[rows])
        if self._cells is not None:
            self._look_at_unread(np.flatnonzero(way == UNREAD), names, codes)

    def _of(self, values: Values, rows: Array) -> Array:
        if self._cells is None:
            return np.full(rows.size, NONE, np.int32)
        return codes_of(values, _taken(self._cells, rows))

    def _look_at_unread(self, rows: Array, names: Array, codes: Array) -> None:
        """Which cells nobody reads, and which of them nobody can."""
        found = codes_of(Values(lambda cell: True), _taken(self._cells, rows))
        codes[rows[found == DOUBT]] = DOUBT
        lost = rows[found >= 0]
        if lost.size:
            self._lost = np.full(codes.size, UNREAD, np.int32)
            self._lost[lost] = names[lost]

    def keep(self, chosen: Array) -> None:
        self._kept.append(self._last if chosen.size == self._last.size else self._last[chosen])
        lost = self._lost
        self._unread.append(np.broadcast_to(_NOTHING, chosen.size) if lost is None else lost[chosen])

    def only(self, staying: Array) -> None:
        self._kept = [np.concatenate(self._kept)[staying]]
        self._unread = [np.concatenate(self._unread)[staying]]

    def add(self, value: AttributeValue | None) -> None:
        self._added.append(self.values.of_value(value))

    def filled(self) -> bool:
        """Whether any row that was kept has a cell here."""
        return any(bool((codes != NONE).any()) for codes in (*self._kept, *self._unread))

    def lost(self, words: list[str], numbers: Array) -> Iterable[tuple[str, int, int]]:
        """Of values that nobody reads: the event, how many, and the first row; `numbers` are those of the rows kept."""
        unread = np.concatenate([np.empty(0, np.int32), *self._unread])
        for name in np.unique(unread[unread >= 0]).tolist():
            rows = numbers[unread == name]
            yield words[name], rows.size, int(rows.min())

    def codes(self) -> Array:
        """int32, of all rows kept and added."""
        if self._added or len(self._kept) != 1:
            self._kept = [np.concatenate([*self._kept, np.array(self._added, np.int32)])]
            self._added = []
        return self._kept[0]

    def value(self, row: int) -> AttributeValue | None:
        """What one of these rows carries."""
        code = int(self.codes()[row])
        return None if code == NONE else self.values.values[code]

    def column(self, order: Array) -> Coded:
        """The rows kept and added, in this order. Nothing else can be asked of the column then."""
        codes = self.codes()
        self._kept = []
        return Coded(codes[order], self.values.values)


def _reading(readings: list[tuple[Column, Values]], column: Column) -> int:
    """Which of the readings this declaration is; a new one shares the dictionary of the others."""
    for number, (known, _) in enumerate(readings):
        if known.field == column.field:
            return number
    read = readers.of_column(column)
    readings.append((column, readings[0][1].beside(read) if readings else Values(read)))
    return len(readings) - 1


def _asked(column: Column, values: Values, codes: Array, complete: Array) -> Array:
    """The codes, with what a missing cell means where the event must have one."""
    absent = complete & (codes == NONE)
    if column.needed:
        codes[absent] = DOUBT
    elif column.field.type == "List":
        codes[absent] = values.of_value(())
    return codes


def _taken(cells: Arrow | list[Cell], rows: Array) -> Arrow | list[Cell]:
    if isinstance(cells, list):
        return [cells[row] for row in rows.tolist()]
    return cells if rows.size == len(cells) else cells.take(pyarrow.array(rows))
