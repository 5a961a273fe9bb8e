"""What dates and durations come to: when a duration ends that begins on a day, and what it passes over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gridlang.quantities import Duration
from gridlang.runtime.explain import wall_clock
from gridlang.schedule import clock
from gridlang.schedule.clock import WorkCalendar
from gridlang.schedule.model import Schedule

MOST_DAYS = 60


def said(moment: int, zone: str, *, year: int | None = None) -> str:
    """`Mon 8 Feb 09:00`, with the year where it is not the one that was told."""
    when = clock.local(moment, zone)
    return f"{wall_clock.day(when)}{_year(when, year)} {wall_clock.time(when)}"


def _year(when: dt.date, told: int | None) -> str:
    return "" if told is None or when.year == told else f" {when.year}"


def ends(schedule: Schedule, duration: Duration, day: dt.date) -> dt.date | dt.datetime:
    """When a duration ends that begins on a day."""
    return clock.shift_date(day, duration, 1, WorkCalendar(schedule.calendar))


def told(schedule: Schedule, duration: Duration, first: dt.date) -> str:
    """`2 workdays: from Wed 24 Mar over Easter to Wed 31 Mar`."""
    end = ends(schedule, duration, first)
    last = end.date() if isinstance(end, dt.datetime) else end
    over = list(passed_over(schedule, first, last)) if duration.unit == "workdays" else []
    between = f" over {' and '.join(over) if len(over) < 3 else f'{over[0]} … {over[-1]}'}" if over else ""
    time = f" {wall_clock.time(end)}" if isinstance(end, dt.datetime) else ""
    return f"{duration}: from {day(first)}{between} to {day(last)}{_year(last, first.year)}{time}"


def day(date: dt.date) -> str:
    """`Wed 24 Mar`."""
    return wall_clock.day(dt.datetime(date.year, date.month, date.day))


def about(schedule: Schedule | None, date: dt.date) -> str:
    """`Thu 25 Mar 2027, week 12: Skærtorsdag, no workday`; without a schedule nothing of a calendar."""
    text = f"{day(date)} {date.year}, week {date.isocalendar().week}"
    if schedule is None:
        return text
    names = [each.name for each in schedule.calendar.holidays if each.date == date.isoformat()]
    calendar = WorkCalendar(schedule.calendar)
    told = [*names, *(["no workday"] if not calendar.is_workday(date) else [])]
    told += ["in a blackout"] if calendar.blackout(date) else []
    return f"{text}: {', '.join(told)}" if told else text


def passed_over(schedule: Schedule, first: dt.date, last: dt.date) -> Iterator[str]:
    """What keeps people from working between two days: holidays and closed days by name; a mere weekend when alone."""
    calendar, names = WorkCalendar(schedule.calendar), {each.date: each.name for each in schedule.calendar.holidays}
    found: dict[str, None] = {}
    weekend = False
    for number in range(1, min((last - first).days, MOST_DAYS)):
        day = first + dt.timedelta(days=number)
        if calendar.is_workday(day):
            continue
        if day.isoformat() in names:
            found[names[day.isoformat()]] = None
        elif day.weekday() in schedule.calendar.weekend:
            weekend = True
        else:
            found["closed days"] = None
    yield from found
    if weekend and not found:
        yield "the weekend"


def over_a_holiday(schedule: Schedule, duration: Duration) -> dt.date | None:
    """A day of the plan's period from which counting workdays goes over a holiday; None when there is none."""
    calendar = WorkCalendar(schedule.calendar)
    start, end = schedule.plan.starts, schedule.plan.ends
    for holiday in schedule.calendar.holidays:
        day = dt.date.fromisoformat(holiday.date)
        if not start <= holiday.date <= end or day.weekday() in schedule.calendar.weekend:
            continue
        before = calendar.add_workdays(day, -1)
        if before.isoformat() >= start:
            return before
    return None
