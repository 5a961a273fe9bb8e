"""R12 to R18: a touch or task from the moment its step is reached until it is made or skipped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from gridlang.runtime.reference import caps, changes, consent, making
from gridlang.runtime.reference.predicates import View
from gridlang.runtime.reference.rulebook import ChannelRules, Rule
from gridlang.runtime.reference.running import Run, Waiting
from gridlang.runtime.reference.timing import time
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Because
from gridlang.schedule import clock, windows
from gridlang.schedule import steps as st

Reason: TypeAlias = Literal["consent", "address", "cap", "patience", "holdout", "period_over"]


def reach(world: World, run: Run, step: st.Send | st.Task, now: int) -> None:
    """The step is reached: R13 is tested, the channel chosen, R12 applied once; then it waits for its moment."""
    names = step.channels if isinstance(step, st.Send) else (step.channel,)
    channels = [world.plan.channels[name] for name in names]
    refusals = [consent.refusal(rules, run.person) for rules in channels]
    chosen = next((rules for rules, refusal in zip(channels, refusals, strict=True) if refusal is None), None)
    if chosen is None:
        reason = refusals[0]
        assert reason is not None
        making.skip(world, run, step, channels[0], now, reason, [world.ready(step)])
    elif isinstance(step, st.Send) and is_audience(step, chosen):
        making.put_in_audience(world, run, step, chosen, now)
    else:
        run.waiting = _waiting(world, run, step, chosen, now)
        ask(world, run, now)


def is_audience(step: st.Send, rules: ChannelRules) -> bool:
    """Whether this channel puts people in an audience; one that does both does, with `for`."""
    reached = rules.channel.reach
    return "audience" in reached and ("person" not in reached or step.duration is not None)


def _waiting(world: World, run: Run, step: st.Send | st.Task, rules: ChannelRules, now: int) -> Waiting:
    """R12: `lead` runs from ready. R16: so does patience; the campaign's comes before the channel's."""
    timing, zone = world.plan.timing, run.person.zone
    earliest = timing.later(now, rules.lead, zone) if rules.lead else now
    chain = [world.ready(step)]
    if earliest > now:
        chain.append(Because("lead", rules.channel.place, earliest - now))
    return Waiting(
        channel=rules.channel.name,
        ready=now,
        earliest=earliest,
        moment=now,
        deadline=timing.later(now, run.flow.patience or rules.patience, zone),
        chain=chain,
    )


def ask(world: World, run: Run, now: int) -> None:
    """R11 and R13 to R15 until none moves the moment; it is only as good as what is known now, and asked again then."""
    waiting = _waiting_of(run)
    at = max(now, waiting.earliest)
    chain = cut(waiting.chain, at - waiting.ready)
    limit = world.plan.period[1] if waiting.at_desk else waiting.deadline
    while at <= limit and (links := _moved_by(world, run, at, limit)):
        chain += links
        at += sum(link.delay for link in links)
    waiting.chain, waiting.moment = merged(chain), at
    wake = at if waiting.at_desk else min(at, waiting.deadline)
    world.wake(run, min([wake, *_rules_turn(world, run, now)]))


def _waiting_of(run: Run) -> Waiting:
    assert run.waiting is not None
    return run.waiting


def _moved_by(world: World, run: Run, at: int, limit: int) -> list[Because]:
    """The first of R11, R14 and R15 that moves the moment; nothing when all allow it."""
    rules = world.plan.channels[_waiting_of(run).channel]
    return (
        _at_time(run, at)
        or _window(world, run, rules, at, limit)
        or _forbidden(run, rules, at, limit)
        or (_over_cap(world, run, rules, at, limit) if rules.channel.on_cap == "wait" else [])
    )


def _at_time(run: Run, at: int) -> list[Because]:
    """R11: the first such time on the person's clock, again after every postponement."""
    step = run.step
    if not isinstance(step, st.Send) or step.at is None:
        return []
    delay = clock.next_time(at, time(step.at), run.person.zone) - at
    return [Because("at", step.place, delay)] if delay else []


def _window(world: World, run: Run, rules: ChannelRules, at: int, limit: int) -> list[Because]:
    """R14: the channel's hours, days and quiet hours, those of rules that hold, and blackouts."""
    channel, quiet = rules.channel, rules.channel.quiet
    for rule in rules.quiet:
        if rule.holds_for(run.person, at):
            quiet += rule.rule.quiet
    calendar = world.plan.timing.calendar
    found = windows.next_open(at, run.person.zone, channel.hours, channel.days, quiet, calendar, blackouts=True)
    if found is None:
        return [Because("hours", channel.place, limit + 1 - at)]
    return [Because(rule, place, delay) for rule, place, delay in found[1]]


def _forbidden(run: Run, rules: ChannelRules, at: int, limit: int) -> list[Because]:
    """A rule that forbids the channel holds it back as long as it holds."""
    rule = next((rule for rule in rules.forbid if rule.holds_for(run.person, at)), None)
    return [Because("forbid", rule.rule.place, limit + 1 - at)] if rule else []


