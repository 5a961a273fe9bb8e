"""Tables of time zones: their changes, from the same `tzdata` of which `gridlang.schedule.clock` reads."""

from __future__ import annotations

import datetime as dt
import functools
import pkgutil
import struct

import numpy as np

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering.tables import Tables
from gridlang.schedule import clock

_LAST_YEAR = 2500
"""Beyond it the kernel asks 400 years earlier: rules and calendar come again."""
_END = (dt.date(_LAST_YEAR, 1, 1) - dt.date(1970, 1, 1)).days * clock.DAY


def put_zone(tables: Tables, zone: str, first_day: int, last_day: int) -> int:
    """A zone's tables; where its head begins. Days between the two given (from 1970) are looked up at once."""
    times = changes(zone)
    offsets = [clock.offset(times[0] - 1, zone) if times else clock.offset(0, zone)]
    offsets += [clock.offset(moment, zone) for moment in times]
    before, after = np.array(offsets[:-1], np.int64), np.array(offsets[1:], np.int64)
    utc = np.array(times, np.int64)
    head = [
        len(times),
        tables.put(utc),
        tables.put(offsets),
        tables.put(utc + np.maximum(before, after)),
        tables.put(utc + np.minimum(before, after)),
        tables.put(_settled(utc, np.array(offsets, np.int64), first_day, last_day)),
        first_day,
        last_day - first_day + 1,
        _END,
    ]
    return tables.put(head)


def put_months(tables: Tables, first_day: int, last_day: int) -> None:
    """Which days months begin with; months are counted from that of the first day."""
    days = np.arange(first_day, last_day + 1).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    begins = np.arange(months[0], months[-1] + 2).astype("datetime64[D]").astype(np.int64)
    number = (months - months[0]).astype(np.int64)
    tables.head(k.H_FIRST_DAY, first_day)
    tables.head(k.H_DAYS, len(days))
    tables.head(k.H_MONTHS, len(begins) - 1)
    tables.table(k.P_MONTHS, number * 32 + days.astype(np.int64) - begins[number] + 1)
    tables.table(k.P_MONTH_BEGINS, begins)


def _settled(times: Array, offsets: Array, first_day: int, last_day: int) -> Array:
    """For each day the offset that holds all through it, the day before and the day after, or UNSETTLED."""
    begins = np.arange(first_day - 1, last_day + 2, dtype=np.int64) * clock.DAY
    early = offsets[np.searchsorted(times, begins, side="right")]
    late = offsets[np.searchsorted(times, begins + 3 * clock.DAY - 1, side="right")]
    return np.where(early[:-2] == late[:-2], early[:-2], k.UNSETTLED)


@functools.cache
def changes(zone: str) -> tuple[int, ...]:
    """The moments before the year 2500 at which the zone's clock changes; those listed, then those of its rule."""
    listed, rule = _read(zone)
    found = set(listed)
    if "," in rule:
        found.update(_by_rule(zone, max(listed, default=0)))
    return tuple(sorted(found))


def _read(zone: str) -> tuple[list[int], str]:
    """The changes listed in a TZif file (RFC 9636), and its rule for afterwards."""
    data = pkgutil.get_data("tzdata", f"zoneinfo/{zone}")
    assert data is not None
    first = _counts(data, 0)
    start = 44 + first[3] * 5 + first[4] * 6 + first[5] + first[2] * 8 + first[1] + first[0]
    isut, isstd, leap, times, types, chars = _counts(data, start)
    at = start + 44
    listed = list(struct.unpack(f">{times}q", data[at : at + 8 * times]))
    rule = data[at + 9 * times + 6 * types + chars + 12 * leap + isstd + isut :].decode().strip()
    return listed, rule


def _counts(data: bytes, at: int) -> tuple[int, ...]:
    """isut, isstd, leap, time, type and char counts of a header."""
    return struct.unpack(">6l", data[at + 20 : at + 44])


def _by_rule(zone: str, after: int) -> list[int]:
    """Changes by the rule of the last line: at most one a month."""
    year = dt.datetime.fromtimestamp(after, dt.UTC).year
    months = [dt.date(y, month, 1) for y in range(year, _LAST_YEAR) for month in range(1, 13)]
    moments = [(month - dt.date(1970, 1, 1)).days * clock.DAY for month in months] + [_END]
    offsets = [clock.offset(moment, zone) for moment in moments]
    turning = [number for number in range(len(months)) if offsets[number] != offsets[number + 1]]
    found = [_change(zone, moments[number], moments[number + 1]) for number in turning]
    return [moment for moment in found if moment > after]


def _change(zone: str, early: int, late: int) -> int:
    then = clock.offset(late, zone)
    while late - early > 1:
        middle = (early + late) // 2
        if clock.offset(middle, zone) == then:
            late = middle
        else:
            early = middle
    return late
