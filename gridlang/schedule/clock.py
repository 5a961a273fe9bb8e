"""Moments, wall clocks and durations (R8 to R11). Moments are whole seconds UTC since 1970.

Time zones come from the `tzdata` package, never from the machine: two machines must agree on every second, and a plan
that was built last year must not change with an update of somebody's operating system. Years end at 9999: what would
lie beyond stays on the last second there is, since `9999-12-31` is how many systems write "never".
"""

from __future__ import annotations

import calendar as months
import datetime as dt
import functools
import io
import pkgutil
import zoneinfo
from collections.abc import Iterator
from typing import TypeVar, assert_never

import attrs

from gridlang.quantities import Duration, DurationUnit
from gridlang.schedule.model import Calendar, Stretch

DAY = 86_400
_ELAPSED = {"min": 60, "h": 3600}
_EPOCH = dt.datetime(1970, 1, 1)
_FIRST = dt.datetime(1, 1, 1)
_LAST = dt.datetime(9999, 12, 31, 23, 59, 59)
_FIRST_SECOND = -62_135_596_800
_LAST_SECOND = 253_402_300_799

_Local = TypeVar("_Local", dt.date, dt.datetime)


@functools.cache
def zone_names() -> frozenset[str]:
    """Every IANA name there is, links (`Europe/Copenhagen`, `UTC`) included."""
    names = pkgutil.get_data("tzdata", "zones")
    assert names is not None
    return frozenset(names.decode().split())


def known_zone(name: str) -> bool:
    """Whether `name` is an IANA zone, spelled as it is (R8)."""
    return name in zone_names()


@functools.cache
def zone_info(zone: str) -> zoneinfo.ZoneInfo:
    """The rules of a zone that `known_zone` knows."""
    data = pkgutil.get_data("tzdata", f"zoneinfo/{zone}")
    assert data is not None
    return zoneinfo.ZoneInfo.from_file(io.BytesIO(data), key=zone)


def _offset(zone: str, seconds: int) -> int:
    """Seconds that the zone's wall clock is ahead of UTC at a moment."""
    inside = min(max(seconds, _FIRST_SECOND + DAY), _LAST_SECOND - DAY)
    utc = _EPOCH + dt.timedelta(seconds=inside)
    return _whole(zone_info(zone).fromutc(utc.replace(tzinfo=zone_info(zone))).utcoffset())


def _whole(offset: dt.timedelta | None) -> int:
    assert offset is not None
    return offset.days * DAY + offset.seconds


@functools.lru_cache(maxsize=1 << 17)
def _steady(zone: str, day: int) -> int | None:
    """The offset that holds all through a UTC day (counted from 1970); None on a day on which it changes.

    This is what makes the clock quick: nearly every question is one look-up.
    """
    first, last = _offset(zone, day * DAY), _offset(zone, day * DAY + DAY - 1)
    return first if first == last else None


@functools.lru_cache(maxsize=1 << 17)
def _settled(zone: str, day: int) -> int | None:
    """The offset with which every wall clock of a local day is read; None near a change."""
    near = {_steady(zone, day - 1), _steady(zone, day), _steady(zone, day + 1)}
    return near.pop() if len(near) == 1 else None


