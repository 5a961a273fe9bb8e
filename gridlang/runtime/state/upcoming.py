"""When something happens in an account by itself, or its record says something else because time has passed."""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.runtime.reference import reports, units
from gridlang.runtime.reference.people import Account
from gridlang.runtime.reference.world import World


def upcoming(world: World, account: Account, known: int) -> Iterator[int]:
    """Every such moment that is not before `known`, in no order; one too many does no harm."""
    silence = reports.next_silence(world, account) if account.people else None
    own = own_moments(account) if account.people else ()
    goals = [goal.until for person in account.people for goal in person.goals]
    audiences = [each.until for person in account.people for each in person.audiences]
    yield from (moment for moment in (silence, *own, *goals, *audiences) if moment is not None and moment >= known)
    yield from _fading(world, account.counted, known, world.plan.timing.zone)
    for person in (*account.people, *account.absent):
        yield from _fading(world, person.counted, known, person.zone)


def own_moments(account: Account) -> Iterator[int]:
    """What of an account waits for its moment."""
    if account.relation_turns is not None:
        yield account.relation_turns
    for person in account.people:
        yield from person.turns.values()
        yield from (moment for moment in person.starts.values() if moment is not None)
        yield from (run.wake for run in person.runs.values() if run.wake is not None)


def _fading(world: World, counted: dict[int, list[tuple[int, int]]], known: int, zone: str) -> Iterator[int]:
    """R15: when touches no longer count."""
    for index, made in counted.items():
        calendar = world.plan.caps[index].rate.calendar
        if calendar:
            begin = units.start(known, calendar, zone)
            if any(at >= begin for at, _ in made):
                yield units.following(known, calendar, zone)
        else:
            yield from (free for _, free in made if free > known)
