"""The plan's time zone as a VTIMEZONE, so that a reader needs no data of its own.

Not by `icalendar.Timezone.from_tzinfo`: up to version 7.3 it begins summer time an hour late, since it says the onset
by the offset after it, where RFC 5545 (3.6.5) wants the one before.
"""

from __future__ import annotations

import datetime as dt

import icalendar

from gridlang.schedule import clock
from gridlang.schedule.model import Plan


def timezone(plan: Plan) -> icalendar.Timezone:
    """What holds a year before the period, and every change up to a year after it."""
    first = clock.midnight(dt.date.fromisoformat(plan.starts), plan.timezone) - 366 * clock.DAY
    last = clock.midnight(dt.date.fromisoformat(plan.ends), plan.timezone) + 367 * clock.DAY
    made = icalendar.Timezone()
    made.add("tzid", plan.timezone)
    for onset in (first, *clock.changes(plan.timezone, first + 1, last)):
        made.add_component(_observance(plan.timezone, onset))
    return made


def _observance(zone: str, onset: int) -> icalendar.Component:
    before, after = clock.offset(onset - 1, zone), clock.offset(onset, zone)
    there = dt.datetime.fromtimestamp(onset, clock.zone_info(zone))
    made = icalendar.TimezoneDaylight() if there.dst() else icalendar.TimezoneStandard()
    made.add("dtstart", clock.local(onset, "UTC") + dt.timedelta(seconds=before))
    made.add("tzoffsetfrom", dt.timedelta(seconds=before))
    made.add("tzoffsetto", dt.timedelta(seconds=after))
    made.add("tzname", there.tzname() or zone)
    return made
