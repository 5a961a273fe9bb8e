"""What an account that asks the desk leaves, kept until the desk has answered: if it finds room wherever it asked, it
need not be lived again.

Kept are its records and its arrows, each number in half the room. What is missing, and what never comes, stand for
themselves at the ends of what fits there; an account with another number that does not fit is left away.
"""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.kernel.jit import halves, jit, numbers
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.world import log_of

LEAST, MOST = -(1 << 31), (1 << 31) - 1
"""What stands for MISS and FAR."""
K_ROOM, K_RECORDS, K_ARROWS, KEPT = range(4)
"""At the head of what is kept: for how many numbers there is room, how many records take, how many arrows."""


@jit
def keep(P, W, M, at, begin, place):
    """Put what an account has left (`begin` to M_OUT) where it lay in an earlier life, else behind what is kept, at[3];
    who had outgrown its place gets some to spare. Without room it is left away. W_KEPT_AT says where, at `place`."""
    n, taken, found = M[M_OUT] - begin, M[M_TAKEN], numbers(W[W_KEPT_AT])
    size, to = KEPT + n + taken, found[place]
    found[place] = 0
    if P[H_KEEPS]:
        return
    if to == 0 or halves(to)[K_ROOM] < size:
        room = size + size // 4 if to else size
        if at[3] + room > W[W_KEPT_SIZE]:
            return
        to = W[W_KEPT] + HALF * at[3]
        at[3] += room
        halves(to)[K_ROOM] = room
    kept = halves(to)
    kept[K_RECORDS], kept[K_ARROWS] = n, taken
    if narrow(log_of(M), begin, kept, KEPT, n) and narrow(M, M[M_TAKEN_AT], kept, KEPT + n, taken):
        found[place] = to


@jit
def narrow(source, start, kept, to, n):
    """Numbers in half the room; whether all fit."""
    lost = 0
    for number in range(n):
        value = source[start + number]
        half = min(max(value, LEAST), MOST)
        lost |= value ^ widened(half)
        kept[to + number] = half
    return lost == 0


@jit
def widened(half):
    """The number that stands there."""
    return MISS if half == LEAST else FAR if half == MOST else half


@jit
def put_back(place, records, arrows):
    """The records that are kept of an account; the arrows that its runs took are counted."""
    kept = halves(place)
    n = np.int64(kept[K_RECORDS])
    for number in range(n):
        records[number] = widened(np.int64(kept[KEPT + number]))
    for number in range(kept[K_ARROWS]):
        arrows[kept[KEPT + n + number]] += 1
    return n


@jit
def name_members(O, begin, end, answers, first):
    """Who takes the tasks of an account, by the desk's answers to it from `first` on."""
    while begin < end:
        if O[begin] == L_TASK and O[begin + LR_X1] <= UNANSWERED:
            O[begin + LR_X1] = answers[first + UNANSWERED - O[begin + LR_X1]]
        begin += O[begin + 1]
