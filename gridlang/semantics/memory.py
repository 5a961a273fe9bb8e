"""What was worked out about records of a plan, for as long as the plan holds the same records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any, TypeVar

import attrs

T = TypeVar("T")
R = TypeVar("R")
SPARE = 20_000
"""How many values are kept that nobody has asked for, beside as many as are asked for."""
_Key = tuple[Any, ...]


@attrs.frozen(eq=False)
class _Kept:
    """A value, the records it depends on (so that they live as long as their ids are keys), and what was asked for
    while it was worked out: that stays as long as the value does."""

    records: tuple[object, ...]
    value: Any
    parts: tuple[_Key, ...]


@attrs.define(eq=False)
class Memory:
    """Values by the records they depend on. A record never changes, so the same record (not an equal one: its place may
    be another) gives the same value; a list of the schedule, or a sheaf of one, counts as one. What a reading does not
    ask for is forgotten by and by, but not what the last plan without errors has asked for.
    """

    _values: dict[_Key, _Kept] = attrs.field(factory=dict)
    _open: list[list[_Key]] = attrs.field(factory=list)
    """What was asked for by each value that is being worked out, the outermost first."""
    _asked: list[_Key] = attrs.field(factory=list)
    """What was asked for since this reading began, by no other value."""
    _sound: list[_Key] = attrs.field(factory=list)
    """The same of the last reading in which everything was asked for that there is to ask."""
    _most: int = SPARE
    _lists: dict[str, tuple[tuple[object, ...], tuple[tuple[Any, ...], ...]]] = attrs.field(factory=dict)
    """By their kind: lists of the schedule, whole and in sheaves."""

    def cut(self, kind: str, records: tuple[Any, ...], sheaves: tuple[tuple[Any, ...], ...]) -> None:
        """Note how the records of a kind lie in sheaves: tuples that stay the same while nothing in them changes."""
        self._lists[kind] = records, sheaves

    def emptied(self) -> Memory:
        """A memory that holds nothing, for the same lists."""
        return Memory(lists=self._lists)

    def sheaves(self, records: tuple[R, ...]) -> tuple[tuple[R, ...], ...]:
        """The sheaves of a list of the schedule; one that nobody has cut is one sheaf."""
        return next((sheaves for whole, sheaves in self._lists.values() if whole is records), (records,))

    def begin(self) -> None:
        """A new reading begins. When too much is kept, what neither the last reading nor the last sound one has asked
        for is forgotten."""
        if len(self._values) > self._most:
            self._forget()
        self._asked = []

    def turn(self) -> None:
        """Everything was asked for that there is to ask."""
        self._sound = self._asked

    def _forget(self) -> None:
        alive: dict[_Key, _Kept] = {}
        work = [*self._sound, *self._asked]
        while work:
            key = work.pop()
            if key not in alive and (kept := self._values.get(key)) is not None:
                alive[key] = kept
                work += kept.parts
        self._values = alive
        self._most = 2 * len(alive) + SPARE

    def of(self, what: str, records: tuple[object, ...], compute: Callable[[], T]) -> T:
        """The value of `compute()`, which depends on nothing but the records and what all declarations are read by."""
        key = (what, *map(id, records))
        (self._open[-1] if self._open else self._asked).append(key)
        kept = self._values.get(key)
        if kept is None:
            self._open.append([])
            try:
                value = compute()
            finally:
                parts = self._open.pop()
            kept = self._values[key] = _Kept(records, value, tuple(parts))
        found: T = kept.value
        return found

    def all_of(self, what: str, records: tuple[object, ...], compute: Callable[[], Iterable[T]]) -> tuple[T, ...]:
        """The values that `compute()` yields, one after the other."""
        return self.of(what, records, lambda: tuple(compute()))

    def each_of(
        self,
        what: str,
        items: tuple[R, ...],
        others: tuple[object, ...],
        compute: Callable[[R], Iterable[T]],
        around: Callable[[R], tuple[object, ...]] | None = None,
    ) -> Iterator[T]:
        """The values that `compute(item)` yields for each item of a list of the schedule.

        They depend on the item and what is `around` it, which is a value of the item and the others; where nothing is
        said to be around it, on the others themselves. So who changes one item pays for that one and a look at its
        sheaf.
        """
        for sheaf in self.sheaves(items):
            each = partial(self._each, what, sheaf, others, compute, around)
            yield from self.all_of(f"{what}, a sheaf", (sheaf, *others), each)

    def _each(
        self,
        what: str,
        sheaf: tuple[R, ...],
        others: tuple[object, ...],
        compute: Callable[[R], Iterable[T]],
        around: Callable[[R], tuple[object, ...]] | None,
    ) -> Iterator[T]:
        return chain.from_iterable(
            self.all_of(what, (item, *(around(item) if around else others)), partial(compute, item)) for item in sheaf
        )
