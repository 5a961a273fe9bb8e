"""The years that were played: each row is an answer to what the plan did, and everybody in it has the last word."""

from __future__ import annotations

import csv
import datetime as dt
import io
import runpy
from collections import Counter
from functools import cache

import attrs
import pytest

from gridlang.cli.period import stretch
from gridlang.runtime import outputs, reference
from gridlang.runtime.rows import Execution
from gridlang.schedule import clock
from tests.unit.examples.plans import EXAMPLES, Arrow, arrows, compiled, given, tracked

PLAYED = ("canteen_dishwasher", "two_brands/bikes", "two_brands/boats")
BRANDS = ("bikes", "boats")
HINT = "the plan, or what it means, has changed: run make_people.py in its folder"


@cache
def year(name: str) -> tuple[Execution, set[Arrow]]:
    return tracked(name)


def rows(name: str, table: str) -> list[dict[str, str]]:
    """A table of the year's run as `grid run` writes it."""
    written = outputs.files(compiled(name).schedule, year(name)[0], "csv")
    content = next(file.content for file in written if file.path == f"{table}.csv")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


@pytest.mark.parametrize("name", PLAYED)
def test_every_arrow_of_every_flowchart_is_taken(name: str) -> None:
    assert sorted(arrows(compiled(name).schedule) - year(name)[1]) == []


@pytest.mark.parametrize("name", PLAYED)
def test_every_event_of_the_journey_moves_somebody(name: str) -> None:
    """By itself, or as an event that starts from it; arrows without an event are for `move`."""
    schedule = compiled(name).schedule
    lines = {event.name: {event.name, *event.ancestors} for event in schedule.events}
    moved = {(row.source, row.target, event) for row in year(name)[0].moves for event in lines.get(row.why, {row.why})}
    drawn = {(edge.source, edge.target, event) for edge in schedule.journey.transitions for event in edge.events}
    assert sorted(drawn - moved) == []


@pytest.mark.parametrize("name", PLAYED)
def test_every_row_is_used(name: str) -> None:
    assert year(name)[0].issues == ()


def test_the_canteen_year_is_what_its_people_answer() -> None:
    folder = EXAMPLES / "canteen_dishwasher"
    script = runpy.run_path(str(folder / "make_people.py"))
    for file, text in script["people"]().items():
        assert (folder / file).read_text("utf-8") == text, HINT
    made = script["year"](rows("canteen_dishwasher", "touches"), rows("canteen_dishwasher", "tasks"))
    assert made == (folder / "events.csv").read_text("utf-8"), HINT


def test_the_canteen_has_120_companies_and_400_persons() -> None:
    execution = year("canteen_dishwasher")[0]
    assert sum(execution.counts.by_segment.values()) == 120
    assert len((EXAMPLES / "canteen_dishwasher" / "persons.csv").read_text("utf-8").splitlines()) == 401


def test_the_bid_desk_is_small_enough_to_be_felt() -> None:
    """One offer a day: some wait for the desk, and no day has two."""
    offers = [task for task in year("canteen_dishwasher")[0].tasks if task.team == "bid_desk" and task.kind == "task"]
    days = Counter(clock.local(task.due, "Europe/Berlin").date() for task in offers)
    assert set(days.values()) == {1}
    assert any(link.rule == "capacity" and link.delay for task in offers for link in task.because)


def test_two_brands_have_told_each_other_everything() -> None:
    folder = EXAMPLES / "two_brands"
    script = runpy.run_path(str(folder / "make_people.py"))
    runs = {brand: [rows(f"two_brands/{brand}", table) for table in ("touches", "tasks")] for brand in BRANDS}
    for brand, text in script["year"](runs).items():
        assert (folder / brand / "persons.csv").read_text("utf-8") == script["persons"]()
        assert (folder / brand / "events.csv").read_text("utf-8") == text, HINT


def test_nobody_hears_from_the_house_more_than_twice_a_week() -> None:
    """Counted over both brands' own tables, as the people in front of the inbox would."""
    heard: dict[str, list[int]] = {}
    for brand in BRANDS:
        execution = year(f"two_brands/{brand}")[0]
        made = [(touch.contact, touch.due) for touch in execution.touches if touch.contact]
        made += [(task.contact, task.due) for task in execution.tasks if task.kind == "task"]
        for contact, due in made:
            heard.setdefault(contact, []).append(due)
    assert sum(map(len, heard.values())) > 300
    for contact, moments in heard.items():
        moments.sort()
        for first, third in zip(moments, moments[2:], strict=False):
            assert third >= _a_week_after(first), contact


def _a_week_after(moment: int) -> int:
    return clock.moment(clock.local(moment, "Europe/Berlin") + dt.timedelta(days=7), "Europe/Berlin")


@pytest.mark.parametrize("brand", BRANDS)
def test_without_the_other_brands_contacts_a_touch_comes_earlier(brand: str) -> None:
    name = f"two_brands/{brand}"
    told, schedule = given(name), compiled(name).schedule
    alone = attrs.evolve(told, happenings=tuple(event for event in told.happenings if event.event != "contacted"))
    assert len(told.happenings) - len(alone.happenings) > 100
    blind = reference.execute(schedule, alone, *stretch(schedule.plan, None, None))
    before = {touch.id: touch.due for touch in blind.touches}
    held_back = [touch for touch in year(name)[0].touches if before.get(touch.id, touch.due) < touch.due]
    assert held_back
    assert any(link.rule == "cap" and link.delay for link in held_back[0].because)
