"""The earliest day on which a step of a flow can be reached: everybody answers at once, and nothing is in the way.

What must be ready before a step is due then. It is a bound: a wait for somebody's answer counts as none.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Iterator
from typing import assert_never

from gridlang.quantities import Duration
from gridlang.schedule.clock import WorkCalendar, shift_date
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
from gridlang.targets.views.year import constant, run_of


def first_days(schedule: Schedule, campaign: Campaign) -> dict[str, dt.date]:
    """The first day of each step (by its id) that can be reached inside the period."""
    calendar = WorkCalendar(schedule.calendar)
    first, _ = run_of(schedule, campaign)
    end = dt.datetime.combine(dt.date.fromisoformat(schedule.plan.ends), dt.time.max)
    steps = {step.id: step for step in campaign.steps}
    reached: dict[str, dt.date] = {}
    order = itertools.count()
    queue = [(dt.datetime.combine(first, dt.time()), next(order), step.id) for step in campaign.steps[:1]]
    while queue:
        at, _, step_id = heapq.heappop(queue)
        if step_id in reached or at > end:
            continue
        reached[step_id] = at.date()
        for then, following in _ways(steps[step_id], at, calendar):
            if following is not None:
                heapq.heappush(queue, (then, next(order), following))
    return reached


def _ways(step: Step, at: dt.datetime, calendar: WorkCalendar) -> Iterator[tuple[dt.datetime, str | None]]:
    """Where a flow can go from a step, and when at the earliest."""
    match step:
        case Ask() | Choose() | Split() | Task():
            yield from ((at, arm.next) for arm in step.arms)
            yield from _unanswered(step, at, calendar)
        case Send():
            yield from ((at, step.next), (at, step.skipped))
        case Jump():
            yield from ((at, step.next), (at, step.otherwise))
        case Wait():
            yield _later(at, step.duration, calendar), step.next
        case WaitUntil():
            yield _until(step, at, calendar), step.next
        case Repeat():
            yield max(at, dt.datetime.fromisoformat(step.start)) if step.start else at, step.body
        case Show() | WaitFor() | Notify():
            yield at, step.next
        case Move() | Stop():
            return
        case _:
            assert_never(step)


def _unanswered(
    step: Ask | Choose | Split | Task, at: dt.datetime, calendar: WorkCalendar
) -> Iterator[tuple[dt.datetime, str | None]]:
    match step:
        case Ask():
            yield _later(at, step.within, calendar), step.nothing
        case Task():
            yield from ((at, step.next), (_later(at, step.due, calendar), step.overdue))
        case Choose():
            yield at, step.otherwise
        case Split():
            return
        case _:
            assert_never(step)


def _later(at: dt.datetime, duration: str, calendar: WorkCalendar) -> dt.datetime:
    moved = shift_date(at, Duration.parse(duration), 1, calendar)
    return moved if isinstance(moved, dt.datetime) else at


def _until(step: WaitUntil, at: dt.datetime, calendar: WorkCalendar) -> dt.datetime:
    """The day waited for, where it is known; a moment passed does not wait (R19)."""
    if step.weekday is not None:
        date = at.date() + dt.timedelta(days=(step.weekday - at.weekday()) % 7)
        return max(at, dt.datetime.combine(date, dt.time()))
    days = [dt.datetime.fromisoformat(day) for day in step.days]
    if step.when is not None and (when := constant(step.when, calendar)):
        days = [when]
    return next((day for day in days if day >= at), at)
