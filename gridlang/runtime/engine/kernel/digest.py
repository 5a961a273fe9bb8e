"""SHA-256 (FIPS 180-4) over the names that decide chances (R20) and ids of rows (R24)."""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.kernel.jit import jit_whole


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


ROUNDS = np.array(_roots(3, 64), dtype=np.uint32)
BEGIN = np.array(_roots(2, 8), dtype=np.uint32)


@jit_whole
def turned(x, n):
    return np.uint32((x >> np.uint32(n)) | (x << np.uint32(32 - n)))


@jit_whole
def block(state, words):
    """One block of 64 bytes; `words` has room for 64."""
    for i in range(16, 64):
        a, b = words[i - 15], words[i - 2]
        s0 = turned(a, 7) ^ turned(a, 18) ^ (a >> np.uint32(3))
        s1 = turned(b, 17) ^ turned(b, 19) ^ (b >> np.uint32(10))
        words[i] = np.uint32(words[i - 16] + s0 + words[i - 7] + s1)
    a, b, c, d, e, f, g, h = state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]
    for i in range(64):
        s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
        one = np.uint32(h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i])
        s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
        two = np.uint32(s0 + ((a & b) ^ (a & c) ^ (b & c)))
        h, g, f, e, d, c, b, a = g, f, e, np.uint32(d + one), c, b, a, np.uint32(one + two)
    state[0] += a
    state[1] += b
    state[2] += c
    state[3] += d
    state[4] += e
    state[5] += f
    state[6] += g
    state[7] += h


@jit_whole
def digest(text, length):
    """The first 12 bytes as three words of 32 bits. `text` has room for the padding."""
    blocks = (length + 8) // 64 + 1
    text[length] = 0x80
    text[length + 1 : blocks * 64 - 8] = 0
    bits = length * 8
    for i in range(8):
        text[blocks * 64 - 1 - i] = (bits >> (8 * i)) & 255
    state, words = BEGIN.copy(), np.empty(64, np.uint32)
    for number in range(blocks):
        for i in range(16):
            at = number * 64 + 4 * i
            words[i] = (
                (np.uint32(text[at]) << np.uint32(24))
                | (np.uint32(text[at + 1]) << np.uint32(16))
                | (np.uint32(text[at + 2]) << np.uint32(8))
                | np.uint32(text[at + 3])
            )
        block(state, words)
    return state[0], state[1], state[2]


@jit_whole
def joined(text, at, B, start, length):
    """Append the separator and bytes of B; gives the new length."""
    text[at] = 31
    text[at + 1 : at + 1 + length] = B[start : start + length]
    return at + 1 + length


@jit_whole
def bucket(B, seed, seed_n, campaign, campaign_n, step, step_n, whom, whom_n):
    """R20: 0 to 9999."""
    text = np.empty(seed_n + campaign_n + step_n + whom_n + 160, np.uint8)
    text[:seed_n] = B[seed : seed + seed_n]
    at = joined(text, seed_n, B, campaign, campaign_n)
    at = joined(text, at, B, step, step_n)
    at = joined(text, at, B, whom, whom_n)
    one, two, _ = digest(text, at)
    return np.int64(((np.uint64(one) << np.uint64(32)) | np.uint64(two)) % np.uint64(10_000))


@jit_whole
def row_id(B, plan, plan_n, contact, contact_n, campaign, campaign_n, step, step_n, visit):
    """R24: the first 80 bits, in two numbers of 40."""
    text = np.empty(plan_n + contact_n + campaign_n + step_n + 200, np.uint8)
    text[:plan_n] = B[plan : plan + plan_n]
    at = joined(text, plan_n, B, contact, contact_n)
    at = joined(text, at, B, campaign, campaign_n)
    at = joined(text, at, B, step, step_n)
    text[at] = 31
    at += 1
    digits, rest = 1, visit
    while rest >= 10:
        rest //= 10
        digits += 1
    for i in range(digits):
        text[at + digits - 1 - i] = 48 + visit % 10
        visit //= 10
    one, two, three = digest(text, at + digits)
    high = (np.int64(one) << 8) | (np.int64(two) >> 24)
    low = ((np.int64(two) & 0xFFFFFF) << 16) | (np.int64(three) >> 16)
    return high, low
