"""Columns of a batch as codes: what the cells of a column say, and in which rows the row code must judge one."""

from __future__ import annotations

from typing import Protocol

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
import pyarrow.compute as compute  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Column
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import cleaned
from gridlang.runtime.engine.reading.texts import Texts
from gridlang.runtime.engine.reading.values import DOUBT, Values
from gridlang.runtime.inputs.parquet_table import cells_of
from gridlang.runtime.inputs.tables import Cell
from gridlang.runtime.rows import AttributeValue

TEXT = pyarrow.large_string()
SAMPLE = 1 << 13
"""So many cells tell whether a column of texts has a value for nearly every row."""


class Codes(Protocol):
    """What is known of a column so far. `read` gives the codes of a batch, DOUBT among them, `absent` those of a column
    that the file does not have; `keep` puts down the rows (indices) that stay, `only` lets some of these (bool) stay;
    `add` puts the value of a row behind them that the row code read."""

    def read(self, cells: Arrow | list[Cell]) -> Array: ...
    def absent(self, rows: int) -> Array: ...
    def keep(self, chosen: Array) -> None: ...
    def only(self, staying: Array) -> None: ...
    def add(self, value: AttributeValue | None) -> None: ...
    def filled(self) -> bool: ...


@attrs.define(eq=False)
class Few:
    """A column in which many rows share a value."""

    values: Values
    _kept: list[Array] = attrs.field(factory=list)
    _added: list[int] = attrs.field(factory=list)
    _last: Array = attrs.field(init=False, default=None)

    def read(self, cells: Arrow | list[Cell]) -> Array:
        """int32 codes, DOUBT for what the row code must judge."""
        self._last = codes_of(self.values, cells)
        return self._last

    def absent(self, rows: int) -> Array:
        """The codes of a column that the file does not have."""
        self._last = np.full(rows, NONE, np.int32)
        return self._last

    def keep(self, chosen: Array) -> None:
        self._kept.append(self._last if chosen.size == self._last.size else self._last[chosen])

    def only(self, staying: Array) -> None:
        """Of the rows kept, these (bool) stay."""
        self._kept = [np.concatenate(self._kept)[staying]]

    def add(self, value: AttributeValue | None) -> None:
        self._added.append(self.values.of_value(value))

    def filled(self) -> bool:
        """Whether any row that was kept has a value."""
        return any(bool((codes != NONE).any()) for codes in self._kept)

    def codes(self) -> Array:
        """int32, of all rows kept and added."""
        if self._added or len(self._kept) != 1:
            self._kept = [np.concatenate([*self._kept, np.array(self._added, np.int32)])]
            self._added = []
        return self._kept[0]

    def texts(self) -> Arrow:
        """Of a column of texts: all that were kept and added, as one array."""
        codes = self.codes()
        known = pyarrow.array(self.values.values, TEXT)
        return known.take(pyarrow.array(codes, mask=codes == NONE))

    def text(self, row: int) -> str | None:
        """Of a column of texts: that of one row."""
        code = self.codes()[row]
        return None if code == NONE else str(self.values.values[code])

    def column(self, order: Array | None) -> Column:
        """The rows in this order; None: as they stand. Nothing else can be asked of the column then."""
        codes = self.codes()
        self._kept = []
        return Column(codes if order is None else codes[order], self.values.values)


@attrs.define(eq=False)
class Many:
    """A column of texts in which hardly two rows share one: kept as Arrow has it, each under its own row."""

    _kept: list[Arrow] = attrs.field(factory=list)
    _added: list[str | None] = attrs.field(factory=list)
    _last: Arrow = attrs.field(init=False, default=None)

    def read(self, cells: Arrow | list[Cell]) -> Array:
        """int32: 0 for a text, `NONE` for a missing one, DOUBT for what the row code must judge."""
        self._last, doubtful = plain_texts(cells)
        codes = np.where(missing(self._last), NONE, 0).astype(np.int32)
        codes[doubtful] = DOUBT
        return codes

    def absent(self, rows: int) -> Array:
        """The codes of a column that the file does not have."""
        self._last = pyarrow.nulls(rows, TEXT)
        return np.full(rows, NONE, np.int32)

    def keep(self, chosen: Array) -> None:
        self._kept.append(self._last if chosen.size == len(self._last) else self._last.take(pyarrow.array(chosen)))

    def only(self, staying: Array) -> None:
        """Of the rows kept, these (bool) stay."""
        self._kept = [pyarrow.concat_arrays(self._kept).filter(pyarrow.array(staying))]

    def add(self, value: AttributeValue | None) -> None:
        assert value is None or isinstance(value, str)
        self._added.append(value)

    def filled(self) -> bool:
        """Whether any row that was kept has a value."""
        return any(texts.null_count < len(texts) for texts in self._kept)

    def texts(self) -> Arrow:
        """All that were kept and added, as one array."""
        if self._added or len(self._kept) != 1:
            self._kept = [pyarrow.concat_arrays([*self._kept, pyarrow.array(self._added, TEXT)])]
            self._added = []
        return self._kept[0]

    def text(self, row: int) -> str | None:
        """That of one row."""
        found: str | None = self.texts()[row].as_py()
        return found

    def column(self, order: Array | None) -> Column:
        """The rows in this order; None: as they stand. Nothing else can be asked of the column then."""
        texts = self.texts()
        self._kept = []
        texts = texts if order is None else texts.take(pyarrow.array(order))
        codes = np.arange(len(texts), dtype=np.int32)
        if texts.null_count:
            codes[missing(texts)] = NONE
        return Column(codes, Texts(texts))


