"""An arm waits for an answer that nothing before it can lead to.

Why: a channel brings its own answers. Who was only sent a mail cannot come back with a test drive, so the arm would
never be taken, and the flowchart promises what cannot happen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gridlang.analysis.flow import Graph, graph, uses_of
from gridlang.analysis.mending import rewritten
from gridlang.analysis.named import events_of
from gridlang.analysis.reach import overlap
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Event, Schedule
from gridlang.semantics.model import Model

IMPOSSIBLE_ANSWER = Code(
    "G0430",
    "impossible-answer",
    Level.ERROR,
    "nothing before this can lead to `{event}`",
    why="it comes from {channels}, and {used}",
    help="{hint}",
)


_Vain = tuple[str, int, frozenset[str]]
"""An event that cannot come, the place of its arm, and the channels and outcomes that were used before."""


def check(model: Model) -> Iterator[Diagnostic]:
    schedule = model.schedule

    def around(campaign: Campaign) -> tuple[object, ...]:
        """Who asks others depends on every campaign, and is asked below."""
        return (schedule.channels, *events_of(model, campaign))

    def found(campaign: Campaign) -> Iterable[Campaign | _Vain]:
        return (campaign,) if _asks(campaign) else _vain(model, campaign)

    lists = (schedule.channels, schedule.events)
    for each in model.memory.each_of("vain", schedule.campaigns, lists, found, around):
        for event, place, used in _vain(model, each) if isinstance(each, Campaign) else (each,):
            yield _complaint(model, event, place, used)


def _asks(campaign: Campaign) -> bool:
    return any(_asks_others(step) for step in campaign.steps)


def _vain(model: Model, campaign: Campaign) -> Iterator[_Vain]:
    found = graph(model, campaign)
    if found is None:
        return
    used = found.used_before()
    for step in found.campaign.steps:
        if step.id not in used:
            continue
        here = used[step.id] | (_used_around(model, found) if _asks_others(step) else frozenset())
        for event, place in _asked(step):
            if not can_happen(model.schedule, event, here):
                yield event, place, here


def _asked(step: steps.Step) -> Iterator[tuple[str, int]]:
    if isinstance(step, steps.Ask):
        for arm in step.arms:
            for event in arm.events:
                yield event, arm.place
    elif isinstance(step, steps.WaitFor):
        yield step.event, step.place


def _asks_others(step: steps.Step) -> bool:
    """`ask of account` and `wait for … of ROLE` hear what other campaigns lead to."""
    return (isinstance(step, steps.Ask) and step.of_account) or (isinstance(step, steps.WaitFor) and bool(step.role))


def _used_around(model: Model, found: Graph) -> frozenset[str]:
    """The channels and outcomes of all campaigns that can run for the same account at the same time."""
    own = found.campaign
    return frozenset().union(
        *(
            uses_of(campaign)
            for campaign in model.schedule.campaigns
            if overlap(own.segments, campaign.segments) and overlap(own.phases, campaign.phases)
        )
    )


def can_happen(schedule: Schedule, event: str, used: frozenset[str]) -> bool:
    """Whether the event, or one that starts from it, can come after these channels and outcomes were used."""
    return any(
        _raised(schedule, candidate, used)
        for candidate in schedule.events
        if candidate.name == event or event in candidate.ancestors
    )


def _raised(schedule: Schedule, event: Event, used: frozenset[str]) -> bool:
    if event.when is not None or event.date is not None or not event.channels or event.name in used:
        return True
    channels = {channel.name: channel for channel in schedule.channels}
    for name in event.channels:
        source = channels.get(name)
        if source is None or source.inbound:
            return True
        family = {name, *source.ancestors}
        if family & used or any(name in channels[other].ancestors for other in used if other in channels):
            return True
    return False


def _complaint(model: Model, event: str, place: int, used: frozenset[str]) -> Diagnostic:
    found = next(candidate for candidate in model.schedule.events if candidate.name == event)
    channels = [name for name in used if any(channel.name == name for channel in model.schedule.channels)]
    possible = [
        candidate.name
        for candidate in model.schedule.events
        if set(candidate.channels) & used and "." not in candidate.name and not candidate.name.startswith("consent_")
    ]
    hint = f"offer {' or '.join(found.channels)} first"
    if possible:
        hint += f", or ask for {' or '.join(possible[:3])}"
    return IMPOSSIBLE_ANSWER.at(
        model.span(place),
        event=event,
        channels=", ".join(found.channels),
        used=f"this flow has used only {', '.join(sorted(channels))}"
        if channels
        else "this flow has used no channel yet",
        hint=hint,
        fixes=rewritten(model.span(place), rf"\b({re.escape(event.rsplit('.', 1)[-1])})\b", possible[:3]),
        related=(Related(model.span(found.place), f"`{event}` is declared here"), *_sources(model, found)),
    )


def _sources(model: Model, event: Event) -> Iterator[Related]:
    """The channels it comes from: with `inbound: yes` people would use them unasked."""
    for channel in model.schedule.channels:
        if channel.name in event.channels:
            yield Related(model.span(channel.place), f"{channel.name}, where it comes from")
