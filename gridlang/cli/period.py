"""The stretch of time of a run, from the days a user names."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

import click

from gridlang.schedule import clock
from gridlang.schedule.model import Plan

Word: TypeAlias = Literal["now", "today", "tomorrow"]
"""What stands for a moment of the machine's clock."""


def day(text: str) -> dt.date:
    """A date as plans write it, `2027-03-01`; anything else is wrong usage."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"`{text}` is no date: write year-month-day, `2027-03-01`.") from None


def last_day(text: str) -> dt.date | Word:
    """The end of a run: a date, `today` or `tomorrow`."""
    return text if text in ("today", "tomorrow") else day(text)  # type: ignore[return-value]


def known(text: str) -> dt.datetime | Word:
    """How far events are complete: a date, a moment (`2027-03-01T06:00`, on the plan's clock unless it says its own),
    `today` or `now`."""
    if text in ("today", "now"):
        return text  # type: ignore[return-value]
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"`{text}` is no moment: write `2027-03-01`, `2027-03-01T06:00`, `today` or `now`."
        ) from None


def now() -> int:
    """The machine's clock, in seconds UTC: the one place where a run looks at it."""
    return int(dt.datetime.now(dt.UTC).timestamp())


def on_calendar(plan: Plan, until: dt.date | Word | None) -> dt.date | None:
    """The day that `today` or `tomorrow` is on the plan's clock; never after the plan's period."""
    if until is None or isinstance(until, dt.date):
        return until
    today = clock.local(now(), plan.timezone).date()
    after = dt.date.fromisoformat(plan.ends) + dt.timedelta(days=1)
    return min(today + dt.timedelta(days=until == "tomorrow"), after)


def known_moment(plan: Plan, known: dt.datetime | Word | None, start: int, until: int) -> int:
    """The moment up to which events are complete, between the first and the last of the run."""
    if known is None:
        return until
    if known == "now":
        return min(max(now(), start), until)
    if known == "today":
        return min(max(_midnight(clock.local(now(), plan.timezone).date(), plan.timezone), start), until)
    assert isinstance(known, dt.datetime)
    moment = clock.moment(known, plan.timezone) if known.tzinfo is None else int(known.timestamp())
    if not start <= moment <= until:
        raise click.UsageError(
            f"--known {known.isoformat()} lies outside this run, which goes from {shown(start, plan.timezone)} to "
            f"{shown(until, plan.timezone)}: events can be complete up to a moment of it."
        )
    return moment


def shown(moment: int, zone: str) -> str:
    """A moment on a clock, `2027-03-01 06:00`; with seconds where there are some."""
    local = clock.local(moment, zone)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"


def going_on(plan: Plan, since: int, first: dt.date | None, until: dt.date | None) -> tuple[int, int]:
    """The moments [since, until) of a run that takes up a state as of `since`."""
    zone, end = plan.timezone, end_of(plan)
    wanted = end if until is None else _midnight(until, zone)
    if first is not None and _midnight(first, zone) != since:
        raise click.UsageError(
            f"the state is as of {shown(since, zone)}, and the run goes on from there. Leave --from out."
        )
    if not since <= wanted <= end:
        raise click.UsageError(
            f"the state is as of {shown(since, zone)} and the plan's period ends with {plan.ends}: this run cannot end "
            f"at {shown(wanted, zone)}. Choose --until between them."
        )
    return since, wanted


def end_of(plan: Plan) -> int:
    """The first moment after the plan's period."""
    return _midnight(dt.date.fromisoformat(plan.ends) + dt.timedelta(days=1), plan.timezone)


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
