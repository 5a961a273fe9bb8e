"""R6, R7: when a person's run through a campaign starts and ends; goals; who is held out."""

from __future__ import annotations

from gridlang.runtime.engine.kernel import flows
from gridlang.runtime.engine.kernel.asking import MICRO, clock_of, date_moment, evaluate, person_at
from gridlang.runtime.engine.kernel.clock import later, midnight, next_day
from gridlang.runtime.engine.kernel.digest import bucket
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.making import hold_out
from gridlang.runtime.engine.kernel.memory import allocate, fill, push
from gridlang.runtime.engine.kernel.rows import log
from gridlang.runtime.engine.kernel.world import of_account


@jit
def is_named(P, name, event):
    """Whether what happens by that name is also that event."""
    at = P[P_NAMES] + name * NAME
    for number in range(P[at + N_LINEAGE_N]):
        if P[P[at + N_LINEAGE] + number] == event:
            return True
    return False


@jit
def arrive(P, M, person, flow, now):
    """R6: the person comes to stand in the campaign's cell: a run starts, or waits for `starts`."""
    at = flows.flow_at(P, flow)
    if P[at + F_STARTS] == STARTS_NONE:
        begin(P, M, person, flow, now)
    elif P[at + F_STARTS] == STARTS_DATE:
        plan_start(P, M, person, flow, now)
    else:
        event = M[M_HAPPENED]
        while event:
            if is_named(P, M[event + O_NAME], P[at + F_START_EVENT]):
                begin(P, M, person, flow, now)
                return
            event = M[event + O_NEXT]


@jit
def set_start(P, M, person, flow, moment):
    """When a run is planned to start: MISS not at all, FAR as long as there is no date."""
    at = person_at(P, M, person)
    place = at + P[PO_STARTS] + flow
    change = (1 if moment != MISS else 0) - (1 if M[place] != MISS else 0)
    M[at + PN_STARTS] += change
    M[M_STARTS] += change
    M[place] = moment


@jit
def plan_start(P, M, person, flow, now):
    """`starts` a date: at its 00:00 on the person's clock; at once when it has passed; not while it is missing."""
    date = evaluate(P, M, P[flows.flow_at(P, flow) + F_START_DATE], person, now)
    moment = FAR if date == MISS else date_moment(P, M, person, date)
    if moment <= now:
        set_start(P, M, person, flow, MISS)
        begin(P, M, person, flow, now)
    else:
        set_start(P, M, person, flow, moment)


@jit
def start_planned(P, M, now):
    """Runs whose `starts` comes now."""
    for person in range(M[M_PEOPLE] if M[M_STARTS] else 0):
        at = person_at(P, M, person)
        if M[at + PN_STARTS]:
            for flow in range(P[H_FLOWS]):
                moment = M[at + P[PO_STARTS] + flow]
                if moment != MISS and moment <= now:
                    set_start(P, M, person, flow, MISS)
                    begin(P, M, person, flow, now)


@jit
def offer(P, M, now):
    """An event of the account starts the runs of those who stand in a campaign with that `starts`."""
    event = M[M_UNSTARTED]
    while event:
        name = M[event + O_NAME]
        for person in range(M[M_PEOPLE]):
            block = person_at(P, M, person)
            for number in range(M[block + PN_STANDING_N]):
                flow = M[block + P[PO_STANDING] + number]
                at = flows.flow_at(P, flow)
                if P[at + F_STARTS] == STARTS_EVENT:
                    if is_named(P, name, P[at + F_START_EVENT]):
                        begin(P, M, person, flow, now)
                elif P[at + F_STARTS] == STARTS_DATE and M[block + P[PO_STARTS] + flow] != MISS:
                    if P[P[P_NAME_STARTS] + name * P[H_FLOWS] + flow]:
                        plan_start(P, M, person, flow, now)
        event = M[event + O_NEXT]
    M[M_UNSTARTED] = 0


@jit
def begin(P, M, person, flow, now):
    """R6: start a run, unless one is open, reentry or `D .. E` forbids it, or the account is held out (R7)."""
    at, block = flows.flow_at(P, flow), person_at(P, M, person)
    run = M[block + P[PO_RUNS] + flow]
    if run and M[run + R_ACTIVE]:
        return
    if not may_enter(P, M, person, flow, now) or too_late(P, M, person, flow, now):
        return
    if P[at + F_HOLDOUT] and is_held_out(P, M, at):
        hold_out(P, M, person, flow, now)
        M[block + P[PO_ENDED] + flow] = now
        return
    if run == 0:
        run = allocate(M, RUN + P[at + F_JUMPS] + P[at + F_REPEATS] * REPEAT_TURN)
        M[block + P[PO_RUNS] + flow] = run
        M[run + R_CHAIN] = 0
    M[run + R_FLOW], M[run + R_PERSON], M[run + R_ACTIVE], M[run + R_STARTED] = flow, person, 1, now
    M[run + R_READY], M[run + R_SPINS], M[run + R_LAST_CONTACT], M[run + R_USED] = now, 0, MISS, 0
    M[run + R_JUMPS], M[run + R_REPEATS] = run + RUN, run + RUN + P[at + F_JUMPS]
    fill(M, run + RUN, P[at + F_JUMPS] + P[at + F_REPEATS] * REPEAT_TURN, 0)
    M[run + R_NEXT], M[M_RUNS] = M[M_RUNS], run
    if P[H_KEEPS]:
        log(M, L_DIARY, DIARY_BEGINS, now, person, flow, 0, 0, 0)
    push(M, M_TAKEN, P[at + F_ARROW])
    flows.enter(P, M, run, 0, now, -1)
    watch_goal(P, M, person, flow, now)


