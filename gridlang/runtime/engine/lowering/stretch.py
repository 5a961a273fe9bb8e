"""A stretch of accounts as the kernel reads it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array, Columns
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering.names import Names
from gridlang.runtime.engine.lowering.rows import Sources, order_of_rows
from gridlang.runtime.engine.lowering.statics import Spread
from gridlang.runtime.engine.lowering.texts import Places, normal_places, places


@attrs.frozen(eq=False)
class Stretch:
    """Rows of numbers; S and T have the plan itself behind the people and the accounts."""

    S: Array
    T: Array
    E: Array
    row_of: Array
    """int64 (events,): the row of `columns.events` that a row of E is."""
    held: tuple[object, ...]
    """What stands at the addresses of names in S and T."""
    state: Array = attrs.field(factory=lambda: np.zeros(1, np.int64))
    """What is known of accounts that have lived before (`lowering.state`)."""

    @property
    def accounts(self) -> int:
        """How many accounts."""
        return len(self.T) - 1

    def only(self, rows: Array) -> Stretch:
        """No accounts but those of these rows of T (ascending)."""
        chosen = self.T[np.append(rows, self.accounts)]
        everybody = chosen[:, k.TA_PEOPLE_N] + chosen[:, k.TA_ABSENT]
        people, person = gathered(chosen[:, k.TA_PEOPLE], everybody)
        events, event = gathered(chosen[:, k.TA_EVENTS], chosen[:, k.TA_EVENTS_N])
        chosen[:, k.TA_PEOPLE], chosen[:, k.TA_EVENTS] = person, event
        return attrs.evolve(self, S=self.S[people], T=chosen, E=self.E[events], row_of=self.row_of[events])


def gathered(begins: Array, counts: Array) -> tuple[Array, Array]:
    """The rows of ranges, one after the other, and where each range begins among them."""
    ends = np.cumsum(counts)
    first = ends - counts
    return np.arange(counts.sum()) + np.repeat(begins - first, counts), first


@attrs.frozen(eq=False, kw_only=True)
class Packing:
    """How accounts become rows."""

    columns: Columns
    names: Names
    start: int
    people: Sources
    accounts: Sources
    events: Sources
    heeded: Array
    """bool: of each event's code, whether anything follows from it; the last, of none."""
    since: Spread
    declared: tuple[Spread, Spread]
    """The numbers of declarations, by events and by outcomes."""
    alone: tuple[Array, Array]
    """The rows of S and T of the plan itself."""
    named: bool
    """Whether names are hashed."""
    entries: Mapping[str, str]
    """The phase in which an account begins, by its id."""

    def stretch(self, first: int, last: int, everything: bool) -> Stretch:
        """The accounts from `first` up to, not with, `last`; `everything`: also events from which nothing follows."""
        of_people, of_events = self.columns.accounts.people, self.columns.events.of
        mine = slice(int(of_people[first]), int(of_people[last]))
        happened = slice(int(of_events[first]), int(of_events[last]))
        heeded = self.heeded[self.columns.events.event.codes[happened]]
        if everything:
            heeded[:] = True
        people, accounts = self.people.rows(mine, 1), self._accounts(first, last, mine, happened, heeded)
        people[-1] = self.alone[0]
        held = self._name(people[:-1], accounts[:-1], mine, slice(first, last)) if self.named else ()
        order = order_of_rows(self.columns, happened)
        order = order[heeded[order - happened.start]]
        return Stretch(people, accounts, self._events(order), order, held)

    def _accounts(self, first: int, last: int, mine: slice, happened: slice, heeded: Array) -> Array:
        columns, found = self.columns, self.accounts.rows(slice(first, last), 1)
        people, before = columns.accounts.people[first : last + 1], np.append(0, np.cumsum(heeded))
        events = before[columns.events.of[first : last + 1] - happened.start]
        rows = found[:-1]
        rows[:, k.TA_PEOPLE], rows[:, k.TA_PEOPLE_N] = people[:-1] - mine.start, np.diff(people)
        rows[:, k.TA_EVENTS], rows[:, k.TA_EVENTS_N] = events[:-1], np.diff(events)
        rows[:, k.TA_ENTRY] = self._entry(people[:-1] - mine.start, mine)
        rows[:, k.TA_PHASE] = -1
        if self.entries:
            rows[:, k.TA_PHASE] = [self._phase(home) for home in columns.accounts.ids[first:last]]
        numbers, person = columns.account_numbers, columns.person_numbers
        rows[:, k.TA_NUMBER] = np.arange(first, last) if numbers is None else numbers[first:last]
        rows[:, k.TA_FIRST] = people[:-1] if person is None else person[people[:-1]]
        found[-1] = self.alone[1]
        found[-1, k.TA_PEOPLE] = mine.stop - mine.start
        return found

    def _phase(self, home: str) -> int:
        return self.names.phase(self.entries[home]) if home in self.entries else -1

    def _entry(self, people: Array, mine: slice) -> Array:
        """R2: the later of the start and the earliest `since` of an account's people."""
        if not len(people):
            return np.zeros(0, np.int64)
        earliest = np.minimum.reduceat(self.since.part(mine), people)
        return np.maximum(self.start, np.where(earliest == k.FAR, self.start, earliest))

    def _name(self, people: Array, accounts: Array, mine: slice, whose: slice) -> tuple[object, ...]:
        """Where the names of these stand; what must be held as long as they are looked at."""
        ids = self.columns.people.ids[mine]
        raw = places(ids)
        normal, homes = normal_places(ids, raw), places(self.columns.accounts.ids[whose])
        _put(people, k.SP_RAW, raw)
        _put(people, k.SP_NFC, normal)
        _put(accounts, k.TA_RAW, homes)
        return (*normal.held, *homes.held)

    def _events(self, order: Array) -> Array:
        events, people = self.columns.events, self.columns.people
        found, person = self.events.chosen(order), events.person[order]
        found[:, k.EV_AT] = events.at[order]
        found[:, k.EV_PERSON] = person - self.columns.accounts.people[people.account[person]]
        by_event, by_outcome = self.declared
        is_event = events.event.codes[order] >= 0
        found[:, k.EV_NUMBER] = np.where(is_event, by_event.part(order), by_outcome.part(order))
        return found


def _put(rows: Array, column: int, names: Places) -> None:
    """The address in one column, the length in the next."""
    rows[:, column], rows[:, column + 1] = names.at, names.length
