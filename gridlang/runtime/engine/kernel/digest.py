"""SHA-256 (FIPS 180-4) over the names that decide chances (R20) and ids of rows (R24)."""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.kernel.jit import jit, octets
from gridlang.runtime.engine.kernel.layout import *


def _roots(power: int, count: int) -> list[int]:
    """The first 32 bits of the fractional parts of roots of the first primes."""
    primes: list[int] = []
    candidate = 2
    while len(primes) < count:
        if all(candidate % prime for prime in primes):
            primes.append(candidate)
        candidate += 1
    return [_root(prime << (32 * power), power) & 0xFFFFFFFF for prime in primes]


def _root(value: int, power: int) -> int:
    low, high = 0, 1 << 64
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**power <= value else (low, middle)
    return low


ROUNDS = np.array(_roots(3, 64), dtype=np.int64)
BEGIN = np.array(_roots(2, 8), dtype=np.int64)
MASK = 0xFFFFFFFF
WORDS, STATE, TEXT = 0, 64, 73
"""In the scratch: the words of a block, the state, the text (a byte a number)."""


@jit
def turned(x, n):
    """Written so that it becomes one instruction."""
    y = x & MASK
    return np.int64(np.uint32(((y >> n) | (y << (32 - n))) & MASK))


@jit
def block(M, words, state):
    """One block of 64 bytes."""
    for i in range(words + 16, words + 64):
        a, b = M[i - 15], M[i - 2]
        s0 = turned(a, 7) ^ turned(a, 18) ^ (a >> 3)
        s1 = turned(b, 17) ^ turned(b, 19) ^ (b >> 10)
        M[i] = (M[i - 16] + s0 + M[i - 7] + s1) & MASK
    a, b, c, d = M[state], M[state + 1], M[state + 2], M[state + 3]
    e, f, g, h = M[state + 4], M[state + 5], M[state + 6], M[state + 7]
    for i in range(64):
        s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
        one = (h + s1 + ((e & f) ^ ((e ^ MASK) & g)) + ROUNDS[i] + M[words + i]) & MASK
        s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
        two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) & MASK
        h = g
        g = f
        f = e
        e = (d + one) & MASK
        d = c
        c = b
        b = a
        a = (one + two) & MASK
    M[state] = (M[state] + a) & MASK
    M[state + 1] = (M[state + 1] + b) & MASK
    M[state + 2] = (M[state + 2] + c) & MASK
    M[state + 3] = (M[state + 3] + d) & MASK
    M[state + 4] = (M[state + 4] + e) & MASK
    M[state + 5] = (M[state + 5] + f) & MASK
    M[state + 6] = (M[state + 6] + g) & MASK
    M[state + 7] = (M[state + 7] + h) & MASK


@jit
def digest(M, end):
    """The digest of the text in the scratch up to `end`; the state holds it then."""
    base = M[M_SCRATCH]
    text = base + TEXT
    length = end - text
    blocks = (length + 8) // 64 + 1
    M[end] = 0x80
    for i in range(end + 1, text + blocks * 64):
        M[i] = 0
    for i in range(8):
        M[text + blocks * 64 - 1 - i] = ((length * 8) >> (8 * i)) & 255
    for i in range(8):
        M[base + STATE + i] = BEGIN[i]
    for number in range(blocks):
        for i in range(16):
            at = text + number * 64 + 4 * i
            M[base + WORDS + i] = (M[at] << 24) | (M[at + 1] << 16) | (M[at + 2] << 8) | M[at + 3]
        block(M, base + WORDS, base + STATE)


@jit
def joined(M, at, address, length):
    """Append the separator and bytes of a name; gives the new end. What comes first has its separator before it."""
    if at + length + 256 > M[M_SCRATCH_END]:
        raise MemoryError
    found = octets(address)
    M[at] = 31
    for number in range(length):
        M[at + 1 + number] = found[number]
    return at + 1 + length


@jit
def bucket(M, seed, seed_n, campaign, campaign_n, step, step_n, whom, whom_n):
    """R20: 0 to 9999. `whom` is an address, the others are names of the plan."""
    at = joined(M, M[M_SCRATCH] + TEXT - 1, M[M_BYTES] + seed, seed_n)
    at = joined(M, at, M[M_BYTES] + campaign, campaign_n)
    at = joined(M, at, M[M_BYTES] + step, step_n)
    digest(M, joined(M, at, whom, whom_n))
    one, two = M[M[M_SCRATCH] + STATE], M[M[M_SCRATCH] + STATE + 1]
    return ((one % 10_000) * (4_294_967_296 % 10_000) + two) % 10_000


@jit
def row_id(M, plan, plan_n, contact, contact_n, campaign, campaign_n, step, step_n, visit):
    """R24: the first 80 bits, in two numbers of 40. `contact` is an address, the others are names of the plan."""
    at = joined(M, M[M_SCRATCH] + TEXT - 1, M[M_BYTES] + plan, plan_n)
    at = joined(M, at, contact, contact_n)
    at = joined(M, at, M[M_BYTES] + campaign, campaign_n)
    at = joined(M, at, M[M_BYTES] + step, step_n)
    M[at] = 31
    digits, rest = 1, visit
    while rest >= 10:
        rest //= 10
        digits += 1
    for i in range(digits):
        M[at + digits - i] = 48 + visit % 10
        visit //= 10
    digest(M, at + 1 + digits)
    state = M[M_SCRATCH] + STATE
    one, two, three = M[state], M[state + 1], M[state + 2]
    return (one << 8) | (two >> 24), ((two & 0xFFFFFF) << 16) | (three >> 16)
