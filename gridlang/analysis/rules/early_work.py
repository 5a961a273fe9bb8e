"""Work that must begin before the period does.

Why: a flight must be booked, and the plan that says so does not hold yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gridlang.analysis.named import channels_of_plan
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.quantities import Duration
from gridlang.schedule import clock, expressions, steps
from gridlang.schedule.model import Campaign, Plan
from gridlang.semantics.model import Model

EARLY_WORK = Code(
    "L0106",
    "early-work",
    Level.WARNING,
    "{channel} must be ordered by {date}, before the plan begins on {starts}",
    why="it takes {lead} from the order to the first day",
    help="let it start on {later} or later, or order it now",
)


LOOKS_AT = ("channels",)


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    plan = model.schedule.plan
    calendar = clock.WorkCalendar(model.schedule.calendar)
    channels = channels_of_plan(model)
    begins = first_day(campaign, plan)
    for step in campaign.steps:
        if not isinstance(step, steps.Show) or begins is None:
            continue
        channel = channels[step.channel]
        if channel.lead is None:
            continue
        lead = Duration.parse(channel.lead)
        order = _day(clock.shift_date(begins, lead, -1, calendar))
        if order < dt.date.fromisoformat(plan.starts):
            later = _first_after(clock.shift_date(dt.date.fromisoformat(plan.starts), lead, 1, calendar))
            yield EARLY_WORK.at(
                model.span(step.place),
                channel=step.channel,
                date=order,
                starts=plan.starts,
                lead=channel.lead,
                later=later,
                related=(Related(model.span(channel.place), f"the lead time of {step.channel}"),),
            )


def first_day(campaign: Campaign, plan: Plan) -> dt.date | None:
    """The first day of a flight; None when it depends on somebody."""
    if campaign.starts is None:
        return dt.date.fromisoformat(plan.starts)
    if isinstance(campaign.starts.date, expressions.Value) and campaign.starts.date.type == "Date":
        return dt.date.fromisoformat(campaign.starts.date.value)
    return None


def _day(moment: dt.date) -> dt.date:
    """The day of a date or moment: a lead of hours gives a moment."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _first_after(moment: dt.date) -> dt.date:
    """The first day that begins at a moment or after it."""
    whole = not isinstance(moment, dt.datetime) or moment.time() == dt.time()
    return _day(moment) if whole else _day(moment) + dt.timedelta(days=1)
