"""What an account that asks the desk leaves, kept until the desk has answered: if it finds room wherever it asks, it
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


@jit
def keep(P, W, M, at, row):
    """Put what an account has left (`at[1]` to M_OUT) behind what is kept (`at[3]`); without room it is left away, and
    so is what names rows of events (`L_ISSUE`): those are counted anew for who asks."""
    begin, to, taken = at[1], at[3], M[M_TAKEN]
    n, found = M[M_OUT] - begin, numbers(W[W_KEPT_AT])
    found[row] = -1
    if P[H_KEEPS] or to + 2 + n + taken > W[W_KEPT_SIZE] or is_told(M, begin, M[M_OUT]):
        return
    kept = halves(W[W_KEPT])
    kept[to], kept[to + 1] = n, taken
    if narrow(log_of(M), begin, kept, to + 2, n) and narrow(M, M[M_TAKEN_AT], kept, to + 2 + n, taken):
        found[row], at[3] = to, to + 2 + n + taken


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
def is_told(M, begin, end):
    """Whether an issue stands among records."""
    O = log_of(M)
    while begin < end:
        if O[begin] == L_ISSUE:
            return True
        begin += O[begin + 1]
    return False


@jit
def has_room(W, told, row):
    """Whether what the account left is kept, and the desk has found room wherever it asked."""
    if numbers(W[W_KEPT_AT])[row] < 0:
        return False
    answers = numbers(W[W_ANSWERS])
    for attempt in range(told[row], told[row + 1]):
        if answers[attempt] == DENIED:
            return False
    return True


@jit
def put_back(W, told, at, row, arrows):
    """Write what is kept of an account into the log at `at[1]`, with the members who take its tasks."""
    kept, place = halves(W[W_KEPT]), numbers(W[W_KEPT_AT])[row]
    O, answers = numbers(W[W_LOG]), numbers(W[W_ANSWERS])
    n, taken, begin = np.int64(kept[place]), np.int64(kept[place + 1]), at[1]
    if begin + n >= W[W_LOG_SIZE]:
        raise IndexError
    for number in range(n):
        O[begin + number] = widened(np.int64(kept[place + 2 + number]))
    at[1] = begin + n
    for number in range(taken):
        arrows[kept[place + 2 + n + number]] += 1
    while begin < at[1]:
        if O[begin] == L_TASK and O[begin + LR_X1] <= UNANSWERED:
            O[begin + LR_X1] = answers[told[row] + UNANSWERED - O[begin + LR_X1]]
        begin += O[begin + 1]
