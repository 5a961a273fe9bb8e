"""The desk where all accounts meet (R18): what it says to each attempt of each."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.driving import NOTHING, Answers, Driver, Kept, Memory
from gridlang.runtime.engine.kernel import layout
from gridlang.runtime.engine.lowering import Lowered, Stretch
from gridlang.runtime.engine.results import small

_CODEC = "zstd"
TURN, ROW, ACCOUNT = 8, 12, 13
"""The columns of an attempt: so many for its turn; those that name the account, by its row of T and by its number among
all."""


@attrs.frozen(eq=False)
class Packed:
    """What accounts have left, in less room."""

    content: bytes
    """Packed by `_CODEC`; a buffer of Arrow would keep the room that it might have needed."""
    size: int
    begins: Array

    @classmethod
    def of(cls, kept: Kept) -> Packed:
        """The same, packed."""
        import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

        packed = pyarrow.compress(kept.content, codec=_CODEC, asbytes=True)
        return cls(packed, kept.content.nbytes, kept.begins)

    def kept(self) -> Kept:
        """The same, unpacked."""
        import pyarrow

        content = pyarrow.decompress(self.content, decompressed_size=self.size, codec=_CODEC)
        return Kept(np.frombuffer(content, np.int32), self.begins)


@attrs.define(eq=False)
class Asked:
    """What the accounts of a stretch ask, each as if there were always room."""

    columns: list[Array]
    """Of the attempts, each in no more room than its numbers need: all stretches wait here at the same time."""
    stretch: Stretch
    """Of those that ask."""
    _left: Packed
    """What they leave if the desk finds room for all."""

    @classmethod
    def of(cls, driver: Driver) -> Asked:
        """What a driver that has gone through all its accounts was asked."""
        attempts = driver.attempts()
        asking, row = np.unique(attempts[:, ROW], return_inverse=True)
        attempts[:, ROW] = row.reshape(-1)
        columns = [small(attempts[:, number]) for number in range(layout.ATTEMPT)]
        left = Packed.of(Kept(driver.kept.content, driver.kept.begins[asking]))
        return cls(columns, driver.stretch.only(asking), left)

    @property
    def attempts(self) -> Array:
        """int64 (n, ATTEMPT)."""
        return np.stack([column.astype(np.int64) for column in self.columns], axis=1)

    def again(self, lowered: Lowered, memory: Memory) -> Driver:
        """Who lives them when they are told the answers."""
        return Driver(lowered, self.stretch, memory, self._left.kept())

    def answered(self, account: Array, answers: Array) -> Answers:
        """The answers to these accounts, of all answers by ascending account."""
        numbers = self.stretch.T[:-1, layout.TA_NUMBER]
        ends = (int(numbers[0]), int(numbers[-1]) + 1) if len(numbers) else (0, 0)
        mine = slice(*np.searchsorted(account, ends))
        return Answers.of(account[mine], answers[mine], numbers)


def in_turn(columns: Sequence[Array]) -> Array:
    """Where each attempt stands in the order of time and R17, by the columns of all."""
    return np.lexsort(columns[TURN - 1 :: -1])


def meet(lowered: Lowered, asked: Sequence[Asked], handed: Array = NOTHING) -> tuple[Array, Array]:
    """Account and answer of each attempt, by account, those of one as they came: an attempt that finds no room brings
    others. The attempts are used up. `handed`: what was handed out before (`kernel.desk.put_before`).
    """
    sizes = [len(each.columns[0]) for each in asked]
    if not any(sizes):
        return NOTHING, NOTHING
    columns = [np.concatenate([each.columns.pop() for each in asked]) for _ in range(layout.ATTEMPT)][::-1]
    order = in_turn(columns)
    account, world = columns.pop()[order], np.repeat(np.arange(len(asked)), sizes)[order]
    attempts = np.empty((len(order), len(columns)), np.int64)
    for number in reversed(range(len(columns))):
        attempts[:, number] = columns.pop()[order]
    answers, others, to_others = met(lowered, [each.stretch for each in asked], attempts, world, handed)
    given = answers != layout.MISS
    account = np.concatenate([account[given], others])
    order = np.argsort(account, kind="stable")
    return account[order], np.concatenate([answers[given], to_others])[order]


def met(
    lowered: Lowered, stretches: Sequence[Stretch], attempts: Array, world: Array, handed: Array = NOTHING
) -> tuple[Array, Array, Array]:
    """What `kernel.meeting.meet` gives; `attempts` in their order, `world`: the stretch of each."""
    memory, most = Memory(), max(len(team.members) for team in lowered.plan.schedule.teams)
    begins = np.cumsum([0, *(each.accounts for each in stretches)])

    def live() -> tuple[Array, Array, Array]:
        worlds = [Driver(lowered, each, memory).world() for each in stretches]
        return Driver.drive(layout.MEET, worlds, told=handed, at=begins, rows=attempts, world=world, most=most)

    return memory.enough_for(live)
