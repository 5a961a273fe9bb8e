"""Rows come to be: a touch, a task, an audience, a flight, a notice, a skip."""

from __future__ import annotations

from typing import Literal

from gridlang.runtime.reference import caps, flows, reports, watching
from gridlang.runtime.reference.audiences import Audience
from gridlang.runtime.reference.handouts import Handout
from gridlang.runtime.reference.people import Person
from gridlang.runtime.reference.prepare import Flow
from gridlang.runtime.reference.rulebook import ChannelRules
from gridlang.runtime.reference.running import Run
from gridlang.runtime.reference.timing import duration, local_text
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import AudienceRow, Because, SkipRow, TaskRow, Touch
from gridlang.schedule import steps as st


def send(world: World, run: Run, step: st.Send, rules: ChannelRules, now: int) -> None:
    """The touch is made: it counts against the caps, and the flow goes on from now (R15, R16)."""
    assert run.waiting is not None
    _touch(world, run, rules.channel.name, step.message, now, tuple(run.waiting.chain))
    _made(world, run, rules, step.message, now)
    flows.leave(world, run, step.next, now)


def _touch(world: World, run: Run, channel: str, message: str, now: int, because: tuple[Because, ...]) -> None:
    person, flow = run.person, run.flow
    row = Touch(
        id=world.row_id(flow, person, run.step.id, run.visit),
        contact=person.id,
        account=person.account.id,
        channel=channel,
        message=message,
        subject=world.wordings.text(message, "subject", person),
        due=now,
        local=local_text(now, person.zone),
        campaign=flow.campaign.name,
        step=run.step.id,
        visit=run.visit,
        because=because,
    )
    world.record.touches.append((run.key, row))


def _made(world: World, run: Run, rules: ChannelRules, message: str | None, now: int) -> None:
    """A touch or hand-out counts (R15), is what an `ask` looks back to (R19), and is looked at by R28."""
    caps.count(world.plan.caps, run.person, rules.channel.name, now, world.plan.timing)
    run.last_contact = now
    reports.made(world, run, rules, message, now)


def show(world: World, run: Run, step: st.Show, now: int) -> None:
    """A flight on a mass medium goes on at once; its `lead` says when to order it, and delays nothing (R12)."""
    _touch(world, run, step.channel, step.message, now, (world.ready(step),))
    reports.spend(world, step.budget, now)
    flows.leave(world, run, step.next, now)


def hand_out(world: World, run: Run, step: st.Task, rules: ChannelRules, now: int) -> None:
    """The task is handed out (R18) and waits for its outcome (R21)."""
    assert run.waiting is not None
    team = world.plan.teams[step.team]
    member = world.desk.hand_out(team, run.person, now)
    deadline = world.desk.deadline(team, now, duration(step.due))
    row = _task(world, run, step, now, member, deadline, tuple(run.waiting.chain))
    run.handout = Handout(row, run.key, run)
    run.waiting = run.wake = None
    run.person.account.handouts[row.id] = run.handout
    world.record.handouts.append(run.handout)
    _made(world, run, rules, step.message, now)
    if step.has_overdue:
        world.wake(run, deadline)


def _task(
    world: World, run: Run, step: st.Task, now: int, member: str, deadline: int, because: tuple[Because, ...]
) -> TaskRow:
    person, flow = run.person, run.flow
    return TaskRow(
        id=world.row_id(flow, person, step.id, run.visit),
        contact=person.id,
        account=person.account.id,
        channel=step.channel,
        message=step.message or "",
        subject=world.wordings.text(step.message, "subject", person),
        due=now,
        local=local_text(now, person.zone),
        campaign=flow.campaign.name,
        step=step.id,
        visit=run.visit,
        team=step.team,
        member=member,
        deadline=deadline,
        script=world.wordings.text(step.message, "script", person),
        outcomes=tuple(outcome for arm in step.arms for outcome in arm.outcomes),
        state="open",
        outcome="",
        closed=None,
        kind="task",
        because=because,
    )


