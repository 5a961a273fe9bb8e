"""The events of an instant: those of the files, those derived (R5a), the outcomes of tasks (R21); history (R2)."""

from __future__ import annotations

from gridlang.runtime.engine.kernel import flows, runs
from gridlang.runtime.engine.kernel.asking import MICRO, clock_of, evaluate, next_change, person_at, truth
from gridlang.runtime.engine.kernel.caps import count
from gridlang.runtime.engine.kernel.clock import local, midnight
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.making import know_id
from gridlang.runtime.engine.kernel.memory import allocate, record
from gridlang.runtime.engine.kernel.rows import log
from gridlang.runtime.engine.kernel.world import log_of, of_account, of_event


@jit
def take(P, M, now):
    """Everything that happens in this instant and has not happened yet; then what that makes true."""
    first = M[M_READ]
    while M[M_EVENT_AT] <= now:
        read_on(P, M, M[M_READ] + 1)
    last = M[M_READ]
    due, due_n = dates_due(P, M, now) if P[H_DATES] and M[M_TURN] <= now else (0, 0)
    number = 0
    while first < last or number < due_n:
        if number < due_n and (first == last or comes_first(P, M, M[due + 2 * number], M[due + 2 * number + 1], first)):
            name = P[P[P_DATES] + M[due + 2 * number] * ASKED + A_NAME]
            happen(P, M, M[due + 2 * number + 1], name, -1, now)
            number += 1
        else:
            take_row(P, M, first, now)
            first += 1
    if P[H_PREDICATES]:
        while turn_true(P, M, now):
            pass


@jit
def read_on(P, M, row):
    """Which row of events comes next, and when it happens."""
    M[M_READ] = row
    M[M_EVENT_AT] = of_event(P, M, row, EV_AT) if row < M[M_EVENTS_END] else FAR


@jit
def comes_first(P, M, date, person, row):
    """Whether a date that has come stands before a row: by the event's declaration, then the contact."""
    number = P[P[P_NAMES] + P[P[P_DATES] + date * ASKED + A_NAME] * NAME + N_NUMBER]
    if number != of_event(P, M, row, EV_NUMBER):
        return number < of_event(P, M, row, EV_NUMBER)
    return person <= of_event(P, M, row, EV_PERSON)


@jit
def take_row(P, M, row, now):
    """R21: an outcome closes its task first; if an event of that name exists, it is also that event."""
    person = of_event(P, M, row, EV_PERSON)
    if of_event(P, M, row, EV_OUTCOME) < 0:
        happen(P, M, person, of_event(P, M, row, EV_NAME), row, now)
        return
    run = close(P, M, person, row, now)
    if of_event(P, M, row, EV_OUTCOME_NAME) >= 0:
        event = happen(P, M, person, of_event(P, M, row, EV_OUTCOME_NAME), row, now)
        if run:
            use(M, run, event)


@jit
def use(M, run, event):
    """R19: the event is used up for this run."""
    node = allocate(M, 2)
    M[node], M[node + 1] = event, M[run + R_USED]
    M[run + R_USED] = node


@jit
def happen(P, M, person, name, row, now):
    """An event happens to a person; whoever waits for it will be asked in this instant."""
    event = remember(P, M, person, name, row, now)
    if M[M_HAPPENED] == 0:
        M[M_HAPPENED] = event
    entry = P[P_NAMES] + name * NAME
    if M[M_UNSTARTED] == 0 and P[entry + N_STARTS]:
        M[M_UNSTARTED] = event
    if P[entry + N_CONTACTED]:
        caps_of_elsewhere(P, M, event)
    if M[person_at(P, M, person) + PN_GOALS]:
        runs.note_goals(P, M, event)
    if P[entry + N_MEASURED_N]:
        measure(P, M, name, now)
    run = M[M_RUNS]
    while run:
        verb = P[flows.step_of(P, M, run) + S_VERB]
        if verb == V_ASK or verb == V_WAIT_FOR:
            M[run + R_STIRRED] = 1
        run = M[run + R_NEXT]
    if P[entry + N_RULE]:
        runs.ask_touches_again(M, now)
    if P[entry + N_MASS]:
        log(M, L_MASS, now, name, 0, 0, 0, 0, 0)
    return event


