"""Accounts one after the other, and the desk where they meet (R18)."""

from __future__ import annotations

import heapq

import numpy as np

from gridlang.runtime.engine.kernel.account import DONE, WAITS, live, live_mass, prepare
from gridlang.runtime.engine.kernel.clock import later, local, unit_start
from gridlang.runtime.engine.kernel.jit import jit_whole
from gridlang.runtime.engine.kernel.layout import *


@jit_whole
def run_accounts(P, S, T, E, B, D, told, M, O, at, last, emit, mode, arrows):
    """Live the accounts from at[0] up to, not with, `last`; rows go into the log from at[1] on.

    `at` says how far it came, also when memory was too small (MemoryError): from there it can go on. Stops early when
    the log is three quarters full.
    """
    while at[0] < last:
        if at[1] > len(O) - len(O) // 4:
            return
        account = at[0]
        prepare(P, S, T, M, account, emit, mode, 0)
        M[M_OUT], M[M_TOLD] = at[1], told[account] if len(told) else 0
        live(P, S, T, E, B, D, M, O)
        at[1] = M[M_OUT]
        at[0] += 1
        for number in range(P[H_ARROWS] if emit else 0):
            arrows[number] += M[M[M_ARROWS] + number]


@jit_whole
def run_mass(P, S, T, E, B, D, events, M, O, at, account, arrows):
    """Live the plan itself, to whom events of accounts happened: rows of (moment, name), in order."""
    prepare(P, S, T, M, account, 1, MODE_FREE, 1)
    M[M_OUT] = at[1]
    live_mass(P, S, T, E, B, D, events, M, O)
    at[1] = M[M_OUT]
    for number in range(P[H_ARROWS]):
        arrows[number] += M[M[M_ARROWS] + number]


@jit_whole
def desk_room(P, team, now, made, units):
    """Whether the team's capacity leaves a place now. `made`: moments of hand-outs that may still count."""
    entry = P[P_TEAMS] + team * TEAM
    capacity = P[entry + G_CAPACITY]
    if capacity < 0:
        return True
    if P[entry + G_CALENDAR] >= 0:
        if units[team, 0] == MISS or now >= units[team, 2]:
            units[team, 0], units[team, 1] = unit_start(P, P[H_ZONE], now, P[entry + G_CALENDAR]), 0
            units[team, 2] = local_end(P, now, P[entry + G_CALENDAR])
        return units[team, 1] < capacity
    busy = 0
    for moment in made[team]:
        busy += now < later(P, P[H_ZONE], moment, P[entry + G_AMOUNT], P[entry + G_UNIT])
    return busy < capacity


@jit_whole
def local_end(P, now, unit):
    """The moment at which the unit after that of `now` begins."""
    from_ = unit_start(P, P[H_ZONE], now, unit)
    step = now
    while unit_start(P, P[H_ZONE], step, unit) == from_:
        step += DAY
    return unit_start(P, P[H_ZONE], step, unit)


@jit_whole
def take_place(P, team, now, known, made, units, days, loads):
    """A place is taken; by whom: who is known, else who had the fewest hand-outs that day, in order of `members`."""
    entry = P[P_TEAMS] + team * TEAM
    units[team, 1] += 1
    if P[entry + G_CAPACITY] >= 0 and P[entry + G_CALENDAR] < 0:
        made[team].append(now)
    if known == -2:
        return -1
    day = local(P, P[H_ZONE], now) // DAY
    if days[team] != day:
        days[team] = day
        loads[team, :] = 0
    if known < 0:
        known = 0
        for member in range(P[entry + G_MEMBERS]):
            if loads[team, member] < loads[team, known]:
                known = member
    loads[team, known] += 1
    return known


@jit_whole
def begin_lost(P, S, T, E, B, D, O, size, account, granted):
    """An account that found no room, lived again up to there."""
    M = np.zeros(size, np.int64)
    prepare(P, S, T, M, account, 0, MODE_ASK, 0)
    M[M_TOLD] = granted
    live(P, S, T, E, B, D, M, O)
    return M


@jit_whole
def turn_of(M, slot):
    return (
        M[M_NOW], M[M_LEAD_0], M[M_LEAD_1], M[M_LEAD_2], M[M_LEAD_3], M[M_LEAD_4], M[M_LEAD_5], M[M_POPS], slot,
    )  # fmt: skip


@jit_whole
def meet(P, S, T, E, B, D, O, A, size, most_members):
    """The desk: attempts of all accounts in order of time and R17. Gives, attempt by attempt, account and answer.

    `A`: the attempts of accounts that each lived as if there were always room, sorted. Those of an account hold up to
    the first that finds none; from there on it is lived step by step beside the others.
    """
    teams = P[H_TEAMS]
    made = [[np.int64(0) for _ in range(0)] for _ in range(max(teams, 1))]
    units, days = np.full((max(teams, 1), 3), MISS, np.int64), np.full(max(teams, 1), MISS, np.int64)
    loads = np.zeros((max(teams, 1), max(most_members, 1)), np.int64)
    granted, lost = np.zeros(len(T), np.int64), np.zeros(len(T), np.bool_)
    accounts, answers = [np.int64(0) for _ in range(0)], [np.int64(0) for _ in range(0)]
    slots = [np.zeros(1, np.int64)]
    free = [np.int64(0) for _ in range(0)]
    heap = [
        (
            np.int64(0),
            np.int64(0),
            np.int64(0),
            np.int64(0),
            np.int64(0),
            np.int64(0),
            np.int64(0),
            np.int64(0),
            np.int64(0),
        )
        for _ in range(0)
    ]
    row = 0
    while row < len(A) or len(heap):
        if row < len(A) and lost[A[row, 8]]:
            row += 1
            continue
        if row < len(A) and (
            len(heap) == 0
            or (A[row, 0], A[row, 1], A[row, 2], A[row, 3], A[row, 4], A[row, 5], A[row, 6], A[row, 7], np.int64(-1))
            < heap[0]
        ):
            now, account, team, takes, known = A[row, 0], A[row, 8], A[row, 9], A[row, 10], A[row, 11]
            row += 1
            accounts.append(account)
            if desk_room(P, team, now, made, units):
                granted[account] += 1
                answers.append(take_place(P, team, now, known, made, units, days, loads) if takes else -1)
                continue
            answers.append(DENIED)
            lost[account] = True
            M = begin_lost(P, S, T, E, B, D, O, size, account, granted[account])
            if len(free):
                slot = free.pop()
                slots[slot] = M
            else:
                slot = np.int64(len(slots))
                slots.append(M)
            M[M_DECISION] = 0
        else:
            slot = heapq.heappop(heap)[8]
            M = slots[slot]
            team, now = M[M_PENDING_TEAM], M[M_NOW]
            accounts.append(M[M_ACCOUNT])
            if desk_room(P, team, now, made, units):
                M[M_DECISION] = 1
                answers.append(
                    take_place(P, team, now, M[M_MEMBER], made, units, days, loads) if M[M_TAKES] else np.int64(-1)
                )
            else:
                M[M_DECISION] = 0
                answers.append(DENIED)
        if live(P, S, T, E, B, D, M, O) == WAITS:
            heapq.heappush(heap, turn_of(M, slot))
        else:
            free.append(slot)
            slots[slot] = slots[0]
    return np.array(accounts), np.array(answers)


_used = (DONE,)
