"""What all accounts of a state share: the counters of the plan, and what its teams have been given to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from gridlang.runtime.reference import units
from gridlang.runtime.reference.timing import rate
from gridlang.runtime.reference.world import World
from gridlang.runtime.state.names import Names
from gridlang.runtime.state.records import PlanRecord, TaskRecord
from gridlang.schedule import clock


def restore(world: World, names: Names, plan: PlanRecord) -> None:
    """What is said of the plan so far beside its rows."""
    world.since, world.lived = plan.since, plan.known
    world.spent = Decimal(plan.spent)
    world.wordings.told.update(plan.told)
    for numbers, kept in ((plan.begun, world.begun), (plan.reached, world.reached)):
        for campaign, number in numbers.items():
            if flow := names.flows.get(campaign):
                kept[flow.index] = kept.get(flow.index, 0) + number
    _arrows(world, names, plan)
    for event, days in plan.happened.items():
        for day, times in days.items():
            world.happened[event, clock.day_number(dt.date.fromisoformat(day))] = times


def _arrows(world: World, names: Names, plan: PlanRecord) -> None:
    for before, steps in plan.arrows.items():
        campaign = names.campaign(before)
        for step, words in steps.items():
            arrow = campaign, names.step_or_before(campaign, step)
            for word, times in words.items():
                world.arrows[(*arrow, word)] = world.arrows.get((*arrow, word), 0) + times


def restore_desk(world: World, handed: Iterable[TaskRecord], start: int) -> None:
    """R18: the hand-outs that still count against a team's capacity, and those of the day; `handed` are these and
    others."""
    timing, desk, teams = world.plan.timing, world.desk, world.plan.teams
    today = clock.local(start, timing.zone).date()
    tasks = sorted(handed, key=lambda task: task.due)
    for task in tasks:
        team = teams.get(task.team)
        if team is not None and team.capacity is not None and _counts(world, team.capacity, task.due, start):
            desk.handed.setdefault(team.name, []).append(task.due)
        if clock.local(task.due, timing.zone).date() == today:
            load = desk.loads.setdefault((task.team, today), {})
            load[task.member] = load.get(task.member, 0) + 1


def still_count(world: World, due: int, start: int) -> bool:
    """Whether tasks handed out at that moment count at `start`: against the capacity of some team, or as of the day."""
    teams = world.plan.teams.values()
    return due >= units.start(start, "day", world.plan.timing.zone) or any(
        team.capacity is not None and _counts(world, team.capacity, due, start) for team in teams
    )


def _counts(world: World, capacity: str, due: int, start: int) -> bool:
    timing, per = world.plan.timing, rate(capacity)
    if per.calendar:
        return due >= units.start(start, per.calendar, timing.zone)
    assert per.duration is not None
    return timing.later(due, per.duration, timing.zone) > start
