"""When a channel or a team is open (R14): hours, days, quiet hours and blackouts, as stretches of moments.

A window's wall clocks are read by R10, so in the night in which an hour occurs twice a window begins and ends at the
first of the two. A window over midnight belongs to the day it starts: that day must be one of `days`. A blackout
closes dates, whatever window runs into them.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterator
from typing import TypeAlias

import attrs

from gridlang.quantities import Duration
from gridlang.schedule import clock
from gridlang.schedule.clock import DAY, WorkCalendar
from gridlang.schedule.model import Days, Hours

Link: TypeAlias = tuple[str, int, int]
"""What moved a moment: the rule's word (hours, days, quiet, blackout), its place, by how many seconds."""

FURTHEST_DAYS = 400
"""What has not opened by then never does: longer than a year, so that a yearly day is found."""


@attrs.frozen(eq=False)
class _Window:
    zone: str
    hours: tuple[Hours, ...]
    days: Days | None
    quiet: tuple[Hours, ...]
    calendar: WorkCalendar
    blackouts: bool


def next_open(
    moment: int,
    zone: str,
    hours: tuple[Hours, ...],
    days: Days | None,
    quiet: tuple[Hours, ...],
    calendar: WorkCalendar,
    *,
    blackouts: bool,
) -> tuple[int, tuple[Link, ...]] | None:
    """The first open moment not before `moment`, and the links that moved it there, in order (R14).

    The delays sum to the difference. None when nothing opens within 400 days.
    """
    window = _Window(zone, hours, days, quiet, calendar, blackouts)
    links: list[Link] = []
    at, limit = moment, moment + FURTHEST_DAYS * DAY
    while moved := _moved_by(window, at, limit):
        for link in moved:
            at += link[2]
            _append(links, link)
        if at > limit:
            return None
    return at, tuple(links)


def _append(links: list[Link], link: Link) -> None:
    """Add a link; one that only goes on with what the last one did becomes part of it."""
    if links and links[-1][:2] == link[:2]:
        link = (link[0], link[1], links.pop()[2] + link[2])
    links.append(link)


def _moved_by(window: _Window, at: int, limit: int) -> list[Link]:
    """What moves the moment now; nothing when it is open."""
    date = clock.local(at, window.zone).date()
    return _by_blackout(window, at, date) or _by_hours_and_days(window, at, date, limit) or _by_quiet(window, at, date)


def _by_blackout(window: _Window, at: int, date: dt.date) -> list[Link]:
    stretch = window.calendar.blackout(date) if window.blackouts else None
    if stretch is None:
        return []
    after = clock.next_date(dt.date.fromisoformat(stretch.end))
    return [("blackout", stretch.place, clock.midnight(after, window.zone) - at)]


def _by_quiet(window: _Window, at: int, date: dt.date) -> list[Link]:
    for quiet in window.quiet:
        for day in _around(date):
            start, end = bounds(quiet, day, window.zone)
            if start <= at < end:
                return [("quiet", quiet.place, end - at)]
    return []


def _by_hours_and_days(window: _Window, at: int, date: dt.date, limit: int) -> list[Link]:
    """`days` moves to 00:00 of the day that opens, `hours` from there to the opening."""
    if not window.hours:
        return _by_days(window, at, date, limit)
    day, hours, opens = _opening(window, at, date, limit)
    if opens <= at:
        return []
    if hours is None:
        place = window.days.place if window.days else window.hours[0].place
        return [("days" if window.days else "hours", place, opens - at)]
    links: list[Link] = []
    if window.days is not None and not _all_worked(window, date, day):
        begin = clock.midnight(day, window.zone)
        links += [("days", window.days.place, begin - at)] if at < begin else []
        at = max(at, begin)
    return [*links, ("hours", hours.place, opens - at)] if opens > at else links


def _by_days(window: _Window, at: int, date: dt.date, limit: int) -> list[Link]:
    if window.days is None or _worked(window, date):
        return []
    opens = next((clock.midnight(day, window.zone) for day in _from(date) if _worked(window, day)), limit + 1)
    return [("days", window.days.place, opens - at)]


