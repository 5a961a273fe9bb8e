"""Where somebody stands in the plan at a moment, in words: why nothing happened to them."""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.runtime.rows import Execution
from gridlang.schedule.model import Campaign, Schedule


def standing(schedule: Schedule, execution: Execution, account: str, moment: int) -> str:
    """`then home stands in standby, segment families; campaigns there: keep_in_touch`."""
    moves = [move for move in execution.moves if move.account == account and move.at <= moment]
    if not moves:
        return f"by then {account} has not entered the plan"
    phase, segment = moves[-1].target, _segment(execution)
    place = phase if segment is None else f"{phase}, segment {segment}"
    campaigns = ", ".join(campaign.name for campaign in _there(schedule, phase, segment))
    there = f"campaigns there: {campaigns}" if campaigns else "no campaign speaks there"
    return f"then {account} stands in {place}; {there}"


def _segment(execution: Execution) -> str | None:
    """The segment of the story's accounts, where all are in one; a run counts them and names nobody."""
    found = [segment for segment, accounts in execution.counts.by_segment.items() if accounts]
    return found[0] if len(found) == 1 and found[0] else None


def _there(schedule: Schedule, phase: str, segment: str | None) -> Iterator[Campaign]:
    """The campaigns whose coordinates hold there, whatever role or relation they ask for."""
    for campaign in schedule.campaigns:
        in_phase = not campaign.phases or phase in campaign.phases
        in_segment = segment is None or not campaign.segments or segment in campaign.segments
        if in_phase and in_segment:
            yield campaign
