"""Accounts one after the other, and the desk where they meet (R18)."""

from __future__ import annotations

import heapq

import numpy as np

from gridlang.runtime.engine.kernel import keeping
from gridlang.runtime.engine.kernel.account import WAITS, live, live_mass, prepare
from gridlang.runtime.engine.kernel.clock import later, local, unit_start
from gridlang.runtime.engine.kernel.jit import jit, jit_arrays, jit_whole, numbers
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import copy


@jit
def run_accounts(P, W, M, told, at, last, mode, arrows):
    """Live the accounts from at[0] up to, not with, `last`; rows go into the log from at[1] on, what is asked of the
    desk goes to its attempts from at[2] on.

    An account that asks leaves no rows until the desk has answered (MODE_TOLD); what it would leave is kept behind
    at[3]. `told`: for each account, where the answers to it begin. `at` says how far it came, also when memory was too
    small (MemoryError): from there it can go on. Stops early when the log is three quarters full.
    """
    full = W[W_LOG_SIZE] - W[W_LOG_SIZE] // 4
    while at[0] < last and at[1] <= full:
        account = at[0]
        if mode == MODE_TOLD and keeping.has_room(W, told, account):
            keeping.put_back(W, told, at, account, arrows)
            at[0] += 1
            continue
        prepare(P, W, M, W[W_MEMORY_SIZE], account, 1, mode, 0)
        M[M_OUT], M[M_ASKS_OUT], M[M_TOLD] = at[1], at[2], told[account] if mode == MODE_TOLD else 0
        live(P, M)
        if M[M_ASKS_OUT] > at[2]:
            keeping.keep(P, W, M, at, account)
            at[2] = M[M_ASKS_OUT]
        else:
            at[1] = M[M_OUT]
            count_arrows(M, arrows)
        at[0] += 1


@jit
def count_arrows(M, arrows):
    """What the account's runs took."""
    for number in range(M[M_TAKEN]):
        arrows[M[M[M_TAKEN_AT] + number]] += 1


@jit
def run_mass(P, W, M, events, events_n, at, account, arrows):
    """Live the plan itself, to whom events of accounts happened: pairs of (moment, name), in order."""
    prepare(P, W, M, W[W_MEMORY_SIZE], account, 1, MODE_FREE, 1)
    M[M_OUT] = at[1]
    live_mass(P, M, events, events_n)
    at[1] = M[M_OUT]
    count_arrows(M, arrows)


@jit_arrays
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


@jit_arrays
def local_end(P, now, unit):
    """The moment at which the unit after that of `now` begins."""
    from_ = unit_start(P, P[H_ZONE], now, unit)
    step = now
    while unit_start(P, P[H_ZONE], step, unit) == from_:
        step += DAY
    return unit_start(P, P[H_ZONE], step, unit)


@jit_arrays
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


@jit_arrays
def begin_lost(W, M, account, granted):
    """An account that found no room, lived again up to there."""
    P = numbers(W[W_PLAN])
    prepare(P, W, M, W[W_MEMORY_SIZE], account, 0, MODE_ASK, 0)
    M[M_TOLD] = granted
    live(P, M)


@jit_arrays
def turn_of(M, slot):
    """Its place in the order of the desk, and where its memory is kept."""
    return (
        M[M_NOW], M[M_LEAD_0], M[M_LEAD_1], M[M_LEAD_2], M[M_LEAD_3], M[M_LEAD_4], M[M_LEAD_5], M[M_POPS], slot,
    )  # fmt: skip


@jit_arrays
def comes_next(A, row, heap):
    """Whether the next attempt is one of A, not one of those that are lived beside."""
    if row == len(A):
        return False
    if len(heap) == 0:
        return True
    turn = (A[row, 0], A[row, 1], A[row, 2], A[row, 3], A[row, 4], A[row, 5], A[row, 6], A[row, 7], np.int64(-1))
    return turn < heap[0]


@jit_arrays
def keep(slots, free, M):
    """Keep the memory of an account that waits, as far as it is used; where."""
    kept = np.empty(M[M_TOP], np.int64)
    copy(M, kept, 0, 0, M[M_TOP])
    if len(free):
        slot = free.pop()
        slots[slot] = kept
        return slot
    slots.append(kept)
    return np.int64(len(slots) - 1)


