"""The accounts that ask the desk (R18), as the kernel reads them, but in little room until they are lived again."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering import Stretch
from gridlang.runtime.engine.lowering.stretch import gathered
from gridlang.runtime.engine.results import KINDS


@attrs.define(eq=False)
class Table:
    """Rows of whole numbers; columns that need the same room stand together."""

    kinds: Array
    """int64 (columns,): which of KINDS each is."""
    blocks: dict[int, Array]
    """By that, these columns of all rows."""

    @classmethod
    def of(cls, rows: Array) -> Table:
        """Of int64 (n, columns)."""
        kinds = np.zeros(rows.shape[1], np.int64)
        if len(rows):
            low, high = rows.min(axis=0), rows.max(axis=0)
            for kind in KINDS[:-1]:
                kinds += (low < np.iinfo(kind).min) | (high > np.iinfo(kind).max)
        return cls(kinds, {int(kind): rows[:, kinds == kind].astype(KINDS[kind]) for kind in np.unique(kinds)})

    @classmethod
    def joined(cls, parts: Sequence[Table]) -> Table:
        """One part after the other; they are used up."""
        kinds = np.max([part.kinds for part in parts], axis=0)
        blocks = {}
        for kind in np.unique(kinds)[::-1]:
            which = kinds == kind
            blocks[int(kind)] = np.concatenate([part.taken(int(kind), which) for part in parts])
        return cls(kinds, blocks)

    def taken(self, kind: int, which: Array) -> Array:
        """These columns, which are at most of this kind; what stands in them is needed no longer."""
        if (which == (self.kinds == kind)).all():
            return self.blocks.pop(kind)
        found = np.empty((len(next(iter(self.blocks.values()))), np.count_nonzero(which)), KINDS[kind])
        for own, block in self.blocks.items():
            mine = self.kinds == own
            found[:, mine[which]] = block[:, which[mine]]
        return found

    def rows(self, chosen: Array | slice, more: int = 0) -> Array:
        """int64 (n + more, columns): these rows, and room for others behind them."""
        blocks = {kind: block[chosen] for kind, block in self.blocks.items()}
        n = len(next(iter(blocks.values()))) if blocks else 0
        found = np.empty((n + more, len(self.kinds)), np.int64)
        for kind, block in blocks.items():
            found[:n, self.kinds == kind] = block
        return found


@attrs.define(eq=False, kw_only=True)
class Spare:
    """A stretch of accounts in little room."""

    people: Table
    accounts: Table
    events: Table
    """With `row_of` behind their columns."""
    sizes: tuple[int, int, int]
    """How many of each."""
    alone: tuple[Array, Array]
    """The rows of S and T of the plan itself."""
    held: tuple[object, ...]
    state: Array

    @classmethod
    def of(cls, stretch: Stretch) -> Spare:
        """The same."""
        people, accounts, events = stretch.S[:-1], stretch.T[:-1], np.column_stack([stretch.E, stretch.row_of])
        return cls(
            people=Table.of(people),
            accounts=Table.of(accounts),
            events=Table.of(events),
            sizes=(len(people), len(accounts), len(events)),
            alone=(stretch.S[-1].copy(), stretch.T[-1].copy()),
            held=stretch.held,
            state=stretch.state,
        )


@attrs.frozen(eq=False, kw_only=True)
class Askers:
    """Those of all stretches, numbered one after the other."""

    begins: Array
    """int64 (stretches + 1,): how many are in the stretches before each."""
    before: Array
    """int64 (stretches, 3): how many people, how many events, and how much of the state stand before those of each."""
    people: Table
    accounts: Table
    events: Table
    alone: tuple[Array, Array]
    held: tuple[object, ...]
    state: Array

    @classmethod
    def of(cls, spares: Sequence[Spare]) -> Askers:
        """Of these stretches, which are used up."""
        sizes = np.array([(people, events, len(each.state)) for each in spares for people, _, events in [each.sizes]])
        return cls(
            begins=np.cumsum([0, *(each.sizes[1] for each in spares)]),
            before=np.cumsum(sizes, axis=0) - sizes,
            people=Table.joined([each.people for each in spares]),
            accounts=Table.joined([each.accounts for each in spares]),
            events=Table.joined([each.events for each in spares]),
            alone=spares[0].alone,
            held=tuple(thing for each in spares for thing in each.held),
            state=np.concatenate([each.state for each in spares]),
        )

    @property
    def size(self) -> int:
        """How many."""
        return int(self.begins[-1])

    def part(self, number: int) -> Stretch:
        """Those of a stretch."""
        return self.only(np.arange(self.begins[number], self.begins[number + 1]))

    def only(self, which: Array) -> Stretch:
        """Those with these numbers, as the kernel reads them."""
        accounts = self.accounts.rows(which, 1)
        accounts[-1], these = self.alone[1], accounts[:-1]
        before = self.before[np.searchsorted(self.begins, which, side="right") - 1]
        these[:, k.TA_STATE] += np.where(these[:, k.TA_STATE] == 0, 0, before[:, 2])
        person, event = these[:, k.TA_PEOPLE] + before[:, 0], these[:, k.TA_EVENTS] + before[:, 1]
        person, these[:, k.TA_PEOPLE] = gathered(person, these[:, k.TA_PEOPLE_N] + these[:, k.TA_ABSENT])
        event, these[:, k.TA_EVENTS] = gathered(event, these[:, k.TA_EVENTS_N])
        people, events = self.people.rows(person, 1), self.events.rows(event)
        people[-1], accounts[-1, k.TA_PEOPLE] = self.alone[0], len(person)
        row_of = events[:, -1].copy()
        return Stretch(people, accounts, np.ascontiguousarray(events[:, :-1]), row_of, self.held, self.state)
