"""Texts by their hashes: which occur twice, which of a second list stand in a first. Compiled by numba."""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs
import numpy as np

from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import parts_of
from gridlang.runtime.engine.reading.compiling import compiled
from gridlang.runtime.engine.reading.threads import in_order

_BASIS, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


def hashes(texts: Arrow) -> Array:
    """uint64: the hash of each text; 0 for a null and for the empty text alone."""
    with np.errstate(over="ignore"):
        return _hashes(*parts_of(texts))


def hash_of(text: str) -> int:
    """That of one text."""
    with np.errstate(over="ignore"):
        return int(_hashes(*_parts_of_one(text))[0])


def _parts_of_one(text: str) -> tuple[Array, Array]:
    content = text.encode("utf-8", "surrogatepass")
    return np.array([0, len(content)], np.int64), np.frombuffer(content or b"\0", np.uint8)


WHOLE = 1 << 23
"""More hashes than these are sorted in parts, by their first bits, so that a copy of them all is never needed."""
_BITS = np.uint64(3)


def twice(hashed: Array) -> Array:
    """bool: which hashes stand there more than once."""
    parts = 1 << int(_BITS) if hashed.size > WHOLE else 1
    found = in_order(partial(_repeated, hashed, part, parts) for part in range(parts))
    return among(hashed, np.concatenate(list(found)))


def _repeated(hashed: Array, part: int, parts: int) -> Array:
    ordered = np.sort(hashed) if parts == 1 else np.sort(_part(hashed, np.uint64(part)))
    return ordered[1:][ordered[1:] == ordered[:-1]]


@compiled
def _part(hashed: Array, part: Any) -> Array:
    """Those with these first bits."""
    shift, size = np.uint64(64) - _BITS, 0
    for index in range(hashed.size):
        size += hashed[index] >> shift == part
    found, size = np.empty(size, np.uint64), 0
    for index in range(hashed.size):
        if hashed[index] >> shift == part:
            found[size] = hashed[index]
            size += 1
    return found


def among(hashed: Array, wanted: Array) -> Array:
    """bool: which hashes are among others."""
    if not wanted.size or not hashed.size:
        return np.zeros(hashed.size, np.bool_)
    return _among(hashed, np.unique(wanted))


_SIEVE = 1 << 16


@compiled
def _among(hashed: Array, wanted: Array) -> Array:
    """`wanted` ascend; most hashes fall through a sieve of their last bits."""
    found, sieve, mask = np.zeros(hashed.size, np.bool_), np.zeros(_SIEVE, np.bool_), np.uint64(_SIEVE - 1)
    for index in range(wanted.size):
        sieve[wanted[index] & mask] = True
    for index in range(hashed.size):
        if sieve[hashed[index] & mask]:
            at = np.searchsorted(wanted, hashed[index])
            found[index] = at < wanted.size and wanted[at] == hashed[index]
    return found


@attrs.frozen(eq=False)
class Index:
    """Finds texts in a list without repetitions."""

    offsets: Array
    data: Array
    slots: Array
    """uint64, a power of two of them: of a text the upper half of its hash, and in the lower half the number of its
    place in the list, from 1; 0: nothing. A text is at its hash or soon after it."""

    @classmethod
    def of(cls, texts: Arrow) -> Index:
        """An index of all texts of a list."""
        offsets, data = parts_of(texts)
        slots = np.zeros(1 << max(4, int(2 * len(texts)).bit_length()), np.uint64)
        _fill(slots, hashes(texts))
        return cls(offsets, data, slots)

    def find(self, texts: Arrow) -> Array:
        """int32: where each text stands in the list; -1: nowhere."""
        return self._find(*parts_of(texts))

    def find_one(self, text: str) -> int:
        """Where a text stands in the list; -1: nowhere."""
        return int(self._find(*_parts_of_one(text))[0])

    def _find(self, wanted: Array, data: Array) -> Array:
        if self.offsets.size < 2:
            return np.full(wanted.size - 1, -1, np.int32)
        with np.errstate(over="ignore"):
            hashed = _hashes(wanted, data)
            found = _places(self.slots, hashed)
            _verify(found, hashed, self.slots, self.offsets, self.data, wanted, data)
        return found


@compiled
def _hashes(offsets: Array, data: Array) -> Array:
    found = np.zeros(offsets.size - 1, np.uint64)
    for index in range(found.size):
        if offsets[index] < offsets[index + 1]:
            found[index] = max(_hash(data, offsets[index], offsets[index + 1]), np.uint64(1))
    return found


@compiled
def _hash(data: Array, start: int, stop: int) -> Any:
    value = _BASIS
    for at in range(start, stop):
        value = (value ^ np.uint64(data[at])) * _PRIME
    value = (value ^ (value >> np.uint64(33))) * _MIX
    return value ^ (value >> np.uint64(33))


_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


@compiled
def _fill(slots: Array, hashed: Array) -> None:
    mask = np.uint64(slots.size - 1)
    for index in range(hashed.size):
        at = hashed[index] & mask
        while slots[at] != 0:
            at = (at + np.uint64(1)) & mask
        slots[at] = (hashed[index] >> _HALF) << _HALF | np.uint64(index + 1)


@compiled
def _places(slots: Array, hashed: Array) -> Array:
    """int32: the first place whose hash has the upper half of each hash; -1: none. Loop by loop, so that the machine
    can fetch many far places of memory at the same time."""
    found = np.empty(hashed.size, np.int32)
    for index in range(hashed.size):
        found[index] = _place(slots, hashed[index], hashed[index] & np.uint64(slots.size - 1))
    return found


@compiled
def _place(slots: Array, hashed: Any, at: Any) -> int:
    """That of one, from a slot on."""
    mask = np.uint64(slots.size - 1)
    while slots[at] != 0 and slots[at] >> _HALF != hashed >> _HALF:
        at = (at + np.uint64(1)) & mask
    return int(slots[at] & _LOW) - 1


@compiled
def _verify(
    found: Array, hashed: Array, slots: Array, offsets: Array, data: Array, wanted: Array, texts: Array
) -> None:
    """Where another text has the same upper half, look on behind it."""
    starts, stops = np.empty(found.size, np.int64), np.empty(found.size, np.int64)
    for index in range(found.size):
        known = max(found[index], 0)
        starts[index], stops[index] = offsets[known], offsets[known + 1]
    for index in range(found.size):
        if found[index] >= 0 and not same(data, starts[index], stops[index], texts, wanted[index], wanted[index + 1]):
            found[index] = _search(slots, offsets, data, texts, wanted[index], wanted[index + 1], hashed[index])


@compiled
def _search(slots: Array, offsets: Array, data: Array, texts: Array, start: int, stop: int, hashed: Any) -> int:
    """Where a text stands, from the slot of its hash on; -1: nowhere."""
    mask = np.uint64(slots.size - 1)
    at = hashed & mask
    while slots[at] != 0:
        known = int(slots[at] & _LOW) - 1
        if same(data, offsets[known], offsets[known + 1], texts, start, stop):
            return known
        at = (at + np.uint64(1)) & mask
    return -1


@compiled
def same(data: Array, start: int, stop: int, others: Array, at: int, end: int) -> bool:
    """Whether the bytes of two stretches are the same."""
    if stop - start != end - at:
        return False
    for offset in range(stop - start):  # noqa: SIM110 - compiled
        if data[start + offset] != others[at + offset]:
            return False
    return True


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
