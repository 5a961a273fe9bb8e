"""R6, R7: when a person's run through a campaign starts and ends; goals; who is held out."""

from __future__ import annotations

import datetime as dt

from gridlang.runtime.reference import flows, identity, making, watching
from gridlang.runtime.reference.people import Account, GoalWatch, Occurrence, Person
from gridlang.runtime.reference.predicates import Evaluate, View
from gridlang.runtime.reference.prepare import Flow
from gridlang.runtime.reference.running import Run
from gridlang.runtime.reference.timing import duration
from gridlang.runtime.reference.values import wall_clock
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import BEGINS
from gridlang.schedule import clock


def arrive(world: World, person: Person, index: int, now: int) -> None:
    """R6: the person comes to stand in the campaign's cell: a run starts, or waits for `starts`."""
    flow = world.plan.flows[index]
    starts = flow.campaign.starts
    if starts is None:
        begin(world, person, flow, now)
    elif starts.event is not None:
        if any(starts.event in event.names for event in person.account.happened):
            begin(world, person, flow, now)
    else:
        plan_start(world, person, flow, now)


def plan_start(world: World, person: Person, flow: Flow, now: int) -> None:
    """`starts` a date: at its 00:00 on the person's clock; at once when it has passed; not while it is missing."""
    assert flow.starts is not None
    moment = date_moment(flow.starts.evaluate, person, now)
    if moment is not None and moment <= now:
        person.starts.pop(flow.index, None)
        begin(world, person, flow, now)
    else:
        person.starts[flow.index] = moment
        world.moments.add(moment, person.account)


def date_moment(evaluate: Evaluate, person: Person, now: int) -> int | None:
    """The moment of a date expression on the person's clock; a date is its 00:00."""
    date = evaluate(View(person.account, person, now), None)
    return clock.moment(wall_clock(date), person.zone) if isinstance(date, dt.date) else None


def start_planned(world: World, account: Account, now: int) -> None:
    """Runs whose `starts` comes now."""
    for person in account.people:
        for index, moment in sorted(person.starts.items()) if person.starts else ():
            if moment is not None and moment <= now:
                del person.starts[index]
                begin(world, person, world.plan.flows[index], now)


def offer(world: World, account: Account, now: int) -> None:
    """An event of the account starts the runs of those who stand in a campaign with that `starts`."""
    for event in account.unstarted:
        for person in account.people:
            for index in person.standing:
                flow = world.plan.flows[index]
                starts = flow.campaign.starts
                if starts and starts.event in event.names:
                    begin(world, person, flow, now)
                elif index in person.starts and flow.starts and flow.starts.mentions.intersection(event.names):
                    plan_start(world, person, flow, now)
    account.unstarted.clear()


def begin(world: World, person: Person, flow: Flow, now: int) -> None:
    """R6: start a run, unless one is open, reentry or `D .. E` forbids it, or the account is held out (R7)."""
    if flow.index in person.runs or not _may_enter(world, person, flow, now) or _too_late(world, person, flow, now):
        return
    campaign, seed = flow.campaign, world.plan.schedule.plan.seed
    if identity.bucket(seed, campaign.name, "holdout", person.account.id) < campaign.holdout:
        making.hold_out(world, person, flow, now)
        person.ended[campaign.name] = now
        return
    run = Run(flow, person, now, flow.first, now, 0, world.key(flow, person, flow.first.id, now, 0))
    person.runs[flow.index] = run
    if world.diary is not None:
        world.diary.began(person, campaign.name, now)
    world.took(campaign.name, *BEGINS, person.id)
    flows.enter(world, run, flow.first.id, now)
    _watch_goal(world, person, flow, now)


def _may_enter(world: World, person: Person, flow: Flow, now: int) -> bool:
    """R6: `reentry: always | once | after DURATION`, from the end of the last run."""
    ended, reentry = person.ended.get(flow.campaign.name), flow.campaign.reentry
    if ended is None or reentry == "always":
        return True
    return reentry != "once" and now >= world.plan.timing.later(ended, duration(reentry), person.zone)


def _too_late(world: World, person: Person, flow: Flow, now: int) -> bool:
    """R6: with `D .. E` never after E; a date E counts as a whole day."""
    starts = flow.campaign.starts
    if starts is None or starts.until is None:
        return False
    end = world.plan.evaluate(starts.until)(View(person.account, person, now), None)
    if not isinstance(end, dt.date):
        return False
    if not isinstance(end, dt.datetime):
        return now >= clock.midnight(clock.next_date(end), person.zone)
    return now >= clock.moment(end, person.zone)


def leave_cell(world: World, person: Person, index: int, now: int) -> None:
    """R4: the campaign no longer stands there: its run ends, and what it had open is withdrawn."""
    person.starts.pop(index, None)
    run = person.runs.get(index)
    if run is not None:
        _note_last_arrow(world, run, now)
        flows.end(world, run, now, left=True)
    flows.leave_audiences(person, index, now, also_timed=True)


def _note_last_arrow(world: World, run: Run, now: int) -> None:
    """A run that the journey's own edge takes out of its cell has taken the arm of that event: it is drawn there (R3).

    No decision of the flowchart sees it, since the event is used up; it is counted all the same.
    """
    if (word := watching.cut_by(run, now)) is not None:
        flows.took(world, run, word)


def ask_touches_again(account: Account, now: int) -> None:
    """Touches that wait are asked again: rules and caps look at the cell."""
    for person in account.people:
        for run in person.runs.values():
            if run.waiting is not None:
                run.wake = now


def _watch_goal(world: World, person: Person, flow: Flow, now: int) -> None:
    """R7: the goal is measured from the start of the run, and goes on after its end."""
    goal = flow.campaign.goal
    world.begun[flow.index] = world.begun.get(flow.index, 0) + 1
    if goal is not None:
        until = world.plan.timing.later(now, duration(goal.within), person.zone) if goal.within else None
        person.goals.append(GoalWatch(flow.index, goal.event, until))


def note_goals(world: World, event: Occurrence) -> None:
    """R7: an event of this person reaches the goals of runs that began before it, once each."""
    left: list[GoalWatch] = []
    for watch in event.person.goals:
        in_time = watch.until is None or event.at < watch.until
        if in_time and watch.event in event.names:
            world.reached[watch.campaign] = world.reached.get(watch.campaign, 0) + 1
        elif in_time:
            left.append(watch)
    event.person.goals = left