@jit
def measure(P, M, name, at):
    """Events that KPIs count, by the day of the plan's clock."""
    O = log_of(M)
    entry = P[P_NAMES] + name * NAME
    for number in range(P[entry + N_MEASURED_N]):
        found = record(M, L_HAPPENED, 4)
        O[found + 2], O[found + 3] = P[P[entry + N_MEASURED] + number], local(P, P[H_ZONE], at) // DAY


@jit
def remember(P, M, person, name, row, at):
    """Keep an event for predicates, relations and consent; history is only that (R2)."""
    event, entry = allocate(M, OCCURRENCE), P[P_NAMES] + name * NAME
    M[event + O_AT], M[event + O_PERSON], M[event + O_NAME], M[event + O_ROW] = at, person, name, row
    M[event + O_TAKEN], M[event + O_NUMBER], M[event + O_NEXT] = 0, 0, 0
    if M[M_EVENTS_LAST]:
        M[M[M_EVENTS_LAST] + O_NEXT] = event
        M[event + O_NUMBER] = M[M[M_EVENTS_LAST] + O_NUMBER] + 1
    else:
        M[M_EVENTS_FIRST] = event
    M[M_EVENTS_LAST] = event
    M[M_CHANGES] += 1
    heads = person_at(P, M, person) + P[PO_HEADS]
    for number in range(P[entry + N_SLOTS_N]):
        slot = P[P[entry + N_SLOTS] + number]
        chain(M, heads + slot, event)
        chain(M, M[M_HEADS] + slot, event)
    remember_consent(P, M, entry, person, row, at)
    if P[entry + N_RELATION]:
        M[M_RELATION_ASKED] = M[M_RELATED] = 1
    for number in range(P[H_PREDICATES]):
        if P[P[P_NAME_PREDICATES] + name * P[H_PREDICATES] + number]:
            M[M[M_TOUCHED] + number] = M[M_ASKED_AGAIN] = 1
    for date in range(P[H_DATES]):
        if P[P[P_NAME_DATES] + name * P[H_DATES] + date]:
            for each in range(M[M_PEOPLE]):
                plan_date(P, M, each, date, at, False)
    return event


@jit
def chain(M, head, event):
    node = allocate(M, 2)
    M[node], M[node + 1] = event, M[head]
    M[head] = node


@jit
def remember_consent(P, M, entry, person, row, at):
    """Keep what an event says about consent: moment, yes or no, for one channel, or for all (-1)."""
    for number in range(2):
        if P[entry + N_GIVEN + number]:
            node, head = allocate(M, 4), person_at(P, M, person) + PN_CONSENTS
            M[node], M[node + 1] = at, 1 - number
            M[node + 2], M[node + 3] = of_event(P, M, row, EV_CONSENT) if row >= 0 else -1, M[head]
            M[head] = node


@jit
def caps_of_elsewhere(P, M, event):
    """R15: the std event `contacted`, made by another system, counts too, on a personal channel as our own does."""
    if P[P[P_NAMES] + M[event + O_NAME] * NAME + N_CONTACTED] == 0:
        return
    known = of_event(P, M, M[event + O_ROW], EV_CONSENT) if M[event + O_ROW] >= 0 else -1
    if known < 0 or P[P[P_CHANNELS] + known * CHANNEL + C_PERSONAL]:
        count(P, M, M[event + O_PERSON], max(known, -1), M[event + O_AT])


@jit
def has_counted(P, M, event):
    """R15: whether it has counted where its person lived in earlier runs."""
    if M[event + O_ROW] >= 0:
        return of_event(P, M, M[event + O_ROW], EV_COUNTED) != 0
    return M[event + O_AT] < M[person_at(P, M, M[event + O_PERSON]) + PN_LIVED]


@jit
def turn_place(P, M, person, number):
    """Where a person's turns stand: first those of predicates, then the dates."""
    return person_at(P, M, person) + P[PO_TURNS] + number


