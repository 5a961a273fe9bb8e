"""R2: an account enters the plan; what happened before is history."""

from __future__ import annotations

from gridlang.runtime.reference import cells, happenings, outcomes, relations
from gridlang.runtime.reference.people import Account, Occurrence, Person
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Because, MoveRow


def enter(world: World, account: Account, now: int, given_phase: str | None) -> None:
    """R2: at the later of the start and its earliest `since`, in the phase to which history has walked it.

    `given_phase`: a phase in which it is put instead (a plan's test says `enter PHASE`).
    """
    journey = world.plan.schedule.journey
    events = _remember_all(world, account, account.people, now)
    account.entered = True
    account.phase = given_phase or _walk(world, events)
    account.visited.add(account.phase)
    relations.ask(world, account, now)
    cells.place_in_segment(world, account, now)
    because = (Because("entry", journey.place),)
    world.record.moves.append(
        MoveRow(account=account.id, source="", target=account.phase, at=now, why="entry", because=because)
    )
    for person in account.people:
        person.roles = cells.roles(world, person, account.segment.name) if account.segment else ()
        happenings.first_look(world, person, now)
    _count(world, events)
    account.asked_again.clear()
    account.moved = True


def join(world: World, account: Account, people: list[Person], now: int) -> None:
    """People whom a later run's rows bring into an account that has entered before: their past is history (R2, R26).

    What happened to them before `now` stands first in the account's inbox.
    """
    events = _remember_all(world, account, people, now)
    for name in {name for event in events for name in event.names}:
        account.events[name].sort(key=lambda event: event.at)
    for person in people:
        person.figures = cells.figures(world, person, now)
        person.roles = cells.roles(world, person, account.segment.name) if account.segment else ()
        happenings.first_look(world, person, now)
    _count(world, events)
    account.moved = True


def _remember_all(world: World, account: Account, people: list[Person], now: int) -> list[Occurrence]:
    """The events of the files, and the dates of derived ones, up to now, in order; the dates of these people."""
    events: list[Occurrence] = []
    for person in people:
        for date in world.plan.dates:
            happenings.plan_date(world, person, date.name, _BEFORE_EVERYTHING, at_entry=True)
    while (moment := _next(account)) is not None and moment < now:
        events += _remember(world, account, moment)
    return events


_BEFORE_EVERYTHING = -(1 << 62)


def _next(account: Account) -> int | None:
    dates = [moment for person in account.people for moment in person.turns.values()]
    given = [account.inbox[account.read][1].at] if account.read < len(account.inbox) else []
    return min(dates + given, default=None)


def _remember(world: World, account: Account, moment: int) -> list[Occurrence]:
    """What happened at one moment of history."""
    events = [
        happenings.remember(world, person, name, moment, {})
        for person, name in happenings.dates_due(world, account, moment)
    ]
    while account.read < len(account.inbox) and account.inbox[account.read][1].at <= moment:
        person, row = account.inbox[account.read]
        account.read += 1
        name = row.event or ""
        if row.outcome is not None:
            outcomes.close(world, person, row, moment)
            name = row.outcome if row.outcome in world.plan.events else ""
        if name:
            events.append(happenings.remember(world, person, name, moment, row.payload, row))
    return events


def _count(world: World, events: list[Occurrence]) -> None:
    """R15: touches of other systems; what counted where somebody lived in earlier runs does not count again."""
    for event in events:
        lived = event.person.lived
        has_counted = event.row.counted if event.row is not None else lived is not None and event.at < lived
        if not has_counted:
            happenings.caps_of_elsewhere(world, event)


def _walk(world: World, events: list[Occurrence]) -> str:
    """The phase to which history leads, edge by edge, from the journey's start."""
    phase = world.plan.schedule.journey.start
    for event in events:
        edge = world.plan.edge(phase, event.names)
        phase = edge.target if edge else phase
    return phase
