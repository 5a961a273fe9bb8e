"""A run's open tasks as iCalendar (RFC 5545), a file a team: for those who work from a calendar instead of a CRM.

All moments are UTC, so a reader needs no time zone, and daylight saving is its own affair. DTSTAMP is the moment up to
which the run went: nothing comes from a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import attrs

from gridlang.crm import texts
from gridlang.crm.item import Item
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule
from gridlang.settings import setting
from gridlang.settings.options import Options

_HALF_AN_HOUR = 1800
SOURCE, DECLARATION = "x-gridlang-source", "x-gridlang-declaration"


@attrs.frozen(kw_only=True)
class TaskCalendarOptions(Options):
    """`[targets.task_calendar]`."""

    work: Literal["both", "events", "todos"] = setting(
        "both", "tasks as entries of the calendar, as a list of things to do, or both"
    )


def files(
    schedule: Schedule, items: Iterable[Item], until: int, options: TaskCalendarOptions
) -> tuple[OutputFile, ...]:
    """`tasks_TEAM.ics` for each team that has open tasks, in order of declaration."""
    mine: dict[str, list[Item]] = {}
    for item in items:
        if not item.done:
            mine.setdefault(item.team, []).append(item)
    teams = [team for team in schedule.teams if team.name in mine]
    return tuple(
        OutputFile(
            f"tasks_{team.name}.ics",
            _calendar(f"{schedule.plan.label}: {team.label}", mine[team.name], until, options.work),
        )
        for team in teams
    )


def _calendar(name: str, items: Iterable[Item], until: int, work: str) -> bytes:
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", "-//gridlang//gridlang//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", texts.clean(name))
    made.add("x-wr-calname", texts.clean(name))
    for item in items:
        if work != "events":
            todo = icalendar.Todo()
            _describe(todo, item, until, f"{item.id}-todo")
            todo.add("due", _utc(item.due))
            todo.add("status", "NEEDS-ACTION")
            todo.add("priority", 1 if item.priority > 66 else 5 if item.priority >= 34 else 9)
            made.add_component(todo)
        if work != "todos":
            event = icalendar.Event()
            _describe(event, item, until, item.id)
            event.add("dtstart", _utc(item.start))
            event.add("dtend", _utc(item.start + _HALF_AN_HOUR))
            made.add_component(event)
    return bytes(made.to_ical())


def _describe(component: object, item: Item, until: int, uid: str) -> None:
    add = component.add  # type: ignore[attr-defined]
    add("uid", f"{uid}@gridlang")
    add("dtstamp", _utc(until))
    add("summary", texts.clean(" ".join(item.subject.split())))
    add("description", texts.clean("\n".join(item.lines)))
    if item.member:
        add("contact", texts.clean(item.member))
    add(SOURCE, f"{item.place.file}:{item.place.line}")
    add(DECLARATION, texts.clean(item.place.declaration))


def _utc(moment: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(moment, dt.UTC)
