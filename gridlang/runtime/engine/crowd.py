"""A run of all accounts on this machine: in stretches, as many at a time as it has processors.

Where a desk is asked, accounts are executed twice: first each as if there were always room, to learn what they ask of
it; then, when it has answered, as it was.
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
from gridlang.runtime.engine.driving import NOBODY_ASKS, Answers, Driver, Memory
from gridlang.runtime.engine.lowering import Lowered, Stretch, lower
from gridlang.runtime.engine.stretches import stretches
from gridlang.runtime.engine.together import Lived, Ran, together
from gridlang.runtime.engine.whole import Gathering
from gridlang.schedule.model import Schedule

KEPT = 1 << 20
"""Accounts whose lowered rows (about 800 bytes each) are kept from the first time to the second; others are lowered
anew."""
Progress = Callable[[int, int], None]


def run(
    schedule: Schedule,
    columns: Columns,
    start: int,
    until: int,
    *,
    entries: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Ran:
    """Everything, in arrays. `progress` is told (accounts executed, accounts in all).

    Raises `lowering.Refused` when the plan or its values are beyond the engine.
    """
    lowered = lower(schedule, columns, start, until, entries)
    return together(lowered, columns, _Crowd(lowered).lived(progress))


@attrs.define(eq=False)
class _Crowd:
    lowered: Lowered
    _stretches: list[tuple[int, int]] = attrs.field(init=False)
    _kept: dict[int, Stretch] = attrs.field(factory=dict)
    _local: threading.local = attrs.field(factory=threading.local)

    def __attrs_post_init__(self) -> None:
        self._stretches = list(stretches(self.lowered.columns))

    def lived(self, progress: Progress | None) -> list[Lived]:
        """What each stretch leaves, in order."""
        with ThreadPoolExecutor(numba.get_num_threads()) as pool:
            answers = self._answers(pool)
            found, n = [], len(self.lowered.columns.accounts.ids)
            for number, lived in enumerate(pool.map(self._live, range(len(self._stretches)), answers)):
                found.append(lived)
                if progress is not None:
                    progress(self._stretches[number][1], n)
        return found

    def _answers(self, pool: ThreadPoolExecutor) -> list[Answers]:
        """What the desk says to each stretch."""
        if not desk.is_asked(self.lowered.plan.schedule):
            return [NOBODY_ASKS] * len(self._stretches)
        asked = list(pool.map(self._ask, range(len(self._stretches))))
        account, answers = desk.meet(self.lowered, asked, len(self.lowered.columns.accounts.ids))
        order = np.argsort(account, kind="stable")
        account, answers = account[order], answers[order]
        found = []
        for first, last in self._stretches:
            mine = slice(*np.searchsorted(account, (first, last)))
            found.append(Answers.of(account[mine], answers[mine], np.arange(first, last)))
        return found

    def _ask(self, number: int) -> desk.Asked:
        stretch, keep = self.lowered.stretch(*self._stretches[number]), self._stretches[number][1] <= KEPT
        if keep:
            self._kept[number] = stretch
        return desk.Asked.of(Driver(self.lowered, stretch, self._memory()), keep=keep)

    def _live(self, number: int, answers: Answers) -> Lived:
        stretch = self._kept.pop(number, None) or self.lowered.stretch(*self._stretches[number])
        parts, happened, gathering = [], [_NOTHING_HAPPENED], Gathering(self.lowered, stretch)
        for log in Driver(self.lowered, stretch, self._memory()).logs(answers):
            gathering.add(log)
            parts.append(log.part)
            happened.append(log.mass)
        return Lived(tuple(parts), np.concatenate(happened), tuple(gathering.told), gathering.counts())

    def _memory(self) -> Memory:
        """The memory of the thread that asks."""
        if not hasattr(self._local, "memory"):
            self._local.memory = Memory()
        found: Memory = self._local.memory
        return found


_NOTHING_HAPPENED: Array = np.zeros((0, 11), np.int64)
