"""The desk (R18): whether a team has a place left, and who of it takes a task."""

from __future__ import annotations

import heapq

import numpy as np

from gridlang.runtime.engine.kernel.clock import later, local, unit_following
from gridlang.runtime.engine.kernel.jit import jit_arrays
from gridlang.runtime.engine.kernel.layout import *

UNIT_ENDS, UNIT_TAKEN, DAY_NUMBER, DAY_ENDS, COUNTS = range(5)
"""What is counted of each team: of the calendar's unit of its capacity, when it ends and how many places are taken in
it; of the day on which the loads of its members are counted, which it is and when it ends."""


@jit_arrays
def desk_room(P, team, now, counts, busy):
    """Whether the team's capacity leaves a place now. `busy`: of each team whose window rolls, a heap of the moments
    from which on those who were handed out count no longer."""
    entry = P[P_TEAMS] + team * TEAM
    capacity, unit = P[entry + G_CAPACITY], P[entry + G_CALENDAR]
    if capacity < 0:
        return True
    if unit >= 0:
        if now >= counts[team, UNIT_ENDS]:
            counts[team, UNIT_ENDS], counts[team, UNIT_TAKEN] = unit_following(P, P[H_ZONE], now, unit), 0
        return counts[team, UNIT_TAKEN] < capacity
    while len(busy[team]) and busy[team][0] <= now:
        heapq.heappop(busy[team])
    return len(busy[team]) < capacity


@jit_arrays
def take_place(P, team, now, known, counts, busy, loads):
    """A place is taken; by whom: who is known, else who had the fewest hand-outs that day, in order of `members`."""
    entry = P[P_TEAMS] + team * TEAM
    counts[team, UNIT_TAKEN] += 1
    if P[entry + G_CAPACITY] >= 0 and P[entry + G_CALENDAR] < 0:
        heapq.heappush(busy[team], later(P, P[H_ZONE], now, P[entry + G_AMOUNT], P[entry + G_UNIT]))
    if known == -2:
        return -1
    if now >= counts[team, DAY_ENDS]:
        new_day(P, team, now, counts, loads)
    if known < 0:
        known = 0
        for member in range(P[entry + G_MEMBERS]):
            if loads[team, member] < loads[team, known]:
                known = member
    loads[team, known] += 1
    return known


@jit_arrays
def new_day(P, team, now, counts, loads):
    """Loads are counted by the day of the plan's clock; those of the same day may be known from before."""
    day = local(P, P[H_ZONE], now) // DAY
    if day != counts[team, DAY_NUMBER]:
        loads[team, :] = 0
    counts[team, DAY_NUMBER], counts[team, DAY_ENDS] = day, unit_following(P, P[H_ZONE], now, C_DAY)


@jit_arrays
def answer(P, team, now, takes, known, counts, busy, loads):
    """What the desk says to an attempt: who takes it, nobody (-1), or that there is no place."""
    if not desk_room(P, team, now, counts, busy):
        return np.int64(DENIED)
    return np.int64(take_place(P, team, now, known, counts, busy, loads) if takes else -1)


@jit_arrays
def put_before(P, handed, counts, busy, loads):
    """What was handed out before, in order of time: fours of team, moment, -1 and 1 for each that may still count; of
    team, day, member and how many for who had how many that day."""
    for at in range(0, len(handed), 4):
        team, moment, member = handed[at], handed[at + 1], handed[at + 2]
        if member < 0:
            desk_room(P, team, moment, counts, busy)
            take_place(P, team, moment, -2, counts, busy, loads)
        else:
            counts[team, DAY_NUMBER], loads[team, member] = moment, handed[at + 3]
