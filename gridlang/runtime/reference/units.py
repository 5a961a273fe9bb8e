"""Calendar days, weeks, months, quarters and years on a clock (R15)."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from gridlang.quantities import CalendarUnit
from gridlang.schedule import clock


def start(moment: int, unit: CalendarUnit, zone: str) -> int:
    """The first moment of the unit that holds this one. Weeks begin on Monday."""
    return clock.midnight(_first_day(clock.local(moment, zone).date(), unit), zone)


def following(moment: int, unit: CalendarUnit, zone: str) -> int:
    """The first moment of the next unit."""
    first = _first_day(clock.local(moment, zone).date(), unit)
    return clock.midnight(_first_day(first + dt.timedelta(days=_LONGER[unit]), unit), zone)


_LONGER: dict[CalendarUnit, int] = {"day": 1, "week": 7, "month": 32, "quarter": 93, "year": 367}
"""Days after the first that lie in the next unit, and never in the one after it."""


def _first_day(date: dt.date, unit: CalendarUnit) -> dt.date:
    match unit:
        case "day":
            return date
        case "week":
            return date - dt.timedelta(days=date.weekday())
        case "month":
            return date.replace(day=1)
        case "quarter":
            return date.replace(month=(date.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return date.replace(month=1, day=1)
        case _:
            assert_never(unit)
