"""R15: rules that hold, and caps, rolling and by the calendar."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.asking import evaluate, person_at, truth
from gridlang.runtime.engine.kernel.clock import later, unit_following, unit_start
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import push
from gridlang.runtime.engine.kernel.world import of_person


@jit
def holds(P, M, rule, person, now):
    """Whether the person stands where the rule says, and its predicate holds."""
    at = P[P_RULES] + rule * RULE
    if P[at + R_PHASES] >= 0 and (M[M_PHASE] < 0 or P[P[at + R_PHASES] + M[M_PHASE]] == 0):
        return False
    if P[at + R_SEGMENTS] >= 0 and (M[M_SEGMENT] < 0 or P[P[at + R_SEGMENTS] + M[M_SEGMENT]] == 0):
        return False
    if P[at + R_ROLES] >= 0 and P[at + R_ROLES] & M[person_at(P, M, person) + PN_ROLES] == 0:
        return False
    return P[at + R_WHEN] < 0 or truth(evaluate(P, M, P[at + R_WHEN], person, now))


@jit
def counter(P, M, cap, person):
    """The list of touches that count, pairs of (made, free again)."""
    if P[P[P_CAPS] + cap * CAP + Q_ACCOUNT]:
        return M[M_COUNTED] + 3 * cap
    return person_at(P, M, person) + P[PO_CAPS] + 3 * cap


@jit
def cap_clock(P, M, cap, person):
    return P[H_ZONE] if P[P[P_CAPS] + cap * CAP + Q_ACCOUNT] else of_person(P, M, person, SP_ZONE)


@jit
def prune(M, found, now):
    """Forget what is free again."""
    kept, items = 0, M[found + 2]
    for number in range(0, M[found], 2):
        if M[items + number + 1] > now:
            M[items + kept], M[items + kept + 1] = M[items + number], M[items + number + 1]
            kept += 2
    M[found] = kept


@jit
def count(P, M, person, channel, now):
    """Let a touch count wherever a cap covers it; channel -1: another system did not say which."""
    M[M_CHANGES] += 1
    for cap in range(P[H_CAPS]):
        at = P[P_CAPS] + cap * CAP
        if P[P[P_CAP_CHANNELS] + cap * (P[H_CHANNELS] + 1) + channel + 1] == 0:
            continue
        if P[at + Q_RULE] >= 0 and not holds(P, M, P[at + Q_RULE], person, now):
            continue
        found, free = counter(P, M, cap, person), now
        if P[at + Q_CALENDAR] < 0:
            free = later(P, cap_clock(P, M, cap, person), now, P[at + Q_AMOUNT], P[at + Q_UNIT])
            prune(M, found, now)
        put(M, found, now, free)
        note_peak(P, M, cap, person, found, now)


@jit
def put(M, found, now, free):
    """In order of time: the past of somebody who joins an account comes late."""
    push(M, found, now)
    push(M, found, free)
    at, last = M[found + 2], M[found] - 2
    while last and M[at + last - 2] > now:
        M[at + last], M[at + last + 1] = M[at + last - 2], M[at + last - 1]
        last -= 2
    M[at + last], M[at + last + 1] = now, free


@jit
def note_peak(P, M, cap, person, found, now):
    """The most touches that count in one window at a time."""
    entry = P[P_CAPS] + cap * CAP
    made = M[found] // 2
    if P[entry + Q_CALENDAR] >= 0:
        made = made_since(M, found, unit_start(P, cap_clock(P, M, cap, person), now, P[entry + Q_CALENDAR]))
    peak = (M[M_PEAKS] if P[entry + Q_ACCOUNT] else person_at(P, M, person) + P[PO_PEAKS]) + cap
    M[peak] = max(M[peak], made)


@jit
def made_since(M, found, begin):
    made, number = 0, M[found] - 2
    while number >= 0 and M[M[found + 2] + number] >= begin:
        made += 1
        number -= 2
    return made


@jit
def rolling_room(M, found, limit, at):
    """The moment from which less than `limit` of those that count now still count."""
    items, ceiling, left, busy = M[found + 2], FAR, limit, 0
    for number in range(0, M[found], 2):
        busy += M[items + number + 1] > at
    if busy < limit:
        return at
    while True:
        best, times = MISS, 0
        for number in range(0, M[found], 2):
            free = M[items + number + 1]
            if at < free < ceiling:
                if free > best:
                    best, times = free, 1
                elif free == best:
                    times += 1
        if left <= times:
            return best
        left -= times
        ceiling = best


@jit
def room(P, M, cap, person, at):
    """The first moment not before `at` at which the cap has room, or FAR."""
    entry = P[P_CAPS] + cap * CAP
    limit = P[entry + Q_COUNT]
    if limit == 0:
        return FAR
    found = counter(P, M, cap, person)
    if M[found] < 2 * limit:
        return at
    if P[entry + Q_CALENDAR] < 0:
        return rolling_room(M, found, limit, at)
    zone, unit = cap_clock(P, M, cap, person), P[entry + Q_CALENDAR]
    made = made_since(M, found, unit_start(P, zone, at, unit))
    return at if made < limit else unit_following(P, zone, at, unit)
