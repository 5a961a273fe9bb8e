"""An arm hangs on an event by which the journey itself already leaves the phase.

Why: the account moves the moment the event happens, the run ends with it, and the arm is never taken. An arm that is
only the same `move` is welcome: it draws what the journey does.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Schedule, Transition
from gridlang.semantics.model import Model

JOURNEY_DECIDES = Code(
    "G0431",
    "journey-decides",
    Level.ERROR,
    "on `{event}` the journey itself takes the account from {source} to {target} ({place})",
    why="the run ends at that moment, so this arm is never taken",
    help="make it `{event} -> move {target}`, or take the event from the journey's arrow",
)


def check(model: Model) -> Iterator[Diagnostic]:
    for campaign in model.schedule.campaigns:
        if campaign.name in model.broken:
            continue
        by_id = {step.id: step for step in campaign.steps}
        for step in campaign.steps:
            for names, target, place in _arms(step):
                runs = _runs(model, campaign, step)
                yield from _check(model, campaign, names, by_id.get(target or ""), place, runs)


def _arms(step: steps.Step) -> Iterator[tuple[tuple[str, ...], str | None, int]]:
    if isinstance(step, steps.Ask):
        yield from ((arm.events, arm.next, arm.place) for arm in step.arms)
    elif isinstance(step, steps.Task):
        yield from ((arm.outcomes, arm.next, arm.place) for arm in step.arms)


def _check(
    model: Model,
    campaign: Campaign,
    names: tuple[str, ...],
    leads: steps.Step | None,
    place: int,
    runs: tuple[Related, ...],
) -> Iterator[Diagnostic]:
    for name in names:
        for transition in leaving(model.schedule, campaign, name):
            if isinstance(leads, steps.Move) and not _legal_elsewhere(model.schedule, transition, leads.phase):
                continue  # the arm draws what the journey does, or moves where there is no arrow: that is said already
            edge = model.span(transition.place)
            yield JOURNEY_DECIDES.at(
                model.span(place),
                event=name,
                source=transition.source,
                target=transition.target,
                place=edge,
                related=(Related(edge, "the arrow of the journey"), *runs),
            )


def _legal_elsewhere(schedule: Schedule, transition: Transition, phase: str) -> bool:
    """Whether the journey has an arrow to another phase than the one its event leads to."""
    if phase == transition.target:
        return False
    return any(way.source == transition.source and way.target == phase for way in schedule.journey.transitions)


def _runs(model: Model, campaign: Campaign, step: steps.Step) -> tuple[Related, ...]:
    """The campaign, when the step stands in a flow that it runs: others may run it too."""
    inside = "/" in step.id.partition(":")[0]
    return (Related(model.span(campaign.place), "the campaign that runs this flow"),) if inside else ()


def leaving(schedule: Schedule, campaign: Campaign, event: str) -> Iterator[Transition]:
    """The arrows by which an event takes accounts out of the campaign's phases."""
    also = {event} | {name for found in schedule.events if found.name == event for name in found.ancestors}
    for transition in schedule.journey.transitions:
        here = not campaign.phases or transition.source in campaign.phases
        if here and also & set(transition.events) and transition.target not in campaign.phases:
            yield transition
