"""The engine gives what the reference gives, row by row: every example, and generated plans with generated people.

`GRID_LAWS=long` compiles the kernel and tries thousands of cases; otherwise the same code runs without numba.
"""

from __future__ import annotations

import os
from pathlib import Path

import attrs
import pytest

pytest.importorskip("numba")

import numba
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridlang.cli import given as given_files
from gridlang.cli.period import stretch
from gridlang.cli.plan import load
from gridlang.runtime import inputs, reference
from gridlang.runtime.engine import stretches
from gridlang.runtime.engine.execution import execute
from gridlang.runtime.engine.lowering import Refused, unsupported
from gridlang.runtime.rows import Execution, Input
from gridlang.schedule.model import Schedule
from tests.laws.plans_strategy import Plan, plans
from tests.laws.test_plans import compiled
from tests.laws.worlds import events, people
from tests.laws.worlds.plans import OWN, schedule_of
from tests.laws.worlds.world import World, files_of, period, run, worlds

LONG = os.environ.get("GRID_LAWS") == "long"
EXAMPLES = Path(__file__).parents[2] / "examples"
WITH_PEOPLE = sorted(place.parent for place in EXAMPLES.glob("*/persons.csv"))
FEW = 60
"""Persons of an example, where the kernel is not compiled."""


def same(schedule: Schedule, given: Input, start: int, until: int) -> Execution:
    """Both executions, held against each other table by table; gives the reference's."""
    expected = reference.execute(schedule, given, start, until)
    found = execute(schedule, given, start, until)
    for table in attrs.fields(Execution):
        assert getattr(found, table.name) == getattr(expected, table.name), table.name
    return expected


def test_the_kernel_is_compiled_in_long_runs_only() -> None:
    assert bool(numba.config.DISABLE_JIT) is not LONG


def given_of(folder: Path, persons: int | None) -> tuple[Schedule, Input, tuple[int, int]]:
    """An example, what it is given about the accounts of so many persons (None: of all), and its period."""
    loaded = load(str(folder))
    assert loaded.schedule is not None
    gathered = given_files.gather(loaded.folder, None, None, None)
    assert gathered.value is not None
    given = inputs.read(loaded.schedule, gathered.value).value
    accounts = {contact.account for contact in given.contacts[:persons]}
    given = attrs.evolve(given, contacts=tuple(each for each in given.contacts if each.account in accounts))
    return loaded.schedule, given, stretch(loaded.schedule.plan, None, None)


@pytest.mark.parametrize("folder", WITH_PEOPLE, ids=lambda place: place.name)
def test_the_examples(folder: Path) -> None:
    schedule, given, period = given_of(folder, None if LONG else FEW)
    assert same(schedule, given, *period).touches


def test_progress_counts_accounts_and_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretches, "STRETCH", 7)
    schedule, given, period = given_of(EXAMPLES / "family_car", FEW)
    told: list[tuple[int, int, int]] = []
    done = execute(schedule, given, *period, progress=lambda *each: told.append(each))
    tables = (done.touches, done.tasks, done.audiences, done.skips)
    of_people = sum(bool(row.contact) for table in tables for row in table) + len(done.moves)
    accounts = len({contact.account for contact in given.contacts})
    assert told[-1] == (accounts, accounts, of_people)
    assert told == sorted(told)
    assert len(told) > 2


@pytest.mark.parametrize("plan", OWN)
def test_generated_people(plan: str) -> None:
    @given(worlds(plan))
    @settings(max_examples=1500 if LONG else 12, deadline=None, suppress_health_check=list(HealthCheck))
    def holds(world: World) -> None:
        read = inputs.read(world.schedule, files_of(world))
        same(world.schedule, read.value, world.start, world.until)

    holds()


@pytest.mark.parametrize("plan", OWN)
def test_stretches_are_a_run(plan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However accounts are parted."""

    @given(worlds(plan), st.integers(1, 4))
    @settings(max_examples=500 if LONG else 4, deadline=None, suppress_health_check=list(HealthCheck))
    def holds(world: World, size: int) -> None:
        monkeypatch.setattr(stretches, "STRETCH", size)
        read = inputs.read(world.schedule, files_of(world))
        same(world.schedule, read.value, world.start, world.until)

    holds()


@given(plans(), st.data())
@settings(max_examples=1500 if LONG else 15, deadline=None, suppress_health_check=list(HealthCheck))
def test_generated_plans(plan: Plan, data: st.DataObject) -> None:
    schedule = compiled(plan.text)
    persons = data.draw(people.people(schedule))
    start, end = period(schedule)
    world = World(
        schedule=schedule,
        persons=persons,
        accounts=data.draw(people.accounts(schedule, persons)),
        events=data.draw(events.happenings(schedule, persons)),
        start=start,
        until=min(end, start + 120 * events.DAY),
    )
    for _ in range(data.draw(st.sampled_from([0, 1]))):
        answers = data.draw(events.answers(schedule, run(world).execution, persons))
        world = attrs.evolve(world, events=[*world.events, *answers])
    read = inputs.read(schedule, files_of(world)).value
    if unsupported(schedule):
        with pytest.raises(Refused):
            execute(schedule, read, world.start, world.until)
    else:
        same(schedule, read, world.start, world.until)


@given(st.data())
@settings(max_examples=2000 if LONG else 15, deadline=None, suppress_health_check=list(HealthCheck))
def test_plans_cut_anywhere(data: st.DataObject) -> None:
    """A run that begins and ends at any second, with accounts that are put into a phase."""
    world = data.draw(worlds(data.draw(st.sampled_from(OWN))))
    given = inputs.read(world.schedule, files_of(world)).value
    start = world.start + data.draw(st.integers(0, 40 * 86_400))
    until = start + data.draw(st.integers(-1, 60 * 86_400))
    phases = [phase.name for phase in world.schedule.journey.phases]
    homes = sorted({contact.account for contact in given.contacts})
    entries = data.draw(st.dictionaries(st.sampled_from(homes), st.sampled_from(phases)))
    expected = reference.execute(world.schedule, given, start, until, entries=entries)
    assert execute(world.schedule, given, start, until, entries=entries) == expected


@pytest.mark.parametrize("plan", OWN)
def test_nothing_of_the_plans_of_the_laws_is_refused(plan: str) -> None:
    assert unsupported(schedule_of(plan)) == ()
