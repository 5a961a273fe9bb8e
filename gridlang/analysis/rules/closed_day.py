"""A flow waits for a weekday on which the channel it uses next is closed.

Why: the author chose the day, and the message goes out on another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gridlang.analysis.mending import rewritten
from gridlang.analysis.openings import Openings, openings_of
from gridlang.analysis.reach import channels_of
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.quantities import WEEKDAYS
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign
from gridlang.semantics.model import Model

CLOSED_DAY = Code(
    "L0112",
    "closed-day",
    Level.WARNING,
    "this is ready on a {day}, but {where} closed until {opens}",
    why="the day was chosen, and the customer hears from us on another, {delay} later",
    help="open {channel} on {day}s ({place}), or wait for another day",
)


LOOKS_AT = ("channels",)


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    openings = openings_of(model)
    by_id = {step.id: step for step in campaign.steps}
    for step in campaign.steps:
        if isinstance(step, steps.WaitUntil | steps.Repeat) and step.weekday is not None:
            first = step.next if isinstance(step, steps.WaitUntil) else step.body
            then = by_id.get(first or "")
            if then is not None:
                yield from _check(model, openings, step, then)


def _check(
    model: Model, openings: Openings, wait: steps.WaitUntil | steps.Repeat, then: steps.Step
) -> Iterator[Diagnostic]:
    assert wait.weekday is not None
    own = then.at if isinstance(then, steps.Send) else None
    at = dt.time.fromisoformat(own or wait.at or "12:00")
    days = [day for day in openings.days() if day.weekday() == wait.weekday]
    names = channels_of(then)
    for name in names:
        delays = [openings.delay(name, dt.datetime.combine(day, at)) for day in days]
        known = [delay for delay in delays if delay is not None]
        if len(known) < len(delays) or not all(known):
            continue  # never open at all is another finding; open on some of these days is a holiday's doing
        place = model.span(openings.channels[name].place)
        delay = min(known)
        opens = dt.datetime.combine(days[known.index(delay)], at) + dt.timedelta(seconds=delay)
        yield CLOSED_DAY.at(
            model.span(then.place),
            day=WEEKDAYS[wait.weekday].capitalize(),
            channel=name,
            where=f"{name} is" if len(names) == 1 else f"when it goes by {name}, that is",
            opens=f"{WEEKDAYS[opens.weekday()].capitalize()} {opens:%H:%M}",
            delay=_length(delay),
            place=place,
            fixes=rewritten(model.span(wait.place), rf"\b({WEEKDAYS[wait.weekday]})\b", [WEEKDAYS[opens.weekday()]]),
            related=(Related(model.span(wait.place), "the wait"), Related(place, f"{name} is declared here")),
        )


def _length(seconds: int) -> str:
    days, hours = seconds // 86400, seconds % 86400 // 3600
    if days:
        return f"{days} day{'' if days == 1 else 's'}"
    return f"{hours} hour{'' if hours == 1 else 's'}"