def _opening(window: _Window, at: int, date: dt.date, limit: int) -> tuple[dt.date, Hours | None, int]:
    """The day, the hours and the first moment not before `at` at which some hours are open; without hours: never."""
    for day in itertools.chain(_around(date)[:-1], _from(date)):
        if not _worked(window, day):
            continue
        found = [(max(start, at), hours) for hours, start, end in _of(window.hours, day, window.zone) if at < end]
        if found:
            opens, hours = min(found, key=lambda each: each[0])
            return day, hours, opens
    return date, None, limit + 1


def _of(hours: tuple[Hours, ...], day: dt.date, zone: str) -> Iterator[tuple[Hours, int, int]]:
    for each in hours:
        start, end = bounds(each, day, zone)
        if start < end:
            yield each, start, end


def _worked(window: _Window, day: dt.date) -> bool:
    days = window.days
    if days is None:
        return True
    return window.calendar.is_workday(day) if days.workdays else day.weekday() in days.weekdays


def _all_worked(window: _Window, date: dt.date, day: dt.date) -> bool:
    """Whether the days from `date` up to, not with, `day` are worked: then only the hours held it up."""
    ordinals = range(date.toordinal(), day.toordinal())
    return all(_worked(window, dt.date.fromordinal(ordinal)) for ordinal in ordinals)


def _around(date: dt.date) -> tuple[dt.date, ...]:
    """The day before, from which hours may run over midnight, and the day."""
    return (date - dt.timedelta(days=1), date) if date > dt.date.min else (date,)


def _from(date: dt.date) -> Iterator[dt.date]:
    last = min(date.toordinal() + FURTHEST_DAYS, dt.date.max.toordinal())
    return (dt.date.fromordinal(ordinal) for ordinal in range(date.toordinal(), last + 1))


def bounds(hours: Hours, day: dt.date, zone: str) -> tuple[int, int]:
    """The moments at which the hours that belong to `day` begin and end; the end is excluded."""
    return _bounds(hours.start, hours.end, day, zone)


@functools.lru_cache(maxsize=1 << 16)
def _bounds(start: str, end: str, day: dt.date, zone: str) -> tuple[int, int]:
    opens, closes = minutes(start), minutes(end)
    if closes < opens:
        closes += 24 * 60
    return _at(day, opens, zone), _at(day, closes, zone)


def _at(day: dt.date, minutes_after: int, zone: str) -> int:
    days, rest = divmod(minutes_after, 24 * 60)
    for _ in range(days):
        day = clock.next_date(day)
    return clock.moment(dt.datetime.combine(day, dt.time(rest // 60, rest % 60)), zone)


def minutes(time: str) -> int:
    """Minutes after 00:00 of a wall clock as written; `24:00` is 1440."""
    hour, minute = time.split(":")[:2]
    return int(hour) * 60 + int(minute)


def add_open(
    moment: int,
    duration: Duration,
    zone: str,
    hours: tuple[Hours, ...],
    days: Days | None,
    calendar: WorkCalendar,
) -> int | None:
    """`duration` in a team's working time (R18, `due`).

    `min` and `h` run only while the team is open; longer units move the calendar (R9), and where the team is closed
    then, it is the next opening. None when the team never opens within 400 days.
    """
    elapsed = {"min": 60, "h": 3600}.get(duration.unit)
    at = moment if elapsed else clock.add(moment, duration, zone, calendar)
    left = duration.amount * elapsed if elapsed else 0
    while opened := next_open(at, zone, hours, days, (), calendar, blackouts=False):
        closes = _closing(opened[0], zone, hours, days)
        if closes is None or opened[0] + left <= closes:
            return opened[0] + left
        left -= closes - opened[0]
        at = closes
    return None


def _closing(at: int, zone: str, hours: tuple[Hours, ...], days: Days | None) -> int | None:
    """The end of the hours, or of the day, that are open at a moment; None when nothing ever closes."""
    date = clock.local(at, zone).date()
    if hours:
        return max(end for day in _around(date) for _, start, end in _of(hours, day, zone) if start <= at < end)
    return None if days is None else clock.midnight(clock.next_date(date), zone)
