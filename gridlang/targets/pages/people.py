"""The layer cake: the Integration Maps along the journey, and the people on them."""

from __future__ import annotations

import attrs

from gridlang.schedule.model import Person
from gridlang.targets.pages.told import Chip, Context, Fact, MarkView, Where, facts
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.reach import Listener, MapInPhase, maps_in_phase
from gridlang.targets.words.predicates import predicate


@attrs.frozen(kw_only=True)
class Reached:
    """A campaign that reaches somebody, with the marks of its channels."""

    chip: Chip
    marks: tuple[MarkView, ...]


@attrs.frozen(kw_only=True)
class ListenerView:
    """A person on a map: roles, what reaches them, and a word of warning when nothing does."""

    name: str
    link: str
    roles: str
    decides: bool
    silent: bool
    warning: str | None
    reached: tuple[Reached, ...]
    where: Where


@attrs.frozen(kw_only=True)
class InfluenceView:
    """Who influences whom, how strongly."""

    source: str
    target: str
    strength: str
    where: Where


@attrs.frozen(kw_only=True)
class MapView:
    """A layer of the cake."""

    title: str
    label: str
    """The title with phase and segment, which tell it from the other layers."""
    segment: str
    doc: str | None
    facts: tuple[Fact, ...]
    listeners: tuple[ListenerView, ...]
    influence: tuple[InfluenceView, ...]
    where: Where
    drawn: MapInPhase


@attrs.frozen
class Layer:
    """A phase of the journey with the maps of its segments; none, when nobody has drawn one."""

    phase: Chip
    number: int
    maps: tuple[MapView, ...]


@attrs.frozen(kw_only=True)
class PersonView:
    """Someone around the buyer."""

    title: str
    anchor: str
    doc: str | None
    known: bool
    facts: tuple[Fact, ...]
    reached: tuple[tuple[Chip, tuple[Chip, ...]], ...]
    """The phases on whose maps they stand, each with the campaigns that reach them there; none is silence."""
    where: Where


def layers(told: Context) -> tuple[Layer, ...]:
    """The maps of every phase, in the order of the journey."""
    return tuple(
        Layer(
            told.phase(phase.name),
            number,
            tuple(_map(told, each) for each in maps_in_phase(told.schedule, phase.name)),
        )
        for number, phase in enumerate(told.schedule.journey.phases, 1)
    )


def _map(told: Context, of: MapInPhase) -> MapView:
    say, notions = told.words.say, told.names.notions
    strengths = {"weak": say("weak"), "normal": say("plain"), "strong": say("strong")}
    return MapView(
        title=told.names.label(of.map),
        label=f"{told.names.label(of.map)}, {told.names.phase(of.phase)}, {told.names.segment(of.segment)}",
        segment=told.names.segment(of.segment),
        doc=told.doc(of.map),
        facts=facts(
            (say("Needs"), notions(of.map.needs)),
            (say("Barriers"), notions(of.map.barriers)),
            (say("Triggers"), notions(of.map.triggers)),
        ),
        listeners=tuple(_listener(told, listener) for listener in of.listeners),
        influence=tuple(
            InfluenceView(
                source=told.names.person(arrow.source),
                target=told.names.person(arrow.target),
                strength=strengths[arrow.strength],
                where=told.where(arrow.place),
            )
            for arrow in of.map.influence
        ),
        where=told.where(of.map.place),
        drawn=of,
    )


def _listener(told: Context, listener: Listener) -> ListenerView:
    return ListenerView(
        name=told.names.label(listener.person),
        link=anchor("person", listener.person.name),
        roles=told.words.both(told.names.role(role) for role in listener.part.roles),
        decides=listener.decides,
        silent=not listener.heard,
        warning=_warning(told, listener),
        reached=tuple(
            Reached(chip=told.campaign(each.campaign), marks=tuple(told.mark(channel) for channel in each.channels))
            for each in listener.heard
        ),
        where=told.where(listener.part.place),
    )


def _warning(told: Context, listener: Listener) -> str | None:
    if listener.heard:
        return None
    if listener.decides:
        return told.words.say("Approves, and hears nothing in this phase")
    if listener.to_approver:
        return told.words.say("Influences the approver, and hears nothing in this phase")
    return told.words.say("Hears nothing in this phase")


def persons(told: Context) -> tuple[PersonView, ...]:
    """Everybody around the buyer, with motives, criteria and attitudes."""
    reached = _reached(told)
    return tuple(_person(told, person, reached.get(person.name, {})) for person in told.schedule.persons)


def _reached(told: Context) -> dict[str, dict[Chip, dict[Chip, None]]]:
    """By person and phase, over all segments."""
    found: dict[str, dict[Chip, dict[Chip, None]]] = {}
    for phase in told.schedule.journey.phases:
        for each in maps_in_phase(told.schedule, phase.name):
            for listener in each.listeners:
                here = found.setdefault(listener.person.name, {}).setdefault(told.phase(phase.name), {})
                here.update(dict.fromkeys(told.campaign(heard.campaign) for heard in listener.heard))
    return found


def _person(told: Context, person: Person, reached: dict[Chip, dict[Chip, None]]) -> PersonView:
    say, notions = told.words.say, told.names.notions
    plays = predicate(told.names, person.when) if person.when else None
    return PersonView(
        title=told.names.label(person),
        anchor=anchor("person", person.name),
        doc=told.doc(person),
        known=person.known,
        facts=facts(
            (say("Motives"), notions(person.motive)),
            (say("Criteria"), notions(person.criteria)),
            (say("Attitudes"), notions(person.attitude)),
            (say("Who it is"), plays or (None if person.known else say("not in the CRM"))),
        ),
        reached=tuple((phase, tuple(campaigns)) for phase, campaigns in reached.items()),
        where=told.where(person.place),
    )
