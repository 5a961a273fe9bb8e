"""The columns of a run from the sheets of its files."""

from __future__ import annotations

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Accounts, Column, Events, People
from gridlang.runtime.engine.reading import ordering
from gridlang.runtime.engine.reading.accounts import AccountFile
from gridlang.runtime.engine.reading.arrays import Array, Arrow, narrow
from gridlang.runtime.engine.reading.events import EventSheet
from gridlang.runtime.engine.reading.gathering import taken
from gridlang.runtime.engine.reading.hashing import Index, hashes
from gridlang.runtime.engine.reading.persons import PersonSheet
from gridlang.runtime.engine.reading.source import Lines
from gridlang.runtime.engine.reading.texts import Texts
from gridlang.runtime.engine.reading.typed import TEXT, Few, Many
from gridlang.runtime.engine.reading.unkept import Hashed, Whether
from gridlang.runtime.inputs import scalars
from gridlang.runtime.inputs.accounts import Merged
from gridlang.runtime.inputs.persons import RESERVED
from gridlang.runtime.inputs.read import Seen
from gridlang.schedule.model import Schedule


def people_of(persons: PersonSheet, file: AccountFile | None, seen: Seen) -> tuple[People, Accounts, Arrow]:
    """Everybody and the accounts, and the ids in the order of the people; the sheet is empty then."""
    persons.withdraw(file)
    judged = persons.judged(file)
    if file is not None:
        taken_over = hashes(pyarrow.array(list(judged.merged.accounts), TEXT))
        file.close(np.concatenate([hashes(persons.accounts()), taken_over]), seen)
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
    for key in ("id", "account"):
        del persons.sheet.columns[key]
    return _people(persons, ids, account, order), houses, ids


