"""Accounts meet at the desk (R18): the attempts of all, in the order of time and R17.

An attempt holds as long as all before it of the same account came to what its life took them to come to: a place, or
for who waits none. At the first that does not, the account is to be lived again, since from there on it asks otherwise;
its later attempts count no longer. Until it has been, nobody is given a place: those whom the desk turns away next take
nothing from it, so that they may be lived together. What they ask then may come before what was decided last, but never
before the last place that was given.

Who is turned away is taken to wait as long as those need who were turned away before it: a guess like any other, which
the desk checks. It saves most of the lives of who waits for days.
"""

from __future__ import annotations

from gridlang.runtime.engine.kernel.desk import comes_before, note_full, occupy, places, take_place
from gridlang.runtime.engine.kernel.jit import jit, numbers
from gridlang.runtime.engine.kernel.layout import *


@jit
def put_before(P, D, handed, n):
    """What was handed out before, in order of time: fours of team, moment, -1 and 1 for each that may still count; of
    team, day, member and how many for who had how many that day."""
    T, L = numbers(D[D_TEAMS]), numbers(D[D_LOADS])
    for at in range(0, n, 4):
        team, moment, member = handed[at], handed[at + 1], handed[at + 2]
        if member < 0:
            occupy(P, D, team, moment)
        else:
            T[team * COUNTS + DAY_NUMBER], L[team * D[D_MEMBERS] + member] = moment, handed[at + 3]


@jit
def meet(P, D):
    """Decide attempt by attempt: as many as there are of first lives with all that come between them, or up to where
    those who were turned away must be lived first, or where the times in which a team is full need more room."""
    first, later, life = numbers(D[D_FIRST]), numbers(D[D_LATER]), numbers(D[D_LIFE])
    while D[D_LATER_AT] < D[D_LATER_N]:
        put_in(D)
    for team in range(P[H_TEAMS]):
        numbers(D[D_TEAMS])[team * COUNTS + CALLED] = 0
    while D[D_FIRST_AT] < D[D_FIRST_N] or (D[D_FIRST_LAST] and D[D_HEAP_N]):
        row, number = D[D_FIRST_AT], numbers(D[D_HEAP])[0]
        is_first = D[D_HEAP_N] == 0 or (
            row < D[D_FIRST_N] and not comes_before(later, number * ATTEMPT, first, row * ATTEMPT)
        )
        A, at = (first, row * ATTEMPT) if is_first else (later, number * ATTEMPT)
        if A[at + A_LIFE] == life[A[at + A_ASKER]]:
            said = numbers(D[D_FIRST_SAID]) if is_first else numbers(D[D_LATER_SAID])
            if not decide(P, D, A, at, said, row if is_first else number):
                return
        if is_first:
            D[D_FIRST_AT] += 1
        else:
            take_out(D)


@jit
def decide(P, D, A, at, said, number):
    """Say what comes of an attempt; False when it cannot be said yet."""
    team, now, T = A[at + A_TEAM], A[at], numbers(D[D_TEAMS])
    count, waits, left = team * COUNTS, A[at + A_TAKES] == NONE, places(P, D, team, now)
    if left <= 0:
        if not note_full(P, D, A, at):
            return False
        if not waits:
            turn_away(D, A, at, wait_of(P, team, T[count + WAITING]))
        T[count + WAITING] += 1
        return True
    if waits and T[count + CALLED] < left:
        T[count + CALLED] += 1
        turn_away(D, A, at, 0)
        return True
    if D[D_AGAIN_N]:
        return False
    # Here nobody waits: of those, more than there are places were called, and have ended this.
    said[number] = take_place(P, D, team, now, A[at + A_KNOWN]) if A[at + A_TAKES] else -1
    return True


@jit
def wait_of(P, team, before):
    """How often who is turned away behind so many others will find no place. A quarter more often than by their number:
    some are overtaken by who has a higher priority, and a wait that is taken too long costs no more than one too short.
    """
    return 5 * before // (4 * max(P[P[P_TEAMS] + team * TEAM + G_CAPACITY], 1))


@jit
def turn_away(D, A, at, waits):
    """The account is to be lived again, and taken to find no place so many times more; what this life asks later counts
    no longer."""
    asker, again = A[at + A_ASKER], numbers(D[D_AGAIN] + NUMBER * AWAY * D[D_AGAIN_N])
    numbers(D[D_LIFE])[asker] += 1
    numbers(D[D_DECIDED])[asker] = A[at + A_BEFORE]
    again[0], again[1], again[2] = asker, A[at + A_TEAM], waits
    D[D_AGAIN_N] += 1


# --- attempts of later lives, as a heap: it goes on from call to call, which no list of Python's can ------------------


@jit
def put_in(D):
    """The next attempt of a later life into the heap."""
    heap, later, number, place = numbers(D[D_HEAP]), numbers(D[D_LATER]), D[D_LATER_AT], D[D_HEAP_N]
    while place:
        above = (place - 1) // 2
        if not comes_before(later, number * ATTEMPT, later, heap[above] * ATTEMPT):
            break
        heap[place], place = heap[above], above
    heap[place] = number
    D[D_LATER_AT] += 1
    D[D_HEAP_N] += 1


@jit
def take_out(D):
    """The first of the heap out of it."""
    heap, later, n, place = numbers(D[D_HEAP]), numbers(D[D_LATER]), D[D_HEAP_N] - 1, 0
    number = heap[n]
    while 2 * place + 1 < n:
        below = 2 * place + 1
        if below + 1 < n and comes_before(later, heap[below + 1] * ATTEMPT, later, heap[below] * ATTEMPT):
            below += 1
        if not comes_before(later, heap[below] * ATTEMPT, later, number * ATTEMPT):
            break
        heap[place], place = heap[below], below
    heap[place] = number
    D[D_HEAP_N] = n
