"""Which campaigns can run together for one person: everything that stands at one cell of the grid."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from gridlang.analysis.flow import graph
from gridlang.analysis.reach import channels_of, overlap, reach_of
from gridlang.quantities import Rate
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Cap, Map, Rule, Schedule
from gridlang.semantics.model import Model

MOST_SEGMENTS = 40
"""How many segments are rehearsed, the first ones: somebody of a later one would have to fit none before it."""


@attrs.frozen
class Cell:
    """A segment, a phase and the roles somebody has in it, with the campaigns (by position) that can meet there."""

    segment: str
    phase: str
    roles: tuple[str, ...]
    campaigns: tuple[int, ...]


def cells(model: Model) -> Iterator[Cell]:
    """Every cell in which several contacts can come together, each set of campaigns once."""
    schedule = model.schedule
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for segment in schedule.segments[:MOST_SEGMENTS]:
        for phase in schedule.journey.phases:
            for roles in _roles(schedule, segment.name, phase.name):
                found = _campaigns(model, segment.name, phase.name, roles)
                if found and (phase.name, found) not in seen:
                    seen.add((phase.name, found))
                    yield Cell(segment.name, phase.name, roles, found)


def _roles(schedule: Schedule, segment: str, phase: str) -> list[tuple[str, ...]]:
    """The roles that persons of the cell's map have; without a map, the target's."""
    found = map_of(schedule, segment, phase)
    parts = [part.roles for part in found.parts] if found else []
    return list(dict.fromkeys(parts)) or [("target",)]


def map_of(schedule: Schedule, segment: str, phase: str) -> Map | None:
    """The map of a segment in a phase."""
    for found in schedule.maps:
        if (not found.segments or segment in found.segments) and (not found.phases or phase in found.phases):
            return found
    return None


def _campaigns(model: Model, segment: str, phase: str, roles: tuple[str, ...]) -> tuple[int, ...]:
    numbers = reach_of(model).of_segments((segment,))
    return tuple(number for number in numbers if _stands(model, model.schedule.campaigns[number], phase, roles))


def _stands(model: Model, campaign: Campaign, phase: str, roles: tuple[str, ...]) -> bool:
    if campaign.mass or campaign.name in model.broken or (campaign.addressed and not campaign.roles):
        return False
    return overlap(campaign.phases, (phase,)) and overlap(campaign.roles, roles)


@attrs.frozen(eq=False)
class Stage:
    """A plan and its rules by segment (under None: those of any), worked out once for all cells."""

    model: Model
    rules: dict[str | None, list[int]]

    @classmethod
    def of(cls, model: Model) -> Stage:
        return cls(model, _rules_by_segment(model.schedule.rules))


def caps_in_reach(stage: Stage, cell: Cell) -> tuple[Cap, ...]:
    """The caps that the contacts of a cell could fill: those with fewer places than there are contacts."""
    schedule = stage.model.schedule
    campaigns = [schedule.campaigns[number] for number in cell.campaigns]
    used = {name for campaign in campaigns for step in campaign.steps for name in channels_of(step)}
    found = [channel.cap for channel in schedule.channels if channel.name in used and channel.cap is not None]
    found += [rule.cap for rule in rules_at(stage, cell) if rule.cap is not None]
    return tuple(cap for cap in found if _contacts(stage.model, campaigns, cap) > Rate.parse(cap.rate).count)


def rules_at(stage: Stage, cell: Cell) -> tuple[Rule, ...]:
    """The rules that hold in a cell, in order of declaration."""
    schedule, rules = stage.model.schedule, stage.rules
    near = sorted({*rules.get(None, ()), *rules.get(cell.segment, ())})
    return tuple(
        rule
        for rule in (schedule.rules[number] for number in near)
        if overlap(rule.phases, (cell.phase,)) and overlap(rule.roles, cell.roles)
    )


def _rules_by_segment(rules: tuple[Rule, ...]) -> dict[str | None, list[int]]:
    found: dict[str | None, list[int]] = {}
    for number, rule in enumerate(rules):
        for segment in rule.segments or (None,):
            found.setdefault(segment, []).append(number)
    return found


def _contacts(model: Model, campaigns: list[Campaign], cap: Cap) -> int:
    """How many contacts a cap could count at most; a flow that can come round again counts as without end."""
    count = 0
    for campaign in campaigns:
        counted = sum(1 for step in campaign.steps if channels_of(step) and overlap(cap.channels, channels_of(step)))
        count += counted if not counted or not _comes_round(model, campaign) else 10**6
    return count


def _comes_round(model: Model, campaign: Campaign) -> bool:
    """Whether a step of the flow can be reached again: by an arrow back, or in a `repeat`."""
    found = graph(model, campaign)
    if found is None or any(isinstance(step, steps.Repeat) for step in campaign.steps):
        return True
    order = {step.id: number for number, step in enumerate(campaign.steps)}
    return any(
        order.get(arc.target or "", len(order)) <= order[step.id]
        for step in campaign.steps
        for arc in found.arcs[step.id]
    )
