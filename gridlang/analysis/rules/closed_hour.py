"""A contact at a time of day at which its channel is never open.

Why: it would wait for a moment that never comes, until its patience ends, and be skipped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gridlang.analysis.openings import Openings
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Days
from gridlang.semantics.model import Model

CLOSED_HOUR = Code(
    "G0438",
    "closed-hour",
    Level.ERROR,
    "{channel} is never open at {at}",
    why="the message would wait for a moment that never comes, and be skipped",
    help="send it at another time, or open {channel} then ({place})",
)


def check(model: Model) -> Iterator[Diagnostic]:
    openings = Openings.of(model.schedule)
    for campaign in model.schedule.campaigns:
        for step in campaign.steps:
            if isinstance(step, steps.Send) and step.at is not None:
                yield from _check(model, openings, step, dt.time.fromisoformat(step.at))


def _check(model: Model, openings: Openings, step: steps.Send, at: dt.time) -> Iterator[Diagnostic]:
    for name in step.channels:
        if all(openings.delay(name, dt.datetime.combine(day, at)) != 0 for day in openings.days()):
            place = model.span(openings.channels[name].place)
            related = (Related(place, f"{name} is declared here"), *_calendar(model, openings.channels[name].days))
            yield CLOSED_HOUR.at(model.span(step.place), channel=name, at=step.at, place=place, related=related)


def _calendar(model: Model, days: Days | None) -> tuple[Related, ...]:
    """The plan's calendar, where it has a say in which days are open."""
    place = model.schedule.calendar.place
    return (Related(model.span(place), "which days are working days"),) if days and days.workdays else ()
