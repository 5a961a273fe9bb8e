"""Who does it, and what is measured: teams with their tasks, and KPIs."""

from __future__ import annotations

import attrs

from gridlang.schedule.model import Team
from gridlang.schedule.steps import Notify, Task
from gridlang.targets.pages.told import Chip, Context, Fact, Where, facts
from gridlang.targets.views.anchors import anchor
from gridlang.targets.words import quantities
from gridlang.targets.words import steps as said


@attrs.frozen(kw_only=True)
class DutyView:
    """A kind of task: what, by which channel, for when, with which outcomes."""

    title: str
    chip: Chip
    details: str
    outcomes: tuple[str, ...]
    where: Where


@attrs.frozen(kw_only=True)
class TeamView:
    """A team with its hours, its people and its work."""

    title: str
    anchor: str
    doc: str | None
    facts: tuple[Fact, ...]
    duties: tuple[DutyView, ...]
    campaigns: tuple[Chip, ...]
    """Those it is responsible for."""
    where: Where


@attrs.frozen(kw_only=True)
class KpiView:
    """What is counted, what is aimed at, and who is rewarded."""

    title: str
    doc: str | None
    counts: str
    aim: str | None
    responsible: str | None
    reward: str | None
    where: Where


def teams(told: Context) -> tuple[TeamView, ...]:
    """In order of declaration."""
    return tuple(_team(told, team) for team in told.schedule.teams)


def _team(told: Context, team: Team) -> TeamView:
    say, words = told.words.say, told.words
    return TeamView(
        title=told.names.label(team),
        anchor=anchor("team", team.name),
        doc=told.doc(team),
        facts=facts(
            (say("Members"), team.members),
            (say("Hours"), quantities.hours(words, team.hours)),
            (say("Days"), quantities.days(words, team.days) if team.days else None),
            (say("Capacity"), quantities.rate(words, team.capacity) if team.capacity else None),
        ),
        duties=tuple(
            _duty(told, step, told.campaign(campaign))
            for campaign in told.schedule.campaigns
            for step in campaign.steps
            if isinstance(step, Task | Notify) and step.team == team.name
        ),
        campaigns=tuple(told.campaign(each) for each in told.schedule.campaigns if each.owner == team.name),
        where=told.where(team.place),
    )


def _duty(told: Context, step: Task | Notify, chip: Chip) -> DutyView:
    outcomes: tuple[str, ...] = ()
    if isinstance(step, Task):
        outcomes = tuple(told.names.outcome(outcome) for arm in step.arms for outcome in arm.outcomes)
    own = (told.names.team(step.team), told.words.say("by %(team)s", team=told.names.team(step.team)))
    lines = [line for line in said.details(told.names, step) if line not in own]
    return DutyView(
        title=said.title(told.names, step),
        chip=chip,
        details=" · ".join([*lines, *([told.words.say("notice")] if isinstance(step, Notify) else [])]),
        outcomes=outcomes,
        where=told.where(step.place),
    )


def kpis(told: Context) -> tuple[KpiView, ...]:
    """In order of declaration."""
    return tuple(
        KpiView(
            title=told.names.label(kpi),
            doc=told.doc(kpi),
            counts=told.names.event(kpi.counts),
            aim=quantities.rate(told.words, kpi.aim) if kpi.aim else None,
            responsible=told.names.team(kpi.responsible) if kpi.responsible else None,
            reward=kpi.reward,
            where=told.where(kpi.place),
        )
        for kpi in told.schedule.kpis
    )
