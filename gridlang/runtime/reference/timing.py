"""The plan's calendar and clock, with the durations of the schedule read once."""

from __future__ import annotations

import datetime as dt
import functools

import attrs

from gridlang.quantities import Duration, Rate
from gridlang.schedule import clock
from gridlang.schedule.clock import WorkCalendar

duration = functools.lru_cache(maxsize=None)(Duration.parse)
"""A duration as the schedule writes it; the schedule has few."""

rate = functools.lru_cache(maxsize=None)(Rate.parse)

time = functools.lru_cache(maxsize=None)(dt.time.fromisoformat)


@attrs.define(eq=False)
class Timing:
    """`zone` is the plan's."""

    zone: str
    calendar: WorkCalendar

    def later(self, moment: int, duration: Duration, zone: str, times: int = 1) -> int:
        """`moment` moved by `times` x `duration` on the zone's clock (R9)."""
        return clock.add(moment, duration, zone, self.calendar, times)


def local_text(moment: int, zone: str) -> str:
    """The wall clock with its offset, `2027-02-01T09:00:00+01:00`."""
    ahead = clock.offset(moment, zone)
    tz = dt.timezone(dt.timedelta(seconds=ahead))
    return clock.local(moment, zone).replace(tzinfo=tz).isoformat(timespec="seconds")
