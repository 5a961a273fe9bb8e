"""Somebody the approver listens to, directly or over others, whom nothing reaches in that phase.

Why: the sale then depends on a person we have said nothing to.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.reach import campaigns_at, phases_of, reaches
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.schedule.model import Map, Person, Schedule
from gridlang.semantics.model import Model

UNHEARD_INFLUENCER = Code(
    "L0101",
    "unheard-influencer",
    Level.WARNING,
    "{person} influences {approver} in {phase}{over}, and nothing reaches them there",
    why="the sale then depends on somebody we have said nothing to",
    help="add a campaign: `campaign … {{ phase: {phase}  role: {role} … }}`{mass}",
)


def check(model: Model) -> Iterator[Diagnostic]:
    schedule = model.schedule
    for found in schedule.maps:
        for phase in phases_of(schedule, found):
            campaigns = list(campaigns_at(schedule, found, phase))
            for source, target, place in influencers(schedule, found):
                part = next(part for part in found.parts if part.person == source)
                if not any(reaches(campaign, found, part) for campaign in campaigns):
                    yield _complaint(model, found, phase, source, target, place)


def influencers(schedule: Schedule, found: Map) -> Iterator[tuple[str, str, int]]:
    """Who influences an approver of a map: (person, whom they speak to, the place of that arrow), nearest first."""
    deciding = {role.name for role in schedule.roles if role.decides}
    heard = [part.person for part in found.parts if set(part.roles) & deciding]
    seen = set(heard)
    for listener in heard:
        for edge in found.influence:
            if edge.target == listener and edge.source not in seen:
                seen.add(edge.source)
                heard.append(edge.source)
                yield edge.source, listener, edge.place


def _complaint(model: Model, found: Map, phase: str, source: str, target: str, place: int) -> Diagnostic:
    schedule = model.schedule
    deciding = {role.name for role in schedule.roles if role.decides}
    labels = {person.name: person for person in schedule.persons}
    approvers = [part.person for part in found.parts if set(part.roles) & deciding]
    part = next(part for part in found.parts if part.person == source)
    unknown = source in labels and not labels[source].known
    return UNHEARD_INFLUENCER.at(
        model.span(place),
        person=_named(labels, source),
        approver=_named(labels, approvers[0]),
        over="" if target in approvers else f" over {_named(labels, target)}",
        phase=phase,
        role=part.roles[0] if part.roles else source,
        mass=" (on a mass medium: they are not in the CRM)" if unknown else "",
    )


def _named(labels: dict[str, Person], person: str) -> str:
    title = labels[person].title if person in labels else None
    return f"{title} ({person})" if title else person
