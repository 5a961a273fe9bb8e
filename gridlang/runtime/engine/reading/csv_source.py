"""CSV: plain lines cell by cell into columns, every other line through the reader that defines what CSV is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

import attrs
import numpy as np

from gridlang.diagnostics import Outcome
from gridlang.runtime.engine.reading import scanning
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import texts_of
from gridlang.runtime.engine.reading.source import BATCH, Batch, Load, Rest
from gridlang.runtime.inputs.csv_table import MOST_LINES, CsvRecord, read_csv, records_of, row_of
from gridlang.runtime.inputs.given import InputFile

_MARK = b"\xef\xbb\xbf"


@attrs.frozen
class CsvSource:
    """A CSV file whose header reads well; its rows begin at byte `begin`, on line `line`."""

    name: str
    columns: tuple[str, ...]
    data: Array = attrs.field(repr=False)
    begin: int
    line: int

    def loads(self, known: frozenset[str], rest: Rest, wanted: Array | None = None) -> Iterator[Load]:
        """See `Source`."""
        reading = _Reading(self, rest, self.begin, self.line)
        places = {name: at for at, name in enumerate(self.columns) if name in known}
        while reading.at < self.data.size:
            yield partial(reading.next().batches, self.data, places)


def open_csv(given: InputFile, wanted: str) -> Outcome[CsvSource | None]:
    """The file, or why its header cannot be used; `wanted` names the columns that one must have."""
    data = np.frombuffer(given.content, np.uint8)
    at, line = len(_MARK) if bytes(data[:3]) == _MARK else 0, 1
    while at < data.size and data[at] in b"\r\n":
        at, line = scanning.after_lines(data, at, 1), line + 1
    if at >= data.size:
        return Outcome(None, read_csv(given.name, b"", wanted).problems)
    ahead = bytes(data[at : scanning.after_lines(data, at, MOST_LINES)])
    read = read_csv(given.name, b"\n" + ahead, wanted)
    if read.value is None:
        return Outcome(None, read.problems)
    lines = _first(ahead).lines
    begin = scanning.after_lines(data, at, lines)
    return Outcome(CsvSource(given.name, read.value.columns, data, begin, line + lines))


@attrs.frozen
class _Odd:
    """A record that the reader of CSV read, and how many lines it takes."""

    record: CsvRecord
    lines: int


def _first(text: bytes) -> _Odd:
    """The record with which a text of one line or more begins."""
    decoded = text.decode("utf-8", "surrogateescape")
    records = records_of(decoded)
    first, second = next(records), next(records, None)
    return _Odd(first, second.line - 1 if second else sum(1 for _ in io.StringIO(decoded, newline="")))


@attrs.frozen
class _Cut:
    """Lines of one batch: which of them are plain, the row numbers of these, and the cells of all."""

    plain: Array
    numbers: Array
    starts: Array
    stops: Array

    def batches(self, data: Array, places: dict[str, int]) -> list[Batch]:
        """Columns of the plain lines, as texts."""
        return [Batch(self.numbers, {name: self._column(data, at) for name, at in places.items()})]

    def _column(self, data: Array, at: int) -> Arrow:
        return texts_of(*scanning.gather(data, self.starts[at], self.stops[at], self.plain))


@attrs.define
class _Reading:
    """Where a pass over the file has come to: the next byte, its line, and the rows before it (blank ones count)."""

    source: CsvSource
    rest: Rest
    at: int
    line: int
    before: int = 0

    def next(self) -> _Cut:
        """The next lines of the file; those that are not plain go into `rest`."""
        data, columns = self.source.data, len(self.source.columns)
        begins, kinds = np.empty(BATCH, np.int64), np.empty(BATCH, np.uint8)
        starts, stops = np.empty((columns, BATCH), np.int64), np.empty((columns, BATCH), np.int64)
        lines, self.at = scanning.scan(data, self.at, begins, kinds, starts, stops)
        heads = np.ones(lines, np.bool_)
        self.rest.lines.note(self.before + 1, self.line)
        taken = self._odd(begins, kinds[:lines], heads)
        plain = np.flatnonzero(heads & (kinds[:lines] == scanning.PLAIN))
        self.rest.read += plain.size
        numbers = self.before + np.cumsum(heads)
        self.before, self.line = int(numbers[-1]), self.line + taken
        return _Cut(plain, numbers[plain], starts, stops)

    def _odd(self, begins: Array, kinds: Array, heads: Array) -> int:
        """Read the records that begin at odd lines; lines within one are no `heads`. Gives how many lines are done:
        the last record may go on behind them."""
        done, within = 0, 0
        for line in np.flatnonzero(kinds == scanning.ODD).tolist():
            if line < done:
                continue
            number = self.before + line - within + 1
            odd = _first(self._ahead(begins[line]))
            self.rest.take(row_of(self.source.columns, number, odd.record))
            self.rest.read += 1
            done = line + odd.lines
            if odd.lines > 1:
                heads[line + 1 : done] = False
                within += min(done, kinds.size) - line - 1
                self.rest.lines.note(number + 1, self.line + done)
        if done > kinds.size:
            self.at = scanning.after_lines(self.source.data, self.at, done - kinds.size)
        return int(max(done, kinds.size))

    def _ahead(self, at: int) -> bytes:
        return bytes(self.source.data[at : scanning.after_lines(self.source.data, at, MOST_LINES)])
