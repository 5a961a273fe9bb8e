"""Who does it, and what is measured: teams with their tasks, their members, and KPIs."""

from __future__ import annotations

import attrs

from gridlang.schedule.model import Campaign, Message, Team
from gridlang.schedule.steps import Jump, Notify, OutcomeArm, Step, Task, Wait, WaitFor, WaitUntil
from gridlang.targets.pages.content import parts
from gridlang.targets.pages.told import Chip, Context, Fact, MarkView, Where, facts
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.flow import Arrow, Flow, flow
from gridlang.targets.words import quantities
from gridlang.targets.words import steps as said

HOPS = 5
"""How many steps an outcome is followed for, at the most."""


@attrs.frozen
class LeadView:
    """An outcome, and the steps it leads to until somebody hears or decides something: title and anchor of each."""

    on: str
    then: tuple[tuple[str, str | None], ...]


@attrs.frozen(kw_only=True)
class DutyView:
    """A kind of task: what, for whom, by which channel, for when, what to say, and what each outcome leads to."""

    title: str
    anchor: str
    chip: Chip
    mark: MarkView | None
    notice: bool
    details: str
    facts: tuple[Fact, ...]
    outcomes: tuple[LeadView, ...]
    script: tuple[tuple[str, str], ...]
    """Label and text."""
    segments: tuple[str, ...]
    where: Where


@attrs.frozen(kw_only=True)
class TeamView:
    """A team with its hours, its people and its work. `hours` are the facts without the members, `tokens` the marks of
    these in the page."""

    title: str
    anchor: str
    doc: str | None
    facts: tuple[Fact, ...]
    hours: tuple[Fact, ...]
    members: tuple[Chip, ...]
    tokens: tuple[str, ...]
    duties: tuple[DutyView, ...]
    campaigns: tuple[Chip, ...]
    """Those it is responsible for."""
    where: Where


@attrs.frozen(kw_only=True)
class Membership:
    """A member's part in a team: its hours, and its kinds of task by title and anchor."""

    chip: Chip
    facts: tuple[Fact, ...]
    duties: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class MemberView:
    """A colleague with the teams they are in; `token` is what the address of the page calls them."""

    title: str
    anchor: str
    token: str
    teams: tuple[Membership, ...]


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
    hours = _hours(told, team)
    return TeamView(
        title=told.names.label(team),
        anchor=anchor("team", team.name),
        doc=told.doc(team),
        facts=(*facts((told.words.say("Members"), team.members)), *hours),
        hours=hours,
        members=tuple(Chip(member, link=anchor("member", member)) for member in dict.fromkeys(team.members)),
        tokens=tuple(_token(member) for member in dict.fromkeys(team.members)),
        duties=tuple(
            _duty(told, campaign, step)
            for campaign in told.schedule.campaigns
            for step in campaign.steps
            if isinstance(step, Task | Notify) and step.team == team.name
        ),
        campaigns=tuple(told.campaign(each) for each in told.schedule.campaigns if each.owner == team.name),
        where=told.where(team.place),
    )


def _hours(told: Context, team: Team) -> tuple[Fact, ...]:
    say, words = told.words.say, told.words
    return facts(
        (say("Hours"), quantities.hours(words, team.hours)),
        (say("Days"), quantities.days(words, team.days) if team.days else None),
        (say("Capacity"), quantities.rate(words, team.capacity) if team.capacity else None),
    )


def _token(member: str) -> str:
    return anchor("member", member).removeprefix("member-")


def members(told: Context) -> tuple[MemberView, ...]:
    """Everybody who is in a team, in the order in which they are named."""
    found: dict[str, list[Membership]] = {}
    for team, view in zip(told.schedule.teams, teams(told), strict=True):
        chip = Chip(view.title, link=view.anchor)
        duties = tuple((_called(duty), duty.anchor) for duty in view.duties)
        several = len(set(team.members)) > 1 and team.capacity
        shared = facts((told.words.say("Shared by"), told.words.number(len(set(team.members))) if several else None))
        for member in dict.fromkeys(team.members):
            part = Membership(chip=chip, facts=(*view.hours, *shared), duties=duties)
            found.setdefault(member, []).append(part)
    return tuple(
        MemberView(title=member, anchor=anchor("member", member), token=_token(member), teams=tuple(parts))
        for member, parts in found.items()
    )


