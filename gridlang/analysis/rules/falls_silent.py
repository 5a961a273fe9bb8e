"""A phase in which an account can fall silent for ever.

Why: the journey never ends in silence. Here every campaign can come to its end without moving the account on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gridlang.analysis.flow import graph
from gridlang.analysis.reach import phases_of
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
    endings = _endings(model)
    for phase in model.schedule.journey.phases:
        personal = [ending for sheaf in endings for ending in sheaf.get(phase.name, ())]
        if personal and all(place is not None for _, place in personal):
            first = personal[0][0]
            ends = {campaign.name: place or 0 for campaign, place in personal}
            related = tuple(Related(model.span(place), f"`{name}` can end here") for name, place in ends.items())
            yield FALLS_SILENT.at(
                model.span(first.place),
                phase=phase.name,
                campaigns=" and ".join(f"`{name}`" for name in ends),
                related=related,
            )


def _endings(model: Model) -> list[dict[str, list[tuple[Campaign, int | None]]]]:
    """The personal campaigns of each sheaf by phase, and where their runs can end."""
    return [
        model.memory.of("endings", (sheaf,), partial(_endings_in, model, sheaf))
        for sheaf in model.memory.sheaves(model.schedule.campaigns)
    ]


def _endings_in(model: Model, sheaf: tuple[Campaign, ...]) -> dict[str, list[tuple[Campaign, int | None]]]:
    found: dict[str, list[tuple[Campaign, int | None]]] = {}
    for campaign in sheaf:
        if campaign.steps and not campaign.mass:
            for phase in phases_of(model.schedule, campaign):
                found.setdefault(phase, []).append((campaign, where_it_ends(model, campaign)))
    return found


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
