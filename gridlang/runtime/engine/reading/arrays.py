"""Names for the arrays of numpy and Arrow, which come without types of their own; and arrays that take little room."""

from __future__ import annotations

from typing import Any, TypeAlias

import attrs
import numpy as np

Array: TypeAlias = Any
"""A numpy array."""
Arrow: TypeAlias = Any
"""An array, table or batch of Arrow."""
_TYPES = (np.int8, np.int16, np.int32, np.int64)


def narrow(numbers: Array, most: int = 0) -> Array:
    """Whole numbers in the smallest type that holds them, and `most` too; those that are all alike take no room."""
    if not numbers.size:
        return numbers.astype(_type_of(0, most))
    low, high = int(numbers.min()), int(numbers.max())
    kind = _type_of(low, max(high, most))
    if low == high:
        return np.broadcast_to(kind(low), numbers.size)
    return numbers.astype(kind, copy=False)


def _type_of(low: int, high: int) -> Any:
    return next(kind for kind in _TYPES if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max)


def is_constant(numbers: Array) -> bool:
    """Whether an array takes no room, since all its numbers are alike and known to be."""
    return bool(numbers.size) and numbers.strides == (0,)


def joined(parts: list[Array]) -> Array:
    """One array of several, which are forgotten one after the other; `parts` is empty then."""
    if len(parts) == 1:
        return parts.pop()
    kept = [part for part in parts if part.size]
    parts.clear()
    if not kept:
        return np.empty(0, np.int8)
    size = sum(part.size for part in kept)
    if all(is_constant(part) for part in kept) and len({int(part[0]) for part in kept}) == 1:
        return np.broadcast_to(kept[0][0], size)
    whole, at = np.empty(size, np.result_type(*(part.dtype for part in kept))), size
    while kept:
        part = kept.pop()
        at -= part.size
        whole[at : at + part.size] = part
    return whole


@attrs.define(eq=False)
class Kept:
    """Numbers of the rows that stay, batch by batch, in little room."""

    _parts: list[Array] = attrs.field(factory=list)

    def put(self, numbers: Array, chosen: Array) -> None:
        """Of the rows of a batch those chosen (indices)."""
        self._parts.append(narrow(numbers if chosen.size == numbers.size else numbers[chosen]))

    def only(self, staying: Array) -> None:
        """Of the rows kept, these (bool) stay."""
        self._parts = [self.whole()[staying]]

    def whole(self, added: list[int] | None = None) -> Array:
        """All of them, with what is put behind them."""
        if added:
            self._parts.append(np.array(added, np.int64))
        if len(self._parts) != 1:
            self._parts = [joined(self._parts)]
        return self._parts[0]

    def released(self) -> Array:
        """All of them, and nothing is kept."""
        return joined(self._parts)

    def any(self, but: int) -> bool:
        """Whether there is any number but this."""
        return any(bool((part != but).any()) for part in self._parts)

    @property
    def size(self) -> int:
        """How many there are."""
        return sum(part.size for part in self._parts)


@attrs.define(eq=False)
class Numbers:
    """The numbers of the rows that stay, ascending from batch to batch; runs without a gap take no room."""

    _parts: list[Array | range] = attrs.field(factory=list)

    def put(self, numbers: Array, chosen: Array) -> None:
        """Of the rows of a batch those chosen (indices)."""
        numbers = numbers if chosen.size == numbers.size else numbers[chosen]
        if not numbers.size:
            return
        run = range(int(numbers[0]), int(numbers[-1]) + 1)
        part = run if len(run) == numbers.size else narrow(numbers)
        before = self._parts[-1] if self._parts else None
        if isinstance(part, range) and isinstance(before, range) and before.stop == part.start:
            self._parts[-1] = range(before.start, part.stop)
        else:
            self._parts.append(part)

    def only(self, staying: Array) -> None:
        """Of the rows kept, these (bool) stay."""
        self._parts = [narrow(self.whole()[staying])]

    def whole(self) -> Array:
        """All of them."""
        parts = [np.arange(part.start, part.stop) if isinstance(part, range) else part for part in self._parts]
        return np.concatenate([np.empty(0, np.int32), *parts])

    @property
    def size(self) -> int:
        """How many there are."""
        return sum(len(part) for part in self._parts)

    def at(self, order: Array) -> Array:
        """Those of the rows kept at these indices."""
        if len(self._parts) == 1 and isinstance(self._parts[0], range):
            return narrow(order + order.dtype.type(self._parts[0].start))
        return self.whole()[order]
