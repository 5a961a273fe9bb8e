"""The desk where all accounts meet (R18): what it says to each attempt of each."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.driving import NOTHING, Driver, Memory
from gridlang.runtime.engine.kernel import layout
from gridlang.runtime.engine.lowering import Lowered, Stretch
from gridlang.schedule.model import Schedule

ACCOUNT = 8
"""The column of an attempt that names the account, by its number among all."""


def is_asked(schedule: Schedule) -> bool:
    """Whether any account can find it closed, or must be told who takes a task."""
    tasks = any(step.verb == "task" for campaign in schedule.campaigns for step in campaign.steps)
    return tasks and any(team.members or team.capacity for team in schedule.teams)


def in_turn(attempts: Sequence[Array]) -> Array:
    """Where each attempt stands in the order of time and R17."""
    found = np.concatenate(attempts)
    return np.lexsort(tuple(found[:, key] for key in range(ACCOUNT - 1, -1, -1)))


@attrs.frozen(eq=False)
class Asked:
    """What a stretch of accounts asks, each as if there were always room."""

    attempts: Array
    """int64 (n, ATTEMPT)."""
    row: Array
    """int64 (n,): the row of the account in `world`."""
    world: Stretch
    """With at least the accounts that ask."""

    @classmethod
    def of(cls, driver: Driver, *, keep: bool) -> Asked:
        """Of all accounts of a stretch; when it is not to be kept whole, those that ask are taken out of it."""
        attempts, stretch = driver.attempts(), driver.stretch
        row = np.searchsorted(stretch.T[:-1, layout.TA_NUMBER], attempts[:, ACCOUNT])
        if keep:
            return cls(attempts, row, stretch)
        asking, row = np.unique(row, return_inverse=True)
        return cls(attempts, row.reshape(-1), stretch.only(asking))


def meet(lowered: Lowered, asked: Sequence[Asked], accounts: int) -> tuple[Array, Array]:
    """Account and answer of each attempt, as they came: attempts that found no room bring others."""
    if not any(len(each.attempts) for each in asked):
        return NOTHING, NOTHING
    order = in_turn([each.attempts for each in asked])
    attempts = np.ascontiguousarray(np.concatenate([each.attempts for each in asked])[order])
    numbers = np.repeat(np.arange(len(asked)), [len(each.attempts) for each in asked])
    where = np.column_stack([numbers, np.concatenate([each.row for each in asked])])[order]
    return met(lowered, [each.world for each in asked], attempts, where, accounts)


def met(
    lowered: Lowered, stretches: Sequence[Stretch], attempts: Array, where: Array, accounts: int
) -> tuple[Array, Array]:
    """The same of attempts in order; `where`, int64 (n, 2): in which stretch, and which row of T."""
    memory, most = Memory(), max(len(team.members) for team in lowered.plan.schedule.teams)

    def live() -> tuple[Array, Array]:
        worlds = [Driver(lowered, each, memory).world() for each in stretches]
        return Driver.drive(layout.MEET, worlds, last=accounts, rows=attempts, where=where, most=most)

    return memory.enough_for(live)
