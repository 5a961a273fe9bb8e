"""JSON lines: an object a line, UTF-8."""

from __future__ import annotations

import json
from decimal import Decimal

from gridlang.runtime.inputs.tables import Cell, Row, Table, clean_row
from gridlang.runtime.rows import Issue


def read_jsonl(name: str, content: bytes) -> Table:
    """The rows of a JSON lines file; its columns are the keys of all its objects."""
    rows: list[Row] = []
    broken: list[Issue] = []
    columns: dict[str, None] = {}
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        read = _row(name, number, line, columns)
        if isinstance(read, Row):
            rows.append(read)
        else:
            broken.append(read)
    return Table(name, tuple(columns), tuple(rows), tuple(broken))


def _row(name: str, number: int, line: bytes, columns: dict[str, None]) -> Row | Issue:
    try:
        pairs = _pairs(line)
    except UnicodeDecodeError as error:
        reason = f"byte 0x{line[error.start]:02X} is not UTF-8; save the file as UTF-8"
        return Issue(code="unreadable_text", reason=reason, file=name, row=number)
    except (ValueError, RecursionError) as error:
        return Issue(code="broken_row", reason=f"not JSON: {_short(error)}", file=name, row=number)
    if not isinstance(pairs, _Pairs):
        return Issue(code="broken_row", reason="not a JSON object; write one object a line", file=name, row=number)
    named = [(key.strip(), cell) for key, cell in pairs]
    cells = dict(named)
    if len(cells) < len(named):
        reason = "a name stands twice in this object"
        return Issue(code="broken_row", reason=reason, file=name, row=number)
    columns.update(dict.fromkeys(cells))
    return clean_row(name, number, iter(named))


class _Pairs(list[tuple[str, Cell]]):
    """An object of the file, with every name that was written, twice too; told from a JSON list by its class."""


def _pairs(line: bytes) -> object:
    return json.loads(line.decode("utf-8"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_Pairs)


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON number")


def _short(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)
