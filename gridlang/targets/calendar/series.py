"""Series whose dates the plan fixes: `repeat every 2w on tuesday at 10:00 from 2027-02-02` (R22a)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from gridlang.quantities import Duration
from gridlang.schedule.clock import WorkCalendar, shift_date
from gridlang.schedule.model import Campaign, Schedule
from gridlang.schedule.steps import Repeat
from gridlang.targets.views.year import run_of

_MOST = 2000
"""Turns of one series; more is no calendar any more."""


@attrs.frozen
class Series:
    """Local moments, the first of them `first`. `rule` says them as a recurrence rule, where one says exactly these:
    its frequency and interval; else `turns` lists them."""

    first: dt.datetime
    turns: tuple[dt.datetime, ...]
    rule: tuple[str, int] | None


def series(schedule: Schedule) -> Iterator[tuple[Campaign, Repeat, Series]]:
    """The series of all campaigns, cut by the period, in order of declaration."""
    calendar = WorkCalendar(schedule.calendar)
    for campaign in schedule.campaigns:
        first, _ = run_of(schedule, campaign)
        last = dt.date.fromisoformat(schedule.plan.ends)
        for step in campaign.steps:
            if isinstance(step, Repeat) and step.start is not None:
                turns = tuple(turn for turn in _turns(step, calendar, last) if turn.date() >= first)
                if turns:
                    yield campaign, step, Series(turns[0], turns, _rule(Duration.parse(step.every), turns))


def _turns(step: Repeat, calendar: WorkCalendar, last: dt.date) -> Iterator[dt.datetime]:
    """Counted from the first moment, without drift."""
    start = dt.date.fromisoformat(step.start or "")
    if step.weekday is not None:
        start += dt.timedelta(days=(step.weekday - start.weekday()) % 7)
    first = dt.datetime.combine(start, dt.time.fromisoformat(step.at) if step.at else dt.time())
    every = Duration.parse(step.every)
    for turn in range(_MOST):
        moment = shift_date(first, attrs.evolve(every, amount=every.amount * turn), 1, calendar)
        if not isinstance(moment, dt.datetime) or moment.date() > last or (turn and every.amount == 0):
            return
        yield moment


def _rule(every: Duration, turns: tuple[dt.datetime, ...]) -> tuple[str, int] | None:
    """A rule skips a month without a 31st, where a plan takes the last day: such series are listed."""
    same_day = len({turn.day for turn in turns}) == 1
    match every.unit:
        case "d":
            return "DAILY", every.amount
        case "w":
            return "WEEKLY", every.amount
        case "mo" if same_day:
            return "MONTHLY", every.amount
        case "y" if same_day:
            return "YEARLY", every.amount
        case _:
            return None
