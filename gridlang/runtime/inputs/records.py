"""Reading the declared fields of one row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import attrs

from gridlang.runtime.inputs.references import ALL_CHANNELS, with_names
from gridlang.runtime.inputs.scalars import Wrong, Zone
from gridlang.runtime.inputs.tables import Cell
from gridlang.runtime.inputs.values import Reader, reader
from gridlang.runtime.rows import AttributeValue, Issue
from gridlang.schedule import clock
from gridlang.schedule.model import Field, Schedule

T = TypeVar("T")
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@attrs.frozen
class Column:
    """A declared field with the reader of its cells."""

    field: Field
    read: Reader

    @property
    def needed(self) -> bool:
        """Whether a missing value is an issue; an empty list is a value."""
        return not self.field.optional and self.field.type != "List"


def columns_of(fields: Iterable[Field], schedule: Schedule) -> tuple[Column, ...]:
    """The fields with their readers."""
    named = (with_names(schedule, field) for field in fields)
    return tuple(Column(field, reader(field, schedule.plan.currency)) for field in named)


def means_all(field: Field, value: AttributeValue) -> bool:
    """`all` where a channel is named is the same as naming none (R13)."""
    return field.of == "channel" and field.optional and value == ALL_CHANNELS


@attrs.define
class Record:
    """What was read of a row so far, and everything that is wrong with it, so that one look mends the row."""

    file: str
    row: int
    cells: Mapping[str, Cell]
    contact: str = ""
    flaws: list[Wrong] = attrs.field(factory=list)

    def wrong(self, column: str, wrong: Wrong) -> None:
        self.flaws.append(Wrong(f"`{column}`: {wrong.reason}", wrong.code))

    def missing(self, column: str) -> None:
        self.flaws.append(Wrong(f"`{column}` is missing", "missing_value"))

    def take(self, column: str, read: Callable[[Cell], T | Wrong]) -> T | None:
        """The value of a cell; None when it is missing or wrong (which is then among the flaws)."""
        if column not in self.cells:
            return None
        value = read(self.cells[column])
        if isinstance(value, Wrong):
            self.wrong(column, value)
            return None
        return value

    def fields(self, columns: Iterable[Column], zone: Zone, *, complete: bool = True) -> dict[str, AttributeValue]:
        """The values of declared fields; with `complete` a missing one that the plan needs is a flaw."""
        values: dict[str, AttributeValue] = {}
        for column in columns:
            name = column.field.name
            if name in self.cells:
                value = column.read(self.cells[name], zone)
                if isinstance(value, Wrong):
                    self.wrong(name, value)
                elif not means_all(column.field, value):
                    values[name] = value
            elif complete and column.needed:
                self.missing(name)
            elif complete and column.field.type == "List":
                values[name] = ()
        return values

    def issue(self) -> Issue:
        """The row refused, for all its flaws; the first gives the code."""
        reason = "; ".join(flaw.reason for flaw in self.flaws)
        return Issue(code=self.flaws[0].code, reason=reason, file=self.file, row=self.row, contact=self.contact)


def seconds(aware: dt.datetime) -> int:
    """The moment of an aware date and time."""
    since = aware - _EPOCH
    return since.days * 86_400 + since.seconds


def on_clock(zone: str) -> Zone:
    """Turns moments to the wall clock of a time zone (R8)."""
    return lambda aware: clock.local(seconds(aware), zone)
