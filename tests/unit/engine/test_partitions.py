"""Accounts executed in partitions, put together, are a run of all of them: what Spark is given, without Spark."""

from __future__ import annotations

import os
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from gridlang.cli.period import stretch
from gridlang.cli.plan import load
from gridlang.runtime import inputs, reference
from gridlang.runtime.engine import driving
from gridlang.runtime.engine.as_rows import as_execution
from gridlang.runtime.engine.lowering import Refused
from gridlang.runtime.engine.reading import read as read_columns
from gridlang.runtime.engine.spark import handing, refused
from gridlang.runtime.engine.spark.execution import execute, run
from gridlang.runtime.rows import Execution
from gridlang.schedule.model import Schedule
from tests.laws.worlds.plans import OWN, schedule_of
from tests.laws.worlds.world import World, files_of, worlds
from tests.unit.engine.partitions import ByHand, some, without_capacity
from tests.unit.engine.test_reading import PLANS
from tests.unit.engine.test_reading import files_of as files_of_example

FEW = 40
LONG = os.environ.get("GRID_LAWS") == "long"


def schedule_at(folder: Path) -> Schedule:
    found = load(str(folder)).schedule
    assert found is not None
    return found


def equal(found: Execution, expected: Execution) -> None:
    for table in attrs.fields(Execution):
        assert getattr(found, table.name) == getattr(expected, table.name), table.name


@pytest.mark.parametrize("folder", PLANS, ids=lambda place: place.name)
def test_the_examples(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small log: every partition gives several parts."""
    monkeypatch.setattr(driving, "_FIRST_LOG", 1 << 12)
    schedule = without_capacity(schedule_at(folder))
    people = some(schedule, files_of_example(folder), FEW)
    period = stretch(schedule.plan, None, None)
    expected = reference.execute(schedule, people, *period)
    assert expected.touches
    equal(execute(schedule, people, *period, session=ByHand()), expected)


@pytest.mark.parametrize("plan", OWN)
def test_generated_people(plan: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when nearly every column sends its values with its rows."""
    schedule = without_capacity(schedule_of(plan))

    @given(worlds(plan), st.data())
    @settings(max_examples=500 if LONG else 3, deadline=None, suppress_health_check=list(HealthCheck))
    def holds(world: World, data: st.DataObject) -> None:
        monkeypatch.setattr(handing, "SHARED", data.draw(st.sampled_from([1, 4096])))
        files, until = files_of(world), world.start + data.draw(st.integers(0, 90 * 86_400))
        phases = st.sampled_from([phase.name for phase in schedule.journey.phases])
        read = inputs.read(schedule, files).value
        homes = sorted({contact.account for contact in read.contacts})
        entries = data.draw(st.dictionaries(st.sampled_from(homes), phases)) if homes else {}
        expected = reference.execute(schedule, read, world.start, until, entries=entries)
        equal(execute(schedule, read, world.start, until, entries=entries, session=ByHand()), expected)
        columns = read_columns(schedule, files).value
        ran = run(schedule, columns, world.start, until, entries=entries, session=ByHand())
        equal(as_execution(ran.lowered, ran.parts, ran.whole), expected)

    holds()


def test_a_capacity_is_refused_where_a_task_meets_it() -> None:
    schedule = schedule_at(next(folder for folder in PLANS if folder.name == "family_car"))
    assert [team.name for team in refused(schedule)] == ["sales_desk"]
    people = inputs.read(schedule, files_of_example(PLANS[0])).value
    with pytest.raises(Refused, match="sales_desk"):
        execute(schedule, people, *stretch(schedule.plan, None, None), session=ByHand())
    silent = attrs.evolve(schedule, campaigns=())
    assert refused(silent) == ()