def _over_cap(world: World, run: Run, rules: ChannelRules, at: int, limit: int) -> list[Because]:
    """R15: the cap of those that hold whose room comes last."""
    latest, place = at, 0
    for cap in rules.caps:
        if cap.rule is None or cap.rule.holds_for(run.person, at):
            room = caps.room(cap, run.person, at, world.plan.timing)
            moment = limit + 1 if room is None else room
            if moment > latest:
                latest, place = moment, cap.place
    return [Because("cap", place, latest - at)] if latest > at else []


def _rules_turn(world: World, run: Run, now: int) -> Iterable[int]:
    """When the predicate of a rule may turn without an event: then it is asked again."""
    rules = world.plan.channels[_waiting_of(run).channel]
    ruled: list[Rule] = [*rules.quiet, *rules.forbid, *(cap.rule for cap in rules.caps if cap.rule)]
    view = View(run.person.account, run.person, now)
    changing = (changes.next_change(rule.points, view) for rule in ruled if rule.points)
    return (moment for moment in changing if moment is not None)


def cut(chain: list[Because], length: int) -> list[Because]:
    """The links of the first `length` seconds."""
    kept: list[Because] = []
    for link in chain:
        delay = min(link.delay, length)
        if delay == link.delay:
            kept.append(link)
        elif delay:
            kept.append(Because(link.rule, link.place, delay))
        length -= delay
    return kept


def merged(chain: list[Because]) -> list[Because]:
    """A link that only goes on with what the one before it did becomes part of it."""
    whole: list[Because] = []
    for link in chain:
        if whole and link.delay and (whole[-1].rule, whole[-1].place) == (link.rule, link.place):
            link = Because(link.rule, link.place, whole.pop().delay + link.delay)
        whole.append(link)
    return whole


def is_due(world: World, run: Run, now: int) -> bool:
    """Whether the touch is to be made or skipped in this instant. If not, it has been asked again and waits."""
    waiting = _waiting_of(run)
    ask(world, run, now)
    if waiting.moment > now:
        return not waiting.at_desk and now >= waiting.deadline
    if not isinstance(run.step, st.Task) or _cap_skips(world, run, now):
        return True
    waiting.at_desk = True
    return _desk_is_open(world, run, run.step, now)


def _desk_is_open(world: World, run: Run, step: st.Task, now: int) -> bool:
    """R18: the team's hours and days; when closed, it waits, and R11 and R13 to R15 are asked again then."""
    opened = world.desk.opens(world.plan.teams[step.team], now)
    if opened is None:
        end = world.plan.period[1]
        _wait_for_desk(world, run, end, [Because("desk", step.place, end - now)])
        return False
    if opened[0] > now:
        _wait_for_desk(world, run, opened[0], list(opened[1]))
        return False
    return True


def _wait_for_desk(world: World, run: Run, moment: int, links: list[Because]) -> None:
    waiting = _waiting_of(run)
    waiting.chain = merged([*waiting.chain, *links])
    waiting.moment = moment
    world.wake(run, moment)


def make_or_skip(world: World, run: Run, now: int) -> bool:
    """What `is_due` found comes to pass; False when the desk has no place left today."""
    waiting, step = _waiting_of(run), run.step
    assert isinstance(step, st.Send | st.Task)
    rules = world.plan.channels[waiting.channel]
    if waiting.moment > now:
        chain = [*cut(waiting.chain, now - waiting.ready), _patience(run, rules)]
        making.skip(world, run, step, rules, now, "patience", chain)
        return True
    reason: Reason | None = "cap" if _cap_skips(world, run, now) else None
    if reason is None and isinstance(step, st.Task) and not _has_place(world, run, step, now):
        return False
    reason = consent.refusal(rules, run.person) or reason
    if reason is not None:
        making.skip(world, run, step, rules, now, reason, waiting.chain)
    elif isinstance(step, st.Task):
        making.hand_out(world, run, step, rules, now)
    else:
        making.send(world, run, step, rules, now)
    return True


def _patience(run: Run, rules: ChannelRules) -> Because:
    return Because("patience", run.flow.campaign.place if run.flow.patience else rules.channel.place)


def _cap_skips(world: World, run: Run, now: int) -> bool:
    """R15 with `on_cap: skip`: whether it is over a cap at the moment it would be made."""
    rules = world.plan.channels[_waiting_of(run).channel]
    return rules.channel.on_cap == "skip" and bool(_over_cap(world, run, rules, now, world.plan.period[1]))


def _has_place(world: World, run: Run, step: st.Task, now: int) -> bool:
    """R18: without room it comes back at the next working day's opening."""
    team = world.plan.teams[step.team]
    if world.desk.has_room(team, now):
        return True
    back = world.desk.comes_back(team, now)
    moment = world.plan.period[1] if back is None else back
    place = step.place if team.capacity_place is None else team.capacity_place
    _wait_for_desk(world, run, moment, [Because("capacity", place, moment - now)])
    return False
