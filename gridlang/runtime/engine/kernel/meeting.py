"""Accounts meet at the desk (R18): the attempts of all, in the order of time and R17."""

from __future__ import annotations

import heapq

import numpy as np

from gridlang.runtime.engine.kernel.account import WAITS, live, prepare
from gridlang.runtime.engine.kernel.desk import COUNTS, answer, put_before
from gridlang.runtime.engine.kernel.jit import jit_arrays, numbers
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import copy

SLOTS, SMALLEST = 64, 256
"""For so many accounts that wait room is made at a time; the least room of one, in numbers."""


@jit_arrays
def begin_lost(W, M, account, granted):
    """An account that found no room, lived again up to there."""
    P = numbers(W[W_PLAN])
    prepare(P, W, M, W[W_MEMORY_SIZE], account, 0, MODE_ASK, 0)
    M[M_TOLD] = granted
    live(P, M)


@jit_arrays
def turn_of(M, place):
    """Its place in the order of the desk, and where its memory stands."""
    return (
        M[M_NOW], M[M_LEAD_0], M[M_LEAD_1], M[M_LEAD_2], M[M_LEAD_3], M[M_LEAD_4], M[M_LEAD_5], M[M_POPS], place,
    )  # fmt: skip


@jit_arrays
def comes_next(A, row, heap):
    """Whether the next attempt is one of A, not one of those that are lived beside."""
    if row == len(A):
        return False
    if len(heap) == 0 or A[row, 0] < heap[0][0]:
        return True
    turn = (A[row, 0], A[row, 1], A[row, 2], A[row, 3], A[row, 4], A[row, 5], A[row, 6], A[row, 7], np.int64(-1))
    return turn < heap[0]


@jit_arrays
def size_of(n):
    """Which size of room so many numbers need: each is twice the one before."""
    size, room = 0, SMALLEST
    while room < n:
        size, room = size + 1, 2 * room
    return size


@jit_arrays
def suspend(M, blocks, free):
    """Keep the memory of an account that waits, as far as it is used; where. `free`: by size, the places that are."""
    size = size_of(M[M_TOP])
    while len(free) <= size:
        free.append([np.int64(0) for _ in range(0)])
    if len(free[size]) == 0:
        room = SMALLEST << size
        blocks.append(np.empty(SLOTS * room, np.int64))
        first = blocks[-1].ctypes.data
        free[size].extend([first + NUMBER * room * slot for slot in range(SLOTS)])
    place = free[size].pop()
    copy(M, numbers(place), 0, 0, M[M_TOP])
    return place


@jit_arrays
def resume(M, place, free):
    """Go on with it; its place is free again."""
    kept = numbers(place)
    copy(kept, M, 0, 0, kept[M_TOP])
    free[size_of(kept[M_TOP])].append(place)


@jit_arrays
def meet(worlds, handed, A, world, begins, most_members):
    """The desk: attempts of all accounts in order of time and R17. Gives its answers to A (MISS: not asked), and
    account and answer of those that came instead.

    `A`: the attempts of accounts that each lived as if there were always room, sorted; `world`: that of each; `begins`:
    how many accounts the worlds before each have. Attempts of an account hold up to the first that finds none; from
    there on it is lived step by step beside the others. `handed`: of what was handed out before (`desk.put_before`).
    """
    P, M = numbers(worlds[0, W_PLAN]), numbers(worlds[0, W_MEMORY])
    teams, zero = max(P[H_TEAMS], 1), np.int64(0)
    counts, loads = np.full((teams, COUNTS), MISS, np.int64), np.zeros((teams, max(most_members, 1)), np.int64)
    busy = [[zero for _ in range(0)] for _ in range(teams)]
    put_before(P, handed, counts, busy, loads)
    blocks, free = [np.empty(1, np.int64)], [[zero for _ in range(0)]]
    heap = [(zero, zero, zero, zero, zero, zero, zero, zero, zero) for _ in range(0)]
    lost, answers = np.zeros(begins[-1] + 1, np.bool_), np.full(len(A), MISS, np.int64)
    accounts, others = [zero for _ in range(0)], [zero for _ in range(0)]
    row = 0
    while row < len(A) or len(heap):
        if row < len(A) and lost[begins[world[row]] + A[row, 12]]:
            row += 1
            continue
        if comes_next(A, row, heap):
            said = answer(P, A[row, 9], A[row, 0], A[row, 10], A[row, 11], counts, busy, loads)
            answers[row] = said
            row += 1
            if said != DENIED:
                continue
            lost[begins[world[row - 1]] + A[row - 1, 12]] = True
            begin_lost(worlds[world[row - 1]], M, A[row - 1, 12], A[row - 1, 8])
        else:
            resume(M, heapq.heappop(heap)[8], free)
            said = answer(P, M[M_PENDING_TEAM], M[M_NOW], M[M_TAKES], M[M_MEMBER], counts, busy, loads)
            accounts.append(M[M_ACCOUNT])
            others.append(said)
        M[M_DECISION] = 0 if said == DENIED else 1
        if live(numbers(M[M_PLAN]), M) == WAITS:
            heapq.heappush(heap, turn_of(M, suspend(M, blocks, free)))
    return answers, np.array(accounts, np.int64), np.array(others, np.int64)
