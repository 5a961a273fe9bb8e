"""Rows that stand in Python's memory already."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.engine.reading.source import Load, Rest
from gridlang.runtime.inputs.tables import Table


@attrs.frozen
class RowsSource:
    """A table that the row code read: every row of it is for the row code."""

    table: Table

    @property
    def name(self) -> str:
        """As messages print it."""
        return self.table.name

    @property
    def columns(self) -> tuple[str, ...]:
        """Of the table."""
        return self.table.columns

    def loads(self, known: frozenset[str], rest: Rest, wanted: Array | None = None) -> Iterator[Load]:
        """None: everything is `rest`."""
        rest.rows.extend(self.table.rows)
        rest.broken.extend(self.table.broken)
        rest.lines.copy(self.table.lines)
        rest.read += self.table.read
        yield from ()
