"""From files to the Input of a run. Every row that is read becomes a row of the Input, repeats one, or is an issue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import attrs

from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.diagnostics.codes.rows import NOBODY
from gridlang.runtime.inputs.accounts import AccountRow, Merged, merge, read_account, unknown_accounts, without_person
from gridlang.runtime.inputs.columns import (
    Distinct,
    Required,
    equal_rows,
    missing_columns,
    nested_columns,
    one_by_id,
    unknown_columns,
)
from gridlang.runtime.inputs.events import People, Vocabulary, carried_by_no_event, read_event, required, unread_values
from gridlang.runtime.inputs.given import InputFile, InputFiles, InputTable
from gridlang.runtime.inputs.loading import load
from gridlang.runtime.inputs.persons import PersonColumns, read_person, references, remarks, unknown_references
from gridlang.runtime.inputs.records import Column, columns_of
from gridlang.runtime.inputs.tables import Row, Table
from gridlang.runtime.rows import Contact, FileCount, Happening, Input, Issue, Origin
from gridlang.schedule.model import Schedule

T = TypeVar("T")


def read(schedule: Schedule, files: InputFiles, earlier: Iterable[Schedule] = ()) -> Outcome[Input]:
    """Read the people and events of a run; `earlier`: the plan as it was when tasks were handed out, before edits.

    A row that cannot be used is an Issue of the Input; a file that cannot be used at all is a finding (G07xx), and the
    Input holds what the other files gave. Contacts come by id, events by moment: no order of rows is left.
    """
    seen = Seen()
    accounts = _accounts(schedule, files.accounts, seen)
    merged = _persons(schedule, files, accounts, seen)
    contacts = tuple(sorted((person.contact for person in merged.persons), key=lambda contact: contact.id))
    happenings = _events(Vocabulary.of(schedule, earlier), schedule, files.events, contacts, seen)
    value = Input(
        contacts=contacts,
        accounts=merged.accounts,
        happenings=tuple(sorted(happenings, key=in_time)),
        issues=tuple(seen.issues),
        files=tuple(seen.files),
    )
    return Outcome(value, tuple(seen.problems))


def in_time(happening: Happening) -> tuple[int, str, tuple[str, ...], str, int]:
    """By moment, then by everything that is said, so that equal moments stand in one order whatever the file's."""
    said = (happening.event, happening.outcome, happening.task, happening.step, happening.id)
    payload = str(sorted((name, str(value)) for name, value in happening.payload.items()))
    return happening.at, happening.contact, tuple(word or "" for word in said), payload, happening.origin.row


@attrs.define
class Seen:
    """What reading the files brought up."""

    issues: list[Issue] = attrs.field(factory=list)
    problems: list[Diagnostic] = attrs.field(factory=list)
    files: list[FileCount] = attrs.field(factory=list)
    refused: dict[str, Origin] = attrs.field(factory=dict)
    """Persons left out, by the id that their row says."""

    def close(
        self,
        table: Table,
        distinct: Distinct,
        taken: int,
        issues: Iterable[Issue],
        about: str | None = None,
        beside: int = 0,
    ) -> None:
        """Put down a file's issues, those of the whole file first, and what became of its rows; `about` is the column
        that names the contact of a row. So many rows `beside` those of the table were taken."""
        every = [*issues, *table.issues(about), *distinct.refused, *equal_rows(table.name, distinct.equal)]
        found = [attrs.evolve(issue, line=table.lines.get(issue.row or 0)) for issue in every]
        found.sort(key=lambda issue: (issue.row or 0, issue.code, issue.reason))
        self.issues.extend(found)
        refused = sum(issue.refused for issue in found)
        self.files.append(
            FileCount(
                file=table.name,
                rows=table.read + beside,
                taken=taken + beside,
                repeated=len(distinct.equal),
                refused=refused,
            )
        )


def _table(
    given: InputTable, known: tuple[str, ...], needed: Callable[[Table], Iterable[Required]], seen: Seen
) -> Table | None:
    """The table of a file whose columns can be used; None with the findings when they cannot."""
    loaded = load(given, ", ".join(known))
    seen.problems.extend(loaded.problems)
    if loaded.value is None:
        return None
    problems = [*missing_columns(loaded.value, needed(loaded.value), known), *nested_columns(loaded.value, known)]
    seen.problems.extend(problems)
    return None if problems else loaded.value


