"""The clock on which a row is told, and moments as people say them."""

from __future__ import annotations

import datetime as dt

import attrs

from gridlang.schedule import clock

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@attrs.frozen
class WallClock:
    """Either a zone, or a fixed offset from UTC in seconds; `whose` says it in words."""

    whose: str
    zone: str | None = None
    offset: int = 0

    @classmethod
    def of_plan(cls, zone: str) -> WallClock:
        return cls(f"the plan's clock, {zone}", zone)

    @classmethod
    def of_zone(cls, zone: str, *, of_plan: bool) -> WallClock:
        """A person's zone, or the plan's for those who have none (R8)."""
        return cls.of_plan(zone) if of_plan else cls(f"the person's clock, {zone}", zone)

    @classmethod
    def of_person(cls, local: str, due: int, plan_zone: str) -> WallClock:
        """The clock that `local` was read from at `due`.

        A row holds the offset, not the zone. Where it is the plan's offset at that moment, the plan's zone is taken,
        which is right on both sides of a change to summer time.
        """
        ahead = dt.datetime.fromisoformat(local).utcoffset() or dt.timedelta()
        offset = ahead.days * 86_400 + ahead.seconds
        sign, minutes = ("-" if offset < 0 else "+"), abs(offset) // 60
        whose = f"the person's clock, UTC{sign}{minutes // 60:02}:{minutes % 60:02}"
        same = clock.offset(due, plan_zone) == offset
        return cls(whose, plan_zone if same else None, offset)

    def at(self, moment: int) -> dt.datetime:
        """The naive wall clock at a moment."""
        return clock.local(moment, self.zone) if self.zone else clock.local(moment + self.offset, "UTC")


def full(when: dt.datetime) -> str:
    """`Mon 1 Feb 2027 09:00`."""
    return f"{day(when)} {when.year} {time(when)}"


def day(when: dt.datetime) -> str:
    """`Mon 1 Feb`."""
    return f"{_WEEKDAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]}"


def time(when: dt.datetime) -> str:
    """`09:00`, with seconds where there are some."""
    return f"{when:%H:%M:%S}" if when.second else f"{when:%H:%M}"


def after(when: dt.datetime, before: dt.datetime) -> str:
    """A later moment, as short as it is clear after one that was just told: `Tue 08:00`, `Tue 19 Jan 08:00`."""
    if when.year != before.year:
        return full(when)
    if (when.date() - before.date()).days < 7:
        return f"{_WEEKDAYS[when.weekday()]} {time(when)}"
    return f"{day(when)} {time(when)}"
