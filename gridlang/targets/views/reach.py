"""Who hears what: the persons of a map, and the campaigns that reach them in a phase."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from gridlang.schedule.model import Campaign, Map, Part, Person, Schedule
from gridlang.schedule.steps import Send, Show, Task


@attrs.frozen
class Heard:
    """A campaign that reaches somebody, and the channels it does it by, as first named."""

    campaign: Campaign
    channels: tuple[str, ...]


@attrs.frozen
class Listener:
    """A person of a map with what reaches them in one phase; nothing, when `heard` is empty.

    `to_approver`: they influence somebody who approves, directly or over others.
    """

    person: Person
    part: Part
    heard: tuple[Heard, ...]
    decides: bool
    to_approver: bool


@attrs.frozen
class MapInPhase:
    """An Integration Map as it stands in one phase for one segment."""

    map: Map
    segment: str
    phase: str
    listeners: tuple[Listener, ...]


def maps_in_phase(schedule: Schedule, phase: str) -> tuple[MapInPhase, ...]:
    """The maps of a phase, segment by segment, in order of declaration."""
    drawn = [each for each in schedule.maps if _covers(each.phases, phase)]
    here = [each for each in schedule.campaigns if _covers(each.phases, phase)]
    found = []
    for segment in schedule.segments:
        plan_map = next((each for each in drawn if _covers(each.segments, segment.name)), None)
        if plan_map is not None:
            some = [each for each in here if _covers(each.segments, segment.name)]
            found.append(MapInPhase(plan_map, segment.name, phase, _listeners(schedule, plan_map, some)))
    return tuple(found)


def map_of(schedule: Schedule, segment: str, phase: str) -> Map | None:
    """The map of a segment in a phase, None when nobody has drawn one."""
    return next(
        (each for each in schedule.maps if _covers(each.segments, segment) and _covers(each.phases, phase)), None
    )


def channels_of(campaign: Campaign) -> tuple[str, ...]:
    """The channels of a campaign's touches, flights and tasks, in order of first use."""
    used: dict[str, None] = {}
    for step in campaign.steps:
        match step:
            case Send():
                used.update(dict.fromkeys(step.channels))
            case Show() | Task():
                used[step.channel] = None
            case _:
                pass
    return tuple(used)


def _listeners(schedule: Schedule, plan_map: Map, here: list[Campaign]) -> tuple[Listener, ...]:
    persons = {person.name: person for person in schedule.persons}
    deciding = {role.name for role in schedule.roles if role.decides}
    deciders = {part.person for part in plan_map.parts if deciding.intersection(part.roles)}
    heeded = _heeded(plan_map, deciders)
    return tuple(
        Listener(
            persons[part.person],
            part,
            tuple(_heard(here, plan_map, part, persons[part.person])),
            part.person in deciders,
            part.person in heeded,
        )
        for part in plan_map.parts
    )


def _heeded(plan_map: Map, deciders: set[str]) -> set[str]:
    """Those whose influence ends at an approver, directly or over others."""
    heeded: set[str] = set()
    waiting = list(deciders)
    while waiting:
        listener = waiting.pop()
        new = {arrow.source for arrow in plan_map.influence if arrow.target == listener} - heeded - deciders
        heeded |= new
        waiting.extend(sorted(new))
    return heeded


def _heard(campaigns: Iterable[Campaign], plan_map: Map, part: Part, person: Person) -> Iterable[Heard]:
    """Somebody who is not in the CRM is reached by mass media only."""
    for campaign in campaigns:
        channels = channels_of(campaign)
        if channels and addresses(campaign, plan_map, part) and (person.known or campaign.mass):
            yield Heard(campaign, channels)


def addresses(campaign: Campaign, plan_map: Map, part: Part) -> bool:
    """Whether a campaign stands where this person of a map stands, by role or by name."""
    if not campaign.roles and not campaign.addressed:
        return True
    return bool(set(campaign.roles) & set(part.roles)) or (plan_map.name, part.person) in campaign.addressed


def _covers(coordinates: tuple[str, ...], name: str) -> bool:
    return not coordinates or name in coordinates
