"""CSV as the world writes it: UTF-8 (a byte order mark is accepted), commas, a header row, any line end."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

import attrs

from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.diagnostics.codes.rows import NO_HEADER, REPEATED_COLUMN, UNREADABLE_HEADER
from gridlang.runtime.inputs.tables import Broken, Row, Table, clean, clean_row, text_flaw

MOST_LINES = 200
"""A row over more lines than this is a quote that somebody forgot to close."""

_REASONS = {
    "unexpected end of data": "a quote opens in this row and never closes",
    "',' expected after": "text stands behind a closing quote; a quote inside a quoted cell is written twice",
    "field larger": "a cell of more than 131,072 characters; does a quote never close?",
}


@attrs.frozen
class CsvRecord:
    """The cells of a record, or with a `reason` those before it breaks; and the line where it begins."""

    line: int
    cells: list[str]
    reason: str | None = None


class _Lines:
    """The lines of a text for the csv reader, up to `stop`; `at` may be set back."""

    def __init__(self, text: str) -> None:
        self.lines = list(io.StringIO(text, newline=""))
        self.at = 0
        self.stop = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at >= self.stop:
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1]


def read_csv(name: str, content: bytes, wanted: str) -> Outcome[Table | None]:
    """The rows of a CSV file; `wanted` names the columns that a header must have, for whoever forgot it."""
    records = records_of(content.decode("utf-8-sig", "surrogateescape"))
    header = next((record for record in records if record.cells or record.reason), None)
    if header is None:
        return Outcome(None, (NO_HEADER.at(None, file=name, wanted=wanted),))
    if header.reason is not None:
        return Outcome(None, (_unreadable(name, header.reason, None),))
    columns = tuple(str(clean(column) or "") for column in header.cells)
    if problem := header_problem(name, columns):
        return Outcome(None, (problem,))
    return Outcome(_table(name, columns, records))


def header_problem(name: str, columns: tuple[str, ...]) -> Diagnostic | None:
    """What keeps these columns from being told apart."""
    for column in columns:
        if flaw := text_flaw(column):
            return _unreadable(name, flaw, "save it as CSV in UTF-8")
    if len(columns) == 1 and (separator := next((s for s in ";\t|" if s in columns[0]), None)):
        shown = "tabs" if separator == "\t" else f"`{separator}`"
        return _unreadable(name, f"its columns are separated by {shown}", "save it with commas between the columns")
    for column, times in Counter(columns).items():
        if column and times > 1:
            return REPEATED_COLUMN.at(None, file=name, column=column)
    return None


def _unreadable(name: str, reason: str, way_out: str | None) -> Diagnostic:
    return UNREADABLE_HEADER.at(None, file=name, reason=reason, way_out=way_out)


def _table(name: str, columns: tuple[str, ...], records: Iterator[CsvRecord]) -> Table:
    rows: list[Row] = []
    broken: list[Broken] = []
    lines: dict[int, int] = {}
    for number, record in enumerate(records, 1):
        if not (record.cells or record.reason):
            continue
        lines[number] = record.line
        read = row_of(columns, number, record)
        if isinstance(read, Row):
            rows.append(read)
        else:
            broken.append(read)
    return Table(name, columns, tuple(rows), tuple(broken), lines)


def row_of(columns: tuple[str, ...], number: int, record: CsvRecord) -> Row | Broken:
    """The row that a record is, `number` from 1."""
    cells = zip(columns, record.cells, strict=False)
    if record.reason is not None:
        return Broken(number, "broken_row", record.reason, dict(cells))
    if len(record.cells) != len(columns):
        few = "few" if len(record.cells) < len(columns) else "many"
        reason = f"too {few} cells: {len(record.cells)}, and the header has {len(columns)}"
        return Broken(number, "wrong_cell_count", reason, dict(cells))
    return clean_row(number, cells)


def records_of(text: str) -> Iterator[CsvRecord]:
    """Every record; a line left blank is an empty one.

    After a record that breaks, reading goes on at the line below the one where it began: one bad quote costs one row.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, strict=True)
    while lines.at < len(lines.lines):
        start = lines.at
        lines.stop = min(start + MOST_LINES, len(lines.lines))
        try:
            yield CsvRecord(start + 1, next(reader))
        except csv.Error as error:
            lines.at = start + 1
            reader = csv.reader(lines, strict=True)
            whole = lines.lines[start].partition('"')[0].split(",")[:-1]
            yield CsvRecord(start + 1, whole, _reason(str(error)))


def _reason(error: str) -> str:
    known = next((words for start, words in _REASONS.items() if error.startswith(start)), None)
    return known or f"its quotes are broken ({error})"
