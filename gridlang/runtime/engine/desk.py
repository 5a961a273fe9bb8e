"""What accounts ask the desk (R18), each as if there were always room, until they meet there (`engine.meeting`)."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.askers import Spare
from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.driving import Driver, Kept
from gridlang.runtime.engine.kernel import layout
from gridlang.runtime.engine.results import small

_CODEC = "zstd"


@attrs.frozen(eq=False)
class Packed:
    """What accounts have left, in less room."""

    content: bytes
    """Packed by `_CODEC`; a buffer of Arrow would keep the room that it might have needed."""
    size: int
    begins: Array
    """int64 (accounts,): where that of each begins; -1: it is not kept."""

    @classmethod
    def of(cls, kept: Kept) -> Packed:
        """The same, packed."""
        import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

        packed = pyarrow.compress(kept.content, codec=_CODEC, asbytes=True)
        begins = np.where(kept.at == 0, -1, (kept.at - kept.content.ctypes.data) // layout.HALF)
        return cls(packed, kept.content.nbytes, begins)

    def kept(self) -> Kept:
        """The same, unpacked."""
        import pyarrow

        content = np.frombuffer(pyarrow.decompress(self.content, decompressed_size=self.size, codec=_CODEC), np.int32)
        return Kept(content, np.where(self.begins < 0, 0, content.ctypes.data + layout.HALF * self.begins))


@attrs.define(eq=False)
class Asked:
    """What the accounts of a stretch ask, each as if there were always room."""

    columns: list[Array]
    """Of the attempts, each in no more room than its numbers need: all stretches wait here at the same time."""
    accounts: Spare
    left: Packed
    """What they leave if the desk finds room for all."""

    @classmethod
    def of(cls, driver: Driver) -> Asked:
        """What a driver that has gone through all its accounts was asked."""
        attempts = driver.attempts()
        asking, row = np.unique(attempts[:, layout.A_ROW], return_inverse=True)
        attempts[:, layout.A_ROW] = row.reshape(-1)
        columns = [small(attempts[:, number]) for number in range(layout.ATTEMPT)]
        left = Packed.of(Kept(driver.kept.content, driver.kept.at[asking]))
        return cls(columns, Spare.of(driver.stretch.only(asking)), left)

    @property
    def attempts(self) -> Array:
        """int64 (n, ATTEMPT)."""
        return np.stack([column.astype(np.int64) for column in self.columns], axis=1)


def in_turn(columns: Sequence[Array]) -> Array:
    """Where each attempt stands in the order of time and R17, by the columns of all."""
    return np.lexsort(columns[layout.TURN - 1 :: -1])
