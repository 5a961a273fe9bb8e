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
    _known: dict[tuple[int, int, str, str], int] = attrs.field(factory=dict)

    def later(self, moment: int, duration: Duration, zone: str, times: int = 1) -> int:
        """`moment` moved by `times` x `duration` on the zone's clock (R9)."""
        key = (moment, duration.amount * times, duration.unit, zone)
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            found = self._known[key] = clock.add(moment, duration, zone, self.calendar, times)
        return found


_MOST_KNOWN = 200_000
"""People share moments: many touches are made at 09:00 of the same day."""


@functools.lru_cache(maxsize=1 << 14)
def local_text(moment: int, zone: str) -> str:
    """The wall clock with its offset, `2027-02-01T09:00:00+01:00`."""
    ahead = clock.offset(moment, zone)
    tz = dt.timezone(dt.timedelta(seconds=ahead))
    return clock.local(moment, zone).replace(tzinfo=tz).isoformat(timespec="seconds")
