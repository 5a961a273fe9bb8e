"""R24 to R26 by the engine: on any state it leaves what the reference leaves, whoever lived before.

`GRID_LAWS=long` compiles the kernel and tries thousands of cases; otherwise the same code runs without numba.
"""

from __future__ import annotations

import os

import attrs
import pytest

pytest.importorskip("numba")

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from gridlang.runtime.engine.columns import from_input
from gridlang.runtime.engine.lowering import unsupported
from gridlang.runtime.engine.state import advance
from gridlang.runtime.engine.today import OfColumns
from gridlang.runtime.rows import Input
from gridlang.runtime.state import Before, Gone, go_on
from gridlang.schedule.model import Schedule
from tests.laws.continued import gone_on, read, read_back, written
from tests.laws.plans_strategy import Plan, plans
from tests.laws.test_plans import compiled
from tests.laws.test_state import changed, cuts, invented
from tests.laws.worlds.plans import NAMES
from tests.laws.worlds.world import World, worlds

LONG = os.environ.get("GRID_LAWS") == "long"


def tried(times: int) -> settings:
    return settings(max_examples=100 * times if LONG else times, deadline=None, suppress_health_check=list(HealthCheck))


def same(
    schedule: Schedule, given: Input, before: Before | None, *, start: int, known: int, until: int, fingerprint: str
) -> Gone:
    """Both executions go on from one state, and are held against each other; gives the reference's."""
    asked = {"start": start, "known": known, "until": until, "fingerprint": fingerprint}
    expected = gone_on(schedule, given, before, **asked)  # type: ignore[arg-type]
    columns = from_input(given, {each.name: number for number, each in enumerate(schedule.events)})
    found = go_on(schedule, OfColumns(columns), before, **asked, advance=advance)  # type: ignore[arg-type]
    for part in ("facts", "planned"):
        for table in attrs.fields(type(expected.facts)):
            assert getattr(getattr(found, part), table.name) == getattr(getattr(expected, part), table.name), table.name
    lines = [written(each.saved.state).splitlines() for each in (found, expected)]
    for one, other in zip(*lines, strict=True):
        assert one == other, (one, other)
    for field in attrs.fields(Gone):
        assert getattr(found, field.name) == getattr(expected, field.name), field.name
    return expected


def hold(world: World, parts: list[int], ahead: int) -> None:
    """A world lived in parts, each of them by both."""
    whole, before = read(world), None
    for known in (*parts, world.until):
        until = min(world.until, known + ahead)
        gone = same(world.schedule, whole, before, start=world.start, known=known, until=until, fingerprint="")
        before = Before(state=read_back(written(gone.saved.state)), schedule=gone.saved.schedule)
    event("nothing made" if not gone.facts.touches else "made")


ahead = st.sampled_from([0, 1, 3_600, 7 * 86_400, 60 * 86_400])


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@tried(4)
def test_in_parts(name: str, data: st.DataObject) -> None:
    world = data.draw(worlds(name))
    hold(world, data.draw(cuts(world)), data.draw(ahead))


@given(plans(), st.data())
@tried(15)
def test_generated_plans_in_parts(plan: Plan, data: st.DataObject) -> None:
    schedule = compiled(plan.text)
    if not unsupported(schedule):
        world = data.draw(invented(schedule))
        hold(world, data.draw(cuts(world)), data.draw(ahead))


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@tried(5)
def test_whatever_changes_between_runs(name: str, data: st.DataObject) -> None:
    """People and accounts change, come and go, campaigns come and go, and tasks ask for other outcomes."""
    world = data.draw(worlds(name))
    before: Before | None = None
    for known in (*data.draw(cuts(world)), world.until):
        today = data.draw(changed(world))
        until = min(world.until, known + data.draw(ahead))
        mark = str(hash(today.schedule.campaigns))
        gone = same(today.schedule, read(today), before, start=world.start, known=known, until=until, fingerprint=mark)
        before = Before(state=read_back(written(gone.saved.state)), schedule=gone.saved.schedule)
