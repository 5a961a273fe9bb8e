"""From files to the columns of a run: the same values, issues and counts as `gridlang.runtime.inputs.read`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import attrs
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.diagnostics import Outcome
from gridlang.diagnostics.codes.rows import NOBODY
from gridlang.runtime.engine.columns import Columns
from gridlang.runtime.engine.reading.accounts import AccountFile, account_sheet, read_accounts, shared, unnamed
from gridlang.runtime.engine.reading.asked import asked_of_people
from gridlang.runtime.engine.reading.assembly import events_of, nothing, people_of
from gridlang.runtime.engine.reading.events import EventSheet, Everybody
from gridlang.runtime.engine.reading.hashing import Index
from gridlang.runtime.engine.reading.opening import opened
from gridlang.runtime.engine.reading.parquet_source import BROKEN, in_rows
from gridlang.runtime.engine.reading.persons import PersonSheet
from gridlang.runtime.engine.reading.rows_source import RowsSource
from gridlang.runtime.engine.reading.sheet import Judge, Sheet
from gridlang.runtime.engine.reading.source import Source
from gridlang.runtime.engine.reading.values import Values
from gridlang.runtime.inputs.columns import Required, missing_columns
from gridlang.runtime.inputs.events import Vocabulary, required
from gridlang.runtime.inputs.given import InputFile, InputFiles, InputTable
from gridlang.runtime.inputs.persons import PersonColumns
from gridlang.runtime.inputs.read import Seen
from gridlang.runtime.inputs.tables import Table
from gridlang.schedule.model import Schedule

T = TypeVar("T")
Needed = Callable[[Table], Iterable[Required]]


def read(
    schedule: Schedule, files: InputFiles, earlier: Iterable[Schedule] = (), *, everything: bool = True
) -> Outcome[Columns]:
    """Read the people and events of a run; `earlier`: the plan as it was when tasks were handed out, before edits.

    A row that cannot be used is an Issue of the Columns; a file that cannot be used at all is a finding (G07xx), and
    the Columns hold what the other files gave. Without `everything` they hold what a run and its tables ask for: no
    ids of events, and of a text of people that the plan asks only whether it is missing, only that.
    """
    seen, values = Seen(), shared(schedule)
    vocabulary = Vocabulary.of(schedule, earlier)
    accounts = _accounts(schedule, files.accounts, values, seen)
    asked = None if everything else asked_of_people(schedule)
    people, houses, ids = people_of(_persons(schedule, files, accounts, values, seen, asked), accounts, seen)
    del accounts
    pyarrow.default_memory_pool().release_unused()
    everybody = Everybody(Index.of(ids), ids, people.timezone)
    sheet = _events(schedule, vocabulary, files.events, everybody, seen, ids=everything)
    pyarrow.default_memory_pool().release_unused()
    events = nothing(houses) if sheet is None else events_of(schedule, sheet, people, houses, seen)
    columns = Columns(people=people, accounts=houses, events=events, issues=tuple(seen.issues), files=tuple(seen.files))
    return Outcome(columns, tuple(seen.problems))


@attrs.frozen(eq=False)
class _Plan:
    """How a file is read: the columns that the plan knows, which of them it must have, and its sheet."""

    known: tuple[str, ...]
    needed: Needed
    sheet: Callable[[Source], tuple[Sheet, Judge]]


def _read(given: InputTable, plan: _Plan, seen: Seen) -> Sheet | None:
    """The sheet of a file whose columns can be used; None with the findings when they cannot."""
    loaded = opened(given, ", ".join(plan.known))
    seen.problems.extend(loaded.problems)
    if loaded.value is None:
        return None
    try:
        return _through(loaded.value, plan, seen)
    except BROKEN:
        if not isinstance(given, InputFile) or not given.name.lower().endswith(".parquet"):
            raise
    again = in_rows(given)
    seen.problems.extend(again.problems)
    return None if again.value is None else _through(again.value, plan, seen)


def _through(source: Source, plan: _Plan, seen: Seen) -> Sheet | None:
    head = Table(source.name, source.columns, (), ())
    flat = source.name.lower().endswith(".csv")
    if flat and (early := [*missing_columns(head, plan.needed(head), plan.known)]):
        seen.problems.extend(early)
        return None
    sheet, judge = plan.sheet(source)
    sheet.read(judge)
    problems = sheet.problems(plan.needed(sheet.table()))
    seen.problems.extend(problems)
    return None if problems else sheet


def _accounts(
    schedule: Schedule, given: InputTable | None, values: dict[str, Values], seen: Seen
) -> AccountFile | None:
    if given is None:
        return None
    needed = (Required("id", "every row must say which account it is about", "add the CRM's id of the account"),)

    def sheet_of(source: Source) -> tuple[Sheet, Judge]:
        sheet = account_sheet(source, values)
        return sheet, lambda _, codes: unnamed(sheet, codes)

    sheet = _read(given, _Plan(("id", *values), lambda _: needed, sheet_of), seen)
    return None if sheet is None else read_accounts(schedule, sheet)


def _persons(
    schedule: Schedule, files: InputFiles, accounts: AccountFile | None, values: dict[str, Values], seen: Seen,
    asked: frozenset[str] | None,
) -> PersonSheet:  # fmt: skip
    """The file of persons; without one, or with one that cannot be used, an empty one that `seen` knows nothing of."""
    columns, made = PersonColumns.of(schedule), []

    def sheet_of(source: Source) -> tuple[Sheet, Judge]:
        made.append(PersonSheet.of(schedule, source, values, asked))
        return made[-1].sheet, made[-1].doubtful

    given = accounts is not None
    plan = _Plan(columns.known, lambda _: columns.required(accounts_given=given), sheet_of)
    sheet = None if files.persons is None else _read(files.persons, plan, seen)
    if sheet is not None and not sheet.rest.read and isinstance(files.persons, InputFile):
        seen.problems.append(NOBODY.at(None, file=sheet.source.name))
        sheet = None
    if sheet is not None:
        return made[-1]
    nobody = PersonSheet.of(schedule, RowsSource(Table("", (), (), ())), values, asked)
    nobody.sheet.read(nobody.doubtful)
    return attrs.evolve(nobody, given=False)


def _events(
    schedule: Schedule,
    vocabulary: Vocabulary,
    given: InputTable | None,
    everybody: Everybody,
    seen: Seen,
    *,
    ids: bool,
) -> EventSheet | None:
    if given is None:
        return None
    made: list[EventSheet] = []

    def sheet_of(source: Source) -> tuple[Sheet, Judge]:
        made.append(EventSheet.of(vocabulary, schedule.plan.timezone, source, everybody, ids=ids))
        return made[-1].sheet, made[-1].doubtful

    plan = _Plan(vocabulary.known, required, sheet_of)
    sheet = _read(given, plan, seen)
    return None if sheet is None else made[-1]
