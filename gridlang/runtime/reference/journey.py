"""R3: edges of the journey; entering a phase."""

from __future__ import annotations

from gridlang.runtime.reference import cells
from gridlang.runtime.reference.people import Account
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Because, MoveRow


def walk_edge(world: World, account: Account, now: int) -> bool:
    """R3: the first event of this instant that takes an edge from the account's phase takes it, and is used up."""
    for event in account.happened:
        edge = None if event.taken else world.plan.edge(account.phase, event.names)
        if edge is not None:
            event.taken = True
            enter_phase(world, account, edge.target, now, event.name, Because("event", edge.place))
            return True
    return False


def enter_phase(world: World, account: Account, phase: str, now: int, why: str, because: Because) -> None:
    """Enter a phase; for the second time in one instant it is an issue `spinning`, and the account stays (R23)."""
    if phase in account.visited:
        first = account.people[0].id
        world.complain(
            "spinning",
            f"account {account.id} would enter {phase} twice in one second, by {why}; it stays in {account.phase}",
            contact=first,
            at=now,
        )
        return
    row = MoveRow(account=account.id, source=account.phase, target=phase, at=now, why=why, because=(because,))
    world.record.moves.append(row)
    account.phase = phase
    account.visited.add(phase)
    account.moved = True
    cells.place_in_segment(world, account, now)
