"""Each campaign: where it stands, its terms, and its flow told step by step."""

from __future__ import annotations

import attrs

from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import Step
from gridlang.targets.pages.told import Chip, Context, Fact, MarkView, Where, facts
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.flow import Arrow, Flow, flow
from gridlang.targets.views.reach import channels_of
from gridlang.targets.words import quantities
from gridlang.targets.words import steps as said


@attrs.frozen(kw_only=True)
class Onward:
    """An arrow out of a step: on what, and to which step (a number and its title), or the end."""

    on: str
    to: str
    link: str | None


@attrs.frozen(kw_only=True)
class StepView:
    """A step of the list under a drawing; `number` counts them as they are written."""

    number: int
    anchor: str
    kind: str
    title: str
    details: str
    label: str | None
    doc: str | None
    onward: tuple[Onward, ...]
    where: Where


@attrs.frozen(kw_only=True)
class CampaignView:
    """A campaign as a reader meets it."""

    campaign: Campaign
    chip: Chip
    anchor: str
    doc: str | None
    phases: tuple[Chip, ...]
    marks: tuple[MarkView, ...]
    facts: tuple[Fact, ...]
    steps: tuple[StepView, ...]
    where: Where


def campaigns(told: Context) -> tuple[CampaignView, ...]:
    """In order of declaration."""
    return tuple(_campaign(told, campaign) for campaign in told.schedule.campaigns)


def _campaign(told: Context, campaign: Campaign) -> CampaignView:
    return CampaignView(
        campaign=campaign,
        chip=told.campaign(campaign),
        anchor=anchor("campaign", campaign.name),
        doc=told.doc(campaign),
        phases=tuple(told.phase(phase) for phase in campaign.phases),
        marks=tuple(told.mark(channel) for channel in channels_of(campaign)),
        facts=(*_coordinates(told, campaign), *_terms(told, campaign)),
        steps=_steps(told, campaign),
        where=told.where(campaign.place),
    )


def _coordinates(told: Context, campaign: Campaign) -> tuple[Fact, ...]:
    say, names = told.words.say, told.names
    roles = [names.role(role) for role in campaign.roles] + [names.person(person) for _, person in campaign.addressed]
    return facts(
        (say("Segment"), told.words.both(names.segment(segment) for segment in campaign.segments) or say("everybody")),
        (say("Role"), told.words.both(roles) or say("everybody")),
        (say("Relation"), told.words.both(names.relation(relation) for relation in campaign.relations)),
    )


def _terms(told: Context, campaign: Campaign) -> tuple[Fact, ...]:
    say, words = told.words.say, told.words
    return facts(
        (say("Starts"), said.starts(told.names, campaign)),
        (say("Goal"), _goal(told, campaign)),
        (say("Responsible"), told.names.team(campaign.owner) if campaign.owner else None),
        (say("Priority"), words.number(campaign.priority) if campaign.priority != 50 else None),
        (say("Held out"), quantities.share(words, campaign.holdout) if campaign.holdout else None),
        (say("Again"), _again(told, campaign)),
        (say("Patience"), quantities.duration(words, campaign.patience) if campaign.patience else None),
    )


def _goal(told: Context, campaign: Campaign) -> str | None:
    if campaign.goal is None:
        return None
    event = told.names.event(campaign.goal.event)
    if campaign.goal.within is None:
        return event
    within = quantities.duration(told.words, campaign.goal.within)
    return told.words.say("%(event)s within %(duration)s", event=event, duration=within)


def _again(told: Context, campaign: Campaign) -> str | None:
    if campaign.reentry == "always":
        return None
    if campaign.reentry == "once":
        return told.words.say("once for each person")
    after = quantities.duration(told.words, campaign.reentry.removeprefix("after "))
    return told.words.say("at the earliest %(duration)s after the last time", duration=after)


def _steps(told: Context, campaign: Campaign) -> tuple[StepView, ...]:
    graph = flow(campaign)
    numbered = {step.id: (number, step) for number, step in enumerate(campaign.steps, 1)}
    return tuple(_step(told, campaign, graph, step, numbered) for step in campaign.steps)


def _step(
    told: Context, campaign: Campaign, graph: Flow, step: Step, numbered: dict[str, tuple[int, Step]]
) -> StepView:
    leaving = [arrow for arrow in graph.arrows if arrow.source == step.id]
    return StepView(
        number=numbered[step.id][0],
        anchor=anchor("step", campaign.name, step.id),
        kind=said.kind(told.names, step),
        title=said.title(told.names, step),
        details=" · ".join(said.details(told.names, step)),
        label=step.label,
        doc=step.doc,
        onward=tuple(_onward(told, campaign, arrow, numbered) for arrow in leaving),
        where=told.where(step.place),
    )


def _onward(told: Context, campaign: Campaign, arrow: Arrow, numbered: dict[str, tuple[int, Step]]) -> Onward:
    on = told.words.either(filter(None, (said.meaning(told.names, meaning) for meaning in arrow.meanings)))
    if arrow.target not in numbered:
        return Onward(on=on, to=told.words.say("the end"), link=None)
    number, step = numbered[arrow.target]
    title = f"{number}. {said.kind(told.names, step)}: {said.title(told.names, step)}"
    return Onward(on=on, to=title, link=anchor("step", campaign.name, step.id))
