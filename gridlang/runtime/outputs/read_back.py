"""The tables of a run, read again: from the bytes of any format back to the rows they were written from."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from gridlang.diagnostics import Outcome
from gridlang.diagnostics.codes.rows import BROKEN_TABLE, PARQUET_MISSING
from gridlang.formulas import original
from gridlang.runtime.outputs.marks import NEWS, PLANNED
from gridlang.runtime.outputs.table import Column, Table
from gridlang.runtime.rows import Because

_MARKS = (PLANNED.name, NEWS.name)
"""Columns that a run with a state adds."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def read_back(table: Table, name: str, content: bytes) -> Outcome[tuple[object, ...]]:
    """The rows of an output file as what they were; a finding (G0709) for a file that no run wrote."""
    try:
        return Outcome(tuple(_row(table, cells) for cells in _cells(table, name, content)))
    except ImportError:
        return Outcome((), (PARQUET_MISSING.at(None, file=name),))
    except (ValueError, KeyError, TypeError, OSError) as error:
        return Outcome((), (BROKEN_TABLE.at(None, file=name, table=table.name, reason=str(error) or repr(error)),))


def _cells(table: Table, name: str, content: bytes) -> Iterable[Mapping[str, Any]]:
    if name.endswith(".parquet"):
        return _parquet(content)
    text = content.decode("utf-8")
    if name.endswith(".jsonl"):
        return map(json.loads, filter(None, text.split("\n")))
    return _csv(table, text)


def _csv(table: Table, text: str) -> Iterator[dict[str, str]]:
    kinds = {column.name: column.kind for column in table.columns}
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        if [name for name in reader.fieldnames or () if name not in _MARKS] != list(kinds):
            raise ValueError(f"its columns are {', '.join(reader.fieldnames or ['none'])}")
        for cells in reader:
            yield {name: original(cell, name=kinds.get(name) != "text") for name, cell in cells.items()}
    except csv.Error as error:
        raise ValueError(str(error)) from error


def _parquet(content: bytes) -> list[dict[str, Any]]:
    import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
    import pyarrow.parquet  # type: ignore[import-untyped, import-not-found, unused-ignore]

    rows: list[dict[str, Any]] = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(content)).read().to_pylist()
    return rows


def _row(table: Table, cells: Mapping[str, Any]) -> object:
    optional = {field.name for field in attrs.fields(table.row) if "None" in str(field.type)}
    values = {
        column.attribute: _value(column, cells[column.name], column.attribute in optional) for column in table.columns
    }
    return table.row(**values)


def _value(column: Column, cell: Any, optional: bool) -> object:
    """The attribute's value: what is missing is None where the row may say so, else an empty text."""
    match column.kind:
        case "because":
            return tuple(map(because, (cell or "").split()))
        case "names":
            return tuple(cell.split(";") if isinstance(cell, str) and cell else cell or ())
        case _ if cell is None or cell == "":
            return None if optional else ""
        case "moment":
            return _moment(cell)
        case "whole":
            return int(cell)
        case "truth":
            return cell is True or cell == "true"
        case "name" | "text":
            return str(cell)


def _moment(cell: Any) -> int:
    aware = cell if isinstance(cell, dt.datetime) else dt.datetime.fromisoformat(cell)
    since = aware - _EPOCH
    return since.days * 86_400 + since.seconds


def because(link: str) -> Because:
    """A link of a chain from its text, `quiet@3+39000`; raises ValueError on anything else."""
    rule, _, rest = link.partition("@")
    place, _, delay = rest.partition("+")
    return Because(rule, int(place), int(delay or 0))
