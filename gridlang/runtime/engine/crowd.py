"""A run of all accounts on this machine: in stretches, as many at a time as it has processors.

Accounts that ask the desk are executed as if there were always room, to learn what they ask, and what they leave is
kept; those whom the desk then gives no place somewhere are executed a second time, as it was.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import attrs
import numba
import numpy as np

from gridlang.runtime.engine import desk
from gridlang.runtime.engine.columns import Array, Columns
from gridlang.runtime.engine.driving import HAPPENED, Answers, Driver, Memory
from gridlang.runtime.engine.lowering import Lowered, lower
from gridlang.runtime.engine.stretches import stretches
from gridlang.runtime.engine.together import Lived, Ran, together
from gridlang.runtime.engine.whole import Gathering
from gridlang.schedule.model import Schedule

Progress = Callable[[int, int, int], None]
"""Told how many accounts were executed, how many there are, and how many rows came."""


def run(
    schedule: Schedule,
    columns: Columns,
    start: int,
    until: int,
    *,
    entries: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Ran:
    """Everything, in arrays.

    Raises `lowering.Refused` when the plan or its values are beyond the engine.
    """
    lowered = lower(schedule, columns, start, until, entries)
    return together(lowered, columns, _Crowd(lowered).lived(progress))


@attrs.define(eq=False)
class _Crowd:
    lowered: Lowered
    _local: threading.local = attrs.field(factory=threading.local)

    def lived(self, progress: Progress | None) -> list[Lived]:
        """What accounts leave: stretch by stretch first those that ask nothing, then the others."""
        n = len(self.lowered.columns.accounts.ids)
        edges = list(stretches(self.lowered.columns))
        lived: list[Lived] = []
        asked: list[desk.Asked] = []
        rows = 0
        with ThreadPoolExecutor(numba.get_num_threads()) as pool:
            for (_, last), (found, asks) in zip(edges, pool.map(self._first, edges), strict=True):
                lived.append(found)
                asked.append(asks)
                rows += found.rows()
                if progress is not None:
                    progress(last, n, rows)
            answers = desk.meet(self.lowered, asked)
            told = [pool.submit(self._then, asks, *answers) for asks in asked]
            asked.clear()  # each is let go when it has been lived
            for each in told:
                lived.append(each.result())
                rows += lived[-1].rows()
                if progress is not None:
                    progress(n, n, rows)
        return lived

    def _first(self, edge: tuple[int, int]) -> tuple[Lived, desk.Asked]:
        driver = Driver(self.lowered, self.lowered.stretch(*edge), self._memory())
        return self._lived(driver, None), desk.Asked.of(driver)

    def _then(self, asked: desk.Asked, account: Array, answers: Array) -> Lived:
        driver = asked.again(self.lowered, self._memory())
        return self._lived(driver, asked.answered(account, answers))

    def _lived(self, driver: Driver, answers: Answers | None) -> Lived:
        gathering, parts, happened = Gathering(self.lowered), [], []
        for log in driver.logs(answers):
            gathering.add(log, driver.stretch)
            parts.append(log.part)
            happened.append(log.mass[:, HAPPENED])
        found = np.concatenate([np.zeros((0, len(HAPPENED)), np.int64), *happened])
        return Lived(tuple(parts), found, tuple(gathering.told), gathering.counts())

    def _memory(self) -> Memory:
        """The memory of the thread that asks."""
        if not hasattr(self._local, "memory"):
            self._local.memory = Memory()
        found: Memory = self._local.memory
        return found
