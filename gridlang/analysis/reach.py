"""Who is reached where: which campaigns stand at which cells, and whom they speak to.

Rules about coverage read it here, and mean the same by "reached". Everything is looked up by segment and by channel, so
that a plan of thousands of campaigns is not walked once for every map and rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial

import attrs

from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Map, Part, Person, Rule, Schedule
from gridlang.semantics.model import Model


def overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two coordinates meet; an empty one means any."""
    return not one or not other or not set(one).isdisjoint(other)


def phases_of(schedule: Schedule, found: Map | Campaign) -> tuple[str, ...]:
    """The phases a map or campaign stands in, in the journey's order."""
    return tuple(phase.name for phase in schedule.journey.phases if not found.phases or phase.name in found.phases)


def speaks(campaign: Campaign) -> bool:
    """Whether anything in its flow reaches somebody."""
    return any(isinstance(step, steps.Send | steps.Show | steps.Task) for step in campaign.steps)


def channels_of(step: steps.Step) -> tuple[str, ...]:
    """The personal channels a step contacts somebody on."""
    if isinstance(step, steps.Send):
        return step.channels
    return (step.channel,) if isinstance(step, steps.Task) else ()


def reaches(campaign: Campaign, found: Map, part: Part) -> bool:
    """Whether a campaign speaks to a person of a map."""
    if (found.name, part.person) in campaign.addressed:
        return True
    if campaign.addressed and not campaign.roles:
        return False
    return overlap(campaign.roles, part.roles)


@attrs.frozen(eq=False)
class Reach:
    """The campaigns of a plan, by what rules ask for. Numbers are positions in the schedule."""

    schedule: Schedule
    by_segment: dict[str | None, list[int]]
    """Under None: the campaigns of any segment."""
    maps: dict[str | None, list[Map]]
    """By segment; under None those of any segment."""
    by_channel: dict[str, list[tuple[int, steps.Step]]]
    """The steps that contact somebody on a channel."""
    maps_by_name: dict[str, Map]
    persons: dict[str, Person]
    deciding: frozenset[str]
    """The roles that take the decision."""

    def at(self, found: Map, phase: str) -> Iterator[Campaign]:
        """The campaigns that can speak to somebody of a map in a phase."""
        for number in self.of_segments(found.segments):
            campaign = self.schedule.campaigns[number]
            if (not campaign.phases or phase in campaign.phases) and speaks(campaign):
                yield campaign

    def around(self, found: Map) -> tuple[Map | Campaign, ...]:
        """A map and every campaign of its segments: all that a rule about its people looks at."""
        return (found, *(self.schedule.campaigns[number] for number in self.of_segments(found.segments)))

    def of_segments(self, segments: tuple[str, ...]) -> Iterable[int]:
        """The campaigns that stand in any of the segments (in all, when empty), in order of declaration."""
        if not segments:
            return range(len(self.schedule.campaigns))
        if len(segments) == 1 and None not in self.by_segment:
            return self.by_segment.get(segments[0], ())
        names = (None, *segments)
        return sorted({number for name in names for number in self.by_segment.get(name, ())})

    def maps_of(self, segment: str) -> tuple[Map, ...]:
        """The maps that are about a segment."""
        return (*self.maps.get(segment, ()), *self.maps.get(None, ()))

    def meets(self, rule: Rule, number: int) -> bool:
        """Whether somebody can stand both in a campaign and at a rule's coordinates."""
        campaign = self.schedule.campaigns[number]
        return (
            overlap(rule.segments, campaign.segments)
            and overlap(rule.phases, campaign.phases)
            and overlap(rule.roles, self._roles(campaign))
        )

    def _roles(self, campaign: Campaign) -> tuple[str, ...]:
        """The roles a campaign speaks to, those of persons it addresses included; empty: any."""
        roles = [*campaign.roles]
        for name, person in campaign.addressed:
            roles += (role for part in self.maps_by_name[name].parts if part.person == person for role in part.roles)
        return tuple(roles)

    def named(self, person: str) -> str:
        """How a message names a person: title and name."""
        title = self.persons[person].title if person in self.persons else None
        return f"{title} ({person})" if title else person


@lru_cache(maxsize=1)
def reach_of(model: Model) -> Reach:
    """The reach of a plan, worked out once for all rules."""
    schedule = model.schedule
    by_segment: dict[str | None, list[int]] = {}
    by_channel: dict[str, list[tuple[int, steps.Step]]] = {}
    for number, campaign in enumerate(schedule.campaigns):
        if campaign.name in model.broken:
            continue
        for segment in campaign.segments or (None,):
            by_segment.setdefault(segment, []).append(number)
    number = 0
    for sheaf in model.memory.sheaves(schedule.campaigns):
        for at, channel, step in model.memory.all_of("contacted", (sheaf,), partial(_contacted, sheaf)):
            if sheaf[at].name not in model.broken:
                by_channel.setdefault(channel, []).append((number + at, step))
        number += len(sheaf)
    about: dict[str | None, list[Map]] = {}
    for found in schedule.maps:
        for name in found.segments or (None,):
            about.setdefault(name, []).append(found)
    return Reach(
        schedule,
        by_segment,
        about,
        by_channel,
        {found.name: found for found in schedule.maps},
        {person.name: person for person in schedule.persons},
        frozenset(role.name for role in schedule.roles if role.decides),
    )


def _contacted(sheaf: tuple[Campaign, ...]) -> Iterator[tuple[int, str, steps.Step]]:
    """The steps of some campaigns that contact somebody, each with its campaign's number among them."""
    for at, campaign in enumerate(sheaf):
        for step in campaign.steps:
            yield from ((at, channel, step) for channel in channels_of(step))
