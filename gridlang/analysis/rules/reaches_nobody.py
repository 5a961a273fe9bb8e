"""A campaign for a role that no map of its segment gives to anybody.

Why: the campaign stands in the grid, is counted on, and speaks to nobody but contacts to whom the CRM itself gives that
role.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from gridlang.analysis.reach import overlap, phases_of, reach_of, speaks
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.schedule.model import Campaign, Map
from gridlang.semantics.model import Model

REACHES_NOBODY = Code(
    "L0114",
    "reaches-nobody",
    Level.WARNING,
    "`{campaign}` reaches nobody in {segments}: no map gives anybody there the role {roles} in {phases}",
    why="only contacts to whom the CRM itself gives that role would hear anything",
    help="add a map: `map … {{ segment: {listed}  roles {{ …: {first}, approver }} }}`, or leave the role out",
)


def check(model: Model) -> Iterator[Diagnostic]:
    if not model.schedule.maps:
        return

    def around(campaign: Campaign) -> tuple[Map, ...]:
        reach = reach_of(model)
        return tuple(found for segment in campaign.segments for found in reach.maps_of(segment))

    schedule, ask = model.schedule, partial(_check, model)
    yield from model.memory.each_of("reaches_nobody", schedule.campaigns, (schedule.maps,), ask, around)


def _check(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    if not campaign.roles or campaign.addressed or campaign.mass:
        return
    empty = [segment for segment in campaign.segments if not _somebody(model, campaign, segment)]
    if empty and speaks(campaign):
        yield _complaint(model, campaign, empty)


def _somebody(model: Model, campaign: Campaign, segment: str) -> bool:
    phases = phases_of(model.schedule, campaign)
    return any(
        overlap(found.phases, phases) and any(overlap(campaign.roles, part.roles) for part in found.parts if part.roles)
        for found in reach_of(model).maps_of(segment)
    )


def _complaint(model: Model, campaign: Campaign, segments: list[str]) -> Diagnostic:
    return REACHES_NOBODY.at(
        model.span(campaign.place),
        campaign=campaign.name,
        segments=" or ".join(segments),
        listed=", ".join(segments),
        roles=" or ".join(campaign.roles),
        phases=", ".join(phases_of(model.schedule, campaign)),
        first=campaign.roles[0],
    )