def _called(duty: DutyView) -> str:
    """One message can be told on the phone and at the desk."""
    return f"{duty.title} · {duty.mark.label}" if duty.mark and duty.mark.label != duty.title else duty.title


# --- a kind of task ---------------------------------------------------------------------------------------------------


def _duty(told: Context, campaign: Campaign, step: Task | Notify) -> DutyView:
    own = (told.names.team(step.team), told.words.say("by %(team)s", team=told.names.team(step.team)))
    lines = [line for line in said.details(told.names, step) if line not in own]
    notice = isinstance(step, Notify)
    return DutyView(
        title=said.title(told.names, step),
        anchor=anchor("duty", campaign.name, step.id),
        chip=told.campaign(campaign),
        mark=told.mark(step.channel) if isinstance(step, Task) else None,
        notice=notice,
        details=" · ".join([*lines, *([told.words.say("notice")] if notice else [])]),
        facts=_terms(told, campaign, step),
        outcomes=_leads(told, campaign, step) if isinstance(step, Task) else (),
        script=_script(told, step),
        segments=campaign.segments,
        where=told.where(step.place),
    )


def _terms(told: Context, campaign: Campaign, step: Task | Notify) -> tuple[Fact, ...]:
    say, names, words = told.words.say, told.names, told.words
    whom = [names.role(role) for role in campaign.roles] + [names.person(person) for _, person in campaign.addressed]
    return facts(
        (say("The customer's role"), words.both(whom) or say("everybody")),
        (say("Segment"), words.both(names.segment(segment) for segment in campaign.segments)),
        (say("Phase"), words.either(names.phase(phase) for phase in campaign.phases)),
        (say("Channel"), names.channel(step.channel) if isinstance(step, Task) else None),
        (say("Deadline"), quantities.duration(words, step.due) if isinstance(step, Task) else None),
    )


def _script(told: Context, step: Task | Notify) -> tuple[tuple[str, str], ...]:
    """What the message has for a conversation, in each of its languages; without a script, the rest of its words."""
    message = _message(told, step.message) if isinstance(step, Task) else None
    if message is None:
        return ()
    found: list[tuple[str, str]] = []
    for language, wording in (("", message.wording), *message.languages.items()):
        called = str(told.words.locale.languages.get(language, language))
        if wording.script:
            found.append((called, wording.script))
        else:
            found += [(f"{called} · {label}" if called else label, text) for label, text in parts(told, wording)]
    return tuple(found)


def _message(told: Context, name: str | None) -> Message | None:
    return next((each for each in told.schedule.messages if each.name == name), None)


def _leads(told: Context, campaign: Campaign, step: Task) -> tuple[LeadView, ...]:
    graph, steps = flow(campaign), {each.id: each for each in campaign.steps}
    ways = [(arrow, meaning) for arrow in graph.arrows if arrow.source == step.id for meaning in arrow.meanings]
    ways.sort(key=lambda way: not isinstance(way[1], OutcomeArm))
    return tuple(
        LeadView(on, _then(told, campaign, graph, steps, arrow))
        for arrow, meaning in ways
        if (on := said.meaning(told.names, meaning))
    )


def _then(
    told: Context, campaign: Campaign, graph: Flow, steps: dict[str, Step], arrow: Arrow
) -> tuple[tuple[str, str | None], ...]:
    """Waits and counted arrows are passed, until the step at which something happens."""
    found: list[tuple[str, str | None]] = []
    target = arrow.target
    while len(found) < HOPS:
        step = steps.get(target)
        if step is None:
            found.append((told.words.say("the end"), None))
            break
        quiet = isinstance(step, Wait | WaitUntil | WaitFor | Jump)
        found.append((_called_step(told, step, quiet), anchor("step", campaign.name, step.id)))
        if not quiet:
            break
        target = next(each.target for each in graph.arrows if each.source == step.id)
    return tuple(found)


def _called_step(told: Context, step: Step, quiet: bool) -> str:
    """A wait says what it is by itself, and so does the end."""
    kind, title = said.kind(told.names, step), said.title(told.names, step)
    return title if quiet or title == kind else f"{kind}: {title}"


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
