"""An arm hangs on an event by which the journey itself already leaves the phase.

Why: the account moves the moment the event happens, the event is used up (R3), and the arm is never taken. An arm that
is only the same `move` is welcome: it draws what the journey does. A campaign that also stands in phases in which the
journey leaves the event alone takes the arm there, and only there: that is a warning.

What a colleague reports closes the task before the journey moves (R21), so an arm of a task is lost only where the run
ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.reach import phases_of
from gridlang.analysis.words import listed
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Schedule, Transition
from gridlang.semantics.model import Model

JOURNEY_DECIDES = Code(
    "G0431",
    "journey-decides",
    Level.ERROR,
    "on `{event}` the journey itself takes the account from {ways}",
    why="the journey acts on it before the flow can, so this arm is never taken",
    help="make it `{event} -> move {target}`, or take the event from the journey's arrow",
)
USED_UP_THERE = Code(
    "L0117",
    "used-up-there",
    Level.WARNING,
    "in {phases} nobody takes this arm: on `{event}` the journey itself takes the account from {ways}",
    why="there the journey acts on it before the flow can; the arm is only taken in {others}",
    help="give {phases} a campaign of {its} own, or take the event from the journey's arrow",
)


LOOKS_AT = ("events",)


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    if campaign.name in model.broken:
        return
    by_id = {step.id: step for step in campaign.steps}
    for step in campaign.steps:
        for names, target, place in _arms(step):
            yield from _check(model, campaign, step, names, by_id.get(target or ""), place)


def _arms(step: steps.Step) -> Iterator[tuple[tuple[str, ...], str | None, int]]:
    if isinstance(step, steps.Ask):
        yield from ((arm.events, arm.next, arm.place) for arm in step.arms)
    elif isinstance(step, steps.Task):
        yield from ((arm.outcomes, arm.next, arm.place) for arm in step.arms)


def _check(
    model: Model,
    campaign: Campaign,
    step: steps.Step,
    names: tuple[str, ...],
    leads: steps.Step | None,
    place: int,
) -> Iterator[Diagnostic]:
    for name in names:
        ways = [
            transition
            for transition in leaving(model.schedule, campaign, name, isinstance(step, steps.Task))
            # else the arm draws what the journey does, or moves where there is no arrow: that is said already
            if not isinstance(leads, steps.Move) or _legal_elsewhere(model.schedule, transition, leads.phase)
        ]
        if ways:
            edges = tuple(Related(model.span(way.place), "the arrow of the journey") for way in ways)
            yield _complaint(model, campaign, name, ways, place, (*edges, *_runs(model, campaign, step)))


def _complaint(
    model: Model,
    campaign: Campaign,
    event: str,
    ways: list[Transition],
    place: int,
    related: tuple[Related, ...],
) -> Diagnostic:
    left = list(dict.fromkeys(way.source for way in ways))
    others = [phase for phase in phases_of(model.schedule, campaign) if phase not in left]
    told = ", from ".join(f"{way.source} to {way.target} ({model.span(way.place)})" for way in ways)
    if not others:
        return JOURNEY_DECIDES.at(model.span(place), event=event, ways=told, target=ways[0].target, related=related)
    return USED_UP_THERE.at(
        model.span(place),
        event=event,
        ways=told,
        phases=listed(left),
        its="its" if len(left) == 1 else "their",
        others=listed(others),
        related=related,
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


def leaving(schedule: Schedule, campaign: Campaign, event: str, of_a_task: bool) -> Iterator[Transition]:
    """The arrows by which an event takes accounts out of one of the campaign's phases before an arm can be taken.

    An arrow to another phase of the campaign uses up the answer that an `ask` waits for; a task is closed by then.
    """
    phases = phases_of(schedule, campaign)
    also = {event} | {name for found in schedule.events if found.name == event for name in found.ancestors}
    for transition in schedule.journey.transitions:
        stays = of_a_task and transition.target in phases
        if transition.source in phases and also & set(transition.events) and not stays:
            yield transition
