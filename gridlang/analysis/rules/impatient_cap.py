"""A rolling cap that is longer than the patience of a channel it holds back.

Why: a touch that finds no room would be skipped before room can come, so the cap drops instead of delaying.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.quantities import Duration, Rate
from gridlang.schedule import clock
from gridlang.schedule.model import Cap, Channel
from gridlang.semantics.model import Model

IMPATIENT_CAP = Code(
    "L0109",
    "impatient-cap",
    Level.WARNING,
    "the cap {rate} is longer than the patience of {channel}, {patience}",
    why="a touch that finds no room is skipped before room can come",
    help="give {channel} a patience of more than {length}, or say `on_cap: skip` if that is meant",
)
DEFAULT_PATIENCE = "14d"


def check(model: Model) -> Iterator[Diagnostic]:
    schedule = model.schedule
    used = {
        name for campaign in schedule.campaigns for step in campaign.steps for name in getattr(step, "channels", ())
    }
    personal = [channel for channel in schedule.channels if channel.name in used]
    for channel in personal:
        for cap in [channel.cap, *(rule.cap for rule in schedule.rules)]:
            if cap is not None and (not cap.channels or channel.name in cap.channels):
                yield from _check(model, channel, cap)


def _check(model: Model, channel: Channel, cap: Cap) -> Iterator[Diagnostic]:
    length = Rate.parse(cap.rate).duration
    patience = channel.patience or DEFAULT_PATIENCE
    if channel.on_cap == "skip" or length is None or _days(model, length) <= _days(model, Duration.parse(patience)):
        return
    yield IMPATIENT_CAP.at(
        model.span(cap.place),
        rate=cap.rate,
        channel=channel.name,
        patience=patience,
        length=length,
        related=(Related(model.span(channel.place), f"{channel.name} is declared here"),),
    )


def _days(model: Model, length: Duration) -> int:
    """A duration in seconds from the plan's first day, so that months and days can be compared."""
    plan = model.schedule.plan
    start = clock.moment(dt.datetime.fromisoformat(plan.starts), plan.timezone)
    return clock.add(start, length, plan.timezone, clock.WorkCalendar(model.schedule.calendar)) - start
