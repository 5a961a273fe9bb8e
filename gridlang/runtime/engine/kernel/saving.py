"""What has become of an account, at the end of its time, as numbers in the log; `engine.state` reads them."""

from __future__ import annotations

from gridlang.runtime.engine.kernel import flows
from gridlang.runtime.engine.kernel.asking import person_at
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import record
from gridlang.runtime.engine.kernel.world import log_of, of_account


@jit
def put(M, value):
    """One number more."""
    O = log_of(M)
    if M[M_OUT] + 1 >= M[M_LOG_SIZE]:
        raise IndexError
    O[M[M_OUT]] = value
    M[M_OUT] += 1


@jit
def put_from(M, at, n):
    """n numbers of the memory."""
    for number in range(n):
        put(M, M[at + number])


@jit
def put_list(M, place):
    """How many numbers a list has, and they."""
    put(M, M[place])
    put_from(M, M[place + 2], M[place])


@jit
def save(P, M):
    """Of an account that has not entered, only that."""
    O = log_of(M)
    at = record(M, L_STATE, 2)
    put(M, M[M_ACCOUNT])
    put(M, M[M_ENTERED])
    if M[M_ENTERED]:
        put_account(P, M)
    O[at + 1] = M[M_OUT] - at


@jit
def put_account(P, M):
    put_from(M, M_PHASE, M_RELATION_ASKED + 1 - M_PHASE)
    put(M, M[M_MOVED])
    put(M, M[M_READ] - of_account(M, TA_EVENTS))
    put_list(M, M_LEVELS)
    put_list(M, M_TOUCHED_LIST)
    put_caps(P, M, M[M_COUNTED], M[M_PEAKS])
    put_events(M)
    put_handouts(M)
    for person in range(M[M_EVERYBODY]):
        put_person(P, M, person)
    n, run = 0, M[M_RUNS]
    while run:
        n, run = n + 1, M[run + R_NEXT]
    put(M, n)
    run = M[M_RUNS]
    while run:
        put_run(P, M, run)
        run = M[run + R_NEXT]


@jit
def put_caps(P, M, counted, peaks):
    for cap in range(P[H_CAPS]):
        put_list(M, counted + 3 * cap)
    put_from(M, peaks, P[H_CAPS])


@jit
def put_events(M):
    """Those that are new, in their order."""
    n = 0
    if M[M_EVENTS_LAST]:
        n = M[M[M_EVENTS_LAST] + O_NUMBER] + 1 - M[M_OLD_EVENTS]
    put(M, n)
    event = M[M_EVENTS_FIRST]
    while event:
        if M[event + O_NUMBER] >= M[M_OLD_EVENTS]:
            put_from(M, event + O_AT, O_ROW - O_AT)
            row = M[event + O_ROW]
            put(M, row if row < 0 else row - of_account(M, TA_EVENTS))
            put(M, M[event + O_TAKEN])
        event = M[event + O_NEXT]


@jit
def put_handouts(M):
    """What became of tasks that were handed out before."""
    handout = M[M_HANDOUTS]
    put(M, M[M_OLD_HANDOUTS])
    while handout:
        if M[handout + HO_NUMBER] < M[M_OLD_HANDOUTS]:
            put(M, M[handout + HO_NUMBER])
            put(M, M[handout + HO_CLOSED])
            put(M, M[handout + HO_OUTCOME])
            put(M, M[handout + HO_WITHDRAWN])
        handout = M[handout + HO_NEXT]


@jit
def put_person(P, M, person):
    at = person_at(P, M, person)
    put(M, M[at + PN_FIGURES])
    put(M, M[at + PN_STANDING_N])
    put_from(M, at + P[PO_STANDING], M[at + PN_STANDING_N])
    put_from(M, at + P[PO_ENDED], P[H_FLOWS])
    put_from(M, at + P[PO_STARTS], P[H_FLOWS])
    put_from(M, at + P[PO_VISITS], P[H_VISITS])
    put_from(M, at + P[PO_TRUTHS], P[H_PREDICATES])
    put_from(M, at + P[PO_TURNS], P[H_PREDICATES] + P[H_DATES])
    put_from(M, at + P[PO_RECEIVED], P[PO_PEAKS] - P[PO_RECEIVED])
    put_caps(P, M, at + P[PO_CAPS], at + P[PO_PEAKS])
    put_nodes(M, at + PN_GOALS, GO_NEXT, GO_FLOW, GO_UNTIL, GO_EVENT)
    put_nodes(M, at + PN_AUDIENCES, AU_NEXT, AU_NUMBER, AU_FLOW, AU_UNTIL)


@jit
def put_nodes(M, head, following, a, b, c):
    """Of each node of a chain three numbers, the latest first."""
    n, node = 0, M[head]
    while node:
        n, node = n + 1, M[node + following]
    put(M, n)
    node = M[head]
    while node:
        put(M, M[node + a])
        put(M, M[node + b])
        put(M, M[node + c])
        node = M[node + following]


@jit
def put_run(P, M, run):
    at = flows.flow_at(P, M[run + R_FLOW])
    put(M, M[run + R_FLOW])
    put(M, M[run + R_PERSON])
    put_from(M, run + R_STARTED, R_WAKE + 1 - R_STARTED)
    put(M, M[run + R_LAST_CONTACT])
    put(M, M[run + R_TURNING])
    put_from(M, M[run + R_JUMPS], P[at + F_JUMPS] + P[at + F_REPEATS] * REPEAT_TURN)
    put_used(M, M[run + R_USED])
    put(M, M[M[run + R_HANDOUT] + HO_NUMBER] if M[run + R_HANDOUT] else -1)
    put(M, M[run + R_WAITING])
    if M[run + R_WAITING]:
        chain = M[run + R_CHAIN]
        put_from(M, run + R_W_CHANNEL, R_W_READY + 1 - R_W_CHANNEL)
        put(M, M[chain])
        put_from(M, chain + 2, 3 * M[chain])


@jit
def put_used(M, head):
    """The numbers of the events used up for a run."""
    n, node = 0, head
    while node:
        n, node = n + 1, M[node + 1]
    put(M, n)
    node = head
    while node:
        put(M, M[M[node] + O_NUMBER])
        node = M[node + 1]
