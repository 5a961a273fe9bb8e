"""The desk (R18): whether a team has a place left, and who of it takes a task."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.clock import later, local, unit_following
from gridlang.runtime.engine.kernel.jit import jit, numbers
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import copy, fill


@jit
def comes_before(A, one, B, other):
    """Whether one turn comes before another."""
    for number in range(TURN):
        if A[one + number] != B[other + number]:
            return A[one + number] < B[other + number]
    return False


# --- what is known of the desk while accounts live -------------------------------------------------------------------


@jit
def is_full(M, team, now):
    """Whether it is known that a team has no place at this turn of an account."""
    if M[M_FULL] == 0:
        return False
    F = numbers(M[M_FULL])
    begins, low, high = F[team * TIMES + X_BEGINS], 0, F[team * TIMES + X_TIMES]
    while low < high:
        middle = (low + high) // 2
        if comes_before(M, M_NOW, F, begins + middle * FULL + X_TURN):
            high = middle
        else:
            low = middle + 1
    return low > 0 and now < F[begins + (low - 1) * FULL + X_UNTIL]


# --- the desk itself -------------------------------------------------------------------------------------------------


@jit
def places(P, D, team, now):
    """How many places the team's capacity leaves now."""
    entry, T, at = P[P_TEAMS] + team * TEAM, numbers(D[D_TEAMS]), team * COUNTS
    if P[entry + G_CAPACITY] < 0:
        return FAR
    if P[entry + G_CALENDAR] >= 0:
        return P[entry + G_CAPACITY] - (T[at + UNIT_TAKEN] if now < T[at + UNIT_ENDS] else 0)
    B, room, n, first = (
        numbers(D[D_BUSY] + NUMBER * T[at + BUSY_AT]),
        T[at + BUSY_ROOM],
        T[at + BUSY],
        T[at + BUSY_FIRST],
    )
    free = 0
    while free < n and B[(first + free) % room] <= now:
        free += 1
    return P[entry + G_CAPACITY] - n + free


@jit
def becomes_free(P, D, team):
    """Of a team whose window rolls and that is full, when it has a place again. More may be out than it may hand out
    now: an edit of the plan can have made its capacity smaller."""
    T, at, capacity = numbers(D[D_TEAMS]), team * COUNTS, P[P[P_TEAMS] + team * TEAM + G_CAPACITY]
    if capacity == 0:
        return FAR
    place = T[at + BUSY_FIRST] + T[at + BUSY] - capacity
    return numbers(D[D_BUSY])[T[at + BUSY_AT] + place % T[at + BUSY_ROOM]]


@jit
def note_full(P, D, A, attempt):
    """Note from which attempt on its team has no place, and until when; False without room for it. Who is lived again
    may ask before the attempt at which that was found: nobody was given a place since then, so it was full already."""
    team, now, F = A[attempt + A_TEAM], A[attempt], numbers(D[D_FULL])
    head = team * TIMES
    at = F[head + X_BEGINS] + F[head + X_TIMES] * FULL
    if F[head + X_TIMES] and now < F[at - FULL + X_UNTIL]:
        if comes_before(A, attempt, F, at - FULL + X_TURN):
            copy(A, F, attempt, at - FULL + X_TURN, TURN)
        return True
    if F[head + X_TIMES] == F[head + X_ROOM]:
        return False
    unit, ends = P[P[P_TEAMS] + team * TEAM + G_CALENDAR], numbers(D[D_TEAMS])[team * COUNTS + UNIT_ENDS]
    copy(A, F, attempt, at + X_TURN, TURN)
    if unit < 0:
        F[at + X_UNTIL] = becomes_free(P, D, team)
    else:
        F[at + X_UNTIL] = ends if now < ends else unit_following(P, P[H_ZONE], now, unit)
    F[head + X_TIMES] += 1
    numbers(D[D_TEAMS])[team * COUNTS + WAITING] = 0
    return True


@jit
def take_place(P, D, team, now, known):
    """A place is taken; by whom: who is known, else who had the fewest hand-outs that day, in order of `members`."""
    occupy(P, D, team, now)
    if known == -2:
        return -1
    T, L, at, members = numbers(D[D_TEAMS]), numbers(D[D_LOADS]), team * COUNTS, team * D[D_MEMBERS]
    if now >= T[at + DAY_ENDS]:
        new_day(P, D, team, now)
    if known < 0:
        known = 0
        for member in range(P[P[P_TEAMS] + team * TEAM + G_MEMBERS]):
            if L[members + member] < L[members + known]:
                known = member
    L[members + known] += 1
    return known


@jit
def occupy(P, D, team, now):
    """A place is no longer free: in the unit of the calendar, or for as long as the window is."""
    entry, T, at = P[P_TEAMS] + team * TEAM, numbers(D[D_TEAMS]), team * COUNTS
    if P[entry + G_CAPACITY] < 0:
        return
    if P[entry + G_CALENDAR] >= 0:
        if now >= T[at + UNIT_ENDS]:
            T[at + UNIT_ENDS], T[at + UNIT_TAKEN] = unit_following(P, P[H_ZONE], now, P[entry + G_CALENDAR]), 0
        T[at + UNIT_TAKEN] += 1
        return
    B, room = numbers(D[D_BUSY] + NUMBER * T[at + BUSY_AT]), T[at + BUSY_ROOM]
    while T[at + BUSY] and B[T[at + BUSY_FIRST]] <= now:
        T[at + BUSY_FIRST], T[at + BUSY] = (T[at + BUSY_FIRST] + 1) % room, T[at + BUSY] - 1
    ends = later(P, P[H_ZONE], now, P[entry + G_AMOUNT], P[entry + G_UNIT])
    place = T[at + BUSY_FIRST] + T[at + BUSY]
    # Who comes later is free later, but for the hour that a clock goes back.
    while place > T[at + BUSY_FIRST] and B[(place - 1) % room] > ends:
        B[place % room], place = B[(place - 1) % room], place - 1
    B[place % room] = ends
    T[at + BUSY] += 1


@jit
def new_day(P, D, team, now):
    """Loads are counted by the day of the plan's clock; those of the same day may be known from before."""
    day, T, at = local(P, P[H_ZONE], now) // DAY, numbers(D[D_TEAMS]), team * COUNTS
    if day != T[at + DAY_NUMBER]:
        fill(numbers(D[D_LOADS]), team * D[D_MEMBERS], D[D_MEMBERS], 0)
    T[at + DAY_NUMBER], T[at + DAY_ENDS] = day, unit_following(P, P[H_ZONE], now, C_DAY)