def sorted_out(read: Callable[[Row], T | Issue], rows: Iterable[Row]) -> tuple[list[T], list[Issue]]:
    """The rows that read well, and the issues of those that do not."""
    taken: list[T] = []
    refused: list[Issue] = []
    for row in rows:
        value = read(row)
        if isinstance(value, Issue):
            refused.append(value)
        else:
            taken.append(value)
    return taken, refused


@attrs.frozen
class _Accounts:
    """The file of accounts; its last words wait until the persons are known."""

    table: Table
    distinct: Distinct
    rows: list[AccountRow]
    refused: list[Issue]


def _accounts(schedule: Schedule, given: InputTable | None, seen: Seen) -> _Accounts | None:
    if given is None:
        return None
    columns = columns_of(schedule.account_fields, schedule)
    known = ("id", *(column.field.name for column in columns))
    needed = (Required("id", "every row must say which account it is about", "add the CRM's id of the account"),)
    table = _table(given, known, lambda _: needed, seen)
    if table is None:
        return None
    distinct = one_by_id(table, known, None)
    rows, refused = sorted_out(lambda row: read_account(schedule, columns, table, row), distinct.rows)
    return _Accounts(table, distinct, rows, [*unknown_columns(table, known), *refused])


def _persons(schedule: Schedule, files: InputFiles, accounts: _Accounts | None, seen: Seen) -> Merged:
    """Everybody whose row reads well and whose account holds together."""
    columns = PersonColumns.of(schedule)
    given = accounts is not None
    table = None
    if files.persons is not None:
        table = _table(files.persons, columns.known, lambda _: columns.required(accounts_given=given), seen)
        table = _somebody(files.persons, table, seen)
    if table is None:
        _close_accounts(accounts, (), seen)
        return Merged({}, (), ())
    distinct = one_by_id(table, columns.known, "id")
    read, refused = sorted_out(lambda row: read_person(schedule, columns, table, row), distinct.rows)
    merged = merge(_account_columns(schedule), read, accounts.rows if accounts else ())
    _close_accounts(accounts, merged.accounts, seen)
    issues = [*unknown_columns(table, columns.known), *refused, *merged.refused]
    rows = {row.number: row for row in distinct.rows}
    for person in merged.persons:
        issues.extend(remarks(schedule, table, rows[person.contact.origin.row], person.contact))
    found = references(schedule, [person.contact for person in merged.persons])
    issues.extend(unknown_references(schedule, table, found))
    if accounts:
        issues.extend(unknown_accounts(schedule, merged.persons, accounts.rows))
    seen.close(table, distinct, len(merged.persons), issues, "id")
    seen.refused.update(refused_people(seen.issues, table))
    return merged


def _somebody(given: InputTable, table: Table | None, seen: Seen) -> Table | None:
    """The table, unless it is a file without a row: then that is the one thing to say, not that every event is about
    nobody. A test of a plan gives rows, and may do without any."""
    if table is None or table.read or not isinstance(given, InputFile):
        return table
    seen.problems.append(NOBODY.at(None, file=table.name))
    return None


def _account_columns(schedule: Schedule) -> tuple[Column, ...]:
    return columns_of(schedule.account_fields, schedule)


def refused_people(issues: Iterable[Issue], table: Table) -> dict[str, Origin]:
    """Where the persons stand whose rows were refused."""
    return {
        issue.contact: table.origin(issue.row)
        for issue in issues
        if issue.refused and issue.contact and issue.row is not None and issue.file == table.name
    }


def _close_accounts(accounts: _Accounts | None, used: Iterable[str], seen: Seen) -> None:
    if accounts:
        issues = [*accounts.refused, *without_person(accounts.table, accounts.rows, used)]
        seen.close(accounts.table, accounts.distinct, len(accounts.rows), issues)


def _events(
    vocabulary: Vocabulary, schedule: Schedule, given: InputTable | None, contacts: tuple[Contact, ...], seen: Seen
) -> list[Happening]:
    if given is None:
        return []
    table = _table(given, vocabulary.known, required, seen)
    if table is None:
        return []
    people = People({contact.id: contact for contact in contacts}, seen.refused, schedule.plan.timezone)
    distinct = one_by_id(table, vocabulary.known, "contact")
    taken, refused = sorted_out(lambda row: read_event(vocabulary, people, table, row), distinct.rows)
    cells = {row.number: row.cells for row in distinct.rows}
    issues = [*unknown_columns(table, vocabulary.known), *refused]
    issues.extend(carried_by_no_event(table, unread_values(vocabulary, cells, taken)))
    seen.close(table, distinct, len(taken), issues, "contact")
    return taken
