"""Columns of the engine as the rows that they are, to hold them against what the row code reads."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.runtime.engine.columns import NONE, Column, Columns
from gridlang.runtime.engine.reading import read as read_columns
from gridlang.runtime.engine.reading.asked import asked_of_people
from gridlang.runtime.engine.reading.texts import Untold
from gridlang.runtime.engine.today import OfColumns
from gridlang.runtime.inputs import InputFiles, read
from gridlang.runtime.rows import AttributeValue, Contact, FileCount, Happening, Input, Issue, Origin
from gridlang.runtime.state.signs import digest_of_row
from gridlang.runtime.state.today import Rows, Today
from gridlang.schedule.model import Schedule

NOWHERE = Origin("", 0)


@attrs.frozen
class Read:
    """What was read, without the rows of persons, which columns do not keep."""

    contacts: tuple[Contact, ...]
    accounts: dict[str, dict[str, AttributeValue]]
    happenings: tuple[Happening, ...]
    issues: tuple[Issue, ...]
    files: tuple[FileCount, ...]
    problems: tuple[Diagnostic, ...]


def by_rows(schedule: Schedule, files: InputFiles, earlier: Sequence[Schedule]) -> Read:
    """As the row code reads it; events of one moment by account, then as the engine orders them."""
    outcome = read(schedule, files, earlier)
    value: Input = outcome.value
    contacts = tuple(attrs.evolve(each, origin=NOWHERE) for each in value.contacts)
    return Read(contacts, value.accounts, value.happenings, value.issues, value.files, outcome.problems)


def by_columns(schedule: Schedule, files: InputFiles, earlier: Sequence[Schedule]) -> Read:
    outcome = read_columns(schedule, files, earlier)
    columns: Columns = outcome.value
    assert_the_same_but_unasked(schedule, outcome, read_columns(schedule, files, earlier, everything=False))
    people, accounts = columns.people, columns.accounts
    keys = list(accounts.ids)
    contacts = []
    for at, name in enumerate(people.ids):
        account = keys[people.account[at]]
        contacts.append(
            Contact(
                id=name,
                account=account,
                alone=account.startswith("alone:"),
                roles=_value(people.roles, at) or (),  # type: ignore[arg-type]
                timezone=_value(people.timezone, at),  # type: ignore[arg-type]
                language=_value(people.language, at),  # type: ignore[arg-type]
                since=_value(people.since, at),  # type: ignore[arg-type]
                salesperson=_value(people.salesperson, at),  # type: ignore[arg-type]
                attributes=_values(people.attributes, at),
                origin=NOWHERE,
            )
        )
    assert [(keys[account], name) for account, name in zip(people.account, people.ids, strict=True)] == sorted(
        (contact.account, contact.id) for contact in contacts
    )
    of_accounts = {name: _values(accounts.attributes, at) for at, name in enumerate(keys)}
    return Read(
        tuple(sorted(contacts, key=lambda each: each.id)),
        of_accounts,
        _happenings(columns),
        columns.issues,
        columns.files,
        outcome.problems,
    )


def assert_the_same_but_unasked(schedule: Schedule, whole: Outcome[Columns], lean: Outcome[Columns]) -> None:
    """What was read for a run alone is the same, in the same order, but for what no run asks for."""
    assert lean.problems == whole.problems
    of, lean_of = whole.value, lean.value
    assert (lean_of.issues, lean_of.files) == (of.issues, of.files)
    assert list(lean_of.people.ids) == list(of.people.ids)
    for name in ("person", "at", "row", "line", "of"):
        assert getattr(lean_of.events, name).tolist() == getattr(of.events, name).tolist(), name
    assert (lean_of.events.id.codes == NONE).all()
    asked = asked_of_people(schedule)
    for name, column in of.people.attributes.items():
        found = lean_of.people.attributes[name]
        if isinstance(found.values, Untold):
            assert name not in asked
            assert (found.codes != NONE).tolist() == (column.codes != NONE).tolist()
        else:
            assert _told_by(found) == _told_by(column)
    for every, same in (
        (of.accounts.attributes, lean_of.accounts.attributes), (of.events.payload, lean_of.events.payload)
    ):  # fmt: skip
        assert {name: _told_by(each) for name, each in same.items()} == {
            name: _told_by(each) for name, each in every.items()
        }


def _told_by(column: Column) -> list[str]:
    return [repr(column.value(at)) for at in range(len(column.codes))]


def _happenings(columns: Columns) -> tuple[Happening, ...]:
    events, ids = columns.events, list(columns.people.ids)
    found = []
    for at in range(len(events.at)):
        line = int(events.line[at])
        row = Origin(events.file, int(events.row[at]), None if line == NONE else line)
        said = {name: _value(getattr(events, name), at) for name in ("event", "outcome", "task", "step", "id")}
        found.append(
            Happening(
                contact=ids[events.person[at]],
                at=int(events.at[at]),
                payload=_values(events.payload, at),
                origin=row,
                **said,  # type: ignore[arg-type]
            )
        )
    for account in range(len(columns.accounts.ids)):
        begin, end = events.of[account], events.of[account + 1]
        assert all(columns.people.account[person] == account for person in events.person[begin:end])
        assert sorted(events.at[begin:end]) == list(events.at[begin:end])
    return tuple(sorted(found, key=in_time))


def in_time(happening: Happening) -> tuple[object, ...]:
    said = (happening.event, happening.outcome, happening.task, happening.step, happening.id)
    payload = str(sorted((name, str(value)) for name, value in happening.payload.items()))
    return happening.at, happening.contact, tuple(word or "" for word in said), payload, happening.origin.row


def _value(column: Column, at: int) -> AttributeValue | None:
    code = int(column.codes[at])
    assert code >= NONE
    values: Sequence[AttributeValue] = column.values
    return None if code == NONE else values[code]


def _values(columns: dict[str, Column], at: int) -> dict[str, AttributeValue]:
    said = {name: _value(column, at) for name, column in columns.items()}
    return {name: value for name, value in said.items() if value is not None}


def assert_same(schedule: Schedule, files: InputFiles, earlier: Sequence[Schedule] = ()) -> Read:
    """Both ways of reading say the same of everything, exactly: 12.5 is not 12.50."""
    rows, columns = by_rows(schedule, files, earlier), by_columns(schedule, files, earlier)
    for name in ("problems", "files", "issues", "contacts", "accounts", "happenings"):
        expected, found = getattr(rows, name), getattr(columns, name)
        assert repr(found) == repr(expected) if name != "accounts" else _told(found) == _told(expected), name
    today = (Rows(read(schedule, files, earlier).value), OfColumns(read_columns(schedule, files, earlier).value))
    assert_same_today(*today)
    return rows


def assert_same_today(rows: Today, columns: Today) -> None:
    """A run on a state is told the same of both, whatever it asks."""
    assert (columns.issues, columns.files) == (rows.issues, rows.files)
    assert sorted(columns.homes()) == sorted(rows.homes())
    assert dict(columns.digests_of_people()) == dict(rows.digests_of_people())
    every = rows.happenings()
    assert repr(columns.happenings()) == repr(every)
    assert columns.events_file == rows.events_file or not every
    events = {row.event or row.outcome or "" for row in every}
    for narrowed in ({}, dict.fromkeys(events, frozenset[str]())):
        digests = list(columns.digests_of_rows(narrowed))
        assert sorted(digests) == sorted(rows.digests_of_rows(narrowed))
        odd = range(1, len(digests), 2)
        found = [digest_of_row(row, narrowed) for row in columns.happenings(odd)]
        assert sorted(found) == sorted(digests[number] for number in odd)
    for chosen in (lambda person, account: True, lambda person, account: len(person + account) % 2 == 0):
        one, other = rows.people(chosen), columns.people(chosen)
        assert [attrs.evolve(each, origin=NOWHERE) for each in one.contacts] == list(other.contacts)
        assert _told(one.accounts) == _told(other.accounts)


def _told(accounts: dict[str, dict[str, AttributeValue]]) -> str:
    return repr(sorted((name, sorted(values.items(), key=lambda each: each[0])) for name, values in accounts.items()))
