"""The arrows of a flowchart: a run enters a step, leaves it, takes the turns of a `repeat`, comes to its end."""

from __future__ import annotations

import datetime as dt

from gridlang.runtime.reference import diary, values, watching
from gridlang.runtime.reference.handouts import Handout
from gridlang.runtime.reference.people import Person
from gridlang.runtime.reference.running import Run, Turn
from gridlang.runtime.reference.timing import duration, time
from gridlang.runtime.reference.world import World
from gridlang.schedule import clock
from gridlang.schedule import steps as st

MOST_STEPS = 10_000
"""So many steps of a run in one second, and it goes round for ever: no plan that was checked does."""


def enter(world: World, run: Run, step: str, now: int, via: str | None = None) -> None:
    """Reach a step. R22: entered by another arrow than `via`, the counted arrows to it start again."""
    for jump in run.flow.jumps.get(step, ()):
        if jump != via:
            run.jumps.pop(jump, None)
    run.spins = run.spins + 1 if run.ready == now else 0
    if run.spins > MOST_STEPS:
        reason = f"{run.flow.campaign.name} goes round at {step} and no time passes; its run ends here"
        world.complain("spinning", reason, contact=run.person.id, at=now)
        end(world, run, now)
        return
    run.step = run.flow.steps[step]
    run.ready, run.fresh, run.stirred = now, True, False
    run.wake = run.waiting = run.handout = run.turning = None
    run.visit = world.visit(run.flow, run.person, step)
    run.key = world.key(run.flow, run.person, step, now, run.visit)


def leave(
    world: World, run: Run, target: str | None, now: int, via: str | None = None, *, word: str = watching.NEXT
) -> None:
    """Follow an arrow; None is the end of the turn inside a `repeat`, else of the flow. `word` stands before it."""
    took(world, run, word)
    if target is not None:
        enter(world, run, target, now, via)
        return
    repeat = run.flow.repeats.get(run.step.id)
    if repeat is None:
        end(world, run, now)
    elif repeat.id not in run.turns:
        enter(world, run, repeat.id, now)
    else:
        _wait_for_turn(world, run, repeat, run.turns[repeat.id].number + 1, now)


def took(world: World, run: Run, word: str) -> None:
    """The run takes that arrow of the step at which it is."""
    world.took(run.flow.campaign.name, run.step.id, word, run.person.id)


def begin_repeat(world: World, run: Run, step: st.Repeat, now: int) -> None:
    """R22a: the body at once; with `on` or `from`, at the first date of that series not before now."""
    series = _series(step, now, run.person.zone)
    run.turns[step.id] = Turn(now, series)
    if series is None:
        _turn(world, run, step, now)
    else:
        _wait_for_turn(world, run, step, 0, now)


def _wait_for_turn(world: World, run: Run, repeat: st.Repeat, number: int, now: int) -> None:
    """R22a: the next turn whose moment has not passed while the body ran."""
    turn = run.turns[repeat.id]
    if duration(repeat.every).amount == 0:
        end(world, run, now)
        return
    while (moment := _moment_of(world, run, repeat, turn, number)) < now:
        number += 1
    turn.number = number
    run.turning, run.fresh = repeat.id, False
    run.waiting = run.handout = None
    world.wake(run, moment)


def take_turn(world: World, run: Run, now: int) -> None:
    """The moment of the next turn has come."""
    assert run.turning is not None
    repeat = run.flow.steps[run.turning]
    assert isinstance(repeat, st.Repeat)
    _turn(world, run, repeat, now)


def _turn(world: World, run: Run, repeat: st.Repeat, now: int) -> None:
    world.took(run.flow.campaign.name, repeat.id, watching.BODY, run.person.id)
    enter(world, run, repeat.body, now)


def _moment_of(world: World, run: Run, repeat: st.Repeat, turn: Turn, number: int) -> int:
    """Always from the first moment, so that no turn drifts (R9, R10)."""
    timing, every, zone = world.plan.timing, duration(repeat.every), run.person.zone
    if turn.series is None:
        return timing.later(turn.reached, every, zone, number)
    date = values.wall_clock(clock.shift_date(turn.series, every, number, timing.calendar))
    if repeat.weekday is not None:
        date += dt.timedelta(days=(repeat.weekday - date.weekday()) % 7)
    return clock.moment(date, zone)


def _series(step: st.Repeat, now: int, zone: str) -> dt.datetime | None:
    """The wall clock with which the series of `on`, `at` and `from` begins; None: there is none."""
    if step.start is None and step.weekday is None and step.at is None:
        return None
    first = dt.date.fromisoformat(step.start) if step.start else clock.local(now, zone).date()
    if step.weekday is not None:
        first += dt.timedelta(days=(step.weekday - first.weekday()) % 7)
    begin = dt.datetime.combine(first, time(step.at) if step.at else dt.time())
    if step.start is None and clock.moment(begin, zone) < now:
        begin += dt.timedelta(days=1 if step.weekday is None else 7)
    return begin


def end(world: World, run: Run, now: int, *, left: bool = False) -> None:
    """The end of a run, by itself or because its campaign no longer stands there (`left`).

    Ending it withdraws its open task and its audiences (R4); one with `for` outlives a run that came to its own end.
    """
    person, index = run.person, run.flow.index
    run.over, run.waiting = True, None
    person.runs.pop(index, None)
    person.ended[run.flow.campaign.name] = now
    if world.diary is not None:
        world.diary.ended(person, run.flow.campaign.name, now, diary.LEFT if left else diary.AT_ITS_END)
    if run.handout is not None and run.handout.open:
        withdraw(run.handout, now)
    leave_audiences(person, index, now, also_timed=left)


def withdraw(handout: Handout, now: int) -> None:
    """Take an open task back."""
    handout.withdrawn, handout.closed = True, now


def leave_audiences(person: Person, campaign: int, now: int, *, also_timed: bool) -> None:
    """End the audiences into which a campaign has put the person; those with `for` only when it is told to."""
    for audience in person.audiences:
        if audience.campaign == campaign and (also_timed or audience.until is None):
            audience.end = now
    person.audiences = [each for each in person.audiences if each.end is None]
