"""Columns of a batch as codes: what the cells of a column say, and in which rows the row code must judge one."""

from __future__ import annotations

from typing import Any, Protocol

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
import pyarrow.compute as compute  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Column
from gridlang.runtime.engine.reading.arrays import Array, Arrow, Kept, narrow
from gridlang.runtime.engine.reading.cells import TEXT as TEXT
from gridlang.runtime.engine.reading.cells import Distinct, is_text, missing, plain_texts
from gridlang.runtime.engine.reading.encoded import Encoded, encoded
from gridlang.runtime.engine.reading.gathering import taken
from gridlang.runtime.engine.reading.hashing import hashes
from gridlang.runtime.engine.reading.texts import Texts
from gridlang.runtime.engine.reading.values import DOUBT, Values
from gridlang.runtime.inputs.tables import Cell
from gridlang.runtime.rows import AttributeValue

SAMPLE = 1 << 13
"""So many cells tell whether a column of texts has a value for nearly every row."""


class Codes(Protocol):
    """What is known of a column so far.

    `prepare` does what can be done with the cells of a batch by themselves, in any thread. In the order of batches,
    `read` gives the codes of what was prepared, DOUBT among them, `absent` those of a column that the file does not
    have; `keep` puts down the rows (indices) that stay, `only` lets some of these (bool) stay; `add` puts the value of
    a row behind them that the row code read.
    """

    def prepare(self, cells: Arrow | Distinct | list[Cell]) -> Any: ...
    def read(self, prepared: Any) -> Array: ...
    def absent(self, rows: int) -> Array: ...
    def keep(self, chosen: Array) -> None: ...
    def only(self, staying: Array) -> None: ...
    def add(self, value: AttributeValue | None) -> None: ...
    def filled(self) -> bool: ...


@attrs.define(eq=False)
class Few:
    """A column in which many rows share a value."""

    values: Values
    _kept: Kept = attrs.field(factory=Kept)
    _added: list[int] = attrs.field(factory=list)
    _last: Array = attrs.field(init=False, default=None)

    def prepare(self, cells: Arrow | Distinct | list[Cell]) -> Encoded:
        return encoded(cells)

    def read(self, prepared: Encoded) -> Array:
        """int32 codes, DOUBT for what the row code must judge."""
        self._last = prepared.codes(self.values)
        return self._last

    def absent(self, rows: int) -> Array:
        """The codes of a column that the file does not have."""
        self._last = np.full(rows, NONE, np.int32)
        return self._last

    def keep(self, chosen: Array) -> None:
        self._kept.put(self._last, chosen)

    def only(self, staying: Array) -> None:
        """Of the rows kept, these (bool) stay."""
        self._kept.only(staying)

    def add(self, value: AttributeValue | None) -> None:
        self._added.append(self.values.of_value(value))

    def filled(self) -> bool:
        """Whether any row that was kept has a value."""
        return self._kept.any(but=NONE)

    def codes(self) -> Array:
        """Of all rows kept and added."""
        added, self._added = self._added, []
        return self._kept.whole(added)

    def texts(self) -> Arrow:
        """Of a column of texts: all that were kept and added, as one array."""
        codes = np.ascontiguousarray(self.codes())
        known = pyarrow.array(self.values.values, TEXT)
        return known.take(pyarrow.array(codes, mask=codes == NONE))

    def hashes(self) -> Array:
        """uint64: of a column of texts, those of all."""
        return np.append(hashes(pyarrow.array(self.values.values, TEXT)), np.uint64(0))[self.codes()]

    def text(self, row: int) -> str | None:
        """Of a column of texts: that of one row."""
        code = self.codes()[row]
        return None if code == NONE else str(self.values.values[code])

    def begins(self, start: str) -> Array:
        """bool, of the last batch of a column of texts: which begin so."""
        each = [isinstance(value, str) and value.startswith(start) for value in self.values.values]
        return np.array([*each, False, False], np.bool_)[self._last]

    def column(self, order: Array | None) -> Column:
        """The rows in this order; None: as they stand. Nothing else can be asked of the column then."""
        self.codes()
        codes = narrow(taken(self._kept.released(), order), len(self.values.values))
        return Column(codes, self.values.values)


@attrs.define(eq=False)
class Many:
    """A column of texts in which hardly two rows share one: kept as Arrow has it, each under its own row."""

    _kept: list[Arrow] = attrs.field(factory=list)
    _added: list[str | None] = attrs.field(factory=list)
    _last: Arrow = attrs.field(init=False, default=None)

    def prepare(self, cells: Arrow | Distinct | list[Cell]) -> tuple[Arrow, Array]:
        texts, doubtful = plain_texts(cells)
        codes = np.where(missing(texts), NONE, 0).astype(np.int32)
        codes[doubtful] = DOUBT
        return texts, codes

    def read(self, prepared: tuple[Arrow, Array]) -> Array:
        """int32: 0 for a text, `NONE` for a missing one, DOUBT for what the row code must judge."""
        self._last, codes = prepared
        return codes

    def absent(self, rows: int) -> Array:
        """The codes of a column that the file does not have."""
        self._last = pyarrow.nulls(rows, TEXT)
        return np.full(rows, NONE, np.int32)

    def keep(self, chosen: Array) -> None:
        self._kept.append(self._last if chosen.size == len(self._last) else self._last.take(pyarrow.array(chosen)))

    def only(self, staying: Array) -> None:
        """Of the rows kept, these (bool) stay."""
        self._kept = [self.texts().filter(pyarrow.array(staying))]

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

    def hashes(self) -> Array:
        """uint64: those of all."""
        found = [hashes(texts) for texts in (*self._kept, pyarrow.array(self._added, TEXT))]
        return np.concatenate(found)

    def text(self, row: int) -> str | None:
        """That of one row."""
        found: str | None = self.texts()[row].as_py()
        return found

    def begins(self, start: str) -> Array:
        """bool, of the last batch: which begin so."""
        return compute.starts_with(self._last, start).fill_null(False).to_numpy(zero_copy_only=False)

    def column(self, order: Array | None) -> Column:
        """The rows in this order; None: as they stand. Nothing else can be asked of the column then."""
        texts = self.texts()
        self._kept = []
        texts = texts if order is None else texts.take(pyarrow.array(order))
        codes = np.arange(len(texts), dtype=np.int32)
        if texts.null_count:
            codes[missing(texts)] = NONE
        return Column(codes, Texts(texts))


def seems_unique(cells: Arrow | Distinct | list[Cell]) -> bool:
    """Whether nearly every row has a text of its own."""
    if isinstance(cells, Distinct):
        cells = cells.each()
    if isinstance(cells, list):
        return len(set(map(str, cells[:SAMPLE]))) * 2 > SAMPLE
    if not are_texts(cells):
        return False
    sample = cells[:SAMPLE].drop_null()
    return len(sample) >= SAMPLE // 8 and compute.count_distinct(sample).as_py() * 2 > len(sample)


def are_texts(cells: Arrow | Distinct | list[Cell]) -> bool:
    """Whether the cells of a column can stay as Arrow has them, as texts or numbers that are told as texts."""
    if isinstance(cells, Distinct):
        cells = cells.each()
    if isinstance(cells, list):
        return all(cell is None or isinstance(cell, str) for cell in cells[:SAMPLE])
    return is_text(cells.type) or bool(pyarrow.types.is_integer(cells.type))
