"""Chunks of a table as the bytes of a file, piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, assert_never

import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
import pyarrow.parquet as parquet  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.outputs import Sink, csv_bytes
from gridlang.runtime.engine.reading.arrays import Arrow
from gridlang.runtime.engine.results import NEVER
from gridlang.runtime.engine.writing import rendering
from gridlang.runtime.engine.writing.ahead import ahead
from gridlang.runtime.engine.writing.columns import Cells, Moments, Named, Numbers, Own, Shared, Truths
from gridlang.runtime.engine.writing.tables import Chunk
from gridlang.runtime.outputs.encode import parquet_schema
from gridlang.runtime.outputs.files import Format
from gridlang.runtime.outputs.table import Column

_PIECE = 1 << 20
"""Bytes that Arrow hands over at once: it needs Python's lock for that."""
Encode = Callable[[Sequence[Column], Iterable[Chunk], Sink], None]


def as_csv(columns: Sequence[Column], chunks: Iterable[Chunk], sink: Sink) -> None:
    """As `outputs.encode.as_csv`."""
    sink(csv_bytes((column.name for column in columns), ()))
    _in_rows(columns, chunks, sink, rendering.for_csv(), rendering.csv_frame(columns))


def as_jsonl(columns: Sequence[Column], chunks: Iterable[Chunk], sink: Sink) -> None:
    """As `outputs.encode.as_jsonl`."""
    _in_rows(columns, chunks, sink, rendering.for_json(), rendering.json_frame(columns))


def _in_rows(
    columns: Sequence[Column],
    chunks: Iterable[Chunk],
    sink: Sink,
    render: rendering.Rendering,
    frame: rendering.Frame,
) -> None:
    def cells(chunk: Chunk) -> list[rendering.Slices]:
        return [render.slices(column, chunk[column.attribute]) for column in columns]

    with ahead(iter(chunks)) as made, ahead(map(cells, made)) as prepared:
        for each in prepared:
            sink(frame.rows(each))


def as_parquet(columns: Sequence[Column], chunks: Iterable[Chunk], sink: Sink) -> None:
    """The same table as `outputs.encode.as_parquet`, in more groups of rows."""
    schema = parquet_schema(columns)

    def table(chunk: Chunk) -> Arrow:
        cells = [_arrow(chunk[column.attribute], kind.type) for column, kind in zip(columns, schema, strict=True)]
        return pyarrow.table(cells, schema=schema)

    out = pyarrow.BufferedOutputStream(pyarrow.PythonFile(_File(sink), mode="w"), _PIECE)
    with (
        out,
        parquet.ParquetWriter(out, schema, compression="zstd") as writer,
        ahead(iter(chunks)) as made,
        ahead(map(table, made)) as prepared,
    ):
        for each in prepared:
            writer.write_table(each)


def _arrow(cells: Cells, kind: Arrow) -> Arrow:
    match cells:
        case Named():
            values = [list(value) if isinstance(value, tuple) else value for value in cells.values]
            return pyarrow.array(values, kind).take(pyarrow.array(cells.codes, mask=cells.codes < 0))
        case Own():
            return cells.texts.cast(kind)
        case Shared():
            return cells.texts.cast(kind).take(pyarrow.array(cells.codes, mask=cells.codes < 0))
        case Numbers():
            return pyarrow.array(cells.numbers, kind, mask=cells.missing)
        case Moments():
            none = cells.seconds == NEVER
            return pyarrow.array(np.where(none, 0, cells.seconds) * 1000, pyarrow.int64(), mask=none).cast(kind)
        case Truths():
            return pyarrow.array(cells.truths, kind)
        case _:
            assert_never(cells)


class _File:
    """A sink as Arrow wants it."""

    def __init__(self, sink: Sink) -> None:
        self._sink, self._at, self.closed = sink, 0, False

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._sink(piece)
        self._at += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        self.closed = True


ENCODERS: dict[Format, Encode] = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet}
