"""The rows of a file that are clearly right, as columns; all others stand in its `rest`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.diagnostics import Diagnostic
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import parts_of
from gridlang.runtime.engine.reading.hashing import among, hashes, twice
from gridlang.runtime.engine.reading.source import Batch, Rest, Source
from gridlang.runtime.engine.reading.typed import TEXT, Codes, Few, Many, seems_unique
from gridlang.runtime.engine.reading.values import DOUBT, Values
from gridlang.runtime.inputs.columns import Required, missing_columns, nested_columns
from gridlang.runtime.inputs.tables import Table
from gridlang.runtime.rows import AttributeValue

Judge = Callable[[Batch, dict[str, Array]], Array]
"""From a batch and the codes of its columns: which rows the row code must judge (bool), beside those with a DOUBT."""


@attrs.define(eq=False)
class Sheet:
    """A file's columns by name, in the order in which the plan knows them."""

    source: Source
    values: dict[str, Values]
    """By column that the plan knows, the dictionary with its reader."""
    many: frozenset[str] = frozenset()
    """Columns of texts, in which every row may have its own."""
    own: dict[str, Codes] = attrs.field(factory=dict)
    """Columns that are read in a way of their own."""
    columns: dict[str, Codes] = attrs.field(factory=dict)
    rest: Rest = attrs.field(factory=Rest)
    _numbers: list[Array] = attrs.field(factory=list)

    @property
    def known(self) -> frozenset[str]:
        """The columns that are read."""
        return frozenset(self.values)

    def read(self, judge: Judge) -> None:
        """Read the file through."""
        for batch in self.source.batches(self.known, self.rest):
            if not self.columns:
                self._choose(batch)
            codes = {name: self._codes(name, batch) for name in self.values}
            doubtful = judge(batch, codes)
            for found in codes.values():
                doubtful |= found == DOUBT
            doubtful[batch.doubtful] = True
            for row in batch.rows(np.flatnonzero(doubtful)):
                self.rest.take(row)
            self._keep(batch, np.flatnonzero(~doubtful))
        if not self.columns:
            self._choose(Batch(np.empty(0, np.int64), {}))

    def _choose(self, batch: Batch) -> None:
        for name, values in self.values.items():
            unique = name in self.many and name in batch.columns and seems_unique(batch.columns[name])
            self.columns[name] = self.own.get(name) or (Many() if unique else Few(values))

    def _codes(self, name: str, batch: Batch) -> Array:
        column = self.columns[name]
        return column.read(batch.columns[name]) if name in batch.columns else column.absent(batch.numbers.size)

    def _keep(self, batch: Batch, chosen: Array) -> None:
        for column in self.columns.values():
            column.keep(chosen)
        self._numbers.append(batch.numbers[chosen])

    @property
    def numbers(self) -> Array:
        """int64: the numbers of the rows that were kept."""
        return np.concatenate([np.empty(0, np.int64), *self._numbers])

    def withdraw(self, doubtful: Array) -> None:
        """Rows that were kept (bool, for each) are for the row code after all: they are read again."""
        if not doubtful.any():
            return
        numbers = self.numbers
        wanted = numbers[doubtful]
        for batch in self.source.batches(self.known, Rest()):
            for row in batch.rows(np.flatnonzero(np.isin(batch.numbers, wanted, assume_unique=True))):
                self.rest.take(row)
        for column in self.columns.values():
            column.only(~doubtful)
        self._numbers = [numbers[~doubtful]]

    def problems(self, needed: Iterable[Required]) -> list[Diagnostic]:
        """Why the columns of the file cannot be used."""
        table = self.table()
        empty = [name for name in self.values if name not in self.columns or not self.columns[name].filled()]
        return [*missing_columns(table, needed, self.values), *nested_columns(table, empty)]

    def doubled(self) -> Array:
        """bool, of the rows kept: whose id stands in another row too."""
        hashed = hashes(self.texts("id"))
        here = hashes(pyarrow.array([str(row.cells["id"]) for row in self.rest.rows if "id" in row.cells], TEXT))
        missing = np.diff(parts_of(self.texts("id"))[0]) == 0
        return (twice(hashed) | among(hashed, here)) & ~missing

    def add(self, said: Mapping[str, AttributeValue | None]) -> None:
        """Put down what a row says that the row code read, behind the rows kept."""
        for name, column in self.columns.items():
            column.add(said.get(name))

    def texts(self, name: str) -> Arrow:
        """A column of texts, as one array."""
        column = self.columns[name]
        assert isinstance(column, Few | Many)
        return column.texts()

    def codes(self, name: str) -> Array:
        """int32: the codes of a column whose values stand in a dictionary."""
        column = self.columns[name]
        assert isinstance(column, Few)
        return column.codes()

    def table(self) -> Table:
        """The rows that the row code must judge."""
        return self.rest.table(self.source.name, self.source.columns)
