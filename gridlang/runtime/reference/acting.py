"""R19 to R22a: one step of a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from gridlang.runtime.reference import contacts, flows, identity, journey, making, watching
from gridlang.runtime.reference.people import Occurrence
from gridlang.runtime.reference.predicates import View
from gridlang.runtime.reference.running import Run
from gridlang.runtime.reference.timing import duration, time
from gridlang.runtime.reference.values import wall_clock
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Because
from gridlang.schedule import clock
from gridlang.schedule import steps as st


def can_act(run: Run, now: int) -> bool:
    """Whether a run has something to do in this instant; touches that wait have their own turn (R23)."""
    due = run.wake is not None and run.wake <= now and run.waiting is None
    return run.fresh or run.stirred or due


def act(world: World, run: Run, now: int) -> None:
    """Do one step, or what the step has been waiting for."""
    fresh, run.fresh, run.stirred = run.fresh, False, False
    if run.turning is not None:
        if run.wake is not None and run.wake <= now:
            flows.take_turn(world, run, now)
        return
    _STEPS[type(run.step)](world, run, run.step, now, fresh)


def _touch(world: World, run: Run, step: st.Send, now: int, fresh: bool) -> None:
    if fresh:
        contacts.reach(world, run, step, now)


def _task(world: World, run: Run, step: st.Task, now: int, fresh: bool) -> None:
    """R21: an outcome takes its arm. With an `overdue` arm an overdue task is withdrawn, without one it stays open."""
    if fresh:
        contacts.reach(world, run, step, now)
    elif run.handout is not None and run.handout.closed is not None:
        outcome = run.handout.outcome
        arm = next((arm for arm in step.arms if outcome in arm.outcomes), None)
        if arm is None:
            flows.leave(world, run, step.next, now)
        else:
            flows.leave(world, run, arm.next, now, word=outcome)
    elif run.handout is not None and run.wake is not None and run.wake <= now:
        flows.withdraw(run.handout, now)
        flows.leave(world, run, step.overdue, now, word=watching.OVERDUE)


def _show(world: World, run: Run, step: st.Show, now: int, fresh: bool) -> None:
    making.show(world, run, step, now)


def _notify(world: World, run: Run, step: st.Notify, now: int, fresh: bool) -> None:
    making.notify(world, run, step, now)


def _wait(world: World, run: Run, step: st.Wait, now: int, fresh: bool) -> None:
    """`wait 60d`: R9 on the person's clock."""
    if fresh:
        world.wake(run, world.plan.timing.later(now, duration(step.duration), run.person.zone))
    _go_on_when_due(world, run, step, now)


def _go_on_when_due(world: World, run: Run, step: st.Wait | st.WaitUntil, now: int) -> None:
    if run.wake is not None and run.wake <= now:
        flows.leave(world, run, step.next, now)


def _wait_until(world: World, run: Run, step: st.WaitUntil, now: int, fresh: bool) -> None:
    """R19: a weekday, a named day or a date; a moment passed does not wait."""
    if fresh:
        world.wake(run, _moment_waited_for(world, run, step, now))
    _go_on_when_due(world, run, step, now)


def _moment_waited_for(world: World, run: Run, step: st.WaitUntil, now: int) -> int:
    zone, today = run.person.zone, clock.local(now, run.person.zone).date()
    if step.when is not None:
        view = View(run.person.account, run.person, now)
        date = world.plan.evaluate(step.when)(view, None)
        return _on_clock(date, step.at, zone) if isinstance(date, dt.date) else now
    if step.weekday is not None:
        first = today + dt.timedelta(days=(step.weekday - today.weekday()) % 7)
        days: Iterable[dt.date] = (first, first + dt.timedelta(days=7))
    else:
        days = [date for date in map(dt.date.fromisoformat, step.days) if date >= today]
    if step.at is None:
        return next((max(now, _on_clock(date, None, zone)) for date in days), now)
    moments = (_on_clock(date, step.at, zone) for date in days)
    return next((moment for moment in moments if moment >= now), now)


def _on_clock(date: dt.date, at: str | None, zone: str) -> int:
    return clock.moment(dt.datetime.combine(date, time(at)) if at else wall_clock(date), zone)


def _wait_for(world: World, run: Run, step: st.WaitFor, now: int, fresh: bool) -> None:
    """R19: as `ask` does; `of ROLE` sees the events of those persons from the run's start."""
    if fresh:
        world.wake(run, world.plan.timing.later(now, duration(step.within), run.person.zone))
    found = _first_answer(run, _waited_for(run, step), ((step.event,),))
    if found is not None:
        run.used.add(found[1].number)
    if found is not None or _is_over(run, now):
        flows.leave(world, run, step.next, now)