@jit_arrays
def answer(P, team, now, takes, known, made, units, days, loads):
    """What the desk says to an attempt: who takes it, nobody (-1), or that there is no place."""
    if not desk_room(P, team, now, made, units):
        return np.int64(DENIED)
    return np.int64(take_place(P, team, now, known, made, units, days, loads) if takes else -1)


@jit_arrays
def put_before(P, handed, made, units, days, loads):
    """What was handed out before, in order of time: fours of team, moment, -1 and 1 for each that may still count; of
    team, day, member and how many for who had how many that day."""
    for at in range(0, len(handed), 4):
        team, moment, member = handed[at], handed[at + 1], handed[at + 2]
        if member < 0:
            desk_room(P, team, moment, made, units)
            take_place(P, team, moment, -2, made, units, days, loads)
        else:
            days[team], loads[team, member] = moment, handed[at + 3]


@jit_arrays
def meet(worlds, handed, A, world, accounts_n, most_members):
    """The desk: attempts of all accounts in order of time and R17. Gives, attempt by attempt, account and answer.

    `A`: the attempts of accounts that each lived as if there were always room, sorted; `world`: that of each. Those of
    an account hold up to the first that finds none; from there on it is lived step by step beside the others. `handed`:
    of what was handed out before (`put_before`).
    """
    P, M = numbers(worlds[0, W_PLAN]), numbers(worlds[0, W_MEMORY])
    teams, zero = max(P[H_TEAMS], 1), np.int64(0)
    made = [[zero for _ in range(0)] for _ in range(teams)]
    units, days = np.full((teams, 3), MISS, np.int64), np.full(teams, MISS, np.int64)
    loads = np.zeros((teams, max(most_members, 1)), np.int64)
    put_before(P, handed, made, units, days, loads)
    granted, lost = np.zeros(accounts_n, np.int64), np.zeros(accounts_n, np.bool_)
    accounts, answers = [zero for _ in range(0)], [zero for _ in range(0)]
    slots, free = [np.zeros(1, np.int64)], [zero for _ in range(0)]
    heap = [(zero, zero, zero, zero, zero, zero, zero, zero, zero) for _ in range(0)]
    row = 0
    while row < len(A) or len(heap):
        if row < len(A) and lost[A[row, 8]]:
            row += 1
            continue
        if comes_next(A, row, heap):
            account = A[row, 8]
            said = answer(P, A[row, 9], A[row, 0], A[row, 10], A[row, 11], made, units, days, loads)
            row += 1
            accounts.append(account)
            answers.append(said)
            if said != DENIED:
                granted[account] += 1
                continue
            lost[account] = True
            begin_lost(worlds[world[row - 1]], M, A[row - 1, 12], granted[account])
        else:
            slot = heapq.heappop(heap)[8]
            copy(slots[slot], M, 0, 0, len(slots[slot]))
            slots[slot] = slots[0]
            free.append(slot)
            said = answer(P, M[M_PENDING_TEAM], M[M_NOW], M[M_TAKES], M[M_MEMBER], made, units, days, loads)
            accounts.append(M[M_ACCOUNT])
            answers.append(said)
        M[M_DECISION] = 0 if said == DENIED else 1
        if live(numbers(M[M_PLAN]), M) == WAITS:
            heapq.heappush(heap, turn_of(M, keep(slots, free, M)))
    return np.array(accounts), np.array(answers)


@jit_whole
def drive(wanted, worlds, told, at, last, mode, arrows, rows, world, most_members):
    """The one way into the kernel, compiled once: accounts of the first world live, the plan itself does, or the desk
    meets.

    Gives account and answer of each attempt at the desk; of the others nothing. `told`: for accounts, where the desk's
    answers to each begin; for the desk, what was handed out before.
    """
    W = worlds[0]
    P, M = numbers(W[W_PLAN]), numbers(W[W_MEMORY])
    if wanted == RUN_ACCOUNTS:
        run_accounts(P, W, M, told, at, last, mode, arrows)
    elif wanted == RUN_MASS:
        run_mass(P, W, M, numbers(rows.ctypes.data), len(rows), at, last, arrows)
    else:
        return meet(worlds, told, rows, world, last, most_members)
    return np.empty(0, np.int64), np.empty(0, np.int64)