def notify(world: World, run: Run, step: st.Notify, now: int) -> None:
    """A note to a team: no outcome, no channel, no wait, no place at the desk."""
    person, flow = run.person, run.flow
    row = TaskRow(
        id=world.row_id(flow, person, step.id, run.visit),
        contact=person.id,
        account=person.account.id,
        channel="",
        message="",
        subject=world.wordings.render(step.text, f"notify {step.team} in {flow.campaign.name}", person),
        due=now,
        local=local_text(now, person.zone),
        campaign=flow.campaign.name,
        step=step.id,
        visit=run.visit,
        team=step.team,
        member="",
        deadline=None,
        script="",
        outcomes=(),
        state="done",
        outcome="",
        closed=None,
        kind="notice",
        because=(world.ready(step),),
    )
    world.record.handouts.append(Handout(row, run.key, None))
    flows.leave(world, run, step.next, now)


def put_in_audience(world: World, run: Run, step: st.Send, rules: ChannelRules, now: int) -> None:
    """R13: an audience goes on at once; without `for` it ends with the run."""
    person, flow = run.person, run.flow
    row = AudienceRow(
        id=world.row_id(flow, person, step.id, run.visit),
        contact=person.id,
        account=person.account.id,
        channel=rules.channel.name,
        message=step.message,
        start=now,
        end=None,
        campaign=flow.campaign.name,
        step=step.id,
        visit=run.visit,
        because=(world.ready(step),),
    )
    until = world.plan.timing.later(now, duration(step.duration), person.zone) if step.duration else None
    audience = Audience(row, run.key, flow.index, until)
    person.audiences = [each for each in person.audiences if each.until is None or each.until > now]
    person.audiences.append(audience)
    world.record.audiences.append(audience)
    flows.leave(world, run, step.next, now)


Reason = Literal["consent", "address", "cap", "patience", "holdout", "period_over"]


def skip(
    world: World,
    run: Run,
    step: st.Send | st.Task,
    rules: ChannelRules,
    now: int,
    reason: Reason,
    chain: list[Because],
) -> None:
    """The touch is not made; the flow goes on from now, by `else` where there is one (R16)."""
    record_skip(world, run, step, rules, now, reason, chain)
    otherwise = step.skipped if isinstance(step, st.Send) else None
    word = watching.ELSE if otherwise is not None else watching.NEXT
    flows.leave(world, run, step.next if otherwise is None else otherwise, now, word=word)


def record_skip(
    world: World,
    run: Run,
    step: st.Send | st.Task,
    rules: ChannelRules,
    now: int,
    reason: Reason,
    chain: list[Because],
) -> None:
    """The row of a touch that is not made; the last link says why."""
    person, flow = run.person, run.flow
    why = {"patience": [], "period_over": [Because(reason, world.plan.schedule.plan.place)]}
    links = why.get(reason, [Because(reason, rules.channel.place)])
    row = SkipRow(
        id=world.row_id(flow, person, step.id, run.visit),
        contact=person.id,
        account=person.account.id,
        channel=rules.channel.name,
        message=step.message or "",
        at=now,
        campaign=flow.campaign.name,
        step=step.id,
        visit=run.visit,
        reason=reason,
        because=(*chain, *links),
    )
    world.record.skips.append((run.key, row))


def hold_out(world: World, person: Person, flow: Flow, now: int) -> None:
    """R20: a run of an account that is held out: one row, and nothing else."""
    campaign = flow.campaign
    visit = world.visit(flow, person, "holdout")
    row = SkipRow(
        id=world.row_id(flow, person, "holdout", visit),
        contact=person.id,
        account=person.account.id,
        channel="",
        message="",
        at=now,
        campaign=campaign.name,
        step="holdout",
        visit=visit,
        reason="holdout",
        because=(Because("ready", campaign.place), Because("holdout", campaign.place)),
    )
    world.record.skips.append((world.key(flow, person, "holdout", now, visit), row))
