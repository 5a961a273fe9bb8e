"""A run of all accounts on this machine: in stretches, as many at a time as it has processors.

Accounts that ask the desk are executed as if there were always room, to learn what they ask, and what they leave is
kept until they have met there (`engine.meeting`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Columns
from gridlang.runtime.engine.crew import Crew
from gridlang.runtime.engine.desk import Asked
from gridlang.runtime.engine.driving import HAPPENED, Answers, Driver
from gridlang.runtime.engine.lowering import Lowered, lower
from gridlang.runtime.engine.meeting import Met, meet
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
    _crew: Crew = attrs.field(factory=Crew)

    def lived(self, progress: Progress | None) -> list[Lived]:
        """What accounts leave: stretch by stretch first those that ask nothing, then the others."""
        n = len(self.lowered.columns.accounts.ids)
        edges = list(stretches(self.lowered.columns))
        lived: list[Lived] = []
        asked: list[Asked] = []
        rows = 0
        if not edges:
            return lived
        with self._crew as crew:
            for (_, last), (found, asks) in zip(edges, crew.map(self._first, edges), strict=True):
                lived.append(found)
                asked.append(asks)
                rows += found.rows()
                if progress is not None:
                    progress(last, n, rows)
            met = meet(self.lowered, asked, crew)
            asked.clear()
            for each in crew.map(partial(self._then, met), range(len(edges))):
                lived.append(each)
                rows += each.rows()
                if progress is not None:
                    progress(n, n, rows)
        return lived

    def _first(self, edge: tuple[int, int]) -> tuple[Lived, Asked]:
        driver = Driver(self.lowered, self.lowered.stretch(*edge), self._crew.memory())
        return self._lived(driver), Asked.of(driver)

    def _then(self, met: Met, number: int) -> Lived:
        return self._lived(*met.told(number, self._crew.memory()))

    def _lived(self, driver: Driver, answers: Answers | None = None) -> Lived:
        gathering, parts, happened = Gathering(self.lowered), [], []
        for log in driver.logs(answers):
            gathering.add(log, driver.stretch)
            parts.append(log.part)
            happened.append(log.mass[:, HAPPENED])
        found = np.concatenate([np.zeros((0, len(HAPPENED)), np.int64), *happened])
        return Lived(tuple(parts), found, tuple(gathering.told), gathering.counts())
