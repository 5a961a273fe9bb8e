"""JSON lines: plain lines value by value into columns, every other line through the reader that defines them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

import attrs
import numpy as np

from gridlang.runtime.engine.reading import objects, scanning
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import Distinct, texts_of
from gridlang.runtime.engine.reading.source import BATCH, Batch, Load, Rest
from gridlang.runtime.inputs.jsonl_table import row_of
from gridlang.runtime.inputs.tables import Broken, Cell, Row, clean

_MARK = b"\xef\xbb\xbf"
MOST_NAMES = 64
"""So many different names are told by their bytes; lines with others are not plain."""


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
        data = np.frombuffer(self.data, np.uint8)
        begin = len(_MARK) if bytes(data[:3]) == _MARK else 0
        reading = _Reading(data, self._columns, rest, begin)
        while reading.at < data.size:
            yield partial(reading.next().batches, known)


@attrs.frozen(eq=False)
class _Cut:
    """Lines of one batch and the values of the plain ones, by name and line; the rows of others, as they were read."""

    data: Array
    names: tuple[str, ...]
    before: int
    begins: Array
    plain: Array
    kinds: Array
    starts: Array
    stops: Array
    others: list[Row]

    def batches(self, known: frozenset[str]) -> list[Batch]:
        """The plain lines in columns, and the others as lists of cells."""
        found = [self._of_plain(known)] if self.plain.size else []
        return [*found, *([self._of_others(known)] if self.others else [])]

    def _of_plain(self, known: frozenset[str]) -> Batch:
        columns = {name: self._column(at) for at, name in enumerate(self.names) if name in known}
        return Batch(self.before + 1 + self.plain, columns, row=self._row)

    def _column(self, name: int) -> Arrow | Distinct:
        kinds, starts, stops = self.kinds[name], self.starts[name], self.stops[name]
        if kinds[self.plain].max() <= objects.TEXT:
            return texts_of(*scanning.gather(self.data, starts, stops, self.plain))
        quotes = kinds == objects.TEXT
        found = texts_of(*scanning.gather(self.data, starts - quotes, stops + quotes, self.plain)).dictionary_encode()
        cells = [_cell(written) for written in found.dictionary.to_pylist()]
        return Distinct(cells, found.indices.to_numpy(zero_copy_only=False))

    def _row(self, at: int) -> Row | Broken:
        """A plain line as the row code has it."""
        line = int(self.plain[at])
        return row_of(self.before + 1 + line, _line(self.data, int(self.begins[line])), {})

    def _of_others(self, known: frozenset[str]) -> Batch:
        rows, columns = self.others, dict[str, Arrow | Distinct | list[Cell]]()
        for name in dict.fromkeys(name for row in rows for name in row.cells if name in known):
            columns[name] = [row.cells.get(name) for row in rows]
        nested = [at for at, row in enumerate(rows) if any(map(_is_nested, row.cells.values()))]
        return Batch(np.array([row.number for row in rows]), columns, np.array(nested, np.int64))


def _cell(written: str) -> Cell | None:
    """The value of a few bytes of a plain line, nothing of none."""
    return clean(json.loads(written, parse_float=Decimal)) if written else None


def _is_nested(cell: Cell) -> bool:
    return isinstance(cell, list) and not isinstance(cell[0], str)


@attrs.define(eq=False)
class _Reading:
    """Where a pass over the file has come to: the next byte, and the lines before it."""

    data: Array
    columns: dict[str, None]
    rest: Rest
    at: int
    before: int = 0

    def next(self) -> _Cut:
        """The next lines of the file; those of which the row code cannot make a row go into `rest`."""
        begins, lines = np.empty(BATCH, np.int64), np.empty(BATCH, np.uint8)
        kinds = np.zeros((MOST_NAMES, BATCH), np.uint8)
        starts, stops = (np.zeros((MOST_NAMES, BATCH), np.int64) for _ in range(2))
        line, done, others, before = 0, 0, list[Row](), self.before
        while line < BATCH and self.at < self.data.size:
            names = _names(self.columns)
            line, self.at = objects.scan(self.data, self.at, line, begins, lines, kinds, starts, stops, *names)
            self._judge(begins, lines, done, line, others)
            if line < BATCH and self.at < self.data.size and not self._learn(line, others):
                lines[line] = objects.ODD
                self.at, line = int(objects.behind_line(self.data, self.at)), line + 1
            done = line
        self.before += line
        plain = np.flatnonzero(lines[:line] == objects.PLAIN)
        self.rest.read += plain.size
        names_ = tuple(self.columns)[:MOST_NAMES]
        return _Cut(self.data, names_, before, begins, plain, kinds, starts, stops, others)

    def _judge(self, begins: Array, lines: Array, first: int, last: int, others: list[Row]) -> None:
        for line in (first + np.flatnonzero(lines[first:last] == objects.ODD)).tolist():
            self._take(line, int(begins[line]), others)

    def _learn(self, line: int, others: list[Row]) -> bool:
        """Put down the names of a line of which one is new; False: it can only be read as a whole, and was."""
        known = len(self.columns)
        if known < MOST_NAMES:
            row_of(0, _line(self.data, self.at), self.columns)
            if len(self.columns) > known:
                return True
        self._take(line, self.at, others)
        return False

    def _take(self, line: int, begin: int, others: list[Row]) -> None:
        content = _line(self.data, begin)
        if not content.strip():
            return
        self.rest.read += 1
        read = row_of(self.before + line + 1, content, self.columns)
        if isinstance(read, Row):
            others.append(read)
        else:
            self.rest.take(read)


def _line(data: Array, begin: int) -> bytes:
    return bytes(data[begin : objects.behind_line(data, begin)]).removesuffix(b"\n")


def _names(columns: dict[str, None]) -> tuple[Array, Array]:
    """The bytes of names, and where each begins and ends."""
    each = [name.encode("utf-8", "surrogatepass") for name in list(columns)[:MOST_NAMES]]
    edges = np.cumsum([0, *map(len, each)]).astype(np.int64)
    return np.frombuffer(b"".join(each) or b"\0", np.uint8), edges
