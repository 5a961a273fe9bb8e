"""Who influences whom on a map, and whom of them nothing reaches: what rules about influence and coverage share."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from gridlang.analysis.reach import reaches
from gridlang.schedule.model import Campaign, Map


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


def unheard(found: Map, deciding: frozenset[str], campaigns: list[Campaign]) -> Iterator[Link]:
    """Those of them to whom none of these campaigns speaks."""
    parts = {part.person: part for part in found.parts}
    for link in influencers(found, deciding):
        if not any(reaches(campaign, found, parts[link.source]) for campaign in campaigns):
            yield link
