"""An account as a state knows it (R25, R26), put into its memory before its first moment.

`lowering.state` writes the numbers that are read here, one after the other; `saving` writes what has become of them.
"""

from __future__ import annotations

from gridlang.runtime.engine.kernel import flows, runs
from gridlang.runtime.engine.kernel.asking import person_at
from gridlang.runtime.engine.kernel.happenings import chain, read_on, remember_consent
from gridlang.runtime.engine.kernel.jit import jit, numbers
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import allocate, fill, link, push, save_chain, zeroed
from gridlang.runtime.engine.kernel.world import NUMBER, of_account


@jit
def take(M):
    """The next number of the state."""
    found = numbers(M[M_STATE])[0]
    M[M_STATE] += NUMBER
    return found


@jit
def take_to(M, at, n):
    """The next n numbers."""
    for number in range(n):
        M[at + number] = take(M)


@jit
def take_list(M, place):
    """How many numbers follow, and they, to a list."""
    for _ in range(take(M)):
        push(M, place, take(M))


@jit
def restore(P, M):
    """Where the account stands, what happened, and what its people have in flight."""
    M[M_ENTERED], M[M_RELATED] = take(M), 1
    M[M_NOW], M[M_PHASE], M[M_SEGMENT], M[M_RELATION] = take(M), take(M), take(M), take(M)
    M[M_RELATION_TURNS], M[M_RELATION_ASKED], M[M_ASKED_AGAIN], M[M_MOVED] = take(M), take(M), take(M), take(M)
    read_on(P, M, of_account(M, TA_EVENTS) + take(M))
    take_to(M, M[M_TOUCHED], P[H_PREDICATES])
    take_list(M, M_LEVELS)
    take_list(M, M_TOUCHED_LIST)
    take_caps(P, M, M[M_COUNTED], M[M_PEAKS])
    events = take_events(P, M)
    handouts = take_handouts(M)
    for person in range(M[M_EVERYBODY]):
        take_person(P, M, person)
    for _ in range(take(M)):
        take_run(P, M, events, handouts)


@jit
def take_caps(P, M, counted, peaks):
    """The touches that count (R15), by cap, and the most that did at a time."""
    for cap in range(P[H_CAPS]):
        take_list(M, counted + 3 * cap)
    take_to(M, peaks, P[H_CAPS])


@jit
def take_events(P, M):
    """What happened, in the order of time; gives where each stands."""
    n = take(M)
    found, before = allocate(M, n), 0
    for number in range(n):
        event = allocate(M, OCCURRENCE)
        M[event + O_NUMBER], M[event + O_NEXT], M[found + number] = number, 0, event
        take_to(M, event + O_AT, O_TAKEN + 1 - O_AT)
        if M[event + O_ROW] >= 0:
            M[event + O_ROW] += of_account(M, TA_EVENTS)
        if before:
            M[before + O_NEXT] = event
        else:
            M[M_EVENTS_FIRST] = event
        before = event
        if M[event + O_NAME] >= 0:
            keep(P, M, event)
    M[M_EVENTS_LAST], M[M_OLD_EVENTS] = before, n
    return found


@jit
def keep(P, M, event):
    """Put an event where predicates, relations and consent find it."""
    person, entry = M[event + O_PERSON], P[P_NAMES] + M[event + O_NAME] * NAME
    heads = person_at(P, M, person) + P[PO_HEADS]
    for number in range(P[entry + N_SLOTS_N]):
        slot = P[P[entry + N_SLOTS] + number]
        chain(M, heads + slot, event)
        chain(M, M[M_HEADS] + slot, event)
    remember_consent(P, M, entry, person, M[event + O_ROW], M[event + O_AT])


@jit
def take_handouts(M):
    """Tasks, in the order in which they were handed out; gives where each stands."""
    n = take(M)
    found = allocate(M, n)
    for number in range(n):
        handout = allocate(M, HANDOUT)
        M[handout + HO_PERSON], M[handout + HO_FLOW], M[handout + HO_STEP] = take(M), take(M), take(M)
        M[handout + HO_VISIT], M[handout + HO_READY], M[handout + HO_DUE] = take(M), take(M), take(M)
        M[handout + HO_CLOSED], M[handout + HO_ID_0], M[handout + HO_ID_1] = take(M), take(M), take(M)
        M[handout + HO_PRIORITY], M[handout + HO_TEXT], M[handout + HO_OFFERED] = take(M), take(M), 0
        if take(M):
            M[handout + HO_OFFERED] = zeroed(M, 3)
            take_list(M, M[handout + HO_OFFERED])
        M[handout + HO_RUN], M[handout + HO_ROW], M[handout + HO_OUTCOME] = 0, 0, -1
        M[handout + HO_NUMBER], M[handout + HO_WITHDRAWN] = number, 0
        M[handout + HO_NEXT], M[M_HANDOUTS] = M[M_HANDOUTS], handout
        M[found + number] = handout
    M[M_OLD_HANDOUTS] = M[M_HANDED] = n
    return found


