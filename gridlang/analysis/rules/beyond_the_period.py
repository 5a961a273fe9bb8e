"""A step that nobody can reach before the plan ends.

Why: the shortest way to it takes longer than the period, so it stands in the plan and never happens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gridlang.analysis.flow import Graph, graph
from gridlang.analysis.mending import last_day
from gridlang.analysis.timing import Clock, timing
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import clock
from gridlang.schedule.expressions import Value
from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import Step
from gridlang.semantics.model import Model

BEYOND_THE_PERIOD = Code(
    "G0435",
    "beyond-the-period",
    Level.ERROR,
    "nobody can reach this step before the plan ends on {ends} (earliest {earliest})",
    why="the waits before it are longer than the plan",
    help="shorten a wait before it, or let the period run on",
)

STARTS_TOO_LATE = Code(
    "G0439",
    "starts-too-late",
    Level.ERROR,
    "the campaign starts on {starts}, and the plan ends on {ends}",
    why="it would never begin",
    help="let it start earlier, or let the period run on",
)


LOOKS_AT = ("channels",)


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    found = graph(model, campaign)
    if found is None:
        return
    reckoner = model.memory.of("clock", (model.schedule.channels,), lambda: Clock.of(model.schedule))
    plan, starts = model.schedule.plan, found.campaign.starts
    if starts is not None and isinstance(starts.date, Value) and starts.date.value > plan.ends:
        yield STARTS_TOO_LATE.at(
            model.span(starts.place), ends=plan.ends, starts=starts.date.value, fixes=last_day(model, starts.date.value)
        )
    else:
        yield from _late_steps(model, found, reckoner)


def _late_steps(model: Model, found: Graph, reckoner: Clock) -> Iterator[Diagnostic]:
    plan, campaign = model.schedule.plan, found.campaign
    end = clock.moment(dt.datetime.fromisoformat(plan.ends) + dt.timedelta(days=1), plan.timezone)
    reached = timing(found, reckoner).earliest
    late = [step for step in campaign.steps if reached.get(step.id, 0) >= end]
    led = {arc.target for step in late for arc in found.arcs[step.id]}
    for step in late:
        if step.id not in led:
            when = clock.local(reached[step.id], plan.timezone).date()
            before = [one for one in campaign.steps if one not in late and step.id in _led(found, one)]
            related = tuple(Related(model.span(one.place), "the plan ends while this lasts") for one in before)
            fixes = last_day(model, when.isoformat())
            yield BEYOND_THE_PERIOD.at(
                model.span(step.place), ends=plan.ends, earliest=when, related=related, fixes=fixes
            )


def _led(found: Graph, step: Step) -> set[str | None]:
    return {arc.target for arc in found.arcs[step.id]}