def offset(moment: int, zone: str) -> int:
    """Seconds by which the zone's wall clock is ahead of UTC at `moment`."""
    steady = _steady(zone, moment // DAY)
    return _offset(zone, moment) if steady is None else steady


def local(moment: int, zone: str) -> dt.datetime:
    """The naive wall clock of a zone at a moment."""
    steady = _steady(zone, moment // DAY)
    seconds = moment + (_offset(zone, moment) if steady is None else steady)
    try:
        return _EPOCH + dt.timedelta(seconds=seconds)
    except OverflowError:
        return _LAST if seconds > 0 else _FIRST


def utc(moment: int) -> str:
    """`2027-02-01T08:00:00Z`."""
    return f"{local(moment, 'UTC').isoformat()}Z"


def day_number(date: dt.date) -> int:
    """A date in days since 1970."""
    return (date - _EPOCH.date()).days


def date_of(day: int) -> dt.date:
    """The date of a day that is counted from 1970."""
    return _EPOCH.date() + dt.timedelta(days=day)


def day_of(moment: int, zone: str) -> int:
    """The day of a moment on a clock, counted from 1970."""
    return day_number(local(moment, zone).date())


def moment(local: dt.datetime, zone: str) -> int:
    """The moment of a naive wall clock, cut to the second (R10).

    A wall clock that the zone skips is the first moment after the gap, one that occurs twice is the first.
    """
    since = local - _EPOCH
    wall = since.days * DAY + since.seconds
    settled = _settled(zone, since.days)
    return _unsettled(local, wall, zone) if settled is None else wall - settled


_moment = moment  # the functions below have a parameter of that name
_local = local


def _unsettled(wall_clock: dt.datetime, wall: int, zone: str) -> int:
    """R10 on a day near a change: `fold` 0 reads with the offset before it, `fold` 1 with the one after."""
    before = wall - _whole(wall_clock.replace(tzinfo=zone_info(zone), fold=0).utcoffset())
    after = wall - _whole(wall_clock.replace(tzinfo=zone_info(zone), fold=1).utcoffset())
    return before if before <= after else _change(zone, after, before)


def _change(zone: str, early: int, late: int) -> int:
    """The first moment with the offset of `late`, which `early` does not have yet."""
    then = _offset(zone, late)
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (early, middle) if _offset(zone, middle) == then else (middle, late)
    return late


def changes(zone: str, first: int, last: int) -> Iterator[int]:
    """The moments from `first` up to, not with, `last` at which the zone's clock is set forward or back."""
    for day in range(first // DAY, last // DAY + 1):
        begin, end = day * DAY, day * DAY + DAY
        if _offset(zone, begin) != _offset(zone, end) and first <= (found := _change(zone, begin, end)) < last:
            yield found


def midnight(date: dt.date, zone: str) -> int:
    """The first moment of a date."""
    return _moment(dt.datetime(date.year, date.month, date.day), zone)


def next_date(date: dt.date) -> dt.date:
    """The day after; the last day there is stays."""
    return date + dt.timedelta(days=1) if date < dt.date.max else date


def next_time(moment: int, time: dt.time, zone: str) -> int:
    """The first `time` on the zone's clock that is not before `moment` (R11).

    A time that a zone skips is the first moment after the gap (R10), be it on the next day or, where a zone skips a
    day, two days later. So the search begins on the date of the second before: asked again at the end of a gap, the
    answer is the same moment.
    """
    date = _local(moment - 1, zone).date()
    found = _moment(dt.datetime.combine(date, time), zone)
    while found < moment and date < dt.date.max:
        date = next_date(date)
        found = _moment(dt.datetime.combine(date, time), zone)
    return found


def add(moment: int, duration: Duration, zone: str, calendar: WorkCalendar, times: int = 1) -> int:
    """The moment `times` x `duration` later, earlier where `times` is negative (R9).

    `min` and `h` are elapsed time; the others move the calendar and keep the wall clock. Nothing added is the moment
    itself, also in an hour that occurs twice.
    """
    amount = duration.amount * times
    if amount == 0:
        return moment
    if duration.unit == "min" or duration.unit == "h":
        return moment + amount * _ELAPSED[duration.unit]
    return _moment(_shifted(_local(moment, zone), amount, duration.unit, calendar), zone)


def shift_date(
    value: dt.date | dt.datetime, duration: Duration, sign: int, calendar: WorkCalendar
) -> dt.date | dt.datetime:
    """A local date or wall clock moved by a duration, `sign` 1 or -1 (R9). A date moved by hours is a wall clock,
    counted from its 00:00; hours are those of the wall clock, since no zone is known here."""
    amount = duration.amount * sign
    if duration.unit == "min" or duration.unit == "h":
        wall = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
        return _moved_seconds(wall, amount * _ELAPSED[duration.unit])
    if isinstance(value, dt.datetime):
        return _shifted(value, amount, duration.unit, calendar)
    return _shifted(value, amount, duration.unit, calendar)


def _shifted(value: _Local, amount: int, unit: DurationUnit, calendar: WorkCalendar) -> _Local:
    match unit:
        case "d":
            return _moved_days(value, amount)
        case "w":
            return _moved_days(value, amount * 7)
        case "mo":
            return _moved_months(value, amount)
        case "y":
            return _moved_months(value, amount * 12)
        case "workdays":
            date = calendar.add_workdays(dt.date(value.year, value.month, value.day), amount)
            return value.replace(year=date.year, month=date.month, day=date.day)
        case "min" | "h":
            raise AssertionError("elapsed time does not move the calendar")
        case _:
            assert_never(unit)


def _moved_days(value: _Local, days: int) -> _Local:
    try:
        return value + dt.timedelta(days=days)
    except OverflowError:
        return _end_of_time(value, days)


def _moved_seconds(value: dt.datetime, seconds: int) -> dt.datetime:
    try:
        return value + dt.timedelta(seconds=seconds)
    except OverflowError:
        return _end_of_time(value, seconds)


def _moved_months(value: _Local, amount: int) -> _Local:
    """The same day so many months on, or the last of a shorter month (R9)."""
    year, month = divmod(value.year * 12 + value.month - 1 + amount, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return _end_of_time(value, amount)
    return value.replace(year=year, month=month + 1, day=min(value.day, months.monthrange(year, month + 1)[1]))


def _end_of_time(value: _Local, direction: int) -> _Local:
    end = dt.date.max if direction > 0 else dt.date.min
    return value.replace(year=end.year, month=end.month, day=end.day)


def _days_of(stretches: tuple[Stretch, ...]) -> dict[dt.date, Stretch]:
    """Every day of the stretches; where two overlap, the first as written counts."""
    days: dict[dt.date, Stretch] = {}
    for stretch in stretches:
        date, end = dt.date.fromisoformat(stretch.start), dt.date.fromisoformat(stretch.end)
        for ordinal in range(date.toordinal(), end.toordinal() + 1):
            days.setdefault(dt.date.fromordinal(ordinal), stretch)
    return days


@attrs.define(eq=False)
class WorkCalendar:
    """The plan's calendar as one asks it: which days are worked, which are closed to every personal channel (R14)."""

    calendar: Calendar
    _closed: frozenset[dt.date] = attrs.field(init=False)
    _open: frozenset[dt.date] = attrs.field(init=False)
    _blackout: dict[dt.date, Stretch] = attrs.field(init=False)
    _nth: dict[tuple[dt.date, int], dt.date] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        holidays = frozenset(dt.date.fromisoformat(holiday.date) for holiday in self.calendar.holidays)
        self._closed = holidays.union(_days_of(self.calendar.closed))
        self._open = frozenset(_days_of(self.calendar.open))
        self._blackout = _days_of(self.calendar.blackout)

    def is_workday(self, date: dt.date) -> bool:
        """A weekday that is no holiday and not in `closed`, or any day in `open` (R14)."""
        if date in self._open:
            return True
        return date.weekday() not in self.calendar.weekend and date not in self._closed

    def blackout(self, date: dt.date) -> Stretch | None:
        """The blackout that a date lies in."""
        return self._blackout.get(date)

    def add_workdays(self, date: dt.date, n: int) -> dt.date:
        """The n-th workday after a date, or before it where `n` is negative; 0 is the date itself (R9).

        A calendar without workdays gives the last (or first) day there is: it never comes.
        """
        found = self._nth.get((date, n))
        if found is None:
            found = self._nth[date, n] = self._step(date, n)
        return found

    def _step(self, date: dt.date, n: int) -> dt.date:
        ordinal, direction, barren = date.toordinal(), 1 if n > 0 else -1, 0
        last = dt.date.max.toordinal() if n > 0 else 1
        while n != 0 and ordinal != last:
            ordinal += direction
            if self.is_workday(dt.date.fromordinal(ordinal)):
                n, barren = n - direction, 0
            else:
                barren += 1
            if barren > _BARREN:
                return dt.date.fromordinal(last)
        return dt.date.fromordinal(ordinal)


_BARREN = 4000
"""So many days without a workday, and there is none: eleven years, more than a plan closes for."""
