"""A file on its way into arrays: batches of columns, and beside them the rows that only the row code can judge."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import attrs
import numpy as np

from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import Distinct
from gridlang.runtime.inputs.parquet_table import cells_of
from gridlang.runtime.inputs.tables import Broken, Cell, Row, Table, clean_row

BATCH = 1 << 17
"""Rows of a batch."""


@attrs.frozen
class Batch:
    """Rows of a file, column by column: arrays of Arrow, or lists of cells; a cell that is missing is null or None.

    `numbers` are those of the rows, from 1; the rows at `doubtful` are to be judged by the row code in any case.
    """

    numbers: Array
    columns: dict[str, Arrow | Distinct | list[Cell]]
    doubtful: Array = attrs.field(factory=lambda: np.empty(0, np.int64))
    row: Callable[[int], Row | Broken] | None = None
    """The row of an index as the row code has it, where the columns do not say it all."""

    def rows(self, indices: Array) -> Iterator[Row | Broken]:
        """Rows as the row code has them."""
        if self.row is not None:
            yield from map(self.row, indices.tolist())
            return
        if not indices.size:
            return
        chosen = [_chosen(cells, indices) for cells in self.columns.values()]
        for at, number in enumerate(self.numbers[indices].tolist()):
            yield clean_row(number, ((name, cells[at]) for name, cells in zip(self.columns, chosen, strict=True)))


def _chosen(cells: Arrow | Distinct | list[Cell], indices: Array) -> list[Cell]:
    if isinstance(cells, Distinct):
        cells = cells.each()
    if isinstance(cells, list):
        return [cells[index] for index in indices.tolist()]
    return cells_of(cells.take(indices))


@attrs.define
class Lines(Mapping[int, int]):
    """The line where each row begins: kept where the distance between the two grows, at rows over several lines."""

    _rows: list[int] = attrs.field(factory=list)
    _distances: list[int] = attrs.field(factory=list)

    def note(self, row: int, line: int) -> None:
        """From this row on, lines are so far ahead."""
        if not self._rows or self._distances[-1] != line - row:
            self._rows.append(row)
            self._distances.append(line - row)

    def __getitem__(self, row: int) -> int:
        at = bisect.bisect_right(self._rows, row) - 1
        if at < 0:
            raise KeyError(row)
        return row + self._distances[at]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def copy(self, lines: Mapping[int, int]) -> None:
        """Take over the lines of a table."""
        for row, line in lines.items():
            self.note(row, line)

    def breaks(self) -> tuple[tuple[int, int], ...]:
        """(row, how far its line is ahead), wherever that changes."""
        return tuple(zip(self._rows, self._distances, strict=True))


@attrs.define
class Rest:
    """Rows that stand in no batch, the lines of all rows, and how many rows the file has."""

    rows: list[Row] = attrs.field(factory=list)
    broken: list[Broken] = attrs.field(factory=list)
    lines: Lines = attrs.field(factory=Lines)
    read: int = 0

    def take(self, row: Row | Broken) -> None:
        (self.rows if isinstance(row, Row) else self.broken).append(row)  # type: ignore[arg-type]

    def table(self, name: str, columns: tuple[str, ...]) -> Table:
        """Them as a table that the row code reads."""
        return Table(
            name,
            columns,
            tuple(sorted(self.rows, key=lambda row: row.number)),
            tuple(sorted(self.broken, key=lambda row: row.number)),
            self.lines,
        )


Load = Callable[[], "list[Batch]"]
"""Fetches some batches; any thread may do that."""


class Source(Protocol):
    """A file of rows."""

    @property
    def name(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns; of a file of objects only whole after `batches` has come to its end."""
        ...

    def loads(self, known: frozenset[str], rest: Rest, wanted: Array | None = None) -> Iterator[Load]:
        """The rows that can be told column by column, and only columns that are `known`; what cannot goes into
        `rest`. Batches without a row of the numbers `wanted` (ascending) may be left out. Asked again, it reads
        again."""
        ...
