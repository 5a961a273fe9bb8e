"""What is worth knowing of a declaration, in a few lines: what it says, where it stands in the grid, what it costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from gridlang.quantities import Money
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign, Channel, Event, Map, Message, Person, Phase, Role, Schedule, Segment, Team
from gridlang.targets.views.reach import channels_of

Lines = Iterator[str]


def listed(names: tuple[str, ...], anything: str = "") -> str:
    """`contact, sale`."""
    return ", ".join(names) or anything


def number(value: int) -> str:
    """`12,000`."""
    return f"{value:,}"


# --- campaigns -------------------------------------------------------------------------------------------------------


def touches(campaign: Campaign) -> int:
    """How many steps of a campaign reach somebody."""
    return sum(isinstance(step, steps.Send | steps.Show | steps.Task) for step in campaign.steps)


def reached(schedule: Schedule, campaign: Campaign) -> int | None:
    """How many accounts are expected in the segments of a campaign; None when a segment does not say."""
    names = campaign.segments or tuple(segment.name for segment in schedule.segments)
    sizes = [segment.size for segment in schedule.segments if segment.name in names]
    known = [size for size in sizes if size is not None]
    return sum(known) if known and len(known) == len(sizes) else None


def caps(schedule: Schedule, campaign: Campaign) -> list[str]:
    """The caps that hold somewhere in a campaign, as written."""
    channels = set(channels_of(campaign))
    found = [channel.cap.rate for channel in schedule.channels if channel.name in channels and channel.cap]
    for rule in schedule.rules:
        meets = (
            _meet(rule.phases, campaign.phases)
            and _meet(rule.segments, campaign.segments)
            and _meet(rule.roles, campaign.roles)
        )
        if rule.cap and meets and (not rule.cap.channels or channels & set(rule.cap.channels)):
            found.append(rule.cap.rate)
    return list(dict.fromkeys(found))


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))


def cost(schedule: Schedule, campaign: Campaign) -> Money | None:
    """What the flights of a campaign may cost, and one touch of each step that has a price; None when nothing has."""
    prices = {channel.name: channel.cost for channel in schedule.channels}
    found: list[Money] = []
    for step in campaign.steps:
        if isinstance(step, steps.Show) and step.budget:
            found.append(Money.parse(step.budget))
        elif isinstance(step, steps.Send | steps.Task):
            price = prices.get(step.channels[0] if isinstance(step, steps.Send) else step.channel)
            found += [Money.parse(price)] if price else []
    return Money(sum((each.amount for each in found[1:]), found[0].amount), found[0].currency) if found else None


def _campaign(schedule: Schedule, found: Campaign) -> Lines:
    yield f"segment {listed(found.segments, 'any')} × phase {listed(found.phases, 'any')}"
    people = (*found.roles, *(f"{held}.{person}" for held, person in found.addressed))
    yield f"role {listed(people, 'any')} × relation {listed(found.relations, 'any')}"
    size = reached(schedule, found)
    yield f"{touches(found)} touches" + (f" · reaches {number(size)} accounts" if size is not None else "")
    if found.goal:
        yield f"goal: {found.goal.event}" + (f" within {found.goal.within}" if found.goal.within else "")
    yield f"priority {found.priority}" + (f" · holdout {found.holdout / 100:g} %" if found.holdout else "")


def _segment(schedule: Schedule, found: Segment) -> Lines:
    if found.size is not None:
        yield f"{number(found.size)} accounts expected"
    here = [campaign.name for campaign in schedule.campaigns if _at(campaign.segments, found.name)]
    yield f"{len(here)} campaigns: {listed(tuple(here[:6]))}{' …' if len(here) > 6 else ''}"
    if found.persona:
        yield found.persona


def _phase(schedule: Schedule, found: Phase) -> Lines:
    if found.purpose:
        yield found.purpose
    here = [campaign.name for campaign in schedule.campaigns if _at(campaign.phases, found.name)]
    yield f"campaigns: {listed(tuple(here), 'none')}"
    for way in schedule.journey.transitions:
        if way.source == found.name:
            yield f"-> {way.target}: {listed(way.events, 'only by `move`')}"


def _at(coordinates: tuple[str, ...], name: str) -> bool:
    return not coordinates or name in coordinates


# --- the rest --------------------------------------------------------------------------------------------------------


def _message(schedule: Schedule, found: Message) -> Lines:
    if found.answers:
        yield f"answers {listed(found.answers)}"
    if found.wakes:
        yield f"wakes {listed(found.wakes)}"
    if found.draft:
        yield "a draft: its text is still to be written"
    used = [
        campaign.name
        for campaign in schedule.campaigns
        if any(getattr(step, "message", None) == found.name for step in campaign.steps)
    ]
    yield f"said by {listed(tuple(used), 'no campaign')}"


def _channel(schedule: Schedule, found: Channel) -> Lines:
    if found.ancestors:
        yield f"starts from {' <- '.join(found.ancestors)}"
    yield f"reaches {listed(found.reach)}" + (f" · address in `{found.address}`" if found.address else "")
    if found.consent:
        yield f"consent required, in `{found.consent}`"
    if found.cap:
        yield f"at most {found.cap.rate}"
    for name, hours in (("open", found.hours), ("silent", found.quiet)):
        if hours:
            yield f"{name} {listed(tuple(f'{each.start} .. {each.end}' for each in hours))}"
    if found.lead:
        yield f"takes {found.lead} to produce or book"
    if found.cost:
        yield f"one touch costs {found.cost}"


def _event(schedule: Schedule, found: Event) -> Lines:
    if found.ancestors:
        yield f"is also {listed(found.ancestors)}"
    yield f"comes from {listed(found.channels)}" if found.channels else "comes by itself, or from the files of events"
    if found.carries:
        yield f"carries {listed(tuple(f'{field.name}: {field.type}' for field in found.carries))}"
    for way in schedule.journey.transitions:
        if found.name in way.events:
            yield f"moves an account {way.source} -> {way.target}"


def _person(schedule: Schedule, found: Person) -> Lines:
    yield "known in the CRM" if found.known else "not in the CRM: reached by mass media, or through others"
    if found.motive:
        yield f"moved by {listed(found.motive)}"
    for held in schedule.maps:
        for part in held.parts:
            if part.person == found.name:
                yield f"{listed(part.roles)} on map {held.name} ({listed(held.phases, 'every phase')})"


def _map(schedule: Schedule, found: Map) -> Lines:
    yield f"segment {listed(found.segments, 'any')} × phase {listed(found.phases, 'any')}"
    for part in found.parts:
        yield f"{part.person}: {listed(part.roles)}"
    for arrow in found.influence:
        yield f"{arrow.source} -> {arrow.target}" + (f": {arrow.strength}" if arrow.strength != "normal" else "")


def _team(schedule: Schedule, found: Team) -> Lines:
    yield f"members: {listed(found.members, 'nobody yet')}"
    if found.capacity:
        yield f"takes {found.capacity}"


def _role(schedule: Schedule, found: Role) -> Lines:
    if found.decides:
        yield "takes the decision"
    played = {part.person for held in schedule.maps for part in held.parts if found.name in part.roles}
    yield f"played by {listed(tuple(sorted(played)), 'nobody on a map')}"


def _notion(field: str) -> Callable[[Schedule, Any], Lines]:
    def told(schedule: Schedule, found: Any) -> Lines:
        said = [message.name for message in schedule.messages if found.name in getattr(message, field)]
        yield f"{'answered' if field == 'answers' else 'woken'} by {listed(tuple(said), 'no message')}"

    return told


TOLD: dict[str, tuple[str, Callable[[Schedule, Any], Lines]]] = {
    "campaign": ("campaigns", _campaign),
    "segment": ("segments", _segment),
    "message": ("messages", _message),
    "channel": ("channels", _channel),
    "event": ("events", _event),
    "person": ("persons", _person),
    "map": ("maps", _map),
    "team": ("teams", _team),
    "role": ("roles", _role),
    "need": ("needs", _notion("wakes")),
    "barrier": ("barriers", _notion("answers")),
}
"""By kind: where the schedule holds it, and who tells of it."""


def facts(schedule: Schedule, kind: str, canonical: str) -> list[str]:
    """What the schedule knows of a declaration; nothing when it is not in it."""
    if kind == "phase":
        return [
            line for phase in schedule.journey.phases if phase.name == canonical for line in _phase(schedule, phase)
        ]
    if kind not in TOLD:
        return []
    table, tell = TOLD[kind]
    return [line for found in getattr(schedule, table) if found.name == canonical for line in tell(schedule, found)]
