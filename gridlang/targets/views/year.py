"""What has a date before anybody has answered: the flights of mass media, and when campaigns can run."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import assert_never

import attrs

from gridlang.quantities import Duration
from gridlang.schedule.clock import WorkCalendar, shift_date
from gridlang.schedule.expressions import Expression, Shift, Value
from gridlang.schedule.model import Campaign, Schedule
from gridlang.schedule.steps import (
    Ask,
    Choose,
    Jump,
    Move,
    Notify,
    Repeat,
    Send,
    Show,
    Split,
    Step,
    Stop,
    Task,
    Wait,
    WaitFor,
    WaitUntil,
)

_MOST_STEPS = 2000
"""Of one walk through a flow: a loop without a wait is an error elsewhere, and must not hang a page."""


@attrs.frozen
class Flight:
    """A `show` with its days, `last` included. `order_by`: the day to book it, by the channel's lead (R12)."""

    campaign: Campaign
    show: Show
    first: dt.date
    last: dt.date
    order_by: dt.date | None


def flights(schedule: Schedule) -> tuple[Flight, ...]:
    """The flights of all mass campaigns whose dates hang on nobody's answer, in order of declaration."""
    calendar = WorkCalendar(schedule.calendar)
    return tuple(
        flight
        for campaign in schedule.campaigns
        if campaign.mass
        for flight in _Walk(schedule, calendar, campaign).flights()
    )


def run_of(schedule: Schedule, campaign: Campaign) -> tuple[dt.date, dt.date]:
    """The first and last day on which a run can begin: the period, cut by `starts` where that is a date."""
    calendar = WorkCalendar(schedule.calendar)
    first, last = dt.date.fromisoformat(schedule.plan.starts), dt.date.fromisoformat(schedule.plan.ends)
    if campaign.starts and campaign.starts.date is not None:
        first = max(first, _day(constant(campaign.starts.date, calendar)) or first)
    if campaign.starts and campaign.starts.until is not None:
        last = min(last, _day(constant(campaign.starts.until, calendar)) or last)
    return first, last


def constant(expression: Expression, calendar: WorkCalendar) -> dt.datetime | None:
    """The wall clock of a date expression without attributes, else None."""
    match expression:
        case Value() if expression.type in ("Date", "DateTime"):
            return dt.datetime.fromisoformat(expression.value)
        case Shift():
            moment = constant(expression.operand, calendar)
            return moment and _later(moment, expression.duration, calendar, expression.sign)
        case _:
            return None


def _later(at: dt.datetime, duration: str, calendar: WorkCalendar, sign: int = 1) -> dt.datetime:
    moved = shift_date(at, Duration.parse(duration), sign, calendar)
    return moved if isinstance(moved, dt.datetime) else dt.datetime.combine(moved, dt.time())


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


@attrs.frozen(slots=False)
class _Walk:
    """One run of a mass campaign through the steps that need nobody's answer."""

    schedule: Schedule
    calendar: WorkCalendar
    campaign: Campaign
    walked: Counter[str] = attrs.field(factory=Counter)

    @cached_property
    def _steps(self) -> dict[str, Step]:
        return {step.id: step for step in self.campaign.steps}

    @cached_property
    def _end(self) -> dt.datetime:
        return dt.datetime.combine(dt.date.fromisoformat(self.schedule.plan.ends), dt.time.max)

    def flights(self) -> Iterator[Flight]:
        starts = self.campaign.starts
        at: dt.datetime | None = dt.datetime.fromisoformat(self.schedule.plan.starts)
        if starts is not None:
            at = constant(starts.date, self.calendar) if starts.date is not None else None
        if at is not None and self.campaign.steps:
            yield from self._from(self.campaign.steps[0].id, at)

    def _from(self, step_id: str | None, at: dt.datetime) -> Iterator[Flight]:
        while step_id is not None and at <= self._end and self.walked.total() < _MOST_STEPS:
            step = self._steps[step_id]
            self.walked[step_id] += 1
            match step:
                case Show():
                    yield self._flight(step, at)
                    step_id = step.next
                case Wait():
                    at, step_id = _later(at, step.duration, self.calendar), step.next
                case WaitUntil():
                    at, step_id = self._until(step, at), step.next
                case Send() | Notify():
                    step_id = step.next
                case Jump():
                    step_id = step.next if self.walked[step_id] <= step.times else step.otherwise
                case Repeat():
                    for turn in self._turns(step, at):
                        yield from self._from(step.body, turn)
                    return
                case Task() | WaitFor() | Ask() | Choose() | Split() | Move() | Stop():
                    return
                case _:
                    assert_never(step)

    def _flight(self, show: Show, at: dt.datetime) -> Flight:
        over = _later(at, show.duration, self.calendar)
        last = max(at.date(), (over - dt.timedelta(seconds=1)).date())
        lead = next((channel.lead for channel in self.schedule.channels if channel.name == show.channel), None)
        order_by = _later(at, lead, self.calendar, -1).date() if lead else None
        return Flight(self.campaign, show, at.date(), last, order_by)

    def _until(self, step: WaitUntil, at: dt.datetime) -> dt.datetime:
        """A moment passed does not wait (R19)."""
        time = dt.time.fromisoformat(step.at) if step.at else dt.time()
        candidates: list[dt.datetime] = []
        if step.weekday is not None:
            ahead = (step.weekday - at.weekday()) % 7
            candidates = [dt.datetime.combine(at.date() + dt.timedelta(days=ahead + more), time) for more in (0, 7)]
        elif step.days:
            candidates = [dt.datetime.combine(dt.date.fromisoformat(day), time) for day in step.days]
        elif step.when is not None and (moment := constant(step.when, self.calendar)):
            candidates = [dt.datetime.combine(moment.date(), time) if step.at else moment]
        return next((moment for moment in candidates if moment >= at), at)

    def _turns(self, repeat: Repeat, at: dt.datetime) -> Iterator[dt.datetime]:
        """R22a: counted from the first moment, without drift."""
        every, first = Duration.parse(repeat.every), at
        if repeat.start is not None:
            first = dt.datetime.fromisoformat(repeat.start)
        if repeat.weekday is not None:
            first += dt.timedelta(days=(repeat.weekday - first.weekday()) % 7)
        if repeat.at is not None:
            first = dt.datetime.combine(first.date(), dt.time.fromisoformat(repeat.at))
        for turn in range(_MOST_STEPS):
            moment = _later(first, str(attrs.evolve(every, amount=every.amount * turn)), self.calendar)
            if moment > self._end:
                return
            if moment >= at:
                yield moment
