"""R24 to R26 over generated worlds: January, then February, equals both at once, for every cut; and what follows.

`GRID_LAWS=long` tries many more (tests/laws/worlds/profile.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from gridlang.runtime.rows import Execution, Input
from gridlang.runtime.state import Before, go_on
from gridlang.runtime.state.put_out import handed_out
from gridlang.schedule.model import Campaign, Schedule
from gridlang.schedule.steps import Task
from tests.laws.continued import Folder, gone_on, lived, read, together, written
from tests.laws.plans_strategy import Plan, plans
from tests.laws.test_plans import compiled
from tests.laws.worlds import events, people
from tests.laws.worlds.plans import NAMES
from tests.laws.worlds.profile import tried
from tests.laws.worlds.world import World, period, worlds

TABLES = ("touches", "tasks", "audiences", "moves", "skips", "reports")


@st.composite
def cuts(draw: st.DrawFn, world: World) -> list[int]:
    """One to three moments, on days, on any second, and where something happens; twice the same too."""
    length = world.until - world.start
    day = st.integers(0, length // 86_400).map(lambda days: world.start + days * 86_400)
    second = st.integers(0, length).map(lambda seconds: world.start + seconds)
    moments = {moment for moment in _moments(world) if world.start <= moment <= world.until}
    at_something = st.sampled_from(sorted(moments)) if moments else day
    return sorted(draw(st.lists(st.one_of(day, second, at_something), min_size=1, max_size=3)))


def _moments(world: World) -> list[int]:
    """When something is sent, handed out, skipped or moved, and the seconds beside it."""
    done = lived(world, []).execution
    made = [row.due for row in (*done.touches, *done.tasks)]
    made += [row.at for row in (*done.skips, *done.moves)] + [row.start for row in done.audiences]
    return [moment + beside for moment in made[:40] for beside in (0, 1)]


def whole_file(whole: Input, since: int, until: int) -> Input:
    """Every run is handed everything."""
    return whole


def new_rows(first: int) -> object:
    """Each run is handed only what happened since the last; the first of them, what was before."""

    def handed(whole: Input, since: int, until: int) -> Input:
        rows = (row for row in whole.happenings if row.at < until and (since <= row.at or since == first))
        return attrs.evolve(whole, happenings=tuple(rows))

    return handed


def hold(world: World, parts: Sequence[int]) -> None:
    """Rows, issues, because-chains, counts and the state itself are those of one run."""
    once = lived(world, [])
    event("nothing made" if not once.execution.touches else "made")
    for handed in (whole_file, new_rows(world.start)):
        split = lived(world, parts, given=handed)  # type: ignore[arg-type]
        for table in TABLES:
            assert getattr(split.execution, table) == getattr(once.execution, table), table
        assert attrs.evolve(split.execution.counts, lived=once.execution.counts.lived) == once.execution.counts
        assert sorted(map(str, split.issues)) == sorted(map(str, once.issues))
        assert split.state.splitlines() == once.state.splitlines()


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@tried(6)
def test_in_parts_equals_at_once(name: str, data: st.DataObject) -> None:
    world = data.draw(worlds(name))
    hold(world, data.draw(cuts(world)))


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@tried(4)
def test_an_edit_that_says_the_same_changes_nothing(name: str, data: st.DataObject) -> None:
    """R25: everybody is asked again, and stands where they stood. What waits may tell another way to the same moment:
    chains say what was known when they were asked."""
    world = data.draw(worlds(name))
    parts = data.draw(cuts(world))
    once, split = lived(world, []), lived(world, parts, edited=True)
    for table in TABLES:
        rows = [list(map(_unexplained, getattr(each.execution, table))) for each in (split, once)]
        assert rows[0] == rows[1], table
    assert sorted(map(str, split.issues)) == sorted(map(str, once.issues))


def _unexplained(row: object) -> object:
    return attrs.evolve(row, because=()) if hasattr(row, "because") else row  # type: ignore[type-var]


@given(plans(), st.data())
@tried(25)
def test_generated_plans_in_parts_equal_at_once(plan: Plan, data: st.DataObject) -> None:
    world = data.draw(invented(compiled(plan.text)))
    hold(world, data.draw(cuts(world)))


@st.composite
def invented(draw: st.DrawFn, schedule: Schedule) -> World:
    persons = draw(people.people(schedule))
    start, end = period(schedule)
    return World(
        schedule=schedule,
        persons=persons,
        accounts=draw(people.accounts(schedule, persons)),
        events=draw(events.happenings(schedule, persons)),
        start=start,
        until=min(end, start + 120 * events.DAY),
    )


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@tried(3)
def test_what_is_known_changes_no_row(name: str, data: st.DataObject) -> None:
    """With the same files, a run that knows less gives the same rows, and its facts are those of a run that ends there;
    its state too."""
    world = data.draw(worlds(name))
    known = data.draw(cuts(world))[0]
    given_ = read(world)
    gone = go_on(world.schedule, given_, None, start=world.start, known=known, until=world.until)
    short = go_on(world.schedule, given_, None, start=world.start, known=known, until=known)
    assert gone.facts == short.facts
    assert written(gone.saved.state) == written(short.saved.state)
    once = lived(world, []).execution
    for table in ("touches", "moves", "skips", "reports"):
        assert getattr(gone.facts, table) + getattr(gone.planned, table) == getattr(once, table), table


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@tried(3)
def test_handing_out_what_is_new_and_calling_back_what_is_withdrawn(name: str, data: st.DataObject) -> None:
    """Events become known as they happen; whoever follows `news` and `withdrawn` has what holds, after every run."""
    world = data.draw(worlds(name))
    given_, folder, has = read(world), Folder(), dict[tuple[str, str], object]()
    parts: list[Execution] = []
    for known in (*data.draw(cuts(world)), world.until):
        heard = tuple(row for row in given_.happenings if row.at < known)
        until = min(world.until, known + data.draw(st.sampled_from([0, 1, 7, 60])) * events.DAY)
        made = folder.run(world, attrs.evolve(given_, happenings=heard), known=known, until=until)
        rows = {(table, row.id): row for table, row in handed_out(made.execution)}
        has |= {key: row for key, row in rows.items() if made.marks.news[key] != "known"}
        for row in made.marks.withdrawn:
            has.pop((row.table, row.id), None)  # a day that is run again tells again what it called back
        parts.append(_facts(made.execution, known))
        holds = together([*parts, made.execution])
        assert has.keys() == {(table, row.id) for table, row in handed_out(holds)}
        assert all(_unexplained(has[key]) == _unexplained(row) for key, row in rows.items())
    once = lived(world, []).execution
    told = {row.id: row for part in parts for row in part.touches}
    assert tuple(told.values()) == once.touches


def _facts(execution: Execution, known: int) -> Execution:
    return attrs.evolve(
        execution,
        touches=tuple(row for row in execution.touches if row.due < known),
        tasks=tuple(row for row in execution.tasks if row.due < known),
        audiences=tuple(row for row in execution.audiences if row.start < known),
    )


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
@tried(4)
def test_whatever_changes_between_runs_no_id_is_made_twice(name: str, data: st.DataObject) -> None:
    """People and accounts change, come and go, campaigns come and go, steps change their names: every run ends, keeps
    a state that reads back, tells whole chains, and makes no id anew."""
    world = data.draw(worlds(name))
    before: Before | None = None
    seen: set[str] = set()
    for known in (*data.draw(cuts(world)), world.until):
        today = data.draw(changed(world))
        gone = gone_on(
            today.schedule,
            read(today),
            before,
            start=world.start,
            known=known,
            until=world.until,
            fingerprint=str(hash(today.schedule.campaigns)),
        )
        for row in (*gone.facts.touches, *gone.facts.skips):
            assert row.id not in seen
            seen.add(row.id)
            assert all(0 <= link.place < len(gone.schedule.places) for link in row.because)
        opened = {row.id for row in gone.facts.tasks if row.due >= gone.since and row.kind == "task"}
        assert not opened & seen
        seen |= opened
        assert all(row.due >= gone.since for row in gone.facts.touches)
        before = gone.saved


@st.composite
def changed(draw: st.DrawFn, world: World) -> World:
    """Another day's rows, and another day's plan."""
    others = {row["id"]: row for row in draw(people.people(world.schedule))}
    persons = [
        draw(
            st.sampled_from(
                [row, row, {**others.get(row["id"], row), "account": row["account"]}, others.get("p0", row)]
            )
        )
        for row in world.persons
    ]
    kept_ = {row["id"]: row for row in persons if draw(st.integers(0, 5))} or {persons[0]["id"]: persons[0]}
    campaigns = tuple(draw(_edited(campaign)) for campaign in world.schedule.campaigns if draw(st.integers(0, 5)))
    return attrs.evolve(
        world,
        persons=list(kept_.values()),
        schedule=attrs.evolve(world.schedule, campaigns=campaigns or world.schedule.campaigns),
    )


@st.composite
def _edited(draw: st.DrawFn, campaign: Campaign) -> Campaign:
    """Sometimes its tasks ask for other outcomes than they did: fewer, and one that is new."""
    if draw(st.integers(0, 2)):
        return campaign
    steps = tuple(draw(_asked_otherwise(step)) if isinstance(step, Task) else step for step in campaign.steps)
    return attrs.evolve(campaign, steps=steps)


@st.composite
def _asked_otherwise(draw: st.DrawFn, task: Task) -> Task:
    offered: set[str] = set()
    arms = []
    for arm in task.arms:
        words = [draw(st.sampled_from([word, word, "rang_twice", ""])) for word in arm.outcomes]
        kept_ = tuple(word for word in dict.fromkeys(words) if word and word not in offered)
        offered.update(kept_)
        arms += [attrs.evolve(arm, outcomes=kept_)] if kept_ else []
    return attrs.evolve(task, arms=tuple(arms))
