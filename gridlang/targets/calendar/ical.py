"""Entries as iCalendar (RFC 5545), by the `icalendar` package.

Work stands twice, as VTODO and as VEVENT, since many programs read VEVENT only. Nothing comes from a clock: DTSTAMP is
the first moment of the period in UTC.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator

import icalendar

import gridlang
from gridlang.schedule import clock
from gridlang.schedule.model import Schedule
from gridlang.targets.calendar import Variant
from gridlang.targets.calendar.view import Entry
from gridlang.targets.calendar.zone import timezone

PRODID = f"-//gridlang//gridlang {gridlang.__version__}//EN"
DOMAIN = "gridlang"
"""What stands after the `@` of every UID."""
SOURCE, DECLARATION = "x-gridlang-source", "x-gridlang-declaration"
"""Where in the plan an entry comes from: file and line, and what is declared there."""


def calendar(schedule: Schedule, entries: Iterable[Entry], work: Variant = "both", name: str | None = None) -> bytes:
    """The file: lines end in CRLF and hold at most 75 octets. `name` is what programs call it, else the plan's."""
    plan = schedule.plan
    name = name or plan.label
    made = icalendar.Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("name", _text(name))
    made.add("x-wr-calname", _text(name))
    made.add("x-wr-timezone", plan.timezone)
    listed = list(entries)
    if any(isinstance(entry.first, dt.datetime) for entry in listed) and plan.timezone != "UTC":
        made.add_component(timezone(plan))
    for entry in listed:
        for component in _components(entry, schedule, work):
            made.add_component(component)
    return bytes(made.to_ical())


def _components(entry: Entry, schedule: Schedule, work: Variant) -> Iterator[icalendar.Component]:
    if entry.work and work != "events":
        yield _todo(entry, schedule)
    if not entry.work or work != "todos":
        yield from _events(entry, schedule)


def _todo(entry: Entry, schedule: Schedule) -> icalendar.Todo:
    todo = icalendar.Todo()
    _describe(todo, entry, schedule, f"{entry.id}-todo")
    todo.add("due", entry.last)
    todo.add("status", "NEEDS-ACTION")
    todo.add("priority", 5)
    return todo


def _events(entry: Entry, schedule: Schedule) -> Iterator[icalendar.Event]:
    """One event; a series that no rule says exactly is an event a turn."""
    series = entry.series
    if series is None:
        yield _event(entry, schedule, entry.id)
    elif series.rule is None:
        for number, turn in enumerate(series.turns, start=1):
            yield _timed(entry, schedule, f"{entry.id}-{number}", turn)
    else:
        event = _timed(entry, schedule, entry.id, series.first)
        frequency, interval = series.rule
        event.add("rrule", {"freq": frequency, "interval": interval, "count": len(series.turns)})
        yield event


def _event(entry: Entry, schedule: Schedule, uid: str) -> icalendar.Event:
    """Whole days; iCalendar's end is the day after the last."""
    event = icalendar.Event()
    _describe(event, entry, schedule, uid)
    event.add("dtstart", entry.first)
    event.add("dtend", clock.next_date(entry.last))
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    return event


def _timed(entry: Entry, schedule: Schedule, uid: str, at: dt.datetime) -> icalendar.Event:
    """A moment on the plan's clock; a wall clock that is skipped that day is the first after the gap (R10)."""
    zone = schedule.plan.timezone
    local = clock.local(clock.moment(at, zone), zone)
    event = icalendar.Event()
    _describe(event, entry, schedule, uid)
    event.add("dtstart", local.replace(tzinfo=clock.zone_info(zone)))
    event.add("transp", "TRANSPARENT")
    return event


def _describe(component: icalendar.Component, entry: Entry, schedule: Schedule, uid: str) -> None:
    start = dt.datetime.fromisoformat(schedule.plan.starts).replace(tzinfo=dt.UTC)
    component.add("uid", f"{uid}@{DOMAIN}")
    component.add("dtstamp", start)
    component.add("summary", _text(entry.summary))
    if entry.details:
        component.add("description", _text("\n".join(entry.details)))
    component.add("categories", [_text(entry.category)])
    component.add(SOURCE, _text(f"{schedule.places[entry.place].file}:{schedule.places[entry.place].line}"))
    component.add(DECLARATION, _text(schedule.places[entry.place].declaration))


def _text(text: str) -> icalendar.vText:
    """A text as RFC 5545 knows it: signs that separate are escaped, and control characters left out."""
    return icalendar.vText("".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc"))
