"""Who is reached where: which campaigns stand at which cells, and whom they speak to.

Rules about coverage read it here, and mean the same by "reached".
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Map, Part, Schedule


def overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two coordinates meet; an empty one means any."""
    return not one or not other or bool(set(one) & set(other))


def phases_of(schedule: Schedule, found: Map | Campaign) -> tuple[str, ...]:
    """The phases a map or campaign stands in, in the journey's order."""
    return tuple(phase.name for phase in schedule.journey.phases if not found.phases or phase.name in found.phases)


def speaks(campaign: Campaign) -> bool:
    """Whether anything in its flow reaches somebody."""
    return any(isinstance(step, steps.Send | steps.Show | steps.Task) for step in campaign.steps)


def campaigns_at(schedule: Schedule, found: Map, phase: str) -> Iterator[Campaign]:
    """The campaigns that can speak to somebody of a map in a phase."""
    for campaign in schedule.campaigns:
        if speaks(campaign) and overlap(campaign.phases, (phase,)) and overlap(campaign.segments, found.segments):
            yield campaign


def reaches(campaign: Campaign, found: Map, part: Part) -> bool:
    """Whether a campaign speaks to a person of a map."""
    if (found.name, part.person) in campaign.addressed:
        return True
    if campaign.addressed and not campaign.roles:
        return False
    return overlap(campaign.roles, part.roles)
