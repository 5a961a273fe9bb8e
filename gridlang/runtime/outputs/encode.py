"""A table as bytes: CSV, JSON lines, Parquet. The same rows give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, assert_never

from gridlang.formulas import neutral
from gridlang.outputs import csv_bytes
from gridlang.runtime.outputs.table import Column, Kind, Value
from gridlang.schedule import clock


def as_csv(columns: tuple[Column, ...], rows: Iterable[object]) -> bytes:
    """UTF-8, commas, `\\n`; a header row even without rows; lists joined by `;`; formulas neutralised."""
    return csv_bytes(
        (column.name for column in columns),
        ([cell_text(column.kind, column.value(row)) for column in columns] for row in rows),
    )


def cell_text(kind: Kind, value: Value) -> str:
    """A value as the text of a CSV cell, before quotes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return neutral(";".join(value), name=True)
    if isinstance(value, int):
        return utc(value) if kind == "moment" else str(value)
    return neutral(_one_line_end(value), name=kind != "text")


def _one_line_end(text: str) -> str:
    """Line ends inside a cell are `\\n`: readers of CSV disagree about the others."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def utc(moment: int) -> str:
    """`2027-02-01T08:00:00Z`."""
    return f"{clock.local(moment, 'UTC').isoformat()}Z"


def as_jsonl(columns: tuple[Column, ...], rows: Iterable[object]) -> bytes:
    """An object a row, its keys in the order of the columns; null is missing."""
    lines = (
        json.dumps({column.name: _plain(column, column.value(row)) for column in columns}, ensure_ascii=False)
        for row in rows
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _plain(column: Column, value: Value) -> Value:
    return utc(value) if column.kind == "moment" and isinstance(value, int) else value


def as_parquet(columns: tuple[Column, ...], rows: Iterable[object]) -> bytes:
    """Moments as timestamps with UTC, lists as lists; the schema stands in it even without rows."""
    import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
    import pyarrow.parquet  # type: ignore[import-untyped, import-not-found, unused-ignore]

    kept, schema = tuple(rows), parquet_schema(columns)
    values = {column.name: [_number(column, column.value(row)) for row in kept] for column in columns}
    out = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(pyarrow.table(values, schema=schema), out, compression="zstd")
    return bytes(out.getvalue())


def parquet_schema(columns: Iterable[Column]) -> Any:
    """The columns as Arrow's schema, with what they mean."""
    import pyarrow

    return pyarrow.schema(
        [pyarrow.field(column.name, _arrow(column.kind), metadata={"doc": column.doc}) for column in columns]
    )


def _number(column: Column, value: Value) -> Any:
    """Milliseconds for moments (Parquet has no seconds), lists as lists."""
    if column.kind == "moment" and isinstance(value, int):
        return value * 1000
    return list(value) if isinstance(value, tuple) else value


def _arrow(kind: Kind) -> Any:
    import pyarrow

    match kind:
        case "name" | "text" | "because":
            return pyarrow.string()
        case "whole":
            return pyarrow.int64()
        case "truth":
            return pyarrow.bool_()
        case "moment":
            return pyarrow.timestamp("ms", tz="UTC")
        case "names":
            return pyarrow.list_(pyarrow.string())
        case _:
            assert_never(kind)
