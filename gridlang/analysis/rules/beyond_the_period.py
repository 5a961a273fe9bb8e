"""A step that nobody can reach before the plan ends.

Why: the shortest way to it takes longer than the period, so it stands in the plan and never happens.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterator
from typing import assert_never

from gridlang.analysis.flow import Arc, Graph, arcs, graph
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.quantities import Duration
from gridlang.schedule import clock, expressions, steps
from gridlang.schedule.model import Plan
from gridlang.semantics.model import Model

BEYOND_THE_PERIOD = Code(
    "G0435",
    "beyond-the-period",
    Level.ERROR,
    "nobody can reach this step before the plan ends on {ends} (earliest {earliest})",
    why="the waits before it are longer than the plan",
    help="shorten a wait before it, or let the period run on",
)


def check(model: Model) -> Iterator[Diagnostic]:
    plan = model.schedule.plan
    calendar = clock.WorkCalendar(model.schedule.calendar)
    last = dt.datetime.fromisoformat(plan.ends) + dt.timedelta(days=1)
    end = clock.moment(last, plan.timezone)
    for campaign in model.schedule.campaigns:
        found = graph(model, campaign)
        if found is None:
            continue
        reached = earliest(found, plan, calendar)
        late = [step for step in campaign.steps if reached.get(step.id, 0) >= end]
        led = {arc.target for step in late for arc in arcs(step)}
        for step in late:
            if step.id not in led:
                when = clock.local(reached[step.id], plan.timezone).date()
                yield BEYOND_THE_PERIOD.at(model.span(step.place), ends=plan.ends, earliest=when)


def earliest(found: Graph, plan: Plan, calendar: clock.WorkCalendar) -> dict[str, int]:
    """The earliest moment of each step, for somebody who enters on the first day and answers at once."""
    first = found.campaign.steps[0].id
    start = clock.moment(dt.datetime.fromisoformat(plan.starts), plan.timezone)
    starts = found.campaign.starts
    if starts is not None and isinstance(starts.date, expressions.Value):
        start = max(start, clock.moment(dt.datetime.fromisoformat(starts.date.value), plan.timezone))
    reached: dict[str, int] = {}
    work = [(start, first)]
    while work:
        moment, identity = heapq.heappop(work)
        if identity in reached:
            continue
        reached[identity] = moment
        step = found.by_id[identity]
        for arc in arcs(step):
            if arc.target in found.by_id and arc.target not in reached:
                heapq.heappush(work, (_after(step, arc, moment, plan, calendar), arc.target))
    return reached


def _after(step: steps.Step, arc: Arc, moment: int, plan: Plan, calendar: clock.WorkCalendar) -> int:
    """The earliest moment at which an arc has been taken."""
    match step:
        case steps.Wait():
            return clock.add(moment, Duration.parse(step.duration), plan.timezone, calendar)
        case steps.Ask():
            if arc.answer:
                return moment
            return clock.add(moment, Duration.parse(step.within), plan.timezone, calendar)
        case steps.WaitUntil():
            return max(moment, _day(step, moment, plan))
        case (
            steps.Send()
            | steps.Show()
            | steps.Task()
            | steps.WaitFor()
            | steps.Choose()
            | steps.Split()
            | steps.Repeat()
            | steps.Move()
            | steps.Stop()
            | steps.Notify()
            | steps.Jump()
        ):
            return moment
        case _:
            assert_never(step)


def _day(step: steps.WaitUntil, moment: int, plan: Plan) -> int:
    if isinstance(step.when, expressions.Value):
        return clock.moment(dt.datetime.fromisoformat(step.when.value), plan.timezone)
    if step.days:
        days = [clock.moment(dt.datetime.fromisoformat(day), plan.timezone) for day in step.days]
        return next((day for day in days if day >= moment), moment)
    return moment
