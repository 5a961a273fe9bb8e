"""JSON lines: an object a line, UTF-8."""

from __future__ import annotations

import json
from decimal import Decimal

from gridlang.runtime.inputs.tables import Broken, Cell, Row, Table, clean_row


def read_jsonl(name: str, content: bytes) -> Table:
    """The rows of a JSON lines file; its columns are the keys of all its objects."""
    rows: list[Row] = []
    broken: list[Broken] = []
    columns: dict[str, None] = {}
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        read = row_of(number, line, columns)
        if isinstance(read, Row):
            rows.append(read)
        else:
            broken.append(read)
    return Table(name, tuple(columns), tuple(rows), tuple(broken))


def row_of(number: int, line: bytes, columns: dict[str, None]) -> Row | Broken:
    """The row of a line, `number` from 1; its keys are put down in `columns`."""
    try:
        pairs = _pairs(line)
    except UnicodeDecodeError as error:
        reason = f"byte 0x{line[error.start]:02X} is not UTF-8; save the file as UTF-8"
        return Broken(number, "unreadable_text", reason, _as_far_as_read(line))
    except (ValueError, RecursionError) as error:
        return Broken(number, "broken_row", f"not JSON: {_short(error)}")
    if not isinstance(pairs, _Pairs):
        return Broken(number, "broken_row", "not a JSON object; write one object a line")
    named = [(key.strip(), cell) for key, cell in pairs]
    cells = dict(named)
    if len(cells) < len(named):
        return Broken(number, "broken_row", "a name stands twice in this object", cells)
    columns.update(dict.fromkeys(cells))
    return clean_row(number, named)


class _Pairs(list[tuple[str, Cell]]):
    """An object of the file, with every name that was written, twice too; told from a JSON list by its class."""


def _pairs(line: bytes) -> object:
    return json.loads(line.decode("utf-8"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_Pairs)


def _as_far_as_read(line: bytes) -> dict[str, Cell]:
    """The cells of an object with bytes that are no text; which of them are whole, their own flaws tell."""
    try:
        pairs = json.loads(line.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError):
        return {}
    return pairs if isinstance(pairs, dict) else {}


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON number")


def _short(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)
