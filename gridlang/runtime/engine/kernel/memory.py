"""The memory of one account: bump allocation, growing lists, the log of rows, the scratch where chains are made.

What does not fit raises, MemoryError for the memory, IndexError for the log and for what is asked of the desk: the
account is then lived anew with more (`engine.driving`).
"""

from __future__ import annotations

from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.world import log_of


@jit
def fill(M, at, n, value):
    for number in range(n):
        M[at + number] = value


@jit
def copy(source, target, start, to, n):
    for number in range(n):
        target[to + number] = source[start + number]


@jit
def allocate(M, size):
    """Room for so many numbers; their values are whatever was there."""
    top = M[M_TOP]
    if top + size > M[M_SCRATCH]:
        raise MemoryError
    M[M_TOP] = top + size
    return top


@jit
def zeroed(M, size):
    found = allocate(M, size)
    fill(M, found, size, 0)
    return found


# --- a list: how many numbers, room for how many, where they stand ---------------------------------------------------


@jit
def push(M, place, value):
    """Append to the list at `place` (three numbers)."""
    n = M[place]
    if n == M[place + 1]:
        room = max(8, 2 * n)
        moved = allocate(M, room)
        copy(M, M, M[place + 2], moved, n)
        M[place + 1], M[place + 2] = room, moved
    M[M[place + 2] + n] = value
    M[place] = n + 1


# --- chains: links of three numbers in the scratch -------------------------------------------------------------------


@jit
def link(M, rule, place, delay):
    """Put a link at the end of the chain in the scratch."""
    at = M[M_SCRATCH] + 3 * M[M_LINKS]
    if at + 3 > M[M_SCRATCH_END]:
        raise MemoryError
    M[at], M[at + 1], M[at + 2] = rule, place, delay
    M[M_LINKS] += 1


@jit
def link_merged(M, first, rule, place, delay):
    """The same; it becomes part of the last link from `first` on if that is of the same rule and place."""
    at = M[M_SCRATCH] + 3 * (M[M_LINKS] - 1)
    if M[M_LINKS] > first and M[at] == rule and M[at + 1] == place:
        M[at + 2] += delay
    else:
        link(M, rule, place, delay)


@jit
def delay_since(M, first):
    """By how much the links from `first` on delay."""
    total = 0
    for number in range(first, M[M_LINKS]):
        total += M[M[M_SCRATCH] + 3 * number + 2]
    return total


@jit
def merge_links(M):
    """A link that only goes on with what the one before it did becomes part of it."""
    base, kept = M[M_SCRATCH], 0
    for number in range(M[M_LINKS]):
        at, last = base + 3 * number, base + 3 * (kept - 1)
        if kept and M[at + 2] and M[last] == M[at] and M[last + 1] == M[at + 1]:
            M[last + 2] += M[at + 2]
        else:
            to = base + 3 * kept
            M[to], M[to + 1], M[to + 2] = M[at], M[at + 1], M[at + 2]
            kept += 1
    M[M_LINKS] = kept


@jit
def cut_links(M, length):
    """Keep the links of the first `length` seconds."""
    base, kept = M[M_SCRATCH], 0
    for number in range(M[M_LINKS]):
        at = base + 3 * number
        whole = M[at + 2]
        delay = min(whole, length)
        if delay == whole or delay:
            to = base + 3 * kept
            M[to], M[to + 1], M[to + 2] = M[at], M[at + 1], delay
            kept += 1
        length -= delay
    M[M_LINKS] = kept


@jit
def load_chain(M, run):
    """The chain of what a run waits for, into the scratch."""
    M[M_LINKS] = 0
    chain = M[run + R_CHAIN]
    for number in range(M[chain]):
        at = chain + 2 + 3 * number
        link(M, M[at], M[at + 1], M[at + 2])


@jit
def save_chain(M, run):
    """The chain in the scratch becomes that of the run."""
    n, chain = M[M_LINKS], M[run + R_CHAIN]
    if chain == 0 or M[chain + 1] < n:
        room = max(6, 2 * n)
        chain = allocate(M, 2 + 3 * room)
        M[chain + 1] = room
        M[run + R_CHAIN] = chain
    M[chain] = n
    base = M[M_SCRATCH]
    copy(M, M, base, chain + 2, 3 * n)


# --- the log ---------------------------------------------------------------------------------------------------------


@jit
def record(M, kind, length):
    """A new record of so many numbers."""
    O = log_of(M)
    at = M[M_OUT]
    if at + length >= M[M_LOG_SIZE]:
        raise IndexError
    M[M_OUT] = at + length
    O[at], O[at + 1] = kind, length
    return at
