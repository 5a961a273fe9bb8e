"""The columns of a run from the sheets of its files."""

from __future__ import annotations

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Accounts, Column, Events, People
from gridlang.runtime.engine.reading import ordering
from gridlang.runtime.engine.reading.accounts import AccountFile
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.events import EventSheet
from gridlang.runtime.engine.reading.hashing import Index, hashes
from gridlang.runtime.engine.reading.persons import PersonSheet
from gridlang.runtime.engine.reading.source import Lines
from gridlang.runtime.engine.reading.texts import Texts
from gridlang.runtime.engine.reading.typed import TEXT, Few, Many
from gridlang.runtime.inputs.accounts import Merged
from gridlang.runtime.inputs.persons import RESERVED
from gridlang.runtime.inputs.read import Seen
from gridlang.schedule.model import Schedule


def people_of(persons: PersonSheet, file: AccountFile | None, seen: Seen) -> tuple[People, Accounts, Index, Arrow]:
    """Everybody and the accounts; an index of the ids, and the ids in the order of the people."""
    persons.withdraw(file)
    judged = persons.judged(file)
    if file is not None:
        taken = hashes(pyarrow.array(list(judged.merged.accounts), TEXT))
        file.close(np.concatenate([hashes(persons.accounts()), taken]), seen)
    if persons.given:
        judged.close(seen)
    for person in judged.merged.persons:
        persons.add(person)
    accounts = persons.accounts()
    ids = persons.sheet.texts("id")
    order = ordering.of_people(accounts, ids)
    accounts, ids = (each if order is None else each.take(pyarrow.array(order)) for each in (accounts, ids))
    starts = ordering.starts_of(accounts)
    account = np.zeros(len(ids), np.int32)
    account[starts] = 1
    account = np.cumsum(account, dtype=np.int32) - np.int32(1)
    names = accounts.take(pyarrow.array(starts))
    houses = Accounts(
        ids=Texts(names),
        people=np.append(starts, len(ids)).astype(np.int64),
        attributes=_of_accounts(persons, file, judged.merged, names, account, order),
    )
    return _people(persons, ids, account, order), houses, Index.of(ids), ids


def _people(persons: PersonSheet, ids: Arrow, account: Array, order: Array | None) -> People:
    columns = {
        name: column.column(order)
        for name, column in persons.sheet.columns.items()
        if isinstance(column, Few | Many) and name not in ("id", "account")
    }
    own = {column.field.name for column in persons.columns.person}
    return People(
        ids=Texts(ids),
        account=account,
        timezone=columns["timezone"],
        language=columns["language"],
        since=columns["since"],
        salesperson=columns["salesperson"],
        roles=columns["roles"],
        attributes={name: column for name, column in columns.items() if name in own and name not in RESERVED},
    )


def _of_accounts(
    persons: PersonSheet, file: AccountFile | None, merged: Merged, names: Arrow, account: Array, order: Array | None
) -> dict[str, Column]:
    """The attributes of accounts: what the file or a person says; what the row code merged comes last."""
    fields = {field.name: field for field in persons.schedule.account_fields}
    if not fields:
        return {}
    index = Index.of(names)
    here = index.find(file.ids) if file is not None else np.empty(0, np.int32)
    merged_at = {name: index.find_one(name) for name in merged.accounts}
    columns: dict[str, Column] = {}
    for name, field in fields.items():
        codes = np.full(len(names), NONE, np.int32)
        if name in {column.field.name for column in persons.columns.account}:
            said = persons.sheet.codes(name)
            np.maximum.at(codes, account, said if order is None else said[order])
        if file is not None:
            np.maximum.at(codes, here[here >= 0], file.codes[name][here >= 0])
        values = persons.shared[name]
        for key, at in merged_at.items():
            codes[at] = values.of_value(merged.accounts[key].get(name))
        if field.type == "List":
            codes[codes == NONE] = values.of_value(())
        columns[name] = Column(codes, values.values)
    return columns


# --- events ----------------------------------------------------------------------------------------------------------


def events_of(schedule: Schedule, sheet: EventSheet, people: People, accounts: Accounts, seen: Seen) -> Events:
    """The events of the people, in the order of the engine."""
    sheet.sheet.withdraw(sheet.sheet.doubled())
    taken = sheet.close(seen)
    rows = np.concatenate([sheet.sheet.numbers, np.array([each.origin.row for each in taken], np.int64)])
    for happening in taken:
        sheet.add(happening)
    person, at = sheet.whom.persons(), sheet.at.seconds()
    account, number = people.account[person], _numbers(schedule, sheet)
    order, begins = ordering.of_events(account, at, number, person, len(accounts.ids))
    ordering.settle_ties(order, (account, at, number, person), _Told(sheet))
    columns = {name: _column(sheet, name, order) for name in ("event", "outcome", "task", "step", "id")}
    return Events(
        of=begins,
        person=person[order],
        at=at[order],
        payload={column.name: column.column(order) for column in sheet.payload},
        file=sheet.sheet.source.name,
        row=rows[order],
        line=_lines(sheet.sheet.rest.lines, rows[order]),
        **columns,
    )


def _column(sheet: EventSheet, name: str, order: Array) -> Column:
    column = sheet.sheet.columns[name]
    assert isinstance(column, Few | Many)
    return column.column(order)


def _numbers(schedule: Schedule, sheet: EventSheet) -> Array:
    """int32: the number of each event's declaration; how many there are, for an outcome that is no event."""
    numbers = {event.name: number for number, event in enumerate(schedule.events)}
    event, outcome = sheet.sheet.codes("event"), sheet.sheet.codes("outcome")
    of_event, of_outcome = (
        np.array([*(numbers.get(str(name), len(numbers)) for name in sheet.sheet.values[column].values), 0], np.int32)
        for column in ("event", "outcome")
    )
    return np.where(outcome == NONE, of_event[event], of_outcome[outcome])


def _lines(lines: Lines, rows: Array) -> Array:
    """int64: the line where each row begins; `NONE` in a format without lines."""
    breaks = lines.breaks()
    if not breaks:
        return np.broadcast_to(np.int64(NONE), rows.size)
    begins, ahead = (np.array(each, np.int64) for each in zip(*breaks, strict=True))
    return rows + ahead[np.searchsorted(begins, rows, side="right") - 1]


@attrs.frozen(eq=False)
class _Told:
    """What a row tells beside its moment, for those that nothing else tells apart."""

    sheet: EventSheet

    def __call__(self, row: int) -> tuple[str, ...]:
        said = {name: self._said(name, row) for name in ("id", "event", "outcome", "task", "step")}
        payload = {column.name: column.value(row) for column in self.sheet.payload}
        carried = repr(sorted((name, value) for name, value in payload.items() if value is not None))
        return said["id"], said["event"] or said["outcome"], said["task"] or said["step"], carried

    def _said(self, name: str, row: int) -> str:
        column = self.sheet.sheet.columns[name]
        assert isinstance(column, Few | Many)
        return column.text(row) or ""


def nothing(accounts: Accounts) -> Events:
    """No events."""
    none, column = np.empty(0, np.int64), Column(np.empty(0, np.int32), ())
    return Events(
        of=np.zeros(len(accounts.ids) + 1, np.int64),
        person=np.empty(0, np.int32),
        at=none,
        event=column,
        outcome=column,
        task=column,
        step=column,
        id=column,
        payload={},
        file="",
        row=none,
        line=none,
    )
