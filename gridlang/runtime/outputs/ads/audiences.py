"""Who is in which audience at the end of a run, and may be: R13 is asked again at that moment."""

from __future__ import annotations

import attrs

from gridlang.runtime.outputs.attributes import texts
from gridlang.runtime.reference import consent, happenings
from gridlang.runtime.reference.execution import begin
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import AudienceRow, Execution, Input
from gridlang.schedule.model import Schedule


@attrs.define
class Audience:
    """One list of an advertising system: the people of a channel and a message. `members` are attributes as texts;
    `refused` counts those who have taken their consent back since."""

    channel: str
    message: str
    place: int
    members: list[dict[str, str]] = attrs.field(factory=list)
    refused: int = 0


def audiences(schedule: Schedule, execution: Execution, given: Input) -> tuple[Audience, ...]:
    """In order of declaration of channel and message; each person once in each."""
    until = execution.counts.lived[1]
    within = [row for row in execution.audiences if row.start <= until and (row.end is None or row.end > until)]
    if not within:
        return ()
    world = _world(schedule, given, until)
    people = {person.id: person for account in world.accounts for person in account.people}
    rules = world.plan.channels
    found: dict[tuple[str, str], Audience] = {}
    seen: set[tuple[str, str, str]] = set()
    for row in within:
        person, key = people.get(row.contact), (row.channel, row.message)
        if person is None or (row.contact, *key) in seen:
            continue
        seen.add((row.contact, *key))
        audience = found.setdefault(key, Audience(row.channel, row.message, _place(schedule, row)))
        if consent.refusal(rules[row.channel], person) == "consent":
            audience.refused += 1
        else:
            audience.members.append(texts(person.attributes))
    order = {name: at for at, name in enumerate(each.name for each in (*schedule.channels, *schedule.messages))}
    return tuple(sorted(found.values(), key=lambda each: (order.get(each.channel, 0), order.get(each.message, 0))))


def _world(schedule: Schedule, given: Input, until: int) -> World:
    """The plan's people with everything that happened to them up to then."""
    world = begin(schedule, given, 0, until)
    for account in world.accounts:
        for person, row in account.inbox:
            name = row.event or row.outcome
            if name is not None and name in world.plan.events and row.at <= until:
                happenings.remember(world, person, name, row.at, row.payload, row)
    return world


def _place(schedule: Schedule, row: AudienceRow) -> int:
    campaign = next((each for each in schedule.campaigns if each.name == row.campaign), None)
    step = next((each for each in campaign.steps if each.id == row.step), None) if campaign else None
    return (step or campaign or schedule.plan).place
