"""A phase in which an account can fall silent for ever.

Why: the journey never ends in silence. Here every campaign can come to its end without moving the account on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gridlang.analysis.flow import graph
from gridlang.analysis.reach import overlap
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign
from gridlang.semantics.model import Model

FALLS_SILENT = Code(
    "L0104",
    "falls-silent",
    Level.WARNING,
    "an account can fall silent in {phase}: {campaigns} can end without moving it on",
    why="the dialogue should never end by itself; whoever is forgotten here stays forgotten",
    help="let the last arm `move` on, or keep in touch with `repeat every 4w {{ … }}`",
)


def check(model: Model) -> Iterator[Diagnostic]:
    for phase in model.schedule.journey.phases:
        personal = [
            campaign
            for campaign in model.schedule.campaigns
            if campaign.steps and not campaign.mass and overlap(campaign.phases, (phase.name,))
        ]
        if personal and all(where_it_ends(model, campaign) is not None for campaign in personal):
            first = personal[0]
            ends = {campaign.name: where_it_ends(model, campaign) or 0 for campaign in personal}
            related = tuple(Related(model.span(place), f"`{name}` can end here") for name, place in ends.items())
            yield FALLS_SILENT.at(
                model.span(first.place),
                phase=phase.name,
                campaigns=" and ".join(f"`{name}`" for name in ends),
                related=related,
            )


def where_it_ends(model: Model, campaign: Campaign) -> int | None:
    """The place at which a run can end by itself; None when it goes on until it moves the account."""
    return model.memory.of("where it ends", (campaign,), partial(_where_it_ends, model, campaign))


def _where_it_ends(model: Model, campaign: Campaign) -> int | None:
    found = graph(model, campaign)
    if found is None:
        return None
    turning = {name for step in campaign.steps if isinstance(step, steps.Repeat) for name in step.body_steps}
    for step in campaign.steps:
        if step.id not in found.reached:
            continue
        if isinstance(step, steps.Stop):
            return step.place
        if step.id not in turning and any(arc.target is None for arc in found.arcs[step.id]):
            return step.place
    return None