def _waited_for(run: Run, step: st.WaitFor) -> Callable[[str], list[Occurrence]]:
    """The events a `wait for` sees, by name, latest first."""
    account, role = run.person.account, step.role
    if role is None:
        return lambda name: _since(run.person.events.get(name, []), _asked_since(run))
    return lambda name: [
        event for event in _since(account.events.get(name, []), run.started) if role in event.person.roles
    ]


def _ask(world: World, run: Run, step: st.Ask, now: int, fresh: bool) -> None:
    """R19: earliest event since the run's last touch or hand-out; the end of `within` is excluded."""
    if fresh:
        world.wake(run, world.plan.timing.later(now, duration(step.within), run.person.zone))
    events = run.person.account.events if step.of_account else run.person.events
    since = _asked_since(run)
    found = _first_answer(run, lambda name: _since(events.get(name, []), since), [arm.events for arm in step.arms])
    if found is not None:
        number, event = found
        run.used.add(event.number)
        arm = step.arms[number]
        flows.leave(world, run, arm.next, now, word=watching.answer(arm, event.names))
    elif _is_over(run, now):
        flows.leave(world, run, step.nothing, now, word=watching.NOTHING)


def _is_over(run: Run, now: int) -> bool:
    return run.wake is not None and run.wake <= now


def _asked_since(run: Run) -> int:
    return run.started if run.last_contact is None else run.last_contact


def _since(events: list[Occurrence], moment: int) -> list[Occurrence]:
    """The events from that moment on, latest first."""
    recent: list[Occurrence] = []
    for event in reversed(events):
        if event.at < moment:
            break
        recent.append(event)
    return recent


def _first_answer(
    run: Run, events: Callable[[str], list[Occurrence]], arms: Iterable[tuple[str, ...]]
) -> tuple[int, Occurrence] | None:
    """The arm and its event: earliest wins, ties in order of arms; what this run or an edge (R3) used up is gone."""
    found = [
        (event.at, number, event.number, event)
        for number, names in enumerate(arms)
        for name in names
        for event in events(name)
        if not event.taken and event.number not in run.used and (run.wake is None or event.at < run.wake)
    ]
    if not found:
        return None
    _, number, _, event = min(found, key=lambda each: each[:3])
    return number, event


def _choose(world: World, run: Run, step: st.Choose, now: int, fresh: bool) -> None:
    """R20: at this moment, the first arm that holds."""
    view = View(run.person.account, run.person, now)
    for number, arm in enumerate(step.arms):
        if world.plan.evaluate(arm.when)(view, None):
            flows.leave(world, run, arm.next, now, word=str(number))
            return
    otherwise = step.next if step.otherwise_place is None else step.otherwise
    flows.leave(world, run, otherwise, now, word=watching.OTHERWISE)


def _split(world: World, run: Run, step: st.Split, now: int, fresh: bool) -> None:
    """R20: arms take ranges of buckets in order."""
    seed, campaign = world.plan.schedule.plan.seed, run.flow.campaign.name
    bucket, end = identity.bucket(seed, campaign, step.id, run.person.id), 0
    for number, arm in enumerate(step.arms):
        end += arm.share
        if bucket < end:
            flows.leave(world, run, arm.next, now, word=str(number))
            return
    flows.leave(world, run, step.next, now)


def _repeat(world: World, run: Run, step: st.Repeat, now: int, fresh: bool) -> None:
    flows.begin_repeat(world, run, step, now)


def _move(world: World, run: Run, step: st.Move, now: int, fresh: bool) -> None:
    """The account enters the phase; which runs end is asked next (R4)."""
    why = f"move {run.flow.campaign.name} {step.id}"
    journey.enter_phase(world, run.person.account, step.phase, now, why, Because("move", step.place))
    flows.leave(world, run, step.next, now)


def _stop(world: World, run: Run, step: st.Stop, now: int, fresh: bool) -> None:
    flows.end(world, run, now)


def _jump(world: World, run: Run, step: st.Jump, now: int, fresh: bool) -> None:
    """R22: a counted arrow."""
    taken = run.jumps.get(step.id, 0)
    if taken >= step.times:
        flows.leave(world, run, step.otherwise, now, word=watching.ELSE)
    else:
        run.jumps[step.id] = taken + 1
        flows.leave(world, run, step.next, now, via=step.id, word=watching.AGAIN)


_STEPS: dict[type, Callable[[World, Run, Any, int, bool], None]] = {
    st.Send: _touch,
    st.Task: _task,
    st.Show: _show,
    st.Notify: _notify,
    st.Wait: _wait,
    st.WaitUntil: _wait_until,
    st.WaitFor: _wait_for,
    st.Ask: _ask,
    st.Choose: _choose,
    st.Split: _split,
    st.Repeat: _repeat,
    st.Move: _move,
    st.Stop: _stop,
    st.Jump: _jump,
}
"""One function for each verb; a test holds it against `Step`."""
