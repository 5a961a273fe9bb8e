"""A run's tasks in a calendar, read back by icalendar and recurring-ical-events."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events

from gridlang.runtime.outputs.lists import Ran, known
from gridlang.runtime.outputs.task_calendar import TaskCalendarOptions
from tests.unit.examples.plans import compiled, executed, given


def calendars(name: str, **options: Any) -> dict[str, Any]:
    execution = executed(name)
    ran = Ran(schedule=compiled(name).schedule, execution=execution, tasks=execution.tasks, given=given(name))
    files = known()["task_calendar"].files(ran, TaskCalendarOptions(**options))
    assert all(b"\r\n" in file.content and max(map(len, file.content.split(b"\r\n"))) <= 75 for file in files)
    return {file.path: icalendar.Calendar.from_ical(file.content) for file in files}


def test_every_open_task_is_there_at_its_moment_also_in_summer() -> None:
    tasks = [task for task in executed("canteen_dishwasher").tasks if task.state in ("open", "overdue")]
    made = calendars("canteen_dishwasher")
    assert sorted(made) == sorted({f"tasks_{task.team}.ics" for task in tasks})
    zone = ZoneInfo(compiled("canteen_dishwasher").schedule.plan.timezone)
    shown = {
        (str(event["uid"]).removesuffix("@gridlang"), event["dtstart"].dt.astimezone(zone))
        for calendar in made.values()
        for event in recurring_ical_events.of(calendar).between(dt.date(2027, 1, 1), dt.date(2028, 1, 1))
    }
    assert shown == {(task.id, dt.datetime.fromtimestamp(task.due, zone)) for task in tasks}
    todos = {
        (str(t["uid"])[:20], t["due"].dt.timestamp()) for calendar in made.values() for t in calendar.walk("VTODO")
    }
    assert todos == {(task.id, task.due if task.deadline is None else task.deadline) for task in tasks}


@pytest.mark.parametrize(
    ("work", "kinds"), [("events", {"VEVENT"}), ("todos", {"VTODO"}), ("both", {"VEVENT", "VTODO"})]
)
def test_in_the_form_that_a_program_reads(work: str, kinds: set[str]) -> None:
    (made, *_) = calendars("canteen_dishwasher", work=work).values()
    assert {each.name for each in made.walk()} - {"VCALENDAR"} == kinds


def test_every_entry_says_where_it_comes_from() -> None:
    for made in calendars("family_car").values():
        for event in made.walk("VEVENT"):
            assert str(event["x-gridlang-source"]).startswith("campaigns.grid:")
            assert str(event["x-gridlang-declaration"]).startswith("campaign ")
