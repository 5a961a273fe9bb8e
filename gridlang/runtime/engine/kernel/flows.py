"""The arrows of a flowchart: a run enters a step, leaves it, takes the turns of a `repeat`, comes to its end."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.asking import person_at
from gridlang.runtime.engine.kernel.clock import later, local, moment_of, shifted_day, weekday
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import push
from gridlang.runtime.engine.kernel.rows import log
from gridlang.runtime.engine.kernel.world import log_of, of_person

MOST_STEPS = 10_000


@jit
def flow_at(P, flow):
    return P[P_FLOWS] + flow * FLOW


@jit
def step_at(P, flow, step):
    return P[P[P_FLOWS] + flow * FLOW + F_STEPS] + step * STEP


@jit
def step_of(P, M, run):
    return step_at(P, M[run + R_FLOW], M[run + R_STEP])


@jit
def zone_of(P, M, run):
    return of_person(P, M, M[run + R_PERSON], SP_ZONE)


@jit
def count_visit(P, M, flow, person, step):
    """R24: this contact's visits of this step, from 1; step -1 is a holdout."""
    slot = P[flow_at(P, flow) + F_HOLDOUT_STEP] if step < 0 else P[flow_at(P, flow) + F_BASE] + step
    at = person_at(P, M, person) + P[PO_VISITS] + slot
    M[at] += 1
    return M[at]


@jit
def jump_at(M, run, number):
    return M[run + R_JUMPS] + number


@jit
def turn_at(M, run, number):
    return M[run + R_REPEATS] + number * REPEAT_TURN


@jit
def is_asked_by(P, name, slot):
    """Whether what happens by that name is found under a slot."""
    at = P[P_NAMES] + name * NAME
    for number in range(P[at + N_SLOTS_N]):
        if P[P[at + N_SLOTS] + number] == slot:
            return True
    return False


@jit
def took(P, M, run, arrow):
    """The run takes an arrow of the step at which it is: it is counted."""
    push(M, M_TAKEN, P[step_of(P, M, run) + S_ARROW] + arrow)


@jit
def turn(P, M, run, repeat, now):
    """The body of a `repeat`, once more."""
    at = step_at(P, M[run + R_FLOW], repeat)
    push(M, M_TAKEN, P[at + S_ARROW])
    enter(P, M, run, P[at + S_C], now, -1)


@jit
def enter(P, M, run, step, now, via):
    """Reach a step. R22: entered by another arrow than `via`, the counted arrows to it start again."""
    flow = M[run + R_FLOW]
    at = step_at(P, flow, step)
    for number in range(P[at + S_JUMPS_N]):
        jump = P[P[at + S_JUMPS] + number]
        if jump != via:
            M[jump_at(M, run, P[step_at(P, flow, jump) + S_C])] = 0
    M[run + R_SPINS] = M[run + R_SPINS] + 1 if M[run + R_READY] == now else 0
    if M[run + R_SPINS] > MOST_STEPS:
        log(M, L_ISSUE, ISSUE_SPINNING_RUN, now, M[run + R_PERSON], flow, step, 0, 0)
        end(P, M, run, now, False)
        return
    M[run + R_STEP], M[run + R_READY], M[run + R_FRESH], M[run + R_STIRRED] = step, now, 1, 0
    M[run + R_WAKE], M[run + R_WAITING], M[run + R_HANDOUT], M[run + R_TURNING] = FAR, 0, 0, -1
    M[run + R_VISIT] = count_visit(P, M, flow, M[run + R_PERSON], step)


@jit
def leave(P, M, run, target, now, via):
    """Follow an arrow; -1 is the end of the turn inside a `repeat`, else of the flow."""
    if target >= 0:
        enter(P, M, run, target, now, via)
        return
    repeat = P[step_of(P, M, run) + S_REPEAT]
    if repeat < 0:
        end(P, M, run, now, False)
        return
    turn = turn_at(M, run, P[step_at(P, M[run + R_FLOW], repeat) + S_G])
    if M[turn] == 0:
        enter(P, M, run, repeat, now, -1)
    else:
        wait_for_turn(P, M, run, repeat, M[turn + 3] + 1, now)


