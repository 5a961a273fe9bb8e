"""What BPMN cannot say about a campaign, told at the element it is about: nothing of a plan is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from gridlang.schedule.model import PATIENCE, Campaign, Rule, Schedule
from gridlang.schedule.steps import Ask, Choose, Repeat, Send, Show, Split, Step, Task, Wait, WaitFor, WaitUntil
from gridlang.targets.bpmn.expressions import python
from gridlang.targets.bpmn.graph import Loss
from gridlang.targets.bpmn.naming import plain
from gridlang.targets.bpmn.timers import is_exact
from gridlang.targets.pages import campaigns, rules, told, work
from gridlang.targets.pages.told import Fact
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.flow import flow
from gridlang.targets.words import quantities
from gridlang.targets.words import steps as said
from gridlang.targets.words.predicates import predicate


@attrs.frozen
class Told:
    """The rules of a plan in words, looked up by name."""

    context: told.Context
    channels: dict[str, rules.ChannelView]
    rules: tuple[tuple[Rule, rules.RuleView], ...]
    campaigns: dict[str, campaigns.CampaignView]
    teams: dict[str, tuple[int, tuple[Fact, ...]]]

    @classmethod
    def of(cls, schedule: Schedule) -> Told:
        context = told.context(schedule)
        shown = {view.anchor: view for view in rules.channels(context)}
        teams = zip(schedule.teams, work.teams(context), strict=True)
        return cls(
            context,
            {each.name: shown[key] for each in schedule.channels if (key := anchor("channel", each.name)) in shown},
            tuple(zip(schedule.rules, rules.rules(context), strict=True)),
            {view.campaign.name: view for view in campaigns.campaigns(context)},
            {team.name: (team.place, view.facts) for team, view in teams},
        )


def losses(of: Told, campaign: Campaign) -> tuple[Loss, ...]:
    """In the order of the flow, those of the whole campaign first."""
    found = [*_of_campaign(of, campaign)]
    for step in campaign.steps:
        found += _of_step(of, campaign, step)
    return tuple(found)


def _of_campaign(of: Told, campaign: Campaign) -> Iterator[Loss]:
    """Where it stands, and when runs begin and end (R4, R6, R20)."""
    view = of.campaigns[campaign.name]
    names = of.context.names
    phases = names.words.both(names.phase(phase) for phase in campaign.phases)
    lines = [*([f"{names.words.say('Phase')}: {phases}"] if phases else []), *_lines(view.facts)]
    yield Loss(element="enters", what="cell", text="\n".join(lines), place=campaign.place)
    if any(isinstance(step, Send | Task) for step in campaign.steps):
        yield from _blackouts(of)


def _blackouts(of: Told) -> Iterator[Loss]:
    """R14: days on which nobody is contacted."""
    words, plan = of.context.words, of.context.schedule.plan
    for stretch in of.context.schedule.calendar.blackout:
        if stretch.start <= plan.ends and stretch.end >= plan.starts:
            days = " – ".join(
                quantities.date(words, day, "medium") for day in dict.fromkeys((stretch.start, stretch.end))
            )
            called = f"{stretch.name}, {days}" if stretch.name else days
            text = f"{words.say('Nobody is contacted')}: {called}"
            yield Loss(element="enters", what="blackout", text=text, place=stretch.place)


def _of_step(of: Told, campaign: Campaign, step: Step) -> Iterator[Loss]:
    id = plain(step.id)
    if isinstance(step, Send | Show | Task):
        yield from _of_contact(of, campaign, step, id)
    if isinstance(step, Task):
        yield from _of_team(of, step, id)
    yield from _of_time(of, step, id)
    yield from _of_decision(of, campaign, step, id)


def _of_contact(of: Told, campaign: Campaign, step: Send | Show | Task, id: str) -> Iterator[Loss]:
    """R12 to R17: what a contact waits for, and what makes it be skipped."""
    names = of.context.names
    for name in _channels(step):
        view = of.channels.get(name)
        if view is not None and view.facts:
            place = names.channels[name].place
            yield Loss(element=id, what="channel", text=f"{names.channel(name)}: {_joined(view.facts)}", place=place)
    for rule, seen in of.rules:
        if _covers(of, rule, campaign, step):
            text = f"{seen.title}: {seen.covers}. {'. '.join(seen.asks)}"
            yield Loss(element=id, what="rule", text=text, place=rule.place)
    if not isinstance(step, Show) and _personal(of, step):
        yield _patience(of, campaign, step, id)
    if isinstance(step, Send) and (step.at or step.duration):
        yield Loss(element=id, what="time", text=" · ".join(said.details(names, step)), place=step.place)
    if isinstance(step, Show):
        yield Loss(element=id, what="flight", text=" · ".join(said.details(names, step)), place=step.place)


def _patience(of: Told, campaign: Campaign, step: Send | Task, id: str) -> Loss:
    """R16: how long a contact waits before it is skipped; said also where nobody wrote it down."""
    names = of.context.names
    known = (names.channels[name].patience for name in _channels(step) if name in names.channels)
    patience = campaign.patience or next(filter(None, known), None) or PATIENCE
    text = f"{names.words.say('Patience')}: {quantities.duration(names.words, patience)}"
    return Loss(element=id, what="patience", text=text, place=step.place)


def _channels(step: Send | Show | Task) -> tuple[str, ...]:
    return step.channels if isinstance(step, Send) else (step.channel,)


def _personal(of: Told, step: Send | Show | Task) -> set[str]:
    """The channels of a step that reach one person: windows, caps and patience are theirs alone (R13 to R16)."""
    known = of.context.names.channels
    return (
        set()
        if isinstance(step, Show)
        else {name for name in _channels(step) if name not in known or "person" in known[name].reach}
    )


def _covers(of: Told, rule: Rule, campaign: Campaign, step: Send | Show | Task) -> bool:
    """Whether a rule can touch this contact; forbidden ones the checker has found already."""
    personal = _personal(of, step)
    known = of.context.names.channels
    lines = personal.union(*(known[name].ancestors for name in personal if name in known))
    capped = rule.cap is not None and personal and (not rule.cap.channels or lines & set(rule.cap.channels))
    ordered = any(step.message in (order.first, order.then) for order in rule.order)
    asks = capped or (rule.quiet and personal) or ordered
    return bool(asks) and all(
        not wanted or not stands or set(wanted) & set(stands)
        for wanted, stands in (
            (rule.channels, _channels(step)),
            (rule.phases, campaign.phases),
            (rule.roles, campaign.roles),
            (rule.segments, campaign.segments),
        )
    )


def _of_team(of: Told, step: Task, id: str) -> Iterator[Loss]:
    """R18: the desk, and when the work is due."""
    place, facts = of.teams[step.team]
    names = of.context.names
    due = quantities.duration(names.words, step.due)
    lines = [names.words.say("within %(duration)s", duration=due), *_lines(facts)]
    yield Loss(element=id, what="desk", text=f"{names.team(step.team)}: {' · '.join(lines)}", place=place)


def _of_time(of: Told, step: Step, id: str) -> Iterator[Loss]:
    """Times that ISO 8601 does not know: working days, named days, series without drift (R9, R22a)."""
    names = of.context.names
    title = said.title(names, step)
    match step:
        case Wait() if not is_exact(step.duration):
            yield Loss(element=id, what="workdays", text=title, place=step.place)
        case Ask() | WaitFor() if not is_exact(step.within):
            text = " · ".join(said.details(names, step))
            yield Loss(element=f"{id}__timer", what="workdays", text=text, place=step.place)
        case Task() if step.has_overdue and not is_exact(step.due):
            text = names.words.say("within %(duration)s", duration=quantities.duration(names.words, step.due))
            yield Loss(element=f"{id}__overdue", what="workdays", text=text, place=step.place)
        case WaitUntil():
            yield Loss(element=id, what="moment", text=title, place=step.place)
        case Repeat():
            yield Loss(element=f"{id}__turn", what="series", text=title, place=step.place)
        case _:
            return


def _looks_back(campaign: Campaign, step: Ask) -> bool:
    """Whether something can happen between the last contact and the question: R19 then counts it as an answer."""
    before = {arrow.source for arrow in flow(campaign).arrows if arrow.target == step.id}
    return any(not isinstance(each, Send | Task) for each in campaign.steps if each.id in before)


def _of_decision(of: Told, campaign: Campaign, step: Step, id: str) -> Iterator[Loss]:
    """R19, R20: who may answer, and choices that only the plan's own engine can make."""
    names = of.context.names
    if isinstance(step, Ask) and _looks_back(campaign, step):
        text = names.words.say("An answer since the last contact counts too")
        yield Loss(element=id, what="answers", text=text, place=step.place)
    match step:
        case Ask() if step.of_account:
            yield Loss(element=id, what="account", text=names.words.say("anybody in the account"), place=step.place)
        case WaitFor() if step.role:
            text = names.words.say("from %(role)s", role=names.role(step.role))
            yield Loss(element=id, what="role", text=text, place=step.place)
        case Choose():
            for number, arm in enumerate(step.arms):
                if any(python(each.when) is None for each in step.arms):
                    text = f"{number}: {predicate(names, arm.when)}"
                    yield Loss(element=id, what="predicate", text=text, place=arm.place)
        case Split():
            shares = (f"{number}: {quantities.share(names.words, arm.share)}" for number, arm in enumerate(step.arms))
            yield Loss(element=id, what="share", text="\n".join(shares), place=step.place)
        case _:
            return


def _lines(facts: Iterable[Fact]) -> Iterator[str]:
    return (f"{fact.label}: {', '.join(fact.values)}" for fact in facts)


def _joined(facts: Iterable[Fact]) -> str:
    return " · ".join(_lines(facts))
