"""The life of one account: its moments one after the other, each in rounds (R23)."""

from __future__ import annotations

from gridlang.runtime.engine.kernel import (
    acting,
    cells,
    contacts,
    flows,
    happenings,
    journey,
    making,
    restoring,
    runs,
    saving,
)
from gridlang.runtime.engine.kernel.asking import person_at
from gridlang.runtime.engine.kernel.clock import later
from gridlang.runtime.engine.kernel.happenings import read_on
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import allocate, cut_links, fill, load_chain, record, zeroed
from gridlang.runtime.engine.kernel.world import log_of, of_account, of_event, stand_in

ARROWS = 16
"""Room for the arrows that an account takes, to begin with."""


@jit
def prepare(P, W, M, size, account, is_mass):
    """The memory of an account before its first moment."""
    fill(M, 0, MEMORY, 0)
    M[M_TOP] = MEMORY
    M[M_SCRATCH], M[M_SCRATCH_END] = size - size // 8, size
    stand_in(P, W, M, account)
    M[M_NOW], M[M_PHASE], M[M_SEGMENT], M[M_RELATION] = MISS, -1, -1, -1
    M[M_EVENTS_END] = of_account(M, TA_EVENTS) + of_account(M, TA_EVENTS_N)
    read_on(P, M, of_account(M, TA_EVENTS))
    M[M_RELATION_TURNS], M[M_IS_MASS] = FAR, is_mass
    M[M_STACK] = allocate(M, P[H_STACK])
    M[M_SPARE] = allocate(M, 2 * P[H_RULES] + 2)
    M[M_VISITED] = allocate(M, P[H_PHASES])
    fill(M, M[M_VISITED], P[H_PHASES], MISS)
    caps, predicates = P[H_CAPS], P[H_PREDICATES]
    M[M_COUNTED] = zeroed(M, 4 * caps + P[H_SLOTS] + predicates + 2 * P[H_FLOWS])
    M[M_PEAKS] = M[M_COUNTED] + 3 * caps
    M[M_TOUCHED] = M[M_PEAKS] + caps
    M[M_HEADS] = M[M_TOUCHED] + predicates
    M[M_GOALS] = M[M_HEADS] + P[H_SLOTS]
    M[M_TURN] = MISS
    M[M_TAKEN_ROOM], M[M_TAKEN_AT] = ARROWS, allocate(M, ARROWS)
    size, template = P[H_PERSON_SIZE], P[P_TEMPLATE]
    M[M_PERSONS] = allocate(M, size * M[M_EVERYBODY])
    for person in range(M[M_EVERYBODY]):
        at = person_at(P, M, person)
        for number in range(size):
            M[at + number] = P[template + number]
    if is_mass:
        M[M_ENTERED] = M[M_MOVED] = 1
    if of_account(M, TA_STATE):
        restoring.restore(P, M)


@jit
def live(P, M):
    """Every moment of an account up to the horizon."""
    while True:
        now = next_moment(P, M)
        if now >= P[H_HORIZON]:
            break
        begin(M, now)
        if M[M_ENTERED] == 0:
            enter(P, M, now)
        settle(P, M, now)
        if M[M_RUNS]:
            compete(P, M, now)
    finish(P, M)


@jit
def live_mass(P, M, events, events_n):
    """The plan itself (R6): its own moments, and those at which an event of an account starts something of it."""
    row = 0
    while True:
        now = next_moment(P, M)
        is_own = row == events_n or now <= events[2 * row]
        if not is_own:
            now = events[2 * row]
        if now >= P[H_HORIZON]:
            break
        begin(M, now)
        if is_own:
            settle(P, M, now)
        if row < events_n and events[2 * row] == now:
            M[M_PHASE2] = 1
            while row < events_n and events[2 * row] == now:
                start_by(M, events[2 * row + 1], now)
                row += 1
            settle(P, M, now)
    finish(P, M)


