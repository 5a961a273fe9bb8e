"""What events carry: a column whose cells mean what the event of their row says."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs
import numpy as np

from gridlang.runtime.engine.columns import NONE
from gridlang.runtime.engine.columns import Column as Coded
from gridlang.runtime.engine.reading import readers
from gridlang.runtime.engine.reading.arrays import Array, Arrow, Kept, narrow
from gridlang.runtime.engine.reading.cells import Distinct
from gridlang.runtime.engine.reading.encoded import Encoded, encoded
from gridlang.runtime.engine.reading.gathering import taken
from gridlang.runtime.engine.reading.values import DOUBT, Values
from gridlang.runtime.inputs.events import Vocabulary
from gridlang.runtime.inputs.records import Column
from gridlang.runtime.inputs.tables import Cell
from gridlang.runtime.rows import AttributeValue

UNREAD = -1


@attrs.define(eq=False)
class Carried:
    """A payload column. `readings` are the ways in which events declare it, `of_name` says by event which of them."""

    name: str
    readings: list[tuple[Column, Values]]
    of_name: dict[str, int]
    _cells: Encoded | None = None
    _kept: Kept = attrs.field(factory=Kept)
    _added: list[int] = attrs.field(factory=list)
    _unread: Unread = attrs.field(factory=lambda: Unread())
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

    def prepare(self, cells: Arrow | Distinct | list[Cell]) -> Encoded:
        return encoded(cells)

    def read(self, prepared: Encoded) -> Array:
        """int32: nothing yet, before `settle`."""
        self._cells = prepared
        return np.full(prepared.at.size, NONE, np.int32)

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
            self._look_at_unread(self._cells, np.flatnonzero((way == UNREAD) & (self._cells.at != NONE)), names, codes)

    def _of(self, values: Values, rows: Array) -> Array:
        if self._cells is None:
            return np.full(rows.size, NONE, np.int32)
        return self._cells.codes_at(values, rows)

    def _look_at_unread(self, cells: Encoded, rows: Array, names: Array, codes: Array) -> None:
        """Which cells nobody reads, and which of them nobody can."""
        found = cells.codes_at(Values(lambda cell: True), rows)
        codes[rows[found == DOUBT]] = DOUBT
        lost = rows[found >= 0]
        if lost.size:
            self._lost = np.full(codes.size, UNREAD, np.int32)
            self._lost[lost] = names[lost]

    def keep(self, chosen: Array) -> None:
        self._kept.put(self._last, chosen)
        self._unread.put(self._lost, chosen)

    def only(self, staying: Array) -> None:
        self._kept.only(staying)
        self._unread.only(staying)

    def add(self, value: AttributeValue | None) -> None:
        self._added.append(self.values.of_value(value))

    def filled(self) -> bool:
        """Whether any row that was kept has a cell here."""
        return self._kept.any(but=NONE) or self._unread.any()

    def lost(self, words: list[str], numbers: Callable[[], Array]) -> Iterable[tuple[str, int, int]]:
        """Of values that nobody reads: the event, how many, and the first row; `numbers` gives those of the rows
        kept."""
        if not self._unread.any():
            return
        (rows, names), every = self._unread.whole(), numbers()
        for name in np.unique(names).tolist():
            found = every[rows[names == name]]
            yield words[name], found.size, int(found.min())

    def codes(self) -> Array:
        """Of all rows kept and added."""
        added, self._added = self._added, []
        return self._kept.whole(added)

    def value(self, row: int) -> AttributeValue | None:
        """What one of these rows carries."""
        code = int(self.codes()[row])
        return None if code == NONE else self.values.values[code]

    def column(self, order: Array) -> Coded:
        """The rows kept and added, in this order. Nothing else can be asked of the column then."""
        self.codes()
        return Coded(narrow(taken(self._kept.released(), order), len(self.values.values)), self.values.values)


@attrs.define(eq=False)
class Unread:
    """The rows kept with a cell that nobody reads, by their places among all rows kept, and the names of their events
    (indices); most columns have none."""

    _rows: list[Array] = attrs.field(factory=list)
    _names: list[Array] = attrs.field(factory=list)
    _before: int = 0

    def put(self, lost: Array | None, chosen: Array) -> None:
        """Of a batch: the name of each row's event where its cell is lost, else UNREAD; None: no cell is."""
        if lost is not None:
            here = lost[chosen]
            places = np.flatnonzero(here != UNREAD)
            self._rows.append(places + self._before)
            self._names.append(here[places])
        self._before += chosen.size

    def only(self, staying: Array) -> None:
        """Of the rows kept, these (bool) stay."""
        rows, names = self.whole()
        moved = np.cumsum(staying) - 1
        self._rows, self._names = [moved[rows[staying[rows]]]], [names[staying[rows]]]
        self._before = int(np.count_nonzero(staying))

    def any(self) -> bool:
        """Whether there is any."""
        return any(rows.size for rows in self._rows)

    def whole(self) -> tuple[Array, Array]:
        """int64 places, int32 names."""
        rows, names = [np.empty(0, np.int64), *self._rows], [np.empty(0, np.int32), *self._names]
        return np.concatenate(rows), np.concatenate(names)


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
