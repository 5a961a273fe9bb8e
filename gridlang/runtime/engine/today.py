"""Millions of today's rows in columns, for a run on a state: only whom the day concerns becomes an object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from gridlang.runtime.engine.columns import NONE, Array, Column, Columns
from gridlang.runtime.engine.reading.texts import Texts
from gridlang.runtime.inputs import in_time
from gridlang.runtime.inputs.persons import ALONE
from gridlang.runtime.rows import AttributeValue, Contact, FileCount, Happening, Input, Issue, Origin
from gridlang.runtime.state.signs import Narrowed, digest_of_id, digest_of_people, digest_of_row
from gridlang.runtime.state.today import Chosen

_MANY = 1 << 15
"""So many rows are made of columns at a time."""
_NOWHERE = Origin("", 0)


@attrs.frozen(eq=False)
class OfColumns:
    """A `gridlang.runtime.state.today.Today`; of rows that were read to keep everything."""

    columns: Columns

    @property
    def issues(self) -> tuple[Issue, ...]:
        return self.columns.issues

    @property
    def files(self) -> tuple[FileCount, ...]:
        return self.columns.files

    @property
    def events_file(self) -> str:
        return self.columns.events.file

    def homes(self) -> Iterator[tuple[str, str]]:
        people, accounts = self.columns.people, self.columns.accounts
        homes = list(accounts.ids)
        for begin, end in _parts(len(people.ids)):
            yield from zip(people.ids[begin:end], map(homes.__getitem__, people.account[begin:end]), strict=True)

    def digests_of_people(self) -> Iterator[tuple[str, str]]:
        accounts = self.columns.accounts
        for begin, end in _parts(len(accounts.ids)):
            edges = accounts.people[begin : end + 1].tolist()
            contacts = _contacts(self.columns, np.arange(edges[0], edges[-1]))
            shared = _said(accounts.attributes, np.arange(begin, end))
            for at, account in enumerate(accounts.ids[begin:end]):
                first, last = edges[at] - edges[0], edges[at + 1] - edges[0]
                yield account, digest_of_people(shared[at], contacts[first:last])

    def digests_of_rows(self, narrowed: Narrowed) -> Iterator[str]:
        for begin, end in _parts(len(self.columns.events.at)):
            ids = _values(self.columns.events.id, np.arange(begin, end))
            unnamed = [number for number, id in enumerate(ids, begin) if id is None]
            others = iter(_happenings(self.columns, np.array(unnamed, np.int64)))
            yield from (digest_of_row(next(others), narrowed) if id is None else digest_of_id(id) for id in ids)

    def happenings(self, numbers: Sequence[int] | None = None) -> tuple[Happening, ...]:
        rows = np.arange(len(self.columns.events.at)) if numbers is None else np.array(numbers, np.int64)
        found = [row for begin, end in _parts(len(rows)) for row in _happenings(self.columns, rows[begin:end])]
        return tuple(sorted(found, key=in_time))

    def people(self, chosen: Chosen) -> Input:
        meant = [number for number, each in enumerate(self.homes()) if chosen(*each)]
        return people_of(self.columns, np.array(meant, np.int64))


def people_of(columns: Columns, person: Array) -> Input:
    """The people of these numbers, each once, and their accounts; `NONE` is nobody. What happened is left out."""
    meant = np.unique(person[person != NONE])
    accounts = np.unique(columns.people.account[meant])
    contacts = [each for begin, end in _parts(len(meant)) for each in _contacts(columns, meant[begin:end])]
    shared = _said(columns.accounts.attributes, accounts)
    homes = _taken(columns.accounts.ids, accounts)
    return Input(
        contacts=tuple(sorted(contacts, key=lambda each: each.id)),
        accounts=dict(zip(homes, shared, strict=True)),
        happenings=(),
    )


def _parts(size: int) -> Iterator[tuple[int, int]]:
    return ((begin, min(begin + _MANY, size)) for begin in range(0, size, _MANY))


def _contacts(columns: Columns, person: Array) -> list[Contact]:
    """These people, one after the other."""
    people, accounts = columns.people, columns.accounts
    rows = zip(
        _taken(people.ids, person),
        _taken(accounts.ids, people.account[person]),
        _values(people.roles, person),
        _values(people.timezone, person),
        _values(people.language, person),
        _values(people.since, person),
        _values(people.salesperson, person),
        _said(people.attributes, person),
        strict=True,
    )
    return [
        Contact(
            id=id,
            account=account,
            alone=account.startswith(ALONE),
            roles=roles or (),
            timezone=timezone,
            language=language,
            since=since,
            salesperson=salesperson,
            attributes=attributes,
            origin=_NOWHERE,
        )
        for id, account, roles, timezone, language, since, salesperson, attributes in rows
    ]


def _happenings(columns: Columns, row: Array) -> list[Happening]:
    """These rows of events, one after the other."""
    events, ids = columns.events, columns.people.ids
    rows = zip(
        _taken(ids, events.person[row]),
        events.at[row].tolist(),
        _values(events.event, row),
        _values(events.outcome, row),
        _values(events.task, row),
        _values(events.step, row),
        _values(events.id, row),
        _said(events.payload, row),
        events.row[row].tolist(),
        events.line[row].tolist(),
        strict=True,
    )
    return [
        Happening(
            contact=contact,
            at=at,
            event=event,
            outcome=outcome,
            task=task,
            step=step,
            payload=payload,
            id=id,
            origin=Origin(events.file, number, None if line == NONE else line),
        )
        for contact, at, event, outcome, task, step, id, payload, number, line in rows
    ]


def _said(columns: Mapping[str, Column], things: Array) -> list[dict[str, Any]]:
    """What columns say of these things, by name; what is missing is left out."""
    told = [_values(column, things) for column in columns.values()]
    names = tuple(columns)
    if not told:
        return [{} for _ in things]
    return [
        {name: value for name, value in zip(names, each, strict=True) if value is not None}
        for each in zip(*told, strict=True)
    ]


def _values(column: Column, things: Array) -> list[Any]:
    """The value of a column for each of these things; None: missing."""
    codes = column.codes[things]
    if isinstance(column.values, Texts):
        found, here = np.full(codes.size, None, object), codes != NONE
        found[here] = _taken(column.values, codes[here])
        return list(found)
    values: Sequence[AttributeValue] = column.values
    return [None if code == NONE else values[code] for code in codes.tolist()]


def _taken(texts: Sequence[str], numbers: Array) -> list[str]:
    """The texts with these numbers."""
    return texts.taken(numbers) if isinstance(texts, Texts) else [texts[number] for number in numbers.tolist()]
