"""R5: the level of the customer's life cycle on which an account stands."""

from __future__ import annotations

from gridlang.runtime.reference import cells, changes
from gridlang.runtime.reference.people import Account
from gridlang.runtime.reference.predicates import View
from gridlang.runtime.reference.world import World


def level(world: World, account: Account, now: int) -> str | None:
    """R5: the highest level whose predicate holds for the account's events up to and including now."""
    view = View(account, None, now)
    return next(
        (level.name for level, when in reversed(world.plan.relations) if when is None or when(view, None)),
        None,
    )


def ask(world: World, account: Account, now: int) -> None:
    """Ask for the level, and remember when it can be lost or won without an event."""
    account.relation_asked = False
    account.relation = level(world, account, now)
    account.relation_turns = changes.next_change(world.plan.relation_points, View(account, None, now))
    world.moments.add(account.relation_turns, account)


def ask_again(world: World, account: Account, now: int) -> None:
    """When an event or time may have changed the level; the cells are asked when it did (R4)."""
    due = account.relation_turns is not None and account.relation_turns <= now
    if not account.relation_asked and not due:
        return
    before = account.relation
    ask(world, account, now)
    if account.relation != before:
        account.moved = True
        cells.note_level(account, now)
