"""Transitions of the journey that no event takes: who does."""

from __future__ import annotations

from gridlang.schedule.model import Schedule, Transition
from gridlang.schedule.steps import Move
from gridlang.targets.words.names import Names


def without_event(names: Names, way: Transition) -> str:
    """`by a campaign`, or that none does: an arrow that nothing takes yet."""
    say = names.words.say
    return say("by a campaign") if _is_taken(names.schedule, way) else say("no campaign takes it yet")


def _is_taken(schedule: Schedule, way: Transition) -> bool:
    """Whether a campaign that stands in the phase it leaves moves accounts to the phase it leads to."""
    return any(
        isinstance(step, Move) and step.phase == way.target
        for campaign in schedule.campaigns
        if not campaign.phases or way.source in campaign.phases
        for step in campaign.steps
    )
