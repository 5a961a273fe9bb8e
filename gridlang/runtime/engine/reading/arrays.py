"""Names for the arrays of numpy and Arrow, which come without types of their own; and arrays that take little room."""

from __future__ import annotations

from typing import Any, TypeAlias

import attrs
import numpy as np

Array: TypeAlias = Any
"""A numpy array."""
Arrow: TypeAlias = Any
"""An array, table or batch of Arrow."""
_TIMES, _GROWTH = 8, 1 << 26
"""An array grows by so many times, and by at most so much; room at its end that was never used takes none."""
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


@attrs.define(eq=False)
class Kept:
    """Numbers of the rows that stay, batch by batch, in little room: one array that grows, so that the machine has
    nothing small to keep between what comes and goes with a batch."""

    _whole: Array = attrs.field(factory=lambda: np.empty(0, np.int8))
    """Its end is free; while all numbers are alike, an array that takes no room."""
    size: int = 0
    """How many there are."""

    def put(self, numbers: Array, chosen: Array) -> None:
        """Of the rows of a batch those chosen (indices)."""
        self.append(narrow(numbers if chosen.size == numbers.size else numbers[chosen]))

    def append(self, numbers: Array) -> None:
        """All of these, in a type that holds them and those before."""
        if not numbers.size:
            return
        size = self.size + numbers.size
        if is_constant(numbers) and (not self.size or (is_constant(self._whole) and self._whole[0] == numbers[0])):
            self._whole, self.size = np.broadcast_to(numbers[0], size), size
            return
        kind = np.result_type(self._whole.dtype, numbers.dtype) if self.size else numbers.dtype
        if size > self._whole.size or kind != self._whole.dtype or is_constant(self._whole):
            grown = np.empty(max(size, self._whole.size, min(_TIMES * size, size + _GROWTH)), kind)
            grown[: self.size] = self._whole[: self.size]
            self._whole = grown
        self._whole[self.size : size] = numbers
        self.size = size

    def only(self, staying: Array) -> None:
        """Of the rows kept, these (bool) stay."""
        self._whole = self.whole()[staying]
        self.size = self._whole.size

    def whole(self, added: list[int] | None = None) -> Array:
        """All of them, with what is put behind them."""
        if added:
            self.append(narrow(np.array(added, np.int64)))
        return self._whole[: self.size]

    def released(self) -> Array:
        """All of them, and nothing is kept."""
        whole, self._whole, self.size = self.whole(), np.empty(0, np.int8), 0
        return whole

    def any(self, but: int) -> bool:
        """Whether there is any number but this."""
        whole = self.whole()
        return bool(whole.size) and (int(whole[0]) != but or (not is_constant(whole) and bool((whole != but).any())))


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
