"""When something happens in an account by itself, or its record says something else because time has passed."""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.runtime.reference import reports
from gridlang.runtime.reference.people import Account
from gridlang.runtime.reference.world import World


def upcoming(world: World, account: Account, known: int) -> Iterator[int]:
    """Every such moment that is not before `known`, in no order; one too many does no harm."""
    silence = reports.next_silence(world, account) if account.people else None
    own = own_moments(account) if account.people else ()
    everybody = (*account.people, *account.absent)
    goals = [goal.until for person in everybody for goal in person.goals]
    audiences = [each.until for person in everybody for each in person.audiences]
    yield from (moment for moment in (silence, *own, *goals, *audiences) if moment is not None and moment >= known)


def own_moments(account: Account) -> Iterator[int]:
    """What of an account waits for its moment."""
    if account.relation_turns is not None:
        yield account.relation_turns
    for person in account.people:
        yield from person.turns.values()
        yield from (moment for moment in person.starts.values() if moment is not None)
        yield from (run.wake for run in person.runs.values() if run.wake is not None)
