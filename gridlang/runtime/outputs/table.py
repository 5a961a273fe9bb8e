"""What an output table is: columns with their types and meaning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import attrs

from gridlang.runtime.rows import Execution
from gridlang.schedule.model import Schedule

Kind = Literal["name", "text", "whole", "truth", "moment", "names", "because"]
"""`name`: an id or a declared name; `text`: free text, of the plan or of a contact; `whole`: a whole number; `moment`:
seconds UTC, written `2027-02-01T08:00:00Z`; `names`: a list of names; `because`: a chain, `ready@17 quiet@3+39000`."""

Value: TypeAlias = str | int | bool | tuple[str, ...] | None
"""None is missing; there is no empty text."""


@attrs.frozen
class Column:
    """A column of a table; `attribute` is where a row holds its value."""

    name: str
    kind: Kind
    doc: str
    attribute: str

    def value(self, row: object) -> Value:
        """The row's value: a chain as its text, an empty text as missing."""
        value: Any = getattr(row, self.attribute)
        if self.kind == "because":
            value = " ".join(map(str, value))
        return None if value == "" else value


@attrs.frozen(kw_only=True)
class Table:
    """An output table: `rows` takes its rows, each of class `row`, from an execution."""

    name: str
    doc: str
    row: type
    columns: tuple[Column, ...]
    rows: Callable[[Schedule, Execution], tuple[object, ...]]
