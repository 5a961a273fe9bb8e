"""When the steps of a flow can happen: the earliest and the latest moment of each, from the entry of its phase.

Earliest is somebody who answers at once and for whom every channel is open; latest is somebody who answers last, and
whose every touch waits as long as its patience. A step to which a loop leads again, or that an open task can hold back,
has no latest moment.
"""

from __future__ import annotations

import datetime as dt
import heapq
from functools import cached_property

import attrs

from gridlang.analysis.flow import Arc, Graph
from gridlang.quantities import Duration
from gridlang.schedule import clock, expressions, steps
from gridlang.schedule.model import PATIENCE, Plan, Schedule


@attrs.frozen(eq=False)
class Clock:
    """What durations are reckoned by: the plan's clock and calendar, and how long each channel is waited for."""

    plan: Plan
    calendar: clock.WorkCalendar
    patience: dict[str, str]

    @classmethod
    def of(cls, schedule: Schedule) -> Clock:
        patience = {channel.name: channel.patience or PATIENCE for channel in schedule.channels}
        return cls(schedule.plan, clock.WorkCalendar(schedule.calendar), patience)

    def after(self, moment: int, duration: str) -> int:
        return clock.add(moment, Duration.parse(duration), self.plan.timezone, self.calendar)

    def at(self, day: str) -> int:
        return clock.moment(dt.datetime.fromisoformat(day), self.plan.timezone)


@attrs.frozen(eq=False, slots=False)
class Timing:
    """The moments of a flow, in seconds UTC, for somebody who enters at `start`."""

    found: Graph
    reckoner: Clock
    start: int

    @cached_property
    def earliest(self) -> dict[str, int]:
        """By step; steps that nothing reaches are missing."""
        return _earliest(self.found, self.reckoner, self.start)

    @cached_property
    def latest(self) -> dict[str, int | None]:
        """By step; None: it can be put off for ever."""
        return _latest(self.found, self.reckoner, self.start)


def timing(found: Graph, reckoner: Clock) -> Timing:
    """The timing of a flow for somebody who enters on the plan's first day, or on the campaign's."""
    start = reckoner.at(reckoner.plan.starts)
    starts = found.campaign.starts
    if starts is not None and isinstance(starts.date, expressions.Value):
        start = max(start, reckoner.at(starts.date.value))
    return Timing(found, reckoner, start)


def _earliest(found: Graph, reckoner: Clock, start: int) -> dict[str, int]:
    reached: dict[str, int] = {}
    work = [(start, found.campaign.steps[0].id)]
    while work:
        moment, identity = heapq.heappop(work)
        if identity in reached:
            continue
        reached[identity] = moment
        step = found.by_id[identity]
        for arc in found.arcs[identity]:
            if arc.target in found.by_id and arc.target not in reached:
                heapq.heappush(work, (_soonest(step, arc, moment, reckoner), arc.target))
    return reached


def _soonest(step: steps.Step, arc: Arc, moment: int, reckoner: Clock) -> int:
    """The earliest moment at which an arc has been taken."""
    if isinstance(step, steps.Wait):
        return reckoner.after(moment, step.duration)
    if isinstance(step, steps.Ask) and not arc.answer:
        return reckoner.after(moment, step.within)
    if isinstance(step, steps.WaitUntil):
        return max(moment, _day(step, moment, reckoner))
    return moment


def _day(step: steps.WaitUntil, moment: int, reckoner: Clock) -> int:
    if isinstance(step.when, expressions.Value):
        return reckoner.at(step.when.value)
    days = (reckoner.at(day) for day in step.days)
    return next((day for day in days if day >= moment), moment)


def _latest(found: Graph, reckoner: Clock, start: int) -> dict[str, int | None]:
    """The longest way to each step, walked in an order in which every step stands after those that lead to it."""
    before: dict[str, int] = dict.fromkeys(found.reached, 0)
    for identity in found.reached:
        for arc in found.arcs[identity]:
            if arc.target in before:
                before[arc.target] += 1
    latest: dict[str, int | None] = {found.campaign.steps[0].id: start}
    ready = [identity for identity, count in before.items() if count == 0]
    while ready:
        identity = ready.pop()
        step, moment = found.by_id[identity], latest.get(identity)
        for arc in found.arcs[identity]:
            if arc.target not in before:
                continue
            then = None if moment is None else _last(step, moment, reckoner)
            known = latest.get(arc.target, then)
            latest[arc.target] = None if then is None or known is None else max(then, known)
            before[arc.target] -= 1
            if before[arc.target] == 0:
                ready.append(arc.target)
    return {identity: latest.get(identity) if before[identity] == 0 else None for identity in found.reached}


def _last(step: steps.Step, moment: int, reckoner: Clock) -> int | None:
    """The latest moment at which a step has been left; None when it can hold somebody for ever."""
    if isinstance(step, steps.Wait):
        return reckoner.after(moment, step.duration)
    if isinstance(step, steps.Ask | steps.WaitFor):
        return reckoner.after(moment, step.within)
    if isinstance(step, steps.Send):
        return max(reckoner.after(moment, reckoner.patience[name]) for name in step.channels)
    if isinstance(step, steps.WaitUntil):
        return (
            None
            if step.weekday is None and not isinstance(step.when, expressions.Value)
            else _late_day(step, moment, reckoner)
        )
    return None if isinstance(step, steps.Task | steps.Repeat) else moment


def _late_day(step: steps.WaitUntil, moment: int, reckoner: Clock) -> int:
    if step.weekday is not None:
        return reckoner.after(moment, "1w")
    return max(moment, _day(step, moment, reckoner))