@jit
def is_held_out(P, M, at):
    found = bucket(
        M, P[H_SEED], P[H_SEED_N], P[at + F_NAME], P[at + F_NAME_N], 0, 7,
        of_account(M, TA_RAW), of_account(M, TA_RAW_N),
    )  # fmt: skip
    return found < P[at + F_HOLDOUT]


@jit
def may_enter(P, M, person, flow, now):
    """R6: `reentry: always | once | after DURATION`, from the end of the last run."""
    at, ended = flows.flow_at(P, flow), M[person_at(P, M, person) + P[PO_ENDED] + flow]
    if ended == MISS or P[at + F_REENTRY] == REENTRY_ALWAYS:
        return True
    if P[at + F_REENTRY] == REENTRY_ONCE:
        return False
    zone = clock_of(P, M, person)
    return now >= later(P, zone, ended, P[at + F_REENTRY_AMOUNT], P[at + F_REENTRY_UNIT])


@jit
def too_late(P, M, person, flow, now):
    """R6: with `D .. E` never after E; a date E counts as a whole day."""
    program = P[flows.flow_at(P, flow) + F_UNTIL]
    if program < 0:
        return False
    end = evaluate(P, M, program, person, now)
    if end == MISS:
        return False
    if end & 1 == 0:
        return now >= midnight(P, clock_of(P, M, person), next_day((end >> 1) // (DAY * MICRO)))
    return now >= date_moment(P, M, person, end)


@jit
def leave_cell(P, M, person, flow, now):
    """R4: the campaign no longer stands there: its run ends, and what it had open is withdrawn."""
    set_start(P, M, person, flow, MISS)
    run = M[person_at(P, M, person) + P[PO_RUNS] + flow]
    if run and M[run + R_ACTIVE]:
        note_last_arrow(P, M, run, now)
        flows.end(P, M, run, now, True)
    flows.leave_audiences(P, M, person, flow, now, True)


@jit
def note_last_arrow(P, M, run, now):
    """A run that the journey's own edge takes out of its cell has taken the arm of that event (R3)."""
    step = flows.step_of(P, M, run)
    handout = M[run + R_HANDOUT]
    if P[step + S_VERB] == V_TASK and handout and M[handout + HO_CLOSED] == now:
        for number in range(P[step + S_G]):
            if P[P[step + S_F] + 2 * number] == M[handout + HO_OUTCOME]:
                flows.took(P, M, run, ARROW_OUTCOMES + number)
                return
    if P[step + S_VERB] != V_ASK:
        return
    event = M[M_HAPPENED]
    while event:
        if M[event + O_TAKEN] and (P[step + S_F] or M[event + O_PERSON] == M[run + R_PERSON]):
            arm, word = P[step + S_C], ARROW_ARMS
            for _ in range(P[step + S_D]):
                for number in range(P[arm]):
                    if flows.is_asked_by(P, M[event + O_NAME], P[arm + 2 + number]):
                        flows.took(P, M, run, word + number)
                        return
                word += P[arm]
                arm += 2 + P[arm]
        event = M[event + O_NEXT]


@jit
def ask_touches_again(M, now):
    """Touches that wait are asked again: rules and caps look at the cell."""
    run = M[M_RUNS]
    while run:
        if M[run + R_WAITING]:
            M[run + R_WAKE] = now
        run = M[run + R_NEXT]


@jit
def watch_goal(P, M, person, flow, now):
    """R7: the goal is measured from the start of the run, and goes on after its end."""
    at = flows.flow_at(P, flow)
    M[M[M_GOALS] + 2 * flow + 1] += 1
    if P[at + F_GOAL] >= 0:
        until = FAR
        if P[at + F_GOAL_UNIT] >= 0:
            until = later(P, clock_of(P, M, person), now, P[at + F_GOAL_AMOUNT], P[at + F_GOAL_UNIT])
        add_goal(P, M, person, flow, until, P[at + F_GOAL])


@jit
def add_goal(P, M, person, flow, until, event):
    watch, head = allocate(M, GOAL), person_at(P, M, person) + PN_GOALS
    M[watch + GO_FLOW], M[watch + GO_UNTIL], M[watch + GO_EVENT], M[watch + GO_NEXT] = flow, until, event, M[head]
    M[head] = watch


@jit
def note_goals(P, M, event):
    """R7: an event of this person reaches the goals of runs that began before it, once each."""
    before = person_at(P, M, M[event + O_PERSON]) + PN_GOALS
    while M[before]:
        watch = M[before]
        in_time = M[event + O_AT] < M[watch + GO_UNTIL]
        reached = in_time and is_named(P, M[event + O_NAME], M[watch + GO_EVENT])
        if reached:
            M[M[M_GOALS] + 2 * M[watch + GO_FLOW]] += 1
        if reached or not in_time:
            M[before] = M[watch + GO_NEXT]
        else:
            before = watch + GO_NEXT
