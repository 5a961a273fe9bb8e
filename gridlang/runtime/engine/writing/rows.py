"""Chunks of a table as the rows of `gridlang.runtime.rows`: for tests, CRM lists, and whoever wants objects; and back,
for tables that are made as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, assert_never

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.reading.cells import parts_of, with_nulls
from gridlang.runtime.engine.reading.typed import TEXT
from gridlang.runtime.engine.results import NEVER
from gridlang.runtime.engine.writing.columns import Cells, Moments, Named, Numbers, Own, Shared, Truths
from gridlang.runtime.engine.writing.tables import Chunk
from gridlang.runtime.outputs.read_back import because
from gridlang.runtime.outputs.table import Kind, Table


def rows(table: Table, chunk: Chunk) -> Iterator[Any]:
    """The rows of a chunk."""
    fields = attrs.fields(table.row)
    optional = {field.name for field in fields if "None" in str(field.type)}
    columns = {column.attribute: column.kind for column in table.columns}
    values = []
    for name, kind in columns.items():
        found = _values(chunk[name])
        if kind == "because":
            found = [tuple(map(because, (text or "").split())) for text in found]
        elif kind in ("name", "text"):
            found = ["" if value is None and name not in optional else value for value in found]
        values.append(found)
    for each in zip(*values, strict=True):
        yield table.row(**dict(zip(columns, each, strict=True)))


def _values(cells: Cells) -> list[Any]:
    match cells:
        case Named():
            return [None if code < 0 else cells.values[code] for code in cells.codes.tolist()]
        case Own():
            return list(cells.texts.to_pylist())
        case Shared():
            texts = cells.texts.to_pylist()
            return [None if code < 0 else texts[code] for code in cells.codes.tolist()]
        case Numbers():
            return list(cells.numbers.tolist())
        case Moments():
            return [None if moment == NEVER else moment for moment in cells.seconds.tolist()]
        case Truths():
            return list(cells.truths.tolist())
        case _:
            assert_never(cells)


def in_columns(table: Table, rows: Sequence[Any]) -> Chunk:
    """Rows of a table without lists or chains as one chunk."""
    return {
        column.attribute: _column(column.kind, list(map(attrgetter(column.attribute), rows)))
        for column in table.columns
    }


def _column(kind: Kind, values: list[Any]) -> Cells:
    match kind:
        case "name" | "text":
            texts = pyarrow.array(values, TEXT)
            return Own(with_nulls(texts, np.diff(parts_of(texts)[0]) == 0))
        case "whole":
            missing = np.array([value is None for value in values], np.bool_)
            return Numbers(np.array([value or 0 for value in values], np.int64), missing)
        case "truth":
            return Truths(np.array(values, np.bool_))
        case "moment":
            return Moments(np.array([NEVER if value is None else value for value in values], np.int64))
        case "names" | "because":
            raise NotImplementedError(kind)
        case _:
            assert_never(kind)