@jit
def plan_date(P, M, person, date, after, at_entry):
    """R5a: the date of a derived event, on the person's clock, if it is still to come."""
    value = evaluate(P, M, P[P[P_DATES] + date * ASKED + A_PROGRAM], person, after)
    place = turn_place(P, M, person, P[H_PREDICATES] + date)
    M[place], M[M_TURN] = FAR, MISS
    if value != MISS:
        moment = midnight(P, clock_of(P, M, person), (value >> 1) // (DAY * MICRO))
        if moment > after or (moment == after and at_entry):
            M[place] = moment


@jit
def dates_due(P, M, now):
    """Derived events whose date has come, as pairs of date and person; each is used up."""
    n = 0
    for date in range(P[H_DATES]):
        for person in range(M[M_PEOPLE]):
            n += M[turn_place(P, M, person, P[H_PREDICATES] + date)] <= now
    if n == 0:
        return 0, 0
    found, n = allocate(M, 2 * n), 0
    for date in range(P[H_DATES]):
        for person in range(M[M_PEOPLE]):
            place = turn_place(P, M, person, P[H_PREDICATES] + date)
            if M[place] <= now:
                M[place] = FAR
                M[found + 2 * n], M[found + 2 * n + 1] = date, person
                n += 1
    return found, n


@jit
def look(P, M, person, number, now):
    """Ask a predicate, and when it can turn without an event."""
    asked = P[P_PREDICATES] + number * ASKED
    turns = next_change(P, M, P[asked + A_POINTS], P[asked + A_POINTS_N], person, now)
    M[turn_place(P, M, person, number)], M[M_TURN] = turns, MISS
    return 1 if truth(evaluate(P, M, P[asked + A_PROGRAM], person, now)) else 0


@jit
def turn_true(P, M, now):
    """R5a: lets happen what turns from false to true at this second, by an event or by time; whether anything did."""
    if M[M_ASKED_AGAIN] == 0 and not turn_is_due(P, M, now):
        return False
    M[M_ASKED_AGAIN] = 0
    kept = M[M_TOP]
    found, n = allocate(M, 2 * P[H_PREDICATES] * M[M_PEOPLE]), 0
    for number in range(P[H_PREDICATES]):
        name = P[P[P_PREDICATES] + number * ASKED + A_NAME]
        touched = M[M[M_TOUCHED] + number]
        M[M[M_TOUCHED] + number] = 0
        for person in range(M[M_PEOPLE]):
            if touched or M[turn_place(P, M, person, number)] <= now:
                place = person_at(P, M, person) + P[PO_TRUTHS] + number
                before, after = M[place], look(P, M, person, number, now)
                M[place] = after
                if after and not before and not happened_at(P, M, person, name, now):
                    M[found + 2 * n], M[found + 2 * n + 1] = person, name
                    n += 1
    if n == 0:
        M[M_TOP] = kept
    for number in range(n):
        happen(P, M, M[found + 2 * number], M[found + 2 * number + 1], -1, now)
    return n > 0


@jit
def next_turn(P, M, now):
    """When a predicate may turn next without an event, or a date comes, or FAR."""
    best = FAR
    for person in range(M[M_PEOPLE]):
        at = turn_place(P, M, person, 0)
        for number in range(P[H_PREDICATES] + P[H_DATES]):
            if now < M[at + number] < best:
                best = M[at + number]
    return best


@jit
def turn_is_due(P, M, now):
    if M[M_TURN] > now:
        return False
    for person in range(M[M_PEOPLE]):
        for number in range(P[H_PREDICATES] + P[H_DATES]):
            if M[turn_place(P, M, person, number)] <= now:
                return True
    return False


@jit
def happened_at(P, M, person, name, now):
    """Whether the latest event of that name, of this person, is of this second."""
    slot = P[P[P_SLOT_OF] + name]
    node = M[person_at(P, M, person) + P[PO_HEADS] + slot]
    return node != 0 and M[M[node] + O_AT] == now


# --- outcomes (R21) --------------------------------------------------------------------------------------------------


@jit
def close(P, M, person, row, now):
    """The first outcome, a second or more after the hand-out, closes the task. Gives the run that asked, or 0."""
    O = log_of(M)
    best, known, handout = 0, False, M[M_HANDOUTS]
    while handout:
        if M[handout + HO_PERSON] == person and M[handout + HO_DUE] < now and is_meant(P, M, row, handout):
            known = True
            if M[handout + HO_CLOSED] == MISS and (best == 0 or competes_before(P, M, handout, best)):
                best = handout
        handout = M[handout + HO_NEXT]
    if best:
        M[best + HO_CLOSED], M[best + HO_OUTCOME] = now, of_event(P, M, row, EV_OUTCOME)
        at = M[best + HO_ROW]
        if at:
            O[at + LR_X3], O[at + LR_X4] = now, of_event(P, M, row, EV_OUTCOME)
        run = M[best + HO_RUN]
        if run:
            M[run + R_STIRRED] = 1
            check_offered(P, M, row, best, now)
        return run
    if not known:
        log(M, L_ISSUE, ISSUE_UNASKED, M[M_NOW], own_row(M, row), 0, 0, 0, 0)
    elif of_event(P, M, row, EV_OUTCOME_NAME) < 0:
        log(M, L_ISSUE, ISSUE_LATE, M[M_NOW], own_row(M, row), 0, 0, 0, 0)
    return 0


@jit
def own_row(M, row):
    """A row of events as the account counts them: it is told the same in whatever stretch the account lives."""
    return row - of_account(M, TA_EVENTS)


@jit
def is_meant(P, M, row, handout):
    """Whether a row can mean the task: by its id, or by the step."""
    if of_event(P, M, row, EV_TASK_0) != -1:
        if of_event(P, M, row, EV_TASK_0) < 0:
            return False
        know_id(P, M, handout)
        high, low = of_event(P, M, row, EV_TASK_0), of_event(P, M, row, EV_TASK_1)
        return M[handout + HO_ID_0] == high and M[handout + HO_ID_1] == low
    if of_event(P, M, row, EV_STEP) < 0:
        return False
    texts = P[P_STEP_TEXTS] + of_event(P, M, row, EV_STEP) * P[H_TOTAL_STEPS]
    return P[texts + M[handout + HO_TEXT]] != 0


@jit
def competes_before(P, M, one, other):
    """R17 between two tasks of one person."""
    first, second = M[one + HO_FLOW], M[other + HO_FLOW]
    if M[one + HO_PRIORITY] != M[other + HO_PRIORITY]:
        return M[one + HO_PRIORITY] > M[other + HO_PRIORITY]
    if M[one + HO_READY] != M[other + HO_READY]:
        return M[one + HO_READY] < M[other + HO_READY]
    if first != second:
        return first < second
    if M[one + HO_STEP] != M[other + HO_STEP]:
        return M[one + HO_STEP] < M[other + HO_STEP]
    return M[one + HO_VISIT] < M[other + HO_VISIT]


@jit
def is_offered(P, M, handout, outcome):
    """Whether it is among those that the task offers; a task that offers none takes any."""
    own = M[handout + HO_OFFERED]
    if own:
        for number in range(M[own]):
            if M[M[own + 2] + number] == outcome:
                return True
        return M[own] == 0
    step = flows.step_at(P, M[handout + HO_FLOW], M[handout + HO_STEP])
    for number in range(P[step + S_G]):
        if P[P[step + S_F] + 2 * number] == outcome:
            return True
    return P[step + S_G] == 0


@jit
def check_offered(P, M, row, handout, now):
    """An outcome that the task does not offer closes it all the same, and is told."""
    if not is_offered(P, M, handout, of_event(P, M, row, EV_OUTCOME)):
        log(
            M,
            L_ISSUE,
            ISSUE_OFFERED,
            M[M_NOW],
            own_row(M, row),
            M[handout + HO_FLOW],
            M[handout + HO_STEP],
            M[handout + HO_NUMBER],
            0,
        )