@jit
def begin_repeat(P, M, run, now):
    """R22a: the body at once; with `on` or `from`, at the first date of that series not before now."""
    step = M[run + R_STEP]
    at = step_of(P, M, run)
    series = series_of(P, at, now, zone_of(P, M, run))
    kept = turn_at(M, run, P[at + S_G])
    M[kept], M[kept + 1], M[kept + 2], M[kept + 3] = 1, now, series, 0
    if series == MISS:
        turn(P, M, run, step, now)
    else:
        wait_for_turn(P, M, run, step, 0, now)


@jit
def wait_for_turn(P, M, run, repeat, number, now):
    """R22a: the next turn whose moment has not passed while the body ran."""
    at = step_at(P, M[run + R_FLOW], repeat)
    turn = turn_at(M, run, P[at + S_G])
    if P[at + S_A] == 0:
        end(P, M, run, now, False)
        return
    zone = zone_of(P, M, run)
    moment = turn_moment(P, M, at, turn, number, zone)
    while moment < now:
        number += 1
        moment = turn_moment(P, M, at, turn, number, zone)
    M[turn + 3], M[run + R_TURNING], M[run + R_FRESH] = number, repeat, 0
    M[run + R_WAITING] = M[run + R_HANDOUT] = 0
    M[run + R_WAKE] = moment


@jit
def turn_moment(P, M, at, turn, number, zone):
    """Always from the first moment, so that no turn drifts."""
    amount, unit = P[at + S_A] * number, P[at + S_B]
    if M[turn + 2] == MISS:
        return later(P, zone, M[turn + 1], amount, unit)
    wall = M[turn + 2]
    day = wall // DAY
    rest = wall - day * DAY
    if unit <= U_H:
        wall += amount * (60 if unit == U_MIN else 3600)
        day = wall // DAY
        rest = wall - day * DAY
    elif amount:
        day = shifted_day(P, day, amount, unit)
    if P[at + S_D] >= 0:
        day += (P[at + S_D] - weekday(day)) % 7
    return moment_of(P, zone, day * DAY + rest)


@jit
def series_of(P, at, now, zone):
    """The wall clock with which the series of `on`, `at` and `from` begins; MISS: there is none."""
    start, on, time = P[at + S_F], P[at + S_D], P[at + S_E]
    if start == MISS and on < 0 and time < 0:
        return MISS
    day = start if start != MISS else local(P, zone, now) // DAY
    if on >= 0:
        day += (on - weekday(day)) % 7
    wall = day * DAY + max(time, 0)
    if start == MISS and moment_of(P, zone, wall) < now:
        wall += DAY * (1 if on < 0 else 7)
    return wall


@jit
def end(P, M, run, now, left):
    """The end of a run; it withdraws its open task and its audiences (R4)."""
    person, flow = M[run + R_PERSON], M[run + R_FLOW]
    M[run + R_ACTIVE] = M[run + R_WAITING] = 0
    unlink(M, run)
    M[person_at(P, M, person) + P[PO_ENDED] + flow] = now
    if P[H_KEEPS]:
        log(M, L_DIARY, DIARY_ENDS, now, person, flow, left, 0, 0)
    handout = M[run + R_HANDOUT]
    if handout and M[handout + HO_CLOSED] == MISS:
        withdraw(M, handout, now)
    leave_audiences(P, M, person, flow, now, left)


@jit
def unlink(M, run):
    before = M_RUNS
    while M[before] and M[before] != run:
        before = M[before] + R_NEXT
    if M[before] == run:
        M[before] = M[run + R_NEXT]


@jit
def withdraw(M, handout, now):
    O = log_of(M)
    M[handout + HO_CLOSED], M[handout + HO_WITHDRAWN] = now, 1
    at = M[handout + HO_ROW]
    if at:
        O[at + LR_X3], O[at + LR_X5] = now, 1


@jit
def leave_audiences(P, M, person, flow, now, also_timed):
    """End the audiences into which a campaign has put the person."""
    O = log_of(M)
    before = person_at(P, M, person) + PN_AUDIENCES
    while M[before]:
        audience = M[before]
        if M[audience + AU_FLOW] == flow and (also_timed or M[audience + AU_UNTIL] == FAR):
            if M[audience + AU_ROW]:
                O[M[audience + AU_ROW] + LR_X1] = now
            if P[H_KEEPS]:
                log(M, L_DIARY, DIARY_AUDIENCE, now, M[audience + AU_NUMBER], 0, 0, 0, 0)
            M[before] = M[audience + AU_NEXT]
        else:
            before = audience + AU_NEXT
