"""Laws of execution: what may not change a run. The order of rows and columns, a longer run, its form, other people."""

from __future__ import annotations

import random

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gridlang.runtime.rows import Execution, Issue, ReportRow
from gridlang.schedule.document import from_json, to_json
from gridlang.schedule.model import Schedule
from tests.laws.populations import Row
from tests.laws.worlds import events, people
from tests.laws.worlds.plans import NAMES
from tests.laws.worlds.profile import tried
from tests.laws.worlds.world import Ran, World, columns_of_events, run, worlds

ROWS = ("touches", "tasks", "audiences", "moves", "skips")


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_rows_and_columns_changes_nothing(name: str) -> None:
    @given(worlds(name), st.randoms(use_true_random=False))
    @tried(5)
    def law(world: World, chance: random.Random) -> None:
        whole = attrs.evolve(world, events=_with_all_columns(world))
        before, after = run(whole), run(_shuffled(whole, chance))
        for path in before.files.keys() - {"issues.csv"}:
            assert before.files[path] == after.files[path], path
        assert _told(before) == _told(after)

    law()


def _with_all_columns(world: World) -> list[Row]:
    columns = columns_of_events(world)
    return [{column: row.get(column, "") for column in columns} for row in world.events]


def _shuffled(world: World, chance: random.Random) -> World:
    return attrs.evolve(
        world,
        persons=_mixed(world.persons, chance),
        accounts=_mixed(world.accounts, chance),
        events=_mixed(world.events, chance),
    )


def _mixed(rows: list[Row], chance: random.Random) -> list[Row]:
    """The rows in another order, and their columns in another, which is the same for all of them."""
    if not rows:
        return rows
    columns = chance.sample(list(rows[0]), len(rows[0]))
    return [{column: row[column] for column in columns} for row in chance.sample(rows, len(rows))]


def _told(ran: Ran) -> list[tuple[object, ...]]:
    """The issues, but for where in its file the row of each stands."""
    issues = ran.execution.issues
    return sorted((one.code, one.reason, one.file, one.contact, one.at or 0, one.refused) for one in issues)


@pytest.mark.parametrize("name", NAMES)
def test_a_shorter_run_gives_exactly_the_earlier_rows(name: str) -> None:
    """R27, R26: tasks without their state, audiences without their end, skips without `period_over`."""

    @given(worlds(name), st.data())
    @tried(5)
    def law(world: World, data: st.DataObject) -> None:
        long = run(world)
        until = data.draw(_cuts(world, long.execution), label="until")
        short = run(attrs.evolve(world, until=until))
        for table in ROWS:
            early = _timeless(short.execution, table)
            assert early == [row for row in _timeless(long.execution, table) if _moment(row) < until], table
        told = _told_by_the_run(short)
        assert told == [one for one in _told_by_the_run(long) if one.at is None or one.at < until]

    law()


def _told_by_the_run(ran: Ran) -> list[Issue | ReportRow]:
    """Reports (R28), and the issues that are not about a row: one of history is only read when its account enters."""
    return [*ran.execution.reports, *(issue for issue in ran.execution.issues if not issue.file)]


def _cuts(world: World, done: Execution) -> st.SearchStrategy[int]:
    """Any second, and those just at, before and after what the run did."""
    moments = sorted({_moment(row) for table in ROWS for row in getattr(done, table)} | {world.start})
    around = st.builds(lambda at, more: at + more, st.sampled_from(moments), st.sampled_from([-1, 0, 1]))
    return st.one_of(st.integers(world.start + 1, world.until), around.filter(lambda at: at > world.start))


def _moment(row: object) -> int:
    moments = [getattr(row, name) for name in ("due", "start", "at") if hasattr(row, name)]
    assert isinstance(moments[0], int)
    return moments[0]


def _timeless(done: Execution, table: str) -> list[object]:
    """The rows of a table without what later moments may change."""
    rows = list(getattr(done, table))
    if table == "tasks":
        return [attrs.evolve(row, state="open", outcome="", closed=None) for row in rows]
    if table == "audiences":
        return [attrs.evolve(row, end=None) for row in rows]
    return [row for row in rows if getattr(row, "reason", "") != "period_over"]


@pytest.mark.parametrize("name", NAMES)
def test_a_schedule_read_back_executes_alike(name: str) -> None:
    @given(worlds(name))
    @tried(3)
    def law(world: World) -> None:
        text = to_json(world.schedule)
        read = from_json(text)
        assert read.value is not None, [problem.message for problem in read.problems]
        assert to_json(read.value) == text
        assert run(attrs.evolve(world, schedule=read.value)).files == run(world).files

    law()


@pytest.mark.parametrize("name", NAMES)
def test_accounts_meet_only_at_the_desk(name: str) -> None:
    """R18: where no team has a capacity, other accounts change nothing but the member who gets a task."""

    @given(worlds(name), st.data())
    @tried(5)
    def law(world: World, data: st.DataObject) -> None:
        world = attrs.evolve(world, schedule=_without_capacities(world.schedule))
        strangers = data.draw(people.people(world.schedule, "q", "s"), label="strangers")
        theirs = data.draw(events.happenings(world.schedule, strangers), label="their events")
        more = attrs.evolve(
            world,
            persons=[*world.persons, *strangers],
            accounts=[*world.accounts, *data.draw(people.accounts(world.schedule, strangers))[1:]],
            events=[*world.events, *({**row, "id": ""} for row in theirs)],
        )
        assume(all("nobody" not in row["id"] or row["id"] == "nobody lives here" for row in more.accounts))
        known = {row["id"] for row in world.persons}
        alone, among = run(world).execution, run(more).execution
        for table in ROWS:
            assert _of(alone, table, known) == _of(among, table, known), table

    law()


def _without_capacities(schedule: Schedule) -> Schedule:
    teams = tuple(attrs.evolve(team, capacity=None, capacity_place=None) for team in schedule.teams)
    return attrs.evolve(schedule, teams=teams)


def _of(done: Execution, table: str, contacts: set[str]) -> list[object]:
    """The rows of these people and their accounts."""
    if table == "moves":
        return [row for row in done.moves if row.account[0] == "h" or row.account.startswith("alone:p")]
    rows = [row for row in getattr(done, table) if row.contact in contacts]
    return [attrs.evolve(row, member="") for row in rows] if table == "tasks" else rows
