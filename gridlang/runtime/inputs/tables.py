"""A file of rows, before anybody knows what its columns mean: cells as the format gives them, cleaned."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias

import attrs

from gridlang.runtime.rows import Issue

Cell: TypeAlias = object
"""str, int, float, Decimal, bool, date, datetime, time, or a list of them; a missing cell stands in no row."""


@attrs.frozen
class Row:
    """`number` counts from 1, the header not counted; a line left blank counts, so that row 8 is where it says."""

    number: int
    cells: dict[str, Cell]


@attrs.frozen
class Table:
    """Every row that was read, in `rows` or, where nobody can tell its cells apart, as an issue in `broken`."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: tuple[Issue, ...]

    @property
    def read(self) -> int:
        """How many rows the file has."""
        return len(self.rows) + len(self.broken)


def clean_row(file: str, number: int, named: Iterator[tuple[str, Cell]]) -> Row | Issue:
    """A row with its cells cleaned and the missing ones gone; an issue where a cell holds what no text may hold."""
    cells: dict[str, Cell] = {}
    for column, cell in named:
        cleaned = clean(cell)
        if cleaned is None:
            continue
        if _is_plain(cleaned):
            cells[column] = cleaned
        elif flaw := _flaw(cleaned):
            return Issue(code="unreadable_text", reason=f"`{column}`: {flaw}", file=file, row=number)
        else:
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


def _is_plain(cell: Cell) -> bool:
    """Whether nothing can be wrong with the text, told quickly: nearly every cell is so."""
    return isinstance(cell, str) and cell.isascii() and "\0" not in cell


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
