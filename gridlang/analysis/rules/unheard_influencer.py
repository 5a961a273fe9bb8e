"""Somebody the approver listens to, directly or over others, whom nothing reaches in that phase.

Why: the sale then depends on a person we have said nothing to.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from gridlang.analysis.reach import Reach, phases_of, reach_of, reaches
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.schedule.model import Map, Part
from gridlang.semantics.model import Model

UNHEARD_INFLUENCER = Code(
    "L0101",
    "unheard-influencer",
    Level.WARNING,
    "{person} influences {approver} in {phase}{over}, and nothing reaches them there",
    why="the sale then depends on somebody we have said nothing to",
    help="add a campaign: `campaign … {{ phase: {phase}  role: {role} … }}`{mass}",
)


def check(model: Model) -> Iterator[Diagnostic]:
    reach = reach_of(model)
    for found in model.schedule.maps:
        parts = {part.person: part for part in found.parts}
        links = list(influencers(found, reach.deciding))
        for phase in phases_of(model.schedule, found) if links else ():
            campaigns = list(reach.at(found, phase))
            for link in links:
                part = parts[link.source]
                if not any(reaches(campaign, found, part) for campaign in campaigns):
                    yield _complaint(model, reach, part, phase, link)


@attrs.frozen
class Link:
    """Somebody who influences an approver: whom they speak to, at whom it ends, and the place of their arrow."""

    source: str
    target: str
    approver: str
    place: int


def influencers(found: Map, deciding: frozenset[str]) -> Iterator[Link]:
    """Who influences an approver of a map, directly or over others, nearest first."""
    approver = {part.person: part.person for part in found.parts if not deciding.isdisjoint(part.roles)}
    heard = list(approver)
    for listener in heard:
        for edge in found.influence:
            if edge.target == listener and edge.source not in approver:
                approver[edge.source] = approver[listener]
                heard.append(edge.source)
                yield Link(edge.source, listener, approver[listener], edge.place)


def _complaint(model: Model, reach: Reach, part: Part, phase: str, link: Link) -> Diagnostic:
    unknown = link.source in reach.persons and not reach.persons[link.source].known
    return UNHEARD_INFLUENCER.at(
        model.span(link.place),
        person=reach.named(link.source),
        approver=reach.named(link.approver),
        over="" if link.target == link.approver else f" over {reach.named(link.target)}",
        phase=phase,
        role=part.roles[0] if part.roles else link.source,
        mass=" (on a mass medium: they are not in the CRM)" if unknown else "",
    )