def codes_of(values: Values, cells: Arrow | list[Cell]) -> Array:
    """The code of every cell."""
    if isinstance(cells, list):
        return values.of_cells(cells)
    if pyarrow.types.is_dictionary(cells.type):
        return _codes_of_dictionary(values, cells)
    kind = cells.type
    if pyarrow.types.is_list(kind) or pyarrow.types.is_large_list(kind):
        return _codes_of_lists(values, cells)
    if not (is_text(kind) or any(test(kind) for test in _SINGLE)):
        return np.where(missing(cells), NONE, DOUBT).astype(np.int32)
    flawed = np.empty(0, np.int64)
    if is_text(kind):
        cells, flawed = cleaned(cells.cast(TEXT))
    encoded = cells.dictionary_encode()
    codes = _spread(values.of_cells(cells_of(encoded.dictionary)), encoded.indices)
    codes[flawed] = DOUBT
    return codes


def _codes_of_dictionary(values: Values, cells: Arrow) -> Array:
    """The code of every cell of a column that came with its dictionary."""
    return _spread(codes_of(values, cells.dictionary), cells.indices)


def _spread(found: Array, indices: Arrow) -> Array:
    """The codes of a dictionary for each of the cells; null is `NONE`."""
    if not indices.null_count:
        return found[indices.to_numpy(zero_copy_only=False)]
    return np.append(found, np.int32(NONE))[indices.fill_null(len(found)).to_numpy(zero_copy_only=False)]


_SINGLE = (
    pyarrow.types.is_integer,
    pyarrow.types.is_floating,
    pyarrow.types.is_decimal,
    pyarrow.types.is_boolean,
    pyarrow.types.is_date,
    pyarrow.types.is_time,
    pyarrow.types.is_timestamp,
)
"""Kinds of columns whose cells are single values of Python."""


def missing(cells: Arrow) -> Array:
    """bool: where there is no cell."""
    return cells.is_null().to_numpy(zero_copy_only=False)


def _decoded(cells: Arrow) -> tuple[Arrow, Arrow]:
    kind = cells.type
    return (cells.cast(kind.value_type), kind.value_type) if pyarrow.types.is_dictionary(kind) else (cells, kind)


def _codes_of_lists(values: Values, lists: Arrow) -> Array:
    """Lists of texts as the cell of a CSV file has them, joined by `;`; other lists are for the row code."""
    empty = missing(lists)
    if not is_text(lists.type.value_type):
        return np.where(empty, NONE, DOUBT).astype(np.int32)
    joined = compute.binary_join(lists, ";")
    marks = compute.sum(compute.count_substring(lists.flatten(), ";")).as_py() or 0
    codes = codes_of(values, joined)
    broken = missing(joined) & ~empty
    codes[broken if not marks else ~empty] = DOUBT
    return codes


def plain_texts(cells: Arrow | list[Cell]) -> tuple[Arrow, Array]:
    """The cells as texts, and the indices of those that the row code must judge."""
    if isinstance(cells, list):
        texts = [cell if isinstance(cell, str) else None for cell in cells]
        others = [at for at, cell in enumerate(cells) if cell is not None and not isinstance(cell, str)]
        return pyarrow.array(texts, TEXT), np.array(others, np.int64)
    cells, kind = _decoded(cells)
    if is_text(kind):
        return cleaned(cells.cast(TEXT))
    if pyarrow.types.is_integer(kind):
        return cells.cast(TEXT), np.empty(0, np.int64)
    return pyarrow.nulls(len(cells), TEXT), np.flatnonzero(~missing(cells))


def is_text(kind: Arrow) -> bool:
    """Whether a type of Arrow is one of texts."""
    return bool(pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind))


def seems_unique(cells: Arrow | list[Cell]) -> bool:
    """Whether nearly every row has a text of its own."""
    if isinstance(cells, list):
        return len(set(map(str, cells[:SAMPLE]))) * 2 > SAMPLE
    if pyarrow.types.is_dictionary(cells.type) or not (is_text(cells.type) or pyarrow.types.is_integer(cells.type)):
        return False
    sample = cells[:SAMPLE].drop_null()
    return len(sample) >= SAMPLE // 8 and compute.count_distinct(sample).as_py() * 2 > len(sample)


def begins(cells: Arrow | list[Cell], start: str) -> Array:
    """bool: which cells are texts that begin so."""
    texts, _ = plain_texts(cells)
    return compute.starts_with(texts, start).fill_null(False).to_numpy(zero_copy_only=False)
