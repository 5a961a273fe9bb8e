"""A file of rows, before anybody knows what its columns mean: cells as the format gives them, cleaned."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import attrs

from gridlang.runtime.rows import Issue, Origin

Cell: TypeAlias = object
"""str, int, float, Decimal, bool, date, datetime, time, or a list of them; a missing cell stands in no row."""


@attrs.frozen
class Row:
    """`number` counts from 1, the header not counted; a line left blank counts, so that row 8 is where it says."""

    number: int
    cells: dict[str, Cell]


@attrs.frozen
class Broken:
    """A row that cannot be used, with those of its cells that can still be told apart."""

    number: int
    code: str
    reason: str
    cells: Mapping[str, Cell] = attrs.field(factory=dict)


@attrs.frozen
class Table:
    """Every row that was read, in `rows` or, where nobody can tell its cells apart, in `broken`."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: tuple[Broken, ...]
    lines: Mapping[int, int] = attrs.field(factory=dict, repr=False)
    """The line where each row begins, in formats that have more lines than rows."""

    @property
    def read(self) -> int:
        """How many rows the file has."""
        return len(self.rows) + len(self.broken)

    def origin(self, number: int) -> Origin:
        """Where a row stands, as messages say it."""
        return Origin(self.name, number, self.lines.get(number))

    def issues(self, about: str | None) -> Iterator[Issue]:
        """The broken rows; `about` is the column that names the contact of a row, where it can still be read."""
        for each in self.broken:
            contact = clean(each.cells.get(about)) if about else None
            known = isinstance(contact, str) and not text_flaw(contact)
            yield Issue(
                code=each.code,
                reason=each.reason,
                file=self.name,
                row=each.number,
                contact=str(contact) if known else "",
            )


def clean_row(number: int, named: Iterable[tuple[str, Cell]]) -> Row | Broken:
    """A row with its cells cleaned and the missing ones gone; broken where a cell holds what no text may hold."""
    cells: dict[str, Cell] = {}
    found = list(named)
    for column, cell in found:
        if type(cell) is str and cell.isascii() and "\0" not in cell:  # nearly every cell: nothing can be wrong with it
            if text := cell.strip():
                cells[column] = text
        elif (cleaned := clean(cell)) is not None:
            if flaw := _flaw(cleaned):
                return Broken(number, "unreadable_text", f"`{column}`: {flaw}", dict(found))
            cells[column] = cleaned
    return Row(number, cells)


def clean(cell: Cell) -> Cell | None:
    """The cell with its texts in Unicode's composed form (NFC) and without white space around them.

    None: missing. An empty text, an empty list and a float that is no number are missing in every format, so that a
    table says the same in each.
    """
    if isinstance(cell, str):
        text = cell.strip()
        return (text if text.isascii() else unicodedata.normalize("NFC", text)) or None
    if isinstance(cell, list | tuple):
        return [cleaned for cleaned in map(clean, cell) if cleaned is not None] or None
    if isinstance(cell, float) and math.isnan(cell):
        return None
    return cell


def _flaw(cell: Cell) -> str | None:
    """Why this text cannot stand in any output, or None."""
    if isinstance(cell, list):
        return next(filter(None, map(_flaw, cell)), None)
    if isinstance(cell, str):
        return text_flaw(cell)
    return None


def text_flaw(text: str) -> str | None:
    """Why a text cannot be kept: a byte that is not UTF-8, half a character, a NUL; or None."""
    if "\0" in text:
        return "a NUL byte; is the file UTF-16, or cut off?"
    if text.isascii():
        return None
    for character in text:
        if "\udc80" <= character <= "\udcff":
            return f"byte 0x{ord(character) - 0xDC00:02X} is not UTF-8; save the file as UTF-8"
        if "\ud800" <= character <= "\udfff":
            return f"half a character (U+{ord(character):04X})"
    return None
