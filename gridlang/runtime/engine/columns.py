"""What goes into the engine: people, accounts and events as arrays (numpy), with dictionaries for their values.

Accounts stand in order of their ids, the people of an account together in order of theirs (both by code point), so
that the index of a person is their place in R17. A value is kept once, in the dictionary of its column, as the typed
value that `gridlang.runtime.rows` has; the array holds codes. A run changes nothing here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs
import numpy as np

from gridlang.runtime.rows import AttributeValue, FileCount, Happening, Input, Issue

Array: TypeAlias = Any
"""A numpy array; its shape and type stand where it is declared."""
NONE = -1
"""The code of a value that is missing."""


@attrs.frozen(eq=False)
class Column:
    """A value for each of n things, most of which share it with others.

    `codes`: whole numbers (n,), an index into `values` or `NONE`, of the smallest type that holds them and
    `len(values)`; codes that are all alike may take no room (a stride of 0). `values`: every value that occurs, once,
    in any order; a sequence that makes its values when asked (of Arrow, say) will do: the engine looks only at the
    columns which the plan's expressions ask about, and at the codes of others; of these there may be no values to look
    at.
    """

    codes: Array
    values: Sequence[AttributeValue]

    def value(self, at: int) -> Any:
        """What it says of the thing with this index; None: missing."""
        code = int(self.codes[at])
        return None if code == NONE else self.values[code]


def values_at(columns: Mapping[str, Column], at: int) -> dict[str, Any]:
    """What columns say of a thing, by name; what is missing is left out."""
    said = {name: column.value(at) for name, column in columns.items()}
    return {name: value for name, value in said.items() if value is not None}


@attrs.frozen(eq=False, kw_only=True)
class People:
    """Persons, sorted by (account's id, own id). n of them."""

    ids: Sequence[str]
    account: Array
    """int32 (n,), ascending: index of the account."""
    timezone: Column
    """As the rows have it, unknown zones too; missing: the plan's."""
    language: Column
    since: Column
    """Dates and naive wall clocks (cut to the second)."""
    salesperson: Column
    roles: Column
    """Tuples of str; the empty tuple is a value or missing, as you like."""
    attributes: dict[str, Column]
    """By declared attribute; one that nobody has may be left out."""


@attrs.frozen(eq=False, kw_only=True)
class Accounts:
    """Accounts that have people, sorted by id. n of them; a person alone is in one whose id is `alone:` and theirs."""

    ids: Sequence[str]
    people: Array
    """int64 (n + 1,): the people of account a are people[a] up to, not with, people[a + 1]."""
    attributes: dict[str, Column]


@attrs.frozen(eq=False, kw_only=True)
class Events:
    """Events and outcomes of the people above (those of others left out), sorted by account, then moment, then as
    `gridlang.runtime.reference.happenings.order` says: (number of the event's declaration, or how many events are
    declared; person; id or ""; event or outcome or ""; task or step or ""). Rows alike in all of these may stand in
    any order, unless they are `settled`. n of them."""

    of: Array
    """int64 (accounts + 1,): the events of account a are of[a] up to, not with, of[a + 1]."""
    person: Array
    """int32 (n,)."""
    at: Array
    """int64 (n,), or int32 where that holds them: seconds UTC."""
    event: Column
    """Names; missing where the row is an outcome."""
    outcome: Column
    task: Column
    """The id of a task that an outcome is of."""
    step: Column
    id: Column
    """Nothing, where they were needed for the order only."""
    payload: dict[str, Column]
    """By field, over all events that carry it."""
    file: str
    """Of the origin of each, for issues."""
    row: Array
    """Whole numbers (n,)."""
    line: Array
    """Whole numbers (n,); `NONE`: none."""
    settled: bool = False
    """Whether rows alike in all else stand in the order of what they carry."""


@attrs.frozen(eq=False, kw_only=True)
class Columns:
    """Everything a run is given beside the schedule."""

    people: People
    accounts: Accounts
    events: Events
    issues: tuple[Issue, ...] = ()
    """Rows refused when they were read."""
    files: tuple[FileCount, ...] = ()
    account_numbers: Array | None = None
    """int64 (accounts,), ascending: their numbers in a whole of which these are some; None: these are all."""
    person_numbers: Array | None = None
    """The same of people."""

    def without_events(self) -> Columns:
        """The same people, to whom nothing happened; the words of what did are known."""
        events = self.events
        none: Array = np.zeros(0, np.int64)
        named: dict[str, Any] = {
            name: _none_of(getattr(events, name)) for name in ("event", "outcome", "task", "step", "id")
        }
        payload = {name: _none_of(column) for name, column in events.payload.items()}
        of = np.broadcast_to(np.int64(0), (len(self.accounts.ids) + 1,))
        empty = attrs.evolve(events, of=of, person=none, at=none, row=none, line=none, payload=payload, **named)
        return attrs.evolve(self, events=empty)


def _none_of(column: Column) -> Column:
    return Column(column.codes[:0], column.values)


def from_input(given: Input, numbers: Mapping[str, int]) -> Columns:
    """Rows as columns. `numbers`: of declared events, by name (`reference.prepare.Prepared.event_numbers`)."""
    contacts = sorted(given.contacts, key=lambda each: (each.account, each.id))
    homes = list(dict.fromkeys(contact.account for contact in contacts))
    of = {home: number for number, home in enumerate(homes)}
    account = np.array([of[contact.account] for contact in contacts], np.int32)
    names = dict.fromkeys(name for contact in contacts for name in contact.attributes)
    people = People(
        ids=[contact.id for contact in contacts],
        account=account,
        timezone=column(contact.timezone or None for contact in contacts),
        language=column(contact.language for contact in contacts),
        since=column(contact.since for contact in contacts),
        salesperson=column(contact.salesperson for contact in contacts),
        roles=column(contact.roles for contact in contacts),
        attributes={name: column(contact.attributes.get(name) for contact in contacts) for name in names},
    )
    shared = [given.accounts.get(home, {}) for home in homes]
    fields = dict.fromkeys(name for attributes in shared for name in attributes)
    accounts = Accounts(
        ids=homes,
        people=np.searchsorted(account, np.arange(len(homes) + 1)).astype(np.int64),
        attributes={name: column(attributes.get(name) for attributes in shared) for name in fields},
    )
    number = {contact.id: number for number, contact in enumerate(contacts)}
    events = _events(given, number, account, len(homes), numbers)
    return Columns(people=people, accounts=accounts, events=events, issues=given.issues, files=given.files)


_PLAIN = frozenset((str, int, bool, dt.date))
"""Kinds of values of which two that are equal are the same: no 12.5 and 12.50."""


def column(values: Iterable[AttributeValue | None]) -> Column:
    """A column of these values, one for each thing; None is missing. Values of different types are different."""
    codes: dict[tuple[type, object], int] = {}
    found: list[AttributeValue] = []
    each = []
    for value in values:
        if value is None:
            each.append(NONE)
            continue
        kind = type(value)
        key = (kind, value if kind in _PLAIN else repr(value))
        if key not in codes:
            codes[key] = len(found)
            found.append(value)
        each.append(codes[key])
    return Column(np.array(each, np.int32), found)


def _events(given: Input, number: dict[str, int], account: Array, accounts: int, numbers: Mapping[str, int]) -> Events:
    def order(row: Happening) -> tuple[object, ...]:
        name = row.event or row.outcome or ""
        person, about = number[row.contact], row.task or row.step or ""
        return account[person], row.at, numbers.get(name, len(numbers)), person, row.id or "", name, about

    rows = sorted((row for row in given.happenings if row.contact in number), key=order)
    person = np.array([number[row.contact] for row in rows], np.int32)
    fields = dict.fromkeys(name for row in rows for name in row.payload)
    whose = account[person] if len(rows) else np.zeros(0, np.int32)
    return Events(
        of=np.searchsorted(whose, np.arange(accounts + 1)).astype(np.int64),
        person=person,
        at=np.array([row.at for row in rows], np.int64),
        event=column(None if row.outcome is not None else row.event or "" for row in rows),
        outcome=column(row.outcome for row in rows),
        task=column(row.task for row in rows),
        step=column(row.step for row in rows),
        id=column(row.id for row in rows),
        payload={name: column(row.payload.get(name) for row in rows) for name in fields},
        file=rows[0].origin.file if rows else "",
        row=np.array([row.origin.row for row in rows], np.int64),
        line=np.array([NONE if row.origin.line is None else row.origin.line for row in rows], np.int64),
    )