@jit
def start_by(M, name, now):
    """An event of an account, offered to the campaigns of the plan itself."""
    event = allocate(M, OCCURRENCE)
    M[event + O_AT], M[event + O_PERSON], M[event + O_NAME], M[event + O_ROW] = now, 0, name, -1
    M[event + O_TAKEN], M[event + O_NUMBER], M[event + O_NEXT] = 0, 0, 0
    last = M[M_UNSTARTED]
    if last == 0:
        M[M_UNSTARTED] = event
        return
    while M[last + O_NEXT]:
        last = M[last + O_NEXT]
    M[last + O_NEXT] = event


@jit
def begin(M, now):
    M[M_NOW], M[M_HAPPENED], M[M_LEAD], M[M_LEAD_SET], M[M_POPS], M[M_PHASE2] = now, 0, 0, 0, 0, 0


@jit
def next_moment(P, M):
    """The next moment at which there is something to do, or FAR."""
    now, best = M[M_NOW], M[M_RELATION_TURNS]
    if M[M_ENTERED] == 0:
        return of_account(M, TA_ENTRY)
    if now == MISS:
        return P[H_START]
    if best <= now:
        best = FAR
    best = min(best, M[M_EVENT_AT])
    run = M[M_RUNS]
    while run:
        if now < M[run + R_WAKE] < best:
            best = M[run + R_WAKE]
        run = M[run + R_NEXT]
    if M[M_TURN] <= now:
        M[M_TURN] = happenings.next_turn(P, M, now)
    best = min(best, M[M_TURN])
    return min(best, next_start(P, M, now)) if M[M_STARTS] else best


@jit
def next_start(P, M, now):
    """When the next run is planned to start, or FAR."""
    best = FAR
    for person in range(M[M_PEOPLE]):
        at = person_at(P, M, person)
        if M[at + PN_STARTS]:
            for flow in range(P[H_FLOWS]):
                moment = M[at + P[PO_STARTS] + flow]
                if now < moment < best:
                    best = moment
    return best


@jit
def settle(P, M, now):
    """Rounds until nothing is left to decide."""
    while True:
        if M[M_EVENT_AT] <= now or M[M_TURN] <= now or M[M_ASKED_AGAIN]:
            happenings.take(P, M, now)
        moved = M[M_HAPPENED] != 0 and journey.walk_edge(P, M, now)
        if M[M_MOVED] or M[M_RELATION_ASKED] or M[M_RELATION_TURNS] <= now:
            cells.stand(P, M, now)
        if M[M_STARTS]:
            runs.start_planned(P, M, now)
        if M[M_UNSTARTED]:
            runs.offer(P, M, now)
        best, run = 0, M[M_RUNS]
        while run:
            if acting.can_act(M, run, now) and (best == 0 or goes_before(P, M, run, best)):
                best = run
            run = M[run + R_NEXT]
        if best:
            acting.act(P, M, best, now)
        elif not moved:
            return


@jit
def goes_before(P, M, one, other):
    """R17 between two runs of one account."""
    first, second = M[one + R_FLOW], M[other + R_FLOW]
    a, b = P[flows.flow_at(P, first) + F_PRIORITY], P[flows.flow_at(P, second) + F_PRIORITY]
    if a != b:
        return a > b
    if M[one + R_READY] != M[other + R_READY]:
        return M[one + R_READY] < M[other + R_READY]
    if first != second:
        return first < second
    if M[one + R_STEP] != M[other + R_STEP]:
        return M[one + R_STEP] < M[other + R_STEP]
    return M[one + R_PERSON] < M[other + R_PERSON]


@jit
def first_due(P, M, now):
    """The account's first touch by R17 that is to be made or skipped in this instant, or 0."""
    while True:
        best, run = 0, M[M_RUNS]
        while run:
            if M[run + R_WAITING] and M[run + R_WAKE] <= now and (best == 0 or goes_before(P, M, run, best)):
                best = run
            run = M[run + R_NEXT]
        if best == 0 or contacts.is_due(P, M, best, now):
            return best


