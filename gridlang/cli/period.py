"""The stretch of time of a run, from the days a user names."""

from __future__ import annotations

import datetime as dt

import click

from gridlang.schedule import clock
from gridlang.schedule.model import Plan


def day(text: str) -> dt.date:
    """A date as plans write it, `2027-03-01`; anything else is wrong usage."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"`{text}` is no date: write year-month-day, `2027-03-01`.") from None


def stretch(plan: Plan, first: dt.date | None, until: dt.date | None) -> tuple[int, int]:
    """The moments [from, until) of a run: midnights on the plan's clock, within its period (R27)."""
    begins, ends = dt.date.fromisoformat(plan.starts), dt.date.fromisoformat(plan.ends) + dt.timedelta(days=1)
    first, until = first or begins, until or ends
    if not begins <= first < until <= ends:
        raise click.UsageError(
            f"this run would go from {first} to {until} (not included), and the plan's period is {plan.starts} .. "
            f"{plan.ends}. Choose --from and --until within it, --from first."
        )
    return _midnight(first, plan.timezone), _midnight(until, plan.timezone)


def _midnight(day: dt.date, zone: str) -> int:
    return clock.moment(dt.datetime.combine(day, dt.time()), zone)
