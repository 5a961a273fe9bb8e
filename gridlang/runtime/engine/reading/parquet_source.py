"""Parquet, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
import pyarrow.parquet as parquet  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.diagnostics import Outcome
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import TEXT, cleaned, is_text, missing
from gridlang.runtime.engine.reading.rows_source import RowsSource
from gridlang.runtime.engine.reading.source import BATCH, Batch, Load, Rest
from gridlang.runtime.inputs.csv_table import header_problem
from gridlang.runtime.inputs.given import InputFile
from gridlang.runtime.inputs.parquet_table import read_parquet

BROKEN = (pyarrow.ArrowException, OSError, ValueError)


@attrs.frozen
class ParquetSource:
    """A Parquet file; a broken page raises one of BROKEN while it is read."""

    name: str
    columns: tuple[str, ...]
    data: Arrow = attrs.field(repr=False)
    metadata: Arrow = attrs.field(repr=False)

    def loads(self, known: frozenset[str], rest: Rest, wanted: Array | None = None) -> Iterator[Load]:
        """See `Source`. Row groups are read by themselves, small ones together; of a large one the parts one by one."""
        before = 0
        for groups, rows in _together(self.metadata):
            here = wanted is None or np.searchsorted(wanted, before) < np.searchsorted(wanted, before + rows, "right")
            if here and rows > 2 * BATCH:
                yield from (partial(list, [batch]) for batch in self._batches(known, groups, before))
            elif here:
                yield partial(self._all, known, groups, before)
            before += rows
        rest.read += before

    def _all(self, known: frozenset[str], groups: range, before: int) -> list[Batch]:
        return list(self._batches(known, groups, before))

    def _batches(self, known: frozenset[str], groups: range, before: int) -> Iterator[Batch]:
        """The rows of some groups, by a reader of its own, so that any thread can have them."""
        file = _reader(self.data, self.metadata)
        for batch in file.iter_batches(BATCH, row_groups=list(groups), use_threads=False):
            columns = dict(zip(self.columns, batch.columns, strict=True))
            doubtful = [_nested(cells) if name in known else _unreadable(cells) for name, cells in columns.items()]
            numbers = before + np.arange(1, batch.num_rows + 1)
            yield Batch(numbers, columns, np.unique(np.concatenate([np.empty(0, np.int64), *doubtful])))
            before += batch.num_rows


def _together(metadata: Arrow) -> Iterator[tuple[range, int]]:
    """Row groups next to each other that make about a batch, and their rows."""
    first, rows = 0, 0
    for group in range(metadata.num_row_groups):
        rows += metadata.row_group(group).num_rows
        if rows * 2 > BATCH or group == metadata.num_row_groups - 1:
            yield range(first, group + 1), rows
            first, rows = group + 1, 0


def open_parquet(given: InputFile) -> Outcome[ParquetSource | RowsSource | None]:
    """The file, or why it cannot be used."""
    try:
        data = pyarrow.py_buffer(given.content)
        metadata = parquet.ParquetFile(pyarrow.BufferReader(data)).metadata
        names = tuple(_reader(data, metadata).schema_arrow.names)
    except BROKEN:
        return in_rows(given)
    columns = tuple(name.strip() for name in names)
    if header_problem(given.name, names) or len(set(columns)) < len(columns):
        return in_rows(given)
    return Outcome(ParquetSource(given.name, columns, data, metadata))


def _reader(data: Arrow, metadata: Arrow) -> Arrow:
    return parquet.ParquetFile(
        pyarrow.BufferReader(data), metadata=metadata, read_dictionary=_with_few_values(metadata)
    )


def _with_few_values(metadata: Arrow) -> list[str]:
    """Columns in which a value takes so few bytes that it can only be an index into a dictionary."""
    groups = [metadata.row_group(at) for at in range(min(metadata.num_row_groups, 1))]
    columns = [group.column(at) for group in groups for at in range(group.num_columns)]
    return [each.path_in_schema for each in columns if each.total_uncompressed_size < 3 * max(each.num_values, 1)]


def in_rows(given: InputFile) -> Outcome[ParquetSource | RowsSource | None]:
    """The file as the row code reads it: whatever is wrong with it, that tells."""
    read = read_parquet(given.name, bytes(given.content))
    return Outcome(None if read.value is None else RowsSource(read.value), read.problems)


def _unreadable(cells: Arrow) -> Array:
    """The rows that a column whose values nobody reads may yet make unreadable."""
    if is_text(cells.type):
        return cleaned(cells.cast(TEXT))[1]
    plain = pyarrow.types.is_primitive(cells.type) or pyarrow.types.is_decimal(cells.type)
    return np.empty(0, np.int64) if plain else np.flatnonzero(~missing(cells))


def _nested(cells: Arrow) -> Array:
    """The rows that hold objects, which no type of a plan is."""
    kind = cells.type
    texts = (pyarrow.types.is_list(kind) or pyarrow.types.is_large_list(kind)) and is_text(kind.value_type)
    return np.flatnonzero(~missing(cells)) if pyarrow.types.is_nested(kind) and not texts else np.empty(0, np.int64)
