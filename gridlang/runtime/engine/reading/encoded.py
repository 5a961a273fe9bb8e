"""Cells of a column so that each different one is judged once. Any thread may do this: nothing here knows the plan."""

from __future__ import annotations

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
import pyarrow.compute as compute  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import TEXT, Distinct, cleaned, is_text, missing
from gridlang.runtime.engine.reading.gathering import spread
from gridlang.runtime.engine.reading.values import DOUBT, Values
from gridlang.runtime.inputs.parquet_table import cells_of
from gridlang.runtime.inputs.tables import Cell


@attrs.frozen(eq=False)
class Encoded:
    """A column of a batch: cells, and for each row the index of its cell, `NONE`, or DOUBT where the row code must
    judge it whatever it says."""

    cells: list[Cell | None]
    at: Array
    """int32 (rows,)."""

    def codes(self, values: Values) -> Array:
        """int32: the code of every cell."""
        return spread(_table(values.of_cells(self.cells)), self.at)

    def codes_at(self, values: Values, rows: Array) -> Array:
        """int32: the codes of some rows; of cells that stand in no other row nothing is asked."""
        wanted = self.at[rows]
        used = np.zeros(len(self.cells), np.bool_)
        used[wanted[wanted >= 0]] = True
        each = np.flatnonzero(used)
        found = np.full(len(self.cells), NONE, np.int32)
        found[each] = values.of_cells([self.cells[at] for at in each.tolist()])
        return _table(found)[wanted]

    def through(self, indices: Arrow) -> Encoded:
        """The cells of a column that has these for a dictionary."""
        places = indices.fill_null(-1) if indices.null_count else indices
        places = places.to_numpy(zero_copy_only=False)
        return Encoded(self.cells, spread(np.append(self.at, np.int32(NONE)), places))

    def in_doubt(self, doubtful: Array) -> Encoded:
        """The same, some rows (indices or bool) in doubt."""
        at = self.at.copy()
        at[doubtful] = DOUBT
        return Encoded(self.cells, at)


def _table(codes: Array) -> Array:
    """Codes of cells, and behind them those of DOUBT and `NONE` as indices."""
    return np.append(codes, np.array([DOUBT, NONE], np.int32))


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


def encoded(cells: Arrow | Distinct | list[Cell]) -> Encoded:
    """The cells of a column."""
    if isinstance(cells, Distinct):
        return Encoded(cells.cells, cells.at)
    if isinstance(cells, list):
        return Encoded(cells, np.arange(len(cells), dtype=np.int32))
    kind = cells.type
    if pyarrow.types.is_dictionary(kind):
        return encoded(cells.dictionary).through(cells.indices)
    if pyarrow.types.is_list(kind) or pyarrow.types.is_large_list(kind):
        return _of_lists(cells)
    if not (is_text(kind) or any(test(kind) for test in _SINGLE)):
        return Encoded([], np.where(missing(cells), NONE, DOUBT).astype(np.int32))
    flawed = np.empty(0, np.int64)
    if is_text(kind):
        cells, flawed = cleaned(cells.cast(TEXT))
    found = cells.dictionary_encode()
    each = cells_of(found.dictionary)
    whole = Encoded(each, np.arange(len(each), dtype=np.int32)).through(found.indices)
    return whole.in_doubt(flawed) if flawed.size else whole


def _of_lists(lists: Arrow) -> Encoded:
    """Lists of texts as the cell of a CSV file has them, joined by `;`; other lists are for the row code."""
    empty = missing(lists)
    if not is_text(lists.type.value_type):
        return Encoded([], np.where(empty, NONE, DOUBT).astype(np.int32))
    joined = compute.binary_join(lists, ";")
    marks = compute.sum(compute.count_substring(lists.flatten(), ";")).as_py() or 0
    broken = missing(joined) & ~empty
    return encoded(joined).in_doubt(broken if not marks else ~empty)