@jit
def note_turn(P, M, run):
    """Touches of all accounts compete by R17; an account's next comes when those before it in that order have come."""
    flow = M[run + R_FLOW]
    a, b, d = -P[flows.flow_at(P, flow) + F_PRIORITY], M[run + R_READY], M[run + R_STEP]
    e, f = M[M_FIRST] + M[run + R_PERSON], M[run + R_VISIT]
    M[M_POPS] += 1
    if M[M_LEAD] and not is_after(M, a, b, flow, d, e, f):
        return
    M[M_LEAD], M[M_LEAD_SET] = 1, 0
    M[M_LEAD_0], M[M_LEAD_1], M[M_LEAD_2], M[M_LEAD_3], M[M_LEAD_4], M[M_LEAD_5] = a, b, flow, d, e, f


@jit
def is_after(M, a, b, c, d, e, f):
    if a != M[M_LEAD_0]:
        return a > M[M_LEAD_0]
    if b != M[M_LEAD_1]:
        return b > M[M_LEAD_1]
    if c != M[M_LEAD_2]:
        return c > M[M_LEAD_2]
    if d != M[M_LEAD_3]:
        return d > M[M_LEAD_3]
    if e != M[M_LEAD_4]:
        return e > M[M_LEAD_4]
    return f > M[M_LEAD_5]


@jit
def compete(P, M, now):
    """One touch after the other, by R17."""
    run = first_due(P, M, now)
    while run:
        note_turn(P, M, run)
        if contacts.make_or_skip(P, M, run, now):
            settle(P, M, now)
        run = first_due(P, M, now)


# --- entering the plan (R2) ------------------------------------------------------------------------------------------


@jit
def enter(P, M, now):
    """At the later of the start and its earliest `since`, in the phase to which history has walked it."""
    O = log_of(M)
    for person in range(M[M_PEOPLE]):
        for date in range(P[H_DATES]):
            happenings.plan_date(P, M, person, date, MISS, True)
    while remember_next(P, M, now):
        pass
    M[M_ENTERED] = 1
    phase = of_account(M, TA_PHASE)
    M[M_PHASE] = phase if phase >= 0 else walk(P, M)
    M[M[M_VISITED] + M[M_PHASE]] = now
    cells.ask_level(P, M, now)
    cells.place_in_segment(P, M, now)
    at = record(M, L_MOVE, 10)
    O[at + 2], O[at + 3], O[at + 4], O[at + 5], O[at + 6] = M[M_ACCOUNT], -1, M[M_PHASE], now, 0
    O[at + 7], O[at + 8], O[at + 9] = -1, -1, P[H_JOURNEY_PLACE]
    for person in range(M[M_PEOPLE]):
        segment = M[M_SEGMENT]
        roles = cells.roles(P, M, person, segment) if segment >= 0 else 0
        M[person_at(P, M, person) + PN_ROLES] = roles
        for number in range(P[H_PREDICATES]):
            block = person_at(P, M, person)
            M[block + P[PO_TRUTHS] + number] = happenings.look(P, M, person, number, now)
    event = M[M_EVENTS_FIRST]
    while event:
        if not happenings.has_counted(P, M, event):
            happenings.caps_of_elsewhere(P, M, event)
        event = M[event + O_NEXT]
    M[M_ASKED_AGAIN] = 0
    fill(M, M[M_TOUCHED], P[H_PREDICATES], 0)
    M[M_MOVED] = 1


@jit
def remember_next(P, M, now):
    """What happened at the next moment of history; False when there is none left."""
    moment = M[M_EVENT_AT]
    for person in range(M[M_PEOPLE]):
        for date in range(P[H_DATES]):
            moment = min(moment, M[happenings.turn_place(P, M, person, P[H_PREDICATES] + date)])
    if moment >= now:
        return False
    due, n = happenings.dates_due(P, M, moment)
    for number in range(n):
        name = P[P[P_DATES] + M[due + 2 * number] * ASKED + A_NAME]
        happenings.remember(P, M, M[due + 2 * number + 1], name, -1, moment)
    while M[M_EVENT_AT] <= moment:
        row = M[M_READ]
        read_on(P, M, row + 1)
        name = of_event(P, M, row, EV_NAME)
        if of_event(P, M, row, EV_OUTCOME) >= 0:
            happenings.close(P, M, of_event(P, M, row, EV_PERSON), row, moment)
            name = of_event(P, M, row, EV_OUTCOME_NAME)
        if name >= 0:
            happenings.remember(P, M, of_event(P, M, row, EV_PERSON), name, row, moment)
    return True


