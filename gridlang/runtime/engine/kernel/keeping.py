"""What an account that asks the desk leaves, kept until the desk has answered: if it finds room wherever it asks, it
need not be lived again.

Kept are its arrows and its records, each number in as few bytes as it needs (LEB128, signs folded): most are small.
"""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.kernel.jit import jit, numbers, octets
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.world import log_of

MOST = 10
"""Bytes of a number, at most."""
FOLDED = (1 << 57) - 1
"""What stays of a number when seven bits of it are taken."""


@jit
def keep(P, W, M, at, row):
    """Put what an account has left (`at[1]` to M_OUT) behind what is kept (`at[3]`); without room it is left away, and
    so is what names rows of events (`L_ISSUE`): those are counted anew for who asks."""
    begin, end = at[1], M[M_OUT]
    found = numbers(W[W_KEPT_AT])
    found[row] = -1
    if P[H_KEEPS] or at[3] + MOST * (end - begin + M[M_TAKEN] + 2) > W[W_KEPT_SIZE] or is_told(M, begin, end):
        return
    kept, to, O = octets(W[W_KEPT]), at[3], log_of(M)
    found[row] = to
    to = put(kept, to, M[M_TAKEN])
    for number in range(M[M_TAKEN]):
        to = put(kept, to, M[M[M_TAKEN_AT] + number])
    to = put(kept, to, end - begin)
    for number in range(begin, end):
        if 0 <= O[number] < 64:
            kept[to] = O[number] << 1
            to += 1
        else:
            to = put(kept, to, O[number])
    at[3] = to


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
def put(kept, at, number):
    """A number; where the next begins."""
    rest = (number << 1) ^ (number >> 63)
    while rest < 0 or rest > 127:
        kept[at] = (rest & 127) | 128
        rest = (rest >> 7) & FOLDED
        at += 1
    kept[at] = rest
    return at + 1


@jit
def get(kept, at):
    """A number, and where the next begins."""
    rest, shift = 0, 0
    while kept[at] > 127:
        rest |= np.int64(kept[at] & 127) << shift
        shift += 7
        at += 1
    rest |= np.int64(kept[at]) << shift
    return ((rest >> 1) & ((1 << 63) - 1)) ^ -(rest & 1), at + 1


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
    kept, place = octets(W[W_KEPT]), numbers(W[W_KEPT_AT])[row]
    O, answers = numbers(W[W_LOG]), numbers(W[W_ANSWERS])
    n, place = get(kept, place)
    for _ in range(n):
        arrow, place = get(kept, place)
        arrows[arrow] += 1
    n, place = get(kept, place)
    begin = at[1]
    if begin + n >= W[W_LOG_SIZE]:
        raise IndexError
    for number in range(begin, begin + n):
        if kept[place] & 129 == 0:
            O[number] = kept[place] >> 1
            place += 1
        else:
            O[number], place = get(kept, place)
    at[1] = begin + n
    while begin < at[1]:
        if O[begin] == L_TASK and O[begin + LR_X1] <= UNANSWERED:
            O[begin + LR_X1] = answers[told[row] + UNANSWERED - O[begin + LR_X1]]
        begin += O[begin + 1]
