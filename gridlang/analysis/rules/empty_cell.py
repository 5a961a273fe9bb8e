"""A role of a map that no campaign speaks to in that phase.

Why: the grid promises that everybody around the buyer is met everywhere; an empty cell is a decision, or an oversight.
A cell that stands empty only because somebody with influence is not heard there is L0101, and told once.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.influence import unheard
from gridlang.analysis.reach import overlap, phases_of, reach_of, reaches
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.schedule.model import Campaign, Map, Part
from gridlang.semantics.model import Model

EMPTY_CELL = Code(
    "L0102",
    "empty-cell",
    Level.WARNING,
    "in {phases} nothing is said to whoever is {roles} on the map `{map}`",
    why="everybody around the buyer is somewhere in the grid, and these cells are empty",
    help="add a campaign: `campaign … {{ phase: {phase}  role: {first} … }}`",
)


def of_map(model: Model, found: Map) -> Iterator[Diagnostic]:
    reach = reach_of(model)
    empty: dict[tuple[str, ...], list[str]] = {}
    for phase in phases_of(model.schedule, found):
        campaigns = list(reach.at(found, phase))
        told = {link.source for link in unheard(found, reach.deciding, campaigns)}
        roles = tuple(empty_roles(found, campaigns, told))
        if roles:
            empty.setdefault(roles, []).append(phase)
    for roles, phases in empty.items():
        yield EMPTY_CELL.at(
            model.span(found.place),
            phases=", ".join(phases),
            phase=phases[0],
            roles=" or ".join(roles),
            map=found.name,
            first=roles[0],
        )


def empty_roles(found: Map, campaigns: list[Campaign], told: set[str]) -> list[str]:
    """The roles of a map whose cell no campaign fills, and whose persons nothing else reaches; `told`: said already."""
    roles = dict.fromkeys(role for part in found.parts for role in part.roles)

    def filled(role: str) -> bool:
        if any(overlap(campaign.roles, (role,)) and not campaign.addressed for campaign in campaigns):
            return True
        return all(_met(part) for part in found.parts if role in part.roles)

    def _met(part: Part) -> bool:
        return part.person in told or any(reaches(campaign, found, part) for campaign in campaigns)

    return [role for role in roles if not filled(role)]
