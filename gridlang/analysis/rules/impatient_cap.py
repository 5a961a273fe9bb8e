"""A rolling cap that is longer than the patience of a channel it holds back.

Why: a touch that finds no room would be skipped before room can come, so the cap drops instead of delaying.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache, partial

from gridlang.analysis.reach import reach_of
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.quantities import Duration, Rate
from gridlang.schedule import clock
from gridlang.schedule.model import PATIENCE, Cap, Channel
from gridlang.schedule.steps import Send
from gridlang.semantics.model import Model

IMPATIENT_CAP = Code(
    "L0109",
    "impatient-cap",
    Level.WARNING,
    "the cap {rate} is longer than the patience of {channels}",
    why="a touch that finds no room is skipped before room can come",
    help="give {which} a patience of more than {length}, or say `on_cap: skip` if that is meant",
)


def check(model: Model) -> Iterator[Diagnostic]:
    schedule = model.schedule
    used = {
        name for name, uses in reach_of(model).by_channel.items() if any(isinstance(step, Send) for _, step in uses)
    }

    @cache
    def seconds(length: Duration) -> int:
        return _seconds(model, length)

    channels = [channel for channel in schedule.channels if channel.name in used]
    for channel in channels:
        yield from _check(model, channel.cap, [channel], seconds)
    for rule in schedule.rules:
        if rule.cap is not None:
            yield from model.memory.all_of(
                "impatient_cap", (rule, *channels), partial(_check, model, rule.cap, channels, seconds)
            )


def _check(
    model: Model, cap: Cap | None, channels: list[Channel], seconds: Callable[[Duration], int]
) -> Iterator[Diagnostic]:
    """One finding for a cap, with all the channels that it drops touches of."""
    length = Rate.parse(cap.rate).duration if cap is not None else None
    if cap is None or length is None:
        return
    impatient = [
        channel
        for channel in channels
        if (not cap.channels or channel.name in cap.channels)
        and channel.on_cap != "skip"
        and seconds(length) > seconds(Duration.parse(channel.patience or PATIENCE))
    ]
    if impatient:
        yield IMPATIENT_CAP.at(
            model.span(cap.place),
            rate=cap.rate,
            channels=", ".join(f"{channel.name} ({channel.patience or PATIENCE})" for channel in impatient),
            which=impatient[0].name if len(impatient) == 1 else "them",
            length=length,
            related=tuple(
                Related(model.span(channel.place), f"{channel.name} is declared here") for channel in impatient
            ),
        )


def _seconds(model: Model, length: Duration) -> int:
    """A duration in seconds from the plan's first day, so that months and days can be compared."""
    plan = model.schedule.plan
    start = clock.moment(dt.datetime.fromisoformat(plan.starts), plan.timezone)
    return clock.add(start, length, plan.timezone, clock.WorkCalendar(model.schedule.calendar)) - start
