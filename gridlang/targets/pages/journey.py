"""The journey in words: each phase with its purpose, needs and barriers, and where it leads."""

from __future__ import annotations

import attrs

from gridlang.schedule.model import Phase, Transition
from gridlang.targets.pages.told import Chip, Context, Fact, Where, facts
from gridlang.targets.views.anchors import anchor
from gridlang.targets.words.ways import without_event


@attrs.frozen(kw_only=True)
class WayView:
    """A transition: where it leads, and the events that cause it."""

    source: Chip
    target: Chip
    events: str
    where: Where


@attrs.frozen(kw_only=True)
class PhaseView:
    """A phase as a reader meets it."""

    chip: Chip
    number: int
    anchor: str
    doc: str | None
    purpose: str | None
    marks: tuple[str, ...]
    """`start`, `resting`."""
    facts: tuple[Fact, ...]
    ways: tuple[WayView, ...]
    where: Where


@attrs.frozen(kw_only=True)
class JourneyView:
    """What stands there."""

    title: str
    doc: str | None
    phases: tuple[PhaseView, ...]
    where: Where


def journey(told: Context) -> JourneyView:
    """The phases in their order, each with the ways out of it."""
    drawn = told.schedule.journey
    return JourneyView(
        title=told.names.label(drawn),
        doc=told.doc(drawn),
        phases=tuple(_phase(told, phase, number) for number, phase in enumerate(drawn.phases, 1)),
        where=told.where(drawn.place),
    )


def _phase(told: Context, phase: Phase, number: int) -> PhaseView:
    say, notions = told.words.say, told.names.notions
    drawn = told.schedule.journey
    marks = [say("start")] if drawn.start == phase.name else []
    marks += [say("resting")] if phase.resting else []
    return PhaseView(
        chip=told.phase(phase.name),
        number=number,
        anchor=anchor("phase", phase.name),
        doc=told.doc(phase),
        purpose=told.words.of_library(phase.purpose) if phase.purpose else None,
        marks=tuple(marks),
        facts=facts(
            (say("Needs"), notions(phase.needs)),
            (say("Barriers"), notions(phase.barriers)),
            (say("Triggers"), notions(phase.triggers)),
            (say("Feelings"), notions(phase.feelings)),
        ),
        ways=tuple(_way(told, way) for way in drawn.transitions if way.source == phase.name),
        where=told.where(phase.place),
    )


def _way(told: Context, way: Transition) -> WayView:
    events = told.words.either(told.names.event(event) for event in way.events)
    return WayView(
        source=told.phase(way.source),
        target=told.phase(way.target),
        events=events or without_event(told.names, way),
        where=told.where(way.place),
    )
