"""The stretches of time that a run is told in: weeks, and the units that aims and capacities are written in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import assert_never

import attrs

from gridlang.quantities import CalendarUnit, Duration, DurationUnit, Rate
from gridlang.runtime.figures import Figures, week_of
from gridlang.schedule.clock import date_of, day_of
from gridlang.schedule.model import Schedule
from gridlang.targets.words import Words


@attrs.frozen
class Span:
    """Days from `first` to `last`, both of the run; `whole` is how many days it has where no run cuts it."""

    first: int
    last: int
    whole: int

    @property
    def days(self) -> int:
        return self.last - self.first + 1


def days_of(schedule: Schedule, figures: Figures) -> tuple[int, int]:
    """The first and the last day of a run, on the plan's clock."""
    zone, (begin, until) = schedule.plan.timezone, figures.counts.lived
    return day_of(begin, zone), day_of(max(begin, until - 1), zone)


def counted_days(schedule: Schedule, figures: Figures) -> tuple[int, int]:
    """The first and the last day of the counters; a run on a state counts on from the first one."""
    return day_of(figures.counts.since, schedule.plan.timezone), days_of(schedule, figures)[1]


def weeks_of(schedule: Schedule, figures: Figures) -> tuple[Span, ...]:
    """The weeks of a run; their first Monday may lie before it."""
    return tuple(_calendar(*days_of(schedule, figures), "week"))


def monday(span: Span) -> int:
    """What `Figures` call the week that a span lies in."""
    return week_of(span.first * 86_400, "UTC")


def spans_of(rate: Rate | None, first: int, last: int) -> tuple[Span, ...]:
    """The spans of a run in which a rate is counted; months where there is none."""
    if rate is None:
        return tuple(_calendar(first, last, "month"))
    unit = rate.calendar or _unit_of(rate.duration)
    return tuple(_calendar(first, last, unit) if isinstance(unit, str) else _rolling(first, last, unit))


def _unit_of(duration: Duration | None) -> CalendarUnit | int:
    """A duration as a unit of the calendar, or as days: a rolling aim is told in stretches of its length."""
    assert duration is not None
    units: dict[tuple[int, DurationUnit], CalendarUnit] = {
        (1, "d"): "day",
        (1, "w"): "week",
        (7, "d"): "week",
        (1, "mo"): "month",
        (3, "mo"): "quarter",
        (1, "y"): "year",
        (12, "mo"): "year",
    }
    return units.get((duration.amount, duration.unit)) or max(1, duration.amount * _DAYS[duration.unit])


_DAYS: dict[DurationUnit, int] = {"min": 0, "h": 0, "d": 1, "w": 7, "mo": 30, "y": 365, "workdays": 1}


def _rolling(first: int, last: int, days: int) -> Iterator[Span]:
    for begin in range(first, last + 1, days):
        yield Span(begin, min(last, begin + days - 1), days)


def _calendar(first: int, last: int, unit: CalendarUnit) -> Iterator[Span]:
    while first <= last:
        begin, following = _bounds(date_of(first), unit)
        whole = (following - begin).days
        end = min(last, first + (following - date_of(first)).days - 1)
        yield Span(first, end, whole)
        first = end + 1


def _bounds(date: dt.date, unit: CalendarUnit) -> tuple[dt.date, dt.date]:
    """The first day of the unit that holds a date, and of the next one."""
    match unit:
        case "day":
            return date, date + dt.timedelta(days=1)
        case "week":
            begin = date - dt.timedelta(days=date.weekday())
            return begin, begin + dt.timedelta(days=7)
        case "month":
            return _months(date, 1)
        case "quarter":
            return _months(date, 3)
        case "year":
            return _months(date, 12)
        case _:
            assert_never(unit)


def _months(date: dt.date, count: int) -> tuple[dt.date, dt.date]:
    begin = date.replace(day=1, month=(date.month - 1) // count * count + 1)
    year, month = divmod(begin.month - 1 + count, 12)
    return begin, begin.replace(year=begin.year + year, month=month + 1)


def name(words: Words, span: Span) -> str:
    """`4–10 Jan 2027`-like, from its first to its last day; a day alone by its date."""
    first, last = date_of(span.first), date_of(span.last)
    if first == last:
        return words.date(first, "medium")
    return f"{words.skeleton(first, 'MMMd')} – {words.date(last, 'medium')}"


def ticks(words: Words, spans: tuple[Span, ...]) -> tuple[tuple[int, str], ...]:
    """Where a month begins among the spans, with its name; longer spans each by their own."""
    if spans and spans[0].whole > 31:
        fields = "y" if spans[0].whole > 100 else "yQQQ"
        return tuple((number, words.skeleton(date_of(span.first), fields)) for number, span in enumerate(spans))
    found: list[tuple[int, str]] = []
    seen = None
    for number, span in enumerate(spans):
        date = date_of(span.last)
        if seen != (date.year, date.month):
            seen = (date.year, date.month)
            found.append((number, words.skeleton(date, "MMM" if found and date.month > 1 else "yMMM")))
    return tuple(found)