def _people(persons: PersonSheet, ids: Arrow, account: Array, order: Array | None) -> People:
    columns = {
        name: column.column(order)
        for name, column in persons.sheet.columns.items()
        if isinstance(column, Few | Many | Whether)
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
            np.maximum.at(codes, account, taken(said, order).astype(np.int32))
        if file is not None:
            np.maximum.at(codes, here[here >= 0], file.codes[name][here >= 0])
        values = persons.shared[name]
        for key, at in merged_at.items():
            codes[at] = values.of_value(merged.accounts[key].get(name))
        if field.type == "List":
            codes[codes == NONE] = values.of_value(())
        columns[name] = Column(narrow(codes, len(values.values)), values.values)
    return columns


# --- events ----------------------------------------------------------------------------------------------------------


def events_of(schedule: Schedule, sheet: EventSheet, people: People, accounts: Accounts, seen: Seen) -> Events:
    """The events of the people, in the order of the engine; the sheet is empty then."""
    sheet.sheet.withdraw(sheet.sheet.doubled())
    rows = sheet.close(seen)
    for happening in rows:
        sheet.add(happening)
    sheet.whom.people.forget()
    if isinstance(ids := sheet.sheet.columns["id"], Hashed):
        ids.forget()
    added = [happening.origin.row for happening in rows]
    order, begins, person, at = _ordered(schedule, sheet, people.account, len(accounts.ids), added)
    row = sheet.sheet.rows_at(order, added)
    columns = {name: _column(sheet, name, order) for name in ("event", "outcome", "task", "step", "id")}
    return Events(
        of=begins,
        person=person,
        at=at,
        payload={column.name: column.column(order) for column in sheet.payload},
        file=sheet.sheet.source.name,
        row=row,
        line=_lines(sheet.sheet.rest.lines, row),
        settled=True,
        **columns,
    )


def _ordered(
    schedule: Schedule, sheet: EventSheet, account: Array, accounts: int, added: list[int]
) -> tuple[Array, Array, Array, Array]:
    """The order of the events, where those of each account begin, and their persons and moments in this order."""
    person, at, number = sheet.whom.persons(), sheet.at.seconds(), _numbers(schedule, sheet)
    order, begins = ordering.of_events(account, person, at, number, accounts)
    person = taken(person, order)
    at = taken(at, order)
    ties = ordering.ties_of(person, at, lambda rows: number[order[rows]])
    if ties[0].size:
        alike = [order[begin:end] for begin, end in zip(*(each.tolist() for each in ties), strict=True)]
        ordering.settle_ties(order, ties, Told.of(sheet, np.concatenate(alike), added))
    return order, begins, person, at


def _column(sheet: EventSheet, name: str, order: Array) -> Column:
    column = sheet.sheet.columns[name]
    if isinstance(column, Hashed):
        return Column(np.broadcast_to(np.int8(NONE), order.size), ())
    assert isinstance(column, Few | Many)
    return column.column(order)


_STRETCH = 1 << 20


def _numbers(schedule: Schedule, sheet: EventSheet) -> Array:
    """int16 (int32 where there are very many): the number of each event's declaration; how many there are, for an
    outcome that is no event."""
    numbers = {event.name: number for number, event in enumerate(schedule.events)}
    kind = np.int16 if len(numbers) < np.iinfo(np.int16).max else np.int32
    event, outcome = sheet.sheet.codes("event"), sheet.sheet.codes("outcome")
    of_event, of_outcome = (
        np.array([*(numbers.get(str(name), len(numbers)) for name in sheet.sheet.values[column].values), 0], kind)
        for column in ("event", "outcome")
    )
    found = np.empty(event.size, kind)
    for begin in range(0, event.size, _STRETCH):
        part = slice(begin, begin + _STRETCH)
        found[part] = np.where(outcome[part] == NONE, of_event[event[part]], of_outcome[outcome[part]])
    return found


def _lines(lines: Lines, rows: Array) -> Array:
    """The line where each row begins; `NONE` in a format without lines."""
    breaks = lines.breaks()
    if not breaks:
        return np.broadcast_to(np.int64(NONE), rows.size)
    begins, ahead = (np.array(each, np.int64) for each in zip(*breaks, strict=True))
    found = np.empty(rows.size, np.int64 if int(rows.max(initial=0)) + int(ahead.max()) >= 1 << 31 else np.int32)
    for begin in range(0, rows.size, _STRETCH):
        part = slice(begin, begin + _STRETCH)
        found[part] = rows[part] + ahead[np.searchsorted(begins, rows[part], side="right") - 1]
    return found


@attrs.frozen(eq=False)
class Told:
    """What a row tells beside its moment, for those that nothing else tells apart."""

    sheet: EventSheet
    ids: dict[int, str]
    """Of these rows."""
    numbers: dict[int, int]
    """Where they stand in the file."""

    @classmethod
    def of(cls, sheet: EventSheet, rows: Array, added: list[int]) -> Told:
        """Of these rows, by their indices; ids that were not kept are read once more."""
        numbers = dict(zip(rows.tolist(), sheet.sheet.rows_at(rows, added).tolist(), strict=True))
        column = sheet.sheet.columns["id"]
        if not isinstance(column, Hashed):
            assert isinstance(column, Few | Many)
            return cls(sheet, {row: column.text(row) or "" for row in numbers}, numbers)
        kept = sheet.sheet.kept
        ids = {row: column.added[row - kept] or "" for row in numbers if row >= kept}
        asked = {number: row for row, number in numbers.items() if row < kept}
        for each in sheet.sheet.again(np.array(list(asked), np.int64)):
            ids[asked[each.number]] = str(scalars.text(each.cells.get("id", "")))
        return cls(sheet, ids, numbers)

    def __call__(self, row: int) -> tuple[str | int, ...]:
        said = {name: self._said(name, row) for name in ("event", "outcome", "task", "step")}
        payload = {column.name: column.value(row) for column in self.sheet.payload}
        carried = repr(sorted((name, value) for name, value in payload.items() if value is not None))
        return self.ids[row], said["event"] or said["outcome"], said["task"] or said["step"], carried, self.numbers[row]

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
