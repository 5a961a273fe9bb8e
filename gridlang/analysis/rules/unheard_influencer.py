"""Somebody the approver listens to, directly or over others, whom nothing reaches in that phase.

Why: the sale then depends on a person we have said nothing to. One finding for each person of a map, with all phases.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.influence import Link, unheard
from gridlang.analysis.reach import Reach, phases_of, reach_of
from gridlang.analysis.words import listed
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.schedule.model import Map
from gridlang.semantics.model import Model

UNHEARD_INFLUENCER = Code(
    "L0101",
    "unheard-influencer",
    Level.WARNING,
    "{person} influences {approver} in {phases}{over}, and nothing reaches them there",
    why="the sale then depends on somebody we have said nothing to",
    help="add a campaign: `campaign … {{ phase: {coordinate}  role: {role} … }}`{mass}",
)


def of_map(model: Model, found: Map) -> Iterator[Diagnostic]:
    reach = reach_of(model)
    phases: dict[Link, list[str]] = {}
    for phase in phases_of(model.schedule, found):
        for link in unheard(found, reach.deciding, list(reach.at(found, phase))):
            phases.setdefault(link, []).append(phase)
    for link, silent in phases.items():
        yield _complaint(model, reach, found, link, silent)


def _complaint(model: Model, reach: Reach, found: Map, link: Link, phases: list[str]) -> Diagnostic:
    roles = next(part.roles for part in found.parts if part.person == link.source)
    unknown = link.source in reach.persons and not reach.persons[link.source].known
    return UNHEARD_INFLUENCER.at(
        model.span(link.place),
        person=reach.named(link.source),
        approver=reach.named(link.approver),
        over="" if link.target == link.approver else f" over {reach.named(link.target)}",
        phases=listed(phases),
        coordinate=", ".join(phases),
        role=roles[0] if roles else f"{found.name}.{link.source}",
        mass=" (on a mass medium: they are not in the CRM)" if unknown else "",
    )
