"""The accounts that ask the desk (R18), as the kernel reads them, but in little room until they are lived again."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering import Stretch
from gridlang.runtime.engine.lowering.stretch import gathered
from gridlang.runtime.engine.results import small

Columns = list[Array]


@attrs.frozen(eq=False)
class Table:
    """Rows of whole numbers; columns that need the same room stand together."""

    width: int
    _blocks: list[tuple[Array, Array]]
    """Which columns, and they as rows."""

    @classmethod
    def of(cls, parts: Sequence[Columns]) -> Table:
        """The columns of parts, one part after the other; they are used up."""
        columns = [np.concatenate([part.pop() for part in parts]) for _ in range(len(parts[0]))][::-1]
        rows, kinds = len(columns[0]), [column.dtype for column in columns]
        blocks = []
        for kind in dict.fromkeys(kinds):
            which = np.flatnonzero([each == kind for each in kinds])
            block = np.empty((rows, len(which)), kind)
            for place, number in enumerate(which):
                block[:, place], columns[number] = columns[number], np.empty(0, kind)
            blocks.append((which, block))
        return cls(len(kinds), blocks)

    def rows(self, which: Array) -> Array:
        """int64 (n, width): these rows, and one behind them."""
        found = np.empty((len(which) + 1, self.width), np.int64)
        for columns, block in self._blocks:
            found[:-1, columns] = block[which]
        return found


@attrs.define(eq=False)
class Spare:
    """A stretch of accounts, column by column."""

    people: Columns
    accounts: Columns
    events: Columns
    """With `row_of` behind them."""
    alone: tuple[Array, Array]
    """The rows of S and T of the plan itself."""
    held: tuple[object, ...]
    state: Array

    @classmethod
    def of(cls, stretch: Stretch) -> Spare:
        """The same, in less room."""
        rows = stretch.S[:-1], stretch.T[:-1], np.column_stack([stretch.E, stretch.row_of])
        people, accounts, events = ([small(column) for column in table.T] for table in rows)
        alone = stretch.S[-1].copy(), stretch.T[-1].copy()
        return cls(people, accounts, events, alone, stretch.held, stretch.state)


@attrs.frozen(eq=False)
class Askers:
    """Those of all stretches, numbered one after the other."""

    begins: Array
    """int64 (stretches + 1,): how many are in the stretches before each."""
    _people: Table
    _accounts: Table
    _events: Table
    _alone: tuple[Array, Array]
    _held: tuple[object, ...]
    _state: Array

    @classmethod
    def of(cls, spares: Sequence[Spare]) -> Askers:
        """Of these stretches, which are used up."""
        sizes = [[len(each.people[0]), len(each.accounts[0]), len(each.events[0])] for each in spares]
        before = np.cumsum([[0, 0, 0], *sizes], axis=0)
        state = np.cumsum([0, *(len(each.state) for each in spares)])
        for each, (people, _, events), old in zip(spares, before, state, strict=False):
            rows = each.accounts
            rows[k.TA_PEOPLE], rows[k.TA_EVENTS] = rows[k.TA_PEOPLE] + people, rows[k.TA_EVENTS] + events
            rows[k.TA_STATE] = np.where(rows[k.TA_STATE] == 0, 0, rows[k.TA_STATE] + old)
        return cls(
            begins=before[:, 1],
            people=Table.of([each.people for each in spares]),
            accounts=Table.of([each.accounts for each in spares]),
            events=Table.of([each.events for each in spares]),
            alone=spares[0].alone,
            held=tuple(thing for each in spares for thing in each.held),
            state=np.concatenate([each.state for each in spares]),
        )

    def part(self, number: int) -> Stretch:
        """Those of a stretch."""
        return self.only(np.arange(self.begins[number], self.begins[number + 1]))

    @property
    def size(self) -> int:
        """How many."""
        return int(self.begins[-1])

    def only(self, which: Array) -> Stretch:
        """Those with these numbers, as the kernel reads them."""
        accounts = self._accounts.rows(which)
        accounts[-1], these = self._alone[1], accounts[:-1]
        everybody = these[:, k.TA_PEOPLE_N] + these[:, k.TA_ABSENT]
        person, these[:, k.TA_PEOPLE] = gathered(these[:, k.TA_PEOPLE], everybody)
        event, these[:, k.TA_EVENTS] = gathered(these[:, k.TA_EVENTS], these[:, k.TA_EVENTS_N])
        people, events = self._people.rows(person), self._events.rows(event)[:-1]
        people[-1], accounts[-1, k.TA_PEOPLE] = self._alone[0], len(person)
        row_of = events[:, -1].copy()
        return Stretch(people, accounts, np.ascontiguousarray(events[:, :-1]), row_of, self._held, self._state)