@jit
def walk(P, M):
    """The phase to which history leads, edge by edge, from the journey's start."""
    M[M_PHASE] = P[H_START_PHASE]
    event = M[M_EVENTS_FIRST]
    while event:
        edge = journey.edge_of(P, M, M[event + O_NAME])
        if edge:
            M[M_PHASE] = P[edge]
        event = M[event + O_NEXT]
    return M[M_PHASE]


# --- the end ---------------------------------------------------------------------------------------------------------


@jit
def finish(P, M):
    """R27 and R28: what still waits at the end of the period; silences; and where the account stands."""
    O = log_of(M)
    M[M_LEAD] = M[M_PHASE2] = 0
    run = M[M_RUNS]
    while run and P[H_CLOSES] and not M[M_IS_MASS]:
        if M[run + R_WAITING]:
            load_chain(M, run)
            cut_links(M, P[H_PERIOD_END] - M[run + R_W_READY])
            making.record_skip(P, M, run, M[run + R_W_CHANNEL], P[H_PERIOD_END], REASON_PERIOD_OVER)
        run = M[run + R_NEXT]
    if P[H_KEEPS]:
        saving.save(P, M)
    elif P[H_SILENT] and not M[M_IS_MASS]:
        silences(P, M)
    at = record(M, L_ACCOUNT, 6)
    O[at + 2], O[at + 3], O[at + 4], O[at + 5] = M[M_ACCOUNT], M[M_ENTERED], M[M_SEGMENT], M[M_PEOPLE]
    log_peaks(P, M)
    for flow in range(P[H_FLOWS]):
        reached, begun = M[M[M_GOALS] + 2 * flow], M[M[M_GOALS] + 2 * flow + 1]
        if begun or reached:
            at = record(M, L_GOALS, 5)
            O[at + 2], O[at + 3], O[at + 4] = flow, reached, begun


@jit
def log_peaks(P, M):
    """The most touches that counted in one window of a cap, of the account and of each person."""
    O = log_of(M)
    for person in range(-1, M[M_PEOPLE] if M[M_ENTERED] and not M[M_IS_MASS] else -1):
        first = M[M_PEAKS] if person < 0 else person_at(P, M, person) + P[PO_PEAKS]
        for cap in range(P[H_CAPS]):
            if M[first + cap]:
                at = record(M, L_PEAK, 4)
                O[at + 2], O[at + 3] = cap, M[first + cap]


@jit
def silences(P, M):
    """R28: stretches on a level in which nobody of the account was reached for so long."""
    O = log_of(M)
    levels, touched = M[M_LEVELS_AT], M[M_TOUCHED_AT]
    for number in range(0, M[M_LEVELS], 2):
        begin_, level = M[levels + number], M[levels + number + 1]
        every = P[P_SILENCES] + 2 * level
        if level < 0 or P[every + 1] < 0:
            continue
        end = M[levels + number + 2] if number + 2 < M[M_LEVELS] else P[H_HORIZON]
        mark, each = begin_, 0
        while True:
            while each < M[M_TOUCHED_LIST] and M[touched + each] <= begin_:
                each += 1
            is_last = each == M[M_TOUCHED_LIST] or M[touched + each] >= end
            following = end if is_last else M[touched + each]
            late = later(P, P[H_ZONE], mark, P[every], P[every + 1])
            if P[H_START] <= late < min(following, P[H_HORIZON]):
                at = record(M, L_SILENCE, 6)
                O[at + 2], O[at + 3], O[at + 4], O[at + 5] = M[M_ACCOUNT], level, mark, late
            if is_last:
                break
            mark = following
            each += 1