@jit
def take_person(P, M, person):
    """Where a person stands, and what is their own."""
    at = person_at(P, M, person)
    M[at + PN_FIGURES], M[at + PN_ROLES], M[at + PN_STANDING_N] = take(M), take(M), take(M)
    take_to(M, at + P[PO_STANDING], M[at + PN_STANDING_N])
    take_to(M, at + P[PO_ENDED], P[H_FLOWS])
    for flow in range(P[H_FLOWS]):
        runs.set_start(P, M, person, flow, take(M))
    take_to(M, at + P[PO_VISITS], P[H_VISITS])
    take_to(M, at + P[PO_TRUTHS], P[H_PREDICATES])
    take_to(M, at + P[PO_TURNS], P[H_PREDICATES] + P[H_DATES])
    take_to(M, at + P[PO_RECEIVED], P[PO_PEAKS] - P[PO_RECEIVED])
    take_caps(P, M, at + P[PO_CAPS], at + P[PO_PEAKS])
    M[at + PN_LIVED] = take(M)
    for _ in range(take(M)):
        node = allocate(M, 3)
        M[node], M[node + 1], M[node + 2] = take(M), take(M), M[at + PN_DATED]
        M[at + PN_DATED] = node
    for _ in range(take(M)):
        flow, until, event = take(M), take(M), take(M)
        runs.add_goal(P, M, person, flow, until, event)
    for _ in range(take(M)):
        audience = allocate(M, AUDIENCE)
        M[audience + AU_FLOW], M[audience + AU_UNTIL], M[audience + AU_NUMBER] = take(M), take(M), take(M)
        M[audience + AU_ROW], M[audience + AU_NEXT] = 0, M[at + PN_AUDIENCES]
        M[at + PN_AUDIENCES] = audience
        M[M_AUDIENCES] += 1


@jit
def take_run(P, M, events, handouts):
    """A run, where its person and its open task find it."""
    flow, person = take(M), take(M)
    at = flows.flow_at(P, flow)
    size = P[at + F_JUMPS] + P[at + F_REPEATS] * REPEAT_TURN
    run = allocate(M, RUN + size)
    fill(M, run, RUN, 0)
    M[run + R_ASKED] = MISS
    M[run + R_FLOW], M[run + R_PERSON], M[run + R_ACTIVE] = flow, person, 1
    M[person_at(P, M, person) + P[PO_RUNS] + flow] = run
    M[run + R_STARTED], M[run + R_STEP], M[run + R_READY], M[run + R_VISIT] = take(M), take(M), take(M), take(M)
    M[run + R_FRESH], M[run + R_STIRRED], M[run + R_WAKE] = take(M), take(M), take(M)
    M[run + R_LAST_CONTACT], M[run + R_TURNING] = take(M), take(M)
    M[run + R_JUMPS], M[run + R_REPEATS] = run + RUN, run + RUN + P[at + F_JUMPS]
    take_to(M, run + RUN, size)
    for _ in range(take(M)):
        node = allocate(M, 2)
        M[node], M[node + 1] = M[events + take(M)], M[run + R_USED]
        M[run + R_USED] = node
    handout = take(M)
    if handout >= 0:
        M[run + R_HANDOUT] = M[handouts + handout]
        M[M[handouts + handout] + HO_RUN] = run
    M[run + R_WAITING] = take(M)
    if M[run + R_WAITING]:
        take_to(M, run + R_W_CHANNEL, R_W_READY + 1 - R_W_CHANNEL)
        M[M_LINKS] = 0
        for _ in range(take(M)):
            link(M, take(M), take(M), take(M))
        save_chain(M, run)
    M[run + R_NEXT], M[M_RUNS] = M[M_RUNS], run
