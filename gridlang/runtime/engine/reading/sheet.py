"""The rows of a file that are clearly right, as columns; all others stand in its `rest`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.diagnostics import Diagnostic
from gridlang.runtime.engine.reading.arrays import Array, Arrow, Numbers, narrow
from gridlang.runtime.engine.reading.cells import Distinct
from gridlang.runtime.engine.reading.hashing import among, hashes, twice
from gridlang.runtime.engine.reading.source import Batch, Load, Rest, Source
from gridlang.runtime.engine.reading.threads import in_order
from gridlang.runtime.engine.reading.typed import TEXT, Codes, Few, Many, are_texts, seems_unique
from gridlang.runtime.engine.reading.unkept import Hashed, Whether
from gridlang.runtime.engine.reading.values import DOUBT, Values
from gridlang.runtime.inputs.columns import Required, missing_columns, nested_columns
from gridlang.runtime.inputs.tables import Broken, Cell, Row, Table
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
    unique: frozenset[str] = frozenset()
    """Columns of texts, in which nearly every row of a large file has its own."""
    unasked: frozenset[str] = frozenset()
    """Of `many`, those of which only is asked whether there is a value."""
    own: dict[str, Codes] = attrs.field(factory=dict)
    """Columns that are read in a way of their own."""
    columns: dict[str, Codes] = attrs.field(factory=dict)
    rest: Rest = attrs.field(factory=Rest)
    _numbers: Numbers = attrs.field(factory=Numbers)

    @property
    def known(self) -> frozenset[str]:
        """The columns that are read."""
        return frozenset(self.values)

    def read(self, judge: Judge) -> None:
        """Read the file through."""
        loads = self.source.loads(self.known, self.rest)
        first = next((found for found in (load() for load in loads) if found), [])
        self._choose(first[0] if first else Batch(np.empty(0, np.int64), {}))
        prepared = in_order(partial(self._prepared, load) for load in chain([lambda: first], loads))
        for batch, cells in chain.from_iterable(prepared):
            codes = {name: self._codes(name, batch, cells) for name in self.values}
            doubtful = judge(batch, codes)
            for found in codes.values():
                doubtful |= found == DOUBT
            doubtful[batch.doubtful] = True
            for row in batch.rows(np.flatnonzero(doubtful)):
                self.rest.take(row)
            self._keep(batch, np.flatnonzero(~doubtful))

    def _choose(self, batch: Batch) -> None:
        for name, values in self.values.items():
            column = self.own.get(name)
            if column is None:
                column = self._chosen(name, batch.columns[name]) if name in batch.columns else None
            self.columns[name] = column or Few(values)

    def _chosen(self, name: str, cells: Arrow | Distinct | list[Cell]) -> Codes | None:
        """How a column of texts is kept; None: by its values."""
        if name in self.unique and are_texts(cells):
            return Many()
        if name not in self.many or not seems_unique(cells):
            return None
        return Whether() if name in self.unasked else Many()

    def _prepared(self, load: Load) -> list[tuple[Batch, dict[str, Any]]]:
        """Batches, and their columns prepared; in any thread."""
        return [(batch, dict(self._prepare(batch))) for batch in load()]

    def _prepare(self, batch: Batch) -> Iterator[tuple[str, Any]]:
        for name, column in self.columns.items():
            if name in batch.columns:
                yield name, column.prepare(batch.columns[name])

    def _codes(self, name: str, batch: Batch, prepared: dict[str, Any]) -> Array:
        column = self.columns[name]
        return column.read(prepared[name]) if name in prepared else column.absent(batch.numbers.size)

    def _keep(self, batch: Batch, chosen: Array) -> None:
        for column in self.columns.values():
            column.keep(chosen)
        self._numbers.put(batch.numbers, chosen)

    @property
    def kept(self) -> int:
        """How many rows were kept."""
        return self._numbers.size

    @property
    def numbers(self) -> Array:
        """The numbers of the rows that were kept."""
        return self._numbers.whole()

    def rows_at(self, order: Array, added: Sequence[int]) -> Array:
        """The numbers of the rows that were kept and added, in an order; `added` are those of the latter."""
        if not added:
            return self._numbers.at(order)
        return narrow(np.concatenate([self.numbers, np.array(added, np.int64)]))[order]

    def withdraw(self, doubtful: Array) -> None:
        """Rows that were kept (bool, for each) are for the row code after all: they are read again."""
        if not doubtful.any():
            return
        for row in self.again(self.numbers[doubtful]):
            self.rest.take(row)
        for column in self.columns.values():
            column.only(~doubtful)
        self._numbers.only(~doubtful)

    def again(self, numbers: Array) -> Iterator[Row | Broken]:
        """The rows of these numbers, read once more."""
        wanted = np.sort(numbers)

        def rows(load: Load) -> list[Row | Broken]:
            return [row for batch in load() for row in batch.rows(np.flatnonzero(np.isin(batch.numbers, wanted)))]

        loads = self.source.loads(self.known, Rest(), wanted)
        return chain.from_iterable(in_order(partial(rows, load) for load in loads))

    def problems(self, needed: Iterable[Required]) -> list[Diagnostic]:
        """Why the columns of the file cannot be used."""
        table = self.table()
        empty = [name for name in self.values if name not in self.columns or not self.columns[name].filled()]
        return [*missing_columns(table, needed, self.values), *nested_columns(table, empty)]

    def doubled(self) -> Array:
        """bool, of the rows kept: whose id stands in another row too."""
        column = self.columns["id"]
        assert isinstance(column, Few | Many | Hashed)
        hashed = column.hashes()
        here = hashes(pyarrow.array([str(row.cells["id"]) for row in self.rest.rows if "id" in row.cells], TEXT))
        return (twice(hashed) | among(hashed, here)) & (hashed != 0)

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
        """The codes of a column whose values stand in a dictionary."""
        column = self.columns[name]
        assert isinstance(column, Few)
        return column.codes()

    def table(self) -> Table:
        """The rows that the row code must judge."""
        return self.rest.table(self.source.name, self.source.columns)
