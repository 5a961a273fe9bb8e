"""Texts by their hashes: which occur twice, which of a second list stand in a first. Compiled by numba."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np

from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import parts_of
from gridlang.runtime.engine.reading.compiling import compiled

_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


def hashes(texts: Arrow) -> Array:
    """uint64: the hash of each text; a null has that of the empty text."""
    with np.errstate(over="ignore"):
        return _hashes(*parts_of(texts))


def twice(hashed: Array) -> Array:
    """bool: which hashes stand there more than once."""
    ordered = np.sort(hashed)
    repeated = ordered[1:][ordered[1:] == ordered[:-1]]
    return among(hashed, repeated)


def among(hashed: Array, wanted: Array) -> Array:
    """bool: which hashes are among others."""
    return np.isin(hashed, wanted) if wanted.size else np.zeros(hashed.size, np.bool_)


@attrs.frozen(eq=False)
class Index:
    """Finds texts in a list without repetitions."""

    offsets: Array
    data: Array
    slots: Array
    """int32, a power of two of them: where a text stands in the list, or -1; a text is at its hash or soon after it."""

    @classmethod
    def of(cls, texts: Arrow) -> Index:
        """An index of all texts of a list."""
        offsets, data = parts_of(texts)
        slots = np.full(1 << max(4, int(2 * len(texts)).bit_length()), -1, np.int32)
        _fill(slots, hashes(texts))
        return cls(offsets, data, slots)

    def find(self, texts: Arrow) -> Array:
        """int32: where each text stands in the list; -1: nowhere."""
        offsets, data = parts_of(texts)
        return self._find(offsets, data)

    def find_one(self, text: str) -> int:
        """Where a text stands in the list; -1: nowhere."""
        data = np.frombuffer(text.encode("utf-8", "surrogatepass") or b"\0", np.uint8)
        offsets = np.array([0, len(text.encode("utf-8", "surrogatepass"))], np.int64)
        return int(self._find(offsets, data)[0])

    def _find(self, wanted: Array, data: Array) -> Array:
        with np.errstate(over="ignore"):
            return _find(self.slots, self.offsets, self.data, wanted, data)


@compiled
def _hashes(offsets: Array, data: Array) -> Array:
    found = np.empty(offsets.size - 1, np.uint64)
    for index in range(found.size):
        found[index] = _hash(data, offsets[index], offsets[index + 1])
    return found


@compiled
def _hash(data: Array, start: int, stop: int) -> Any:
    value = _BASIS
    for at in range(start, stop):
        value = (value ^ np.uint64(data[at])) * _PRIME
    value = (value ^ (value >> np.uint64(33))) * _MIX
    return value ^ (value >> np.uint64(33))


@compiled
def _fill(slots: Array, hashed: Array) -> None:
    mask = np.uint64(slots.size - 1)
    for index in range(hashed.size):
        at = hashed[index] & mask
        while slots[at] >= 0:
            at = (at + np.uint64(1)) & mask
        slots[at] = index


@compiled
def _find(slots: Array, offsets: Array, data: Array, wanted: Array, texts: Array) -> Array:
    """Loop by loop, so that the machine can fetch many far places of memory at the same time."""
    mask = np.uint64(slots.size - 1)
    hashed = _hashes(wanted, texts)
    found = np.empty(hashed.size, np.int32)
    for index in range(found.size):
        found[index] = slots[hashed[index] & mask]
    starts = np.empty(found.size, np.int64)
    for index in range(found.size):
        starts[index] = offsets[max(found[index], 0)]
    for index in range(found.size):
        if found[index] < 0:
            continue
        start, stop, at = wanted[index], wanted[index + 1], starts[index]
        known = found[index]
        if not _same(data, at, offsets[known + 1], texts, start, stop):
            found[index] = _search(slots, offsets, data, texts, start, stop, hashed[index])
    return found


@compiled
def _search(slots: Array, offsets: Array, data: Array, texts: Array, start: int, stop: int, hashed: Any) -> int:
    """Where a text stands, from the slot of its hash on; -1: nowhere."""
    mask = np.uint64(slots.size - 1)
    at = hashed & mask
    while slots[at] >= 0:
        known = slots[at]
        if _same(data, offsets[known], offsets[known + 1], texts, start, stop):
            return int(known)
        at = (at + np.uint64(1)) & mask
    return -1


@compiled
def _same(data: Array, start: int, stop: int, others: Array, at: int, end: int) -> Any:
    if stop - start != end - at:
        return False
    same = True
    for offset in range(stop - start):
        same &= data[start + offset] == others[at + offset]
    return same


def ascending(texts: Arrow) -> Array:
    """int8: -1, 0 or 1 for each text but the first: how it compares to the one before, by code point."""
    return _compared(*parts_of(texts))


@compiled
def _compared(offsets: Array, data: Array) -> Array:
    found = np.zeros(max(offsets.size - 2, 0), np.int8)
    for index in range(found.size):
        first, middle, last = offsets[index], offsets[index + 1], offsets[index + 2]
        found[index] = _order(data, first, middle, last)
    return found


@compiled
def _order(data: Array, first: int, middle: int, last: int) -> int:
    """The text behind `middle` against the one before it; UTF-8 keeps the order of code points."""
    for offset in range(min(middle - first, last - middle)):
        before, after = data[first + offset], data[middle + offset]
        if before != after:
            return 1 if after > before else -1
    length = (last - middle) - (middle - first)
    return 1 if length > 0 else -1 if length < 0 else 0
