"""SHA-256 (FIPS 180-4) of many short texts, as ids need it (R24). Compiled by numba.

Sixteen texts are digested beside each other, one a lane: whatever a round does, the machine does for all of them at
once. So every loop over lanes stands inside, and all numbers of a block in one array, in which the distances between
them are known when the loop is compiled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.engine.reading.compiling import compiled

LENGTH = 20
"""Hex digits of an id."""
LANES = 16
_WORDS, _LETTERS, _STATE = 64, 72, 8
_BLOCK = 64
"""Bytes."""
_2, _3, _6, _7, _10, _11, _13, _14 = map(np.uint32, (2, 3, 6, 7, 10, 11, 13, 14))
_15, _17, _18, _19, _21, _22, _25, _26, _30 = map(np.uint32, (15, 17, 18, 19, 21, 22, 25, 26, 30))
_HEX = np.frombuffer(b"0123456789abcdef", np.uint8)


def _fraction(prime: int, power: int) -> int:
    """The first 32 bits behind the point of a root of a prime."""
    low, high = 0, 1 << 64
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**power <= prime << (32 * power) else (low, middle)
    return low & 0xFFFFFFFF


_PRIMES = [number for number in range(2, 312) if all(number % each for each in range(2, number))]
_ROUNDS = np.array([_fraction(prime, 3) for prime in _PRIMES], np.uint32)
_BEGIN = np.array([_fraction(prime, 2) for prime in _PRIMES[:_STATE]], np.uint32)


def by_hand(texts: Iterable[bytes]) -> Array:
    """uint8 (n, LENGTH): the first hex digits of each digest; for few texts, over before the loop of `together` is
    loaded."""
    told = b"".join(hashlib.sha256(text).hexdigest()[:LENGTH].encode() for text in texts)
    return np.frombuffer(told, np.uint8).reshape(-1, LENGTH)


def together(start: Array, cuts: Array, texts: Array, edges: Array, ends: Array, kind: Array, last: Array) -> Array:
    """uint8 (n, LENGTH): the same of texts that are joined here: `start`, the row's own (texts[cuts[row] : cuts[row +
    1]]), the end of its kind (ends[edges[kind] : edges[kind + 1]]), and a number that is not negative, in decimal."""
    with np.errstate(over="ignore"):  # numbers of 32 bits are meant to overflow
        return _together(start, cuts, texts, edges, ends, kind, last)


@compiled
def _together(start: Array, cuts: Array, texts: Array, edges: Array, ends: Array, kind: Array, last: Array) -> Array:
    rows = cuts.size - 1
    room = start.size + _longest(cuts) + _longest(edges) + 20  # the digits of a number
    room = ((room + 8) // _BLOCK + 1) * _BLOCK
    found = np.empty((rows, LENGTH), np.uint8)
    text = np.empty((LANES, room), np.uint8)
    blocks = np.empty(LANES, np.int64)
    scratch = np.empty((_WORDS + _LETTERS + _STATE) * LANES, np.uint32)
    for first in range(0, rows, LANES):
        for lane in range(LANES):
            row = min(first + lane, rows - 1)  # in lanes that are over, the last row again
            at = _copied(text[lane], 0, start, 0, start.size)
            at = _copied(text[lane], at, texts, cuts[row], cuts[row + 1])
            at = _copied(text[lane], at, ends, edges[kind[row]], edges[kind[row] + 1])
            blocks[lane] = _padded(text[lane], _decimal(text[lane], at, last[row]))
        _digest(text, blocks, scratch, found[first : first + LANES])
    return found


@compiled
def _longest(cuts: Array) -> int:
    longest = 0
    for index in range(cuts.size - 1):
        longest = max(longest, cuts[index + 1] - cuts[index])
    return longest


@compiled
def _copied(out: Array, at: int, source: Array, start: int, stop: int) -> int:
    for index in range(start, stop):
        out[at + index - start] = source[index]
    return at + stop - start


@compiled
def _decimal(out: Array, at: int, number: int) -> int:
    """Write a number that is not negative; gives the byte behind it."""
    digits, rest = 1, number
    while rest >= 10:
        rest //= 10
        digits += 1
    for place in range(at + digits - 1, at - 1, -1):
        out[place] = 0x30 + number % 10
        number //= 10
    return at + digits


@compiled
def _padded(text: Array, length: int) -> int:
    """Fill the text up to whole blocks, with its length in bits at the end; gives how many there are."""
    blocks = (length + 8) // _BLOCK + 1
    end = blocks * _BLOCK
    text[length] = 0x80
    for at in range(length + 1, end - 8):
        text[at] = 0
    for at in range(8):
        text[end - 1 - at] = ((length * 8) >> (8 * at)) & 255
    return blocks


@compiled
def _digest(text: Array, blocks: Array, scratch: Array, found: Array) -> None:
    """Digest the text of every lane; lanes with fewer blocks than others are read off before they go on."""
    state = (_WORDS + _LETTERS) * LANES
    for number in range(_STATE):
        for lane in range(LANES):
            scratch[state + number * LANES + lane] = _BEGIN[number]
    for block in range(blocks.max()):
        for word in range(16):
            at = block * _BLOCK + 4 * word
            for lane in range(LANES):
                high = (int(text[lane, at]) << 24) | (int(text[lane, at + 1]) << 16)
                scratch[word * LANES + lane] = high | (int(text[lane, at + 2]) << 8) | int(text[lane, at + 3])
        _rounds(scratch)
        for lane in range(min(LANES, found.shape[0])):
            if blocks[lane] == block + 1:
                for digit in range(LENGTH):
                    four = int(scratch[state + digit // 8 * LANES + lane]) >> (28 - 4 * (digit % 8))
                    found[lane, digit] = _HEX[four & 15]


@compiled
def _rounds(M: Array) -> None:  # noqa: N803 - the memory of all lanes: words, letters, state
    """Digest a block of every lane. The letters of a round are eight rows of lanes, h to a; each round's are one row
    behind those of the last, so that nothing is moved."""
    letters, state = _WORDS, _WORDS + _LETTERS
    for i in range(16, 64):
        for lane in range(LANES):
            a, b = M[(i - 15) * LANES + lane], M[(i - 2) * LANES + lane]
            s0 = ((a >> _7) | (a << _25)) ^ ((a >> _18) | (a << _14)) ^ (a >> _3)
            s1 = ((b >> _17) | (b << _15)) ^ ((b >> _19) | (b << _13)) ^ (b >> _10)
            M[i * LANES + lane] = M[(i - 16) * LANES + lane] + s0 + M[(i - 7) * LANES + lane] + s1
    for i in range(_STATE):
        for lane in range(LANES):
            M[(letters + 7 - i) * LANES + lane] = M[(state + i) * LANES + lane]
    for i in range(64):
        constant = _ROUNDS[i]
        for lane in range(LANES):
            h = (letters + i) * LANES + lane
            g, f, e, d = M[h + LANES], M[h + 2 * LANES], M[h + 3 * LANES], M[h + 4 * LANES]
            c, b, a = M[h + 5 * LANES], M[h + 6 * LANES], M[h + 7 * LANES]
            s1 = ((e >> _6) | (e << _26)) ^ ((e >> _11) | (e << _21)) ^ ((e >> _25) | (e << _7))
            one = M[h] + s1 + ((e & f) ^ (~e & g)) + constant + M[i * LANES + lane]
            s0 = ((a >> _2) | (a << _30)) ^ ((a >> _13) | (a << _19)) ^ ((a >> _22) | (a << _10))
            M[h + 4 * LANES] = d + one
            M[h + 8 * LANES] = one + s0 + ((a & b) ^ (a & c) ^ (b & c))
    for i in range(_STATE):
        for lane in range(LANES):
            M[(state + i) * LANES + lane] += M[(letters + 71 - i) * LANES + lane]
