"""What was worked out about records of a plan, for as long as the plan holds the same records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import attrs

T = TypeVar("T")
MOST = 100_000
"""How many values are kept while a plan is broken."""


@attrs.define(eq=False)
class Memory:
    """Values by the records they depend on. A record never changes, so the same record (not an equal one: its place may
    be another) gives the same value; a list of the schedule counts as one. What was not asked for between two turns is
    forgotten.
    """

    _now: dict[tuple[Any, ...], tuple[tuple[object, ...], Any]] = attrs.field(factory=dict)
    """The records stand beside the value, so that they live as long as their ids are keys."""
    _before: dict[tuple[Any, ...], tuple[tuple[object, ...], Any]] = attrs.field(factory=dict)

    _lists: dict[str, tuple[tuple[object, ...], tuple[tuple[Any, ...], ...]]] = attrs.field(factory=dict)
    """By their kind: lists of the schedule, whole and in sheaves."""

    def cut(self, kind: str, records: tuple[Any, ...], sheaves: tuple[tuple[Any, ...], ...]) -> None:
        """Note how the records of a kind lie in sheaves: tuples that stay the same while nothing in them changes."""
        self._lists[kind] = records, sheaves

    def sheaves(self, records: tuple[T, ...]) -> tuple[tuple[T, ...], ...]:
        """The sheaves of a list of the schedule; one that nobody has cut is one sheaf."""
        return next((sheaves for whole, sheaves in self._lists.values() if whole is records), (records,))

    def turn(self) -> None:
        """Everything was asked for that there is to ask."""
        self._before, self._now = self._now, {}

    def trim(self) -> None:
        """A new reading begins. A plan with errors is never asked everything: what it leaves is not kept for ever."""
        if len(self._now) > MOST:
            self.turn()

    def of(self, what: str, records: tuple[object, ...], compute: Callable[[], T]) -> T:
        """The value of `compute()`, which depends on nothing but the records and what all declarations are read by."""
        key = (what, *map(id, records))
        known = self._now.get(key) or self._before.get(key)
        if known is None:
            known = (records, compute())
        self._now[key] = known
        value: T = known[1]
        return value

    def all_of(self, what: str, records: tuple[object, ...], compute: Callable[[], Iterator[T]]) -> tuple[T, ...]:
        """The values that `compute()` yields, one after the other."""
        return self.of(what, records, lambda: tuple(compute()))
