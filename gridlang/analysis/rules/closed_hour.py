"""A contact at a time of day at which its channel is never open.

Why: it would wait for a moment that never comes, until its patience ends, and be skipped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from gridlang.analysis.mending import rewritten
from gridlang.analysis.openings import Openings, openings_of
from gridlang.diagnostics import Code, Diagnostic, Fix, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Channel, Days
from gridlang.semantics.model import Model

CLOSED_HOUR = Code(
    "G0438",
    "closed-hour",
    Level.ERROR,
    "{channel} is never open at {at}",
    why="the message would wait for a moment that never comes, and be skipped",
    help="send it at another time, or open {channel} then ({place})",
)


LOOKS_AT = ("channels",)


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    openings = openings_of(model)
    for step in campaign.steps:
        if isinstance(step, steps.Send) and step.at is not None:
            for name in step.channels:
                records = (openings.channels[name],)
                if model.memory.of(f"closed at {step.at}", records, partial(closed, openings, name, step.at)):
                    yield _complaint(model, step, openings.channels[name])


def closed(openings: Openings, channel: str, at: str) -> bool:
    """Whether a channel is closed at a time on each of the first days."""
    time = dt.time.fromisoformat(at)
    return all(openings.delay(channel, dt.datetime.combine(day, time)) != 0 for day in openings.days())


def _complaint(model: Model, step: steps.Send, channel: Channel) -> Diagnostic:
    place = model.span(channel.place)
    related = (Related(place, f"{channel.name} is declared here"), *_calendar(model, channel.days))
    return CLOSED_HOUR.at(
        model.span(step.place), channel=channel.name, at=step.at, place=place, related=related, fixes=_open(model, step)
    )


def _open(model: Model, step: steps.Send) -> tuple[Fix, ...]:
    """The next time of day at which all channels of a step are open, on the first day that has one."""
    openings = openings_of(model)
    for day in openings.days():
        at = dt.datetime.combine(day, dt.time.fromisoformat(step.at or "12:00"))
        delays = [openings.delay(name, at) for name in step.channels]
        known = [delay for delay in delays if delay is not None]
        if known and len(known) == len(delays):
            opens = at + dt.timedelta(seconds=max(known))
            return rewritten(model.span(step.place), r"\bat\s+(\d\d?:\d\d)", [f"{opens:%H:%M}"])
    return ()


def _calendar(model: Model, days: Days | None) -> tuple[Related, ...]:
    """The plan's calendar, where it has a say in which days are open."""
    place = model.schedule.calendar.place
    return (Related(model.span(place), "which days are working days"),) if days and days.workdays else ()
