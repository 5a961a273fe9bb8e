"""JSON lines: every line by the reader that defines them, the cells then column by column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import attrs
import numpy as np

from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.engine.reading.source import BATCH, Batch, Load, Rest
from gridlang.runtime.inputs.jsonl_table import row_of
from gridlang.runtime.inputs.tables import Cell, Row

_MARK = b"\xef\xbb\xbf"


@attrs.define
class JsonlSource:
    """A file of objects; its columns are the keys that have been seen."""

    name: str
    data: bytes = attrs.field(repr=False)
    _columns: dict[str, None] = attrs.field(factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of all objects that have been read."""
        return tuple(self._columns)

    def loads(self, known: frozenset[str], rest: Rest, wanted: Array | None = None) -> Iterator[Load]:
        """See `Source`."""
        for rows in self._rows(rest):
            yield partial(self._batches, rows, known)

    def _rows(self, rest: Rest) -> Iterator[list[Row]]:
        rows: list[Row] = []
        for number, line in enumerate(self._lines(), 1):
            if not line.strip():
                continue
            rest.read += 1
            read = row_of(number, line, self._columns)
            if isinstance(read, Row):
                rows.append(read)
            else:
                rest.take(read)
            if len(rows) == BATCH:
                yield rows
                rows = []
        if rows:
            yield rows

    def _lines(self) -> Iterator[bytes]:
        at = len(_MARK) if self.data[:3] == _MARK else 0
        while (stop := self.data.find(b"\n", at)) >= 0:
            yield self.data[at:stop]
            at = stop + 1
        yield self.data[at:]

    def _batches(self, rows: list[Row], known: frozenset[str]) -> list[Batch]:
        columns = {name: [row.cells.get(name) for row in rows] for name in self.columns if name in known}
        nested = [at for at, row in enumerate(rows) if any(map(_is_nested, row.cells.values()))]
        return [Batch(np.array([row.number for row in rows]), columns, np.array(nested, np.int64))]


def _is_nested(cell: Cell) -> bool:
    return isinstance(cell, list) and not isinstance(cell[0], str)
