"""R26: January, then February, equals both at once, for every cut; and the same day twice changes nothing."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from gridlang.runtime.rows import Input
from tests.laws.continued import lived
from tests.laws.worlds.plans import NAMES
from tests.laws.worlds.profile import tried
from tests.laws.worlds.world import World, worlds


@st.composite
def cuts(draw: st.DrawFn, world: World) -> list[int]:
    """One to three moments, on days and on any second, twice the same too."""
    length = world.until - world.start
    day = st.integers(0, length // 86_400).map(lambda days: world.start + days * 86_400)
    second = st.integers(0, length).map(lambda seconds: world.start + seconds)
    moments = {happening for happening in _moments(world) if world.start <= happening <= world.until}
    at_something = st.sampled_from(sorted(moments)) if moments else day
    return sorted(draw(st.lists(st.one_of(day, second, at_something), min_size=1, max_size=3)))


def _moments(world: World) -> list[int]:
    """When something is sent, handed out, skipped or moved, and the seconds beside it."""
    done = lived(world, []).execution
    made = [row.due for row in (*done.touches, *done.tasks)]
    made += [row.at for row in (*done.skips, *done.moves)] + [row.start for row in done.audiences]
    return [moment + beside for moment in made[:40] for beside in (0, 1)]


def of_its_days(whole: Input, since: int, until: int) -> Input:
    """Each run is given only what happened since the last."""
    rows = (row for row in whole.happenings if since <= row.at < until or (row.at < until and since == _FIRST[0]))
    return attrs.evolve(whole, happenings=tuple(rows))


_FIRST = [0]


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@tried(6)
def test_in_parts_equals_at_once(name: str, data: st.DataObject) -> None:
    """Rows, issues, because-chains, counts and the state itself; with the whole file each time, or its new rows."""
    world = data.draw(worlds(name))
    parts = data.draw(cuts(world))
    _FIRST[0] = world.start
    once = lived(world, [])
    event("nothing made" if not once.execution.touches else "made")
    for handed in (lambda whole, since, until: whole, of_its_days):
        split = lived(world, parts, given=handed)
        for table in ("touches", "tasks", "audiences", "moves", "skips", "reports"):
            assert getattr(split.execution, table) == getattr(once.execution, table), table
        assert attrs.evolve(split.execution.counts, lived=once.execution.counts.lived) == once.execution.counts
        assert sorted(map(str, split.issues)) == sorted(map(str, once.issues))
        assert split.state.splitlines() == once.state.splitlines()
