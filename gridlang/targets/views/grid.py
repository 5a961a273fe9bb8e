"""The Marketing Grid, derived from the campaigns' coordinates: phase x role, for each segment and relation."""

from __future__ import annotations

from typing import Literal

import attrs

from gridlang.schedule.model import Campaign, Map, Phase, Schedule, Segment
from gridlang.targets.views.reach import channels_of, map_of

EVERYBODY = ""
"""The role of a grid without roles."""


@attrs.frozen(kw_only=True)
class Cell:
    """What a role gets in a phase.

    `filled`: campaigns. `covered`: no campaign for this role, but whoever plays it is reached as something else
    (`through`: persons with the role they are reached as). `empty`: somebody stands here and hears nothing. `nobody`:
    the map of the phase gives nobody this role.
    """

    role: str
    state: Literal["filled", "covered", "empty", "nobody"]
    campaigns: tuple[Campaign, ...] = ()
    through: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Row:
    """A phase and a cell for each role."""

    phase: Phase
    cells: tuple[Cell, ...]


@attrs.frozen
class Matrix:
    """One matrix; levels of relation that have the same campaigns share it. `relations` is empty for all of them."""

    segment: Segment
    relations: tuple[str, ...]
    roles: tuple[str, ...]
    rows: tuple[Row, ...]


def matrices(schedule: Schedule) -> tuple[Matrix, ...]:
    """The grid of every segment, and of every group of relation levels that differs."""
    heard = [each for each in schedule.campaigns if channels_of(each)]
    return tuple(matrix for segment in schedule.segments for matrix in _of_segment(schedule, segment, heard))


def _of_segment(schedule: Schedule, segment: Segment, heard: list[Campaign]) -> list[Matrix]:
    roles = _roles(schedule, segment)
    here = [each for each in heard if _at(each.segments, segment.name)]
    # Without a campaign that asks for a relation, all levels are alike.
    levels = [level.name for level in schedule.relations] if any(each.relations for each in here) else [""]
    grouped: dict[tuple[Row, ...], list[str]] = {}
    for level in levels or [""]:
        some = [each for each in here if not level or _at(each.relations, level)]
        rows = tuple(_row(schedule, segment, phase, roles, some) for phase in schedule.journey.phases)
        grouped.setdefault(rows, []).append(level)
    everybody = len(grouped) == 1
    return [Matrix(segment, () if everybody else tuple(some), roles, rows) for rows, some in grouped.items()]


def _roles(schedule: Schedule, segment: Segment) -> tuple[str, ...]:
    """The roles that somebody plays on a map or that a campaign speaks to, in this segment or else in the plan.

    A plan that knows of no roles has one column, for everybody.
    """
    played = {
        role
        for each in schedule.maps
        if not each.segments or segment.name in each.segments
        for part in each.parts
        for role in part.roles
    }
    spoken_to = {role for each in schedule.campaigns if _at(each.segments, segment.name) for role in each.roles}
    used = (played | spoken_to) or {role for each in schedule.maps for part in each.parts for role in part.roles}
    return tuple(role.name for role in schedule.roles if role.name in used) or (EVERYBODY,)


def _row(schedule: Schedule, segment: Segment, phase: Phase, roles: tuple[str, ...], some: list[Campaign]) -> Row:
    here = [each for each in some if _at(each.phases, phase.name)]
    plan_map = map_of(schedule, segment.name, phase.name)
    return Row(phase, tuple(_cell(schedule, plan_map, role, here) for role in roles))


def _cell(schedule: Schedule, plan_map: Map | None, role: str, here: list[Campaign]) -> Cell:
    players = [part for part in plan_map.parts if role in part.roles] if plan_map else []
    named = {(plan_map.name, part.person) for part in players} if plan_map else set()
    campaigns = tuple(
        each
        for each in here
        if role in each.roles or named.intersection(each.addressed) or not (each.roles or each.addressed)
    )
    if campaigns:
        return Cell(role=role, state="filled", campaigns=campaigns)
    if plan_map is not None and not players:
        return Cell(role=role, state="nobody")
    known = {person.name for person in schedule.persons if person.known}
    through = tuple(
        (part.person, other)
        for part in players
        if (other := next((other for other in part.roles if _spoken_to(here, other, part.person in known)), None))
    )
    covered = bool(players) and len(through) == len(players)
    return Cell(role=role, state="covered" if covered else "empty", through=through if covered else ())


def _spoken_to(here: list[Campaign], role: str, known: bool) -> bool:
    return any(role in each.roles and (known or each.mass) for each in here)


def _at(coordinates: tuple[str, ...], name: str) -> bool:
    return not coordinates or name in coordinates
