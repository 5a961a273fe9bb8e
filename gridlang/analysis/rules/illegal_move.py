"""A `move` goes where the journey has no arrow.

Why: the journey is the map everybody reads. A move that is not on it would surprise the colleagues and the customer.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.mending import rewritten
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign
from gridlang.semantics.model import Model

ILLEGAL_MOVE = Code(
    "G0432",
    "illegal-move",
    Level.ERROR,
    "the journey has no arrow from {source} to {target}",
    why="from {source} it goes {ways}",
    help="move to one of these; if this is wanted, add `{source} -> {target}` to the journey ({place})",
)


LOOKS_AT = ()


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    if campaign.name in model.broken:
        return
    for step in campaign.steps:
        if isinstance(step, steps.Move):
            yield from _check(model, campaign, step)


def _check(model: Model, campaign: Campaign, step: steps.Move) -> Iterator[Diagnostic]:
    journey = model.schedule.journey
    sources = campaign.phases or tuple(phase.name for phase in journey.phases)
    for source in sources:
        ways = [transition.target for transition in journey.transitions if transition.source == source]
        if source == step.phase or step.phase in ways:
            continue
        if not campaign.phases and any(step.phase == way.target for way in journey.transitions):
            continue
        place = model.span(journey.place)
        yield ILLEGAL_MOVE.at(
            model.span(step.place),
            source=source,
            target=step.phase,
            ways=f"to {' or '.join(ways)}" if ways else "nowhere",
            place=place,
            related=(Related(place, "the journey"),),
            fixes=rewritten(model.span(step.place), r"move\s+([\w.]+)\Z", ways),
        )
