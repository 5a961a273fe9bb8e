"""Its own reading of moments, durations, workdays and windows (R8-R10, R14), straight on zoneinfo."""

from __future__ import annotations

import datetime as dt
import functools
import re
import zoneinfo
from collections.abc import Iterator
from importlib import resources
from typing import Any

UTC = dt.UTC
Json = dict[str, Any]


def zone_of(name: str | None, plan: str) -> zoneinfo.ZoneInfo:
    """A person's zone; the plan's where it is missing or unknown (R8)."""
    try:
        return _of_the_package((name or "").strip() or plan)
    except (ValueError, OSError):
        return _of_the_package(plan)


@functools.cache
def _of_the_package(name: str) -> zoneinfo.ZoneInfo:
    """By the package `tzdata`: what a machine knows of zones may be older (Morocco gave up its summer time)."""
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return zoneinfo.ZoneInfo.from_file(file, key=name)


def moment(wall: dt.datetime, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """The moment (UTC) of a naive wall clock: skipped, the first after the gap; twice, the first (R10)."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    at = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # in a gap, the later fold reads a moment before it
    before = at.astimezone(zone).utcoffset()
    while at.astimezone(zone).utcoffset() == before:
        at += dt.timedelta(minutes=1)
    return at


def read_moment(text: str, zone: zoneinfo.ZoneInfo) -> dt.datetime | None:
    """A moment of a file: with an offset as it says, else on the zone's clock; None when it cannot be read."""
    try:
        read = dt.datetime.fromisoformat(text.strip().replace(" ", "T", 1))
    except ValueError:
        return None
    read = read.replace(microsecond=0)
    return read.astimezone(UTC) if read.tzinfo else moment(read, zone)


def later(at: dt.datetime, duration: str, zone: zoneinfo.ZoneInfo, calendar: Json) -> dt.datetime:
    """`at` moved by a duration (R9)."""
    number, unit = re.fullmatch(r"(\d+)\s*(min|h|d|w|mo|y|workdays?)", duration).groups()  # type: ignore[union-attr]
    amount = int(number)
    if unit in ("min", "h"):
        return at + dt.timedelta(seconds=amount * (60 if unit == "min" else 3600))
    return moment(shifted(at.astimezone(zone).replace(tzinfo=None), amount, unit, calendar), zone)


def shifted(wall: Any, amount: int, unit: str, calendar: Json) -> Any:
    """A date or naive wall clock moved on the calendar."""
    if unit in ("d", "w"):
        return wall + dt.timedelta(days=amount * (7 if unit == "w" else 1))
    if unit in ("mo", "y"):
        months = wall.year * 12 + wall.month - 1 + amount * (12 if unit == "y" else 1)
        year, month = months // 12, months % 12 + 1
        last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
        return wall.replace(year=year, month=month, day=min(wall.day, last))
    step = dt.timedelta(days=1 if amount > 0 else -1)
    for _ in range(abs(amount)):
        wall += step
        while not is_workday(date_of(wall), calendar):
            wall += step
    return wall


def date_of(wall: dt.date) -> dt.date:
    return wall.date() if isinstance(wall, dt.datetime) else wall


def is_workday(day: dt.date, calendar: Json) -> bool:
    """A weekday of the calendar that is no holiday and not `closed`, or one that is `open` (R14)."""
    if within(day, calendar.get("open", [])):
        return True
    if day.weekday() in calendar.get("weekend", [5, 6]) or within(day, calendar.get("closed", [])):
        return False
    return day.isoformat() not in {holiday["date"] for holiday in calendar.get("holidays", [])}


def within(day: dt.date, stretches: list[Json]) -> bool:
    return any(stretch["start"] <= day.isoformat() <= stretch["end"] for stretch in stretches)


def works_on(day: dt.date, days: Json | None, calendar: Json) -> bool:
    if days is None:
        return True
    return is_workday(day, calendar) if days.get("workdays") else day.weekday() in days.get("weekdays", [])


def hours_at(at: dt.datetime, hours: list[Json], zone: zoneinfo.ZoneInfo) -> Iterator[dt.date]:
    """The days to which hours belong that are running at a moment: `22:00 .. 06:00` belongs to the day it starts."""
    today = at.astimezone(zone).date()
    for day in (today - dt.timedelta(days=1), today):
        for one in hours:
            start, end = _wall(day, one["start"]), _wall(day, one["end"])
            if end < start:
                end += dt.timedelta(days=1)
            if moment(start, zone) <= at < moment(end, zone):
                yield day


def _wall(day: dt.date, time: str) -> dt.datetime:
    hour, minute = map(int, time.split(":")[:2])
    return dt.datetime(day.year, day.month, day.day) + dt.timedelta(hours=hour, minutes=minute)


def is_open(at: dt.datetime, hours: list[Json], days: Json | None, zone: zoneinfo.ZoneInfo, calendar: Json) -> bool:
    """Whether `hours` on `days` are open (R14)."""
    if not hours:
        return works_on(at.astimezone(zone).date(), days, calendar)
    return any(works_on(day, days, calendar) for day in hours_at(at, hours, zone))


def same_unit(one: dt.datetime, other: dt.datetime, unit: str, zone: zoneinfo.ZoneInfo) -> bool:
    """Whether two moments stand in one calendar day, week (from Monday), month, quarter or year."""
    return _unit(one.astimezone(zone).date(), unit) == _unit(other.astimezone(zone).date(), unit)


def _unit(day: dt.date, unit: str) -> tuple[int, ...]:
    return {
        "day": (day.year, day.month, day.day),
        "week": tuple(day.isocalendar())[:2],
        "month": (day.year, day.month),
        "quarter": (day.year, (day.month - 1) // 3),
        "year": (day.year,),
    }[unit]
