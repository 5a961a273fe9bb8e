"""A wait that can end while the next channel is closed.

Why: the message then goes out later than the flowchart says; over a holiday by days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

from gridlang.analysis.mending import rewritten
from gridlang.analysis.openings import Openings, openings_of
from gridlang.analysis.reach import channels_of
from gridlang.analysis.words import listed
from gridlang.diagnostics import Code, Diagnostic, Fix, Level, Related
from gridlang.quantities import Duration
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign
from gridlang.semantics.model import Model

MOVES_TO_OPEN = Code(
    "L0113",
    "moves-to-open",
    Level.NOTE,
    "this wait can end while {channels} is closed: {what} then moves by up to {length}",
    why="{kept}",
    help="wait in workdays if the number of working days is what counts",
)
NOON = dt.time(12)


LOOKS_AT = ("channels",)


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    openings = openings_of(model)

    def longest(name: str) -> int:
        records = (openings.channels[name],)
        return model.memory.of("longest delay", records, partial(longest_delay, openings, name))

    by_id = {step.id: step for step in campaign.steps}
    for step in campaign.steps:
        if not isinstance(step, steps.Wait) or Duration.parse(step.duration).unit in ("min", "h", "workdays"):
            continue
        then = by_id.get(step.next or "")
        names = channels_of(then) if then is not None else ()
        late = [name for name in names if openings.channels[name].days is not None and longest(name)]
        if late:
            yield _note(model, openings, step, names, {name: longest(name) for name in late})


def longest_delay(openings: Openings, channel: str) -> int:
    """The most days by which a noon of the period is put off; 0 when the channel has every day, or none."""
    plan = openings.schedule.plan
    count = (dt.date.fromisoformat(plan.ends) - dt.date.fromisoformat(plan.starts)).days + 1
    delays = [openings.delay(channel, dt.datetime.combine(day, NOON)) for day in openings.days(min(count, 732))]
    return max((-(-delay // 86_400) for delay in delays if delay is not None), default=0)


def _in_workdays(model: Model, step: steps.Step) -> tuple[Fix, ...]:
    """The wait in as many workdays as it has on the calendar, where it counts days or weeks."""
    if not isinstance(step, steps.Wait):
        return ()
    length = Duration.parse(step.duration)
    days = {"d": length.amount - length.amount // 7 * 2, "w": length.amount * 5}.get(length.unit)
    if not days:
        return ()
    return rewritten(model.span(step.place), r"wait\s+(\d+\s*[dw])\b", [f"{days} workday{'' if days == 1 else 's'}"])


def _note(
    model: Model, openings: Openings, step: steps.Step, names: tuple[str, ...], late: dict[str, int]
) -> Diagnostic:
    """One finding for a wait: of several channels (`email or letter`) it speaks of those that can be closed."""
    places = {name: model.span(openings.channels[name].place) for name in late}
    days = max(late.values())
    either = listed(list(late), "or")
    return MOVES_TO_OPEN.at(
        model.span(step.place),
        channels=either,
        what="what follows" if len(names) == 1 else f"what goes by {either}",
        length=f"{days} day{'' if days == 1 else 's'}",
        fixes=_in_workdays(model, step),
        kept=", ".join(f"{name} keeps its days ({place})" for name, place in places.items()),
        related=tuple(Related(place, f"{name} is declared here") for name, place in places.items()),
    )
