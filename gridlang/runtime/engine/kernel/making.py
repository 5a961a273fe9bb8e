"""A touch, a task, an audience, a flight, a notice, a skip is made."""

from __future__ import annotations

from gridlang.runtime.engine.kernel import flows
from gridlang.runtime.engine.kernel.asking import person_at
from gridlang.runtime.engine.kernel.caps import count, holds
from gridlang.runtime.engine.kernel.clock import later
from gridlang.runtime.engine.kernel.digest import row_id
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import allocate, link, load_chain, push
from gridlang.runtime.engine.kernel.rows import log, ready_only, row, run_row
from gridlang.runtime.engine.kernel.windows import NEVER, add_open
from gridlang.runtime.engine.kernel.world import log_of, of_person


@jit
def send(P, M, run, now):
    """The touch is made: it counts against the caps, and the flow goes on from now (R15, R16)."""
    step, channel = flows.step_of(P, M, run), M[run + R_W_CHANNEL]
    load_chain(M, run)
    run_row(P, M, L_TOUCH, run, channel, P[step + S_C], now, True)
    made(P, M, run, channel, P[step + S_C], now)
    flows.took(P, M, run, ARROW_NEXT)
    flows.leave(P, M, run, P[step + S_NEXT], now, -1)


@jit
def made(P, M, run, channel, message, now):
    """A touch or hand-out counts (R15), is what an `ask` looks back to (R19), and is looked at by R28."""
    person = M[run + R_PERSON]
    count(P, M, person, channel, now)
    M[run + R_LAST_CONTACT] = now
    if P[H_SILENT]:
        push(M, M_TOUCHED_LIST, now)
    if message >= 0 and (P[H_ORDER_RULES] or P[H_KEEPS]):
        check_order(P, M, person, channel, message, now)
        word = person_at(P, M, person) + P[PO_RECEIVED] + message // 62
        M[word] |= 1 << (message % 62)


@jit
def has_received(P, M, person, message):
    word = M[person_at(P, M, person) + P[PO_RECEIVED] + message // 62]
    return (word >> (message % 62)) & 1 == 1


@jit
def check_order(P, M, person, channel, message, now):
    """R28: message `first` before message `then`, for one person, where the rule's coordinates hold."""
    for entry in range(P[H_ORDER_RULES]):
        at = P[P_ORDERS] + 4 * entry
        if P[at + 1] >= 0 and P[P[at + 1] + channel] == 0:
            continue
        for number in range(P[at + 3]):
            pair = P[at + 2] + 2 * number
            if P[pair + 1] != message or has_received(P, M, person, P[pair]):
                continue
            if holds(P, M, P[at], person, now):
                log(M, L_ORDER, M[M_FIRST] + person, P[at], number, now, 0, 0, 0)


@jit
def show(P, M, run, now):
    """A flight on a mass medium goes on at once (R12)."""
    step = flows.step_of(P, M, run)
    ready_only(M, run_row(P, M, L_TOUCH, run, P[step + S_A], P[step + S_B], now, False), P[step + S_PLACE])
    flows.took(P, M, run, ARROW_NEXT)
    flows.leave(P, M, run, P[step + S_NEXT], now, -1)


@jit
def notify(P, M, run, now):
    """A note to a team: no outcome, no channel, no wait, no place at the desk."""
    O = log_of(M)
    step = flows.step_of(P, M, run)
    found = run_row(P, M, L_NOTICE, run, -1, -1, now, False)
    ready_only(M, found, P[step + S_PLACE])
    O[found + LR_X0] = P[step + S_A]
    flows.took(P, M, run, ARROW_NEXT)
    flows.leave(P, M, run, P[step + S_NEXT], now, -1)


@jit
def known_member(P, M, team, person):
    """R18: the salesperson of this person, else of the account's first target who has one; -1: the least busy."""
    owner = of_person(P, M, person, SP_SALES)
    if owner == 0 and P[H_TARGET] >= 0:
        for each in range(M[M_PEOPLE]):
            of = of_person(P, M, each, SP_SALES)
            if of and (M[person_at(P, M, each) + PN_ROLES] >> P[H_TARGET]) & 1:
                owner = of
                break
    return P[P[P_MEMBERS] + team * P[H_SALES] + owner]


@jit
def hand_out(P, M, run, now):
    """The task is handed out (R18) and waits for its outcome (R21)."""
    O = log_of(M)
    step, channel, person = flows.step_of(P, M, run), M[run + R_W_CHANNEL], M[run + R_PERSON]
    team = P[P_TEAMS] + P[step + S_C] * TEAM
    deadline = add_open(
        P, M, P[H_ZONE], now, P[step + S_D], P[step + S_E], P[team + G_HOURS], P[team + G_HOURS_N], P[team + G_DAYS],
        P[team + G_DAYS_MASK], P[team + G_DAYS_PLACE],
    )  # fmt: skip
    if deadline == NEVER:
        deadline = later(P, P[H_ZONE], now, P[step + S_D], P[step + S_E])
    if P[team + G_ASKED] == 0:
        M[M_MEMBER] = -1
    load_chain(M, run)
    found = run_row(P, M, L_TASK, run, P[step + S_A], P[step + S_B], now, True)
    O[found + LR_X0], O[found + LR_X1] = P[step + S_C], M[M_MEMBER]
    O[found + LR_X2], O[found + LR_X3], O[found + LR_X4], O[found + LR_X5] = deadline, MISS, -1, 0
    handout = allocate(M, HANDOUT)
    M[handout + HO_PERSON], M[handout + HO_FLOW], M[handout + HO_STEP] = person, M[run + R_FLOW], M[run + R_STEP]
    M[handout + HO_VISIT], M[handout + HO_READY], M[handout + HO_DUE] = M[run + R_VISIT], M[run + R_READY], now
    M[handout + HO_CLOSED], M[handout + HO_RUN], M[handout + HO_ROW] = MISS, run, found
    M[handout + HO_ID_0], M[handout + HO_OFFERED] = MISS, 0
    flow = flows.flow_at(P, M[run + R_FLOW])
    M[handout + HO_PRIORITY], M[handout + HO_TEXT] = P[flow + F_PRIORITY], P[flow + F_BASE] + M[run + R_STEP]
    M[handout + HO_NUMBER], M[handout + HO_WITHDRAWN] = M[M_HANDED], 0
    M[M_HANDED] += 1
    M[handout + HO_NEXT], M[M_HANDOUTS] = M[M_HANDOUTS], handout
    M[run + R_HANDOUT], M[run + R_WAITING], M[run + R_WAKE] = handout, 0, FAR
    made(P, M, run, channel, P[step + S_B], now)
    if P[step + S_H] != -2:
        M[run + R_WAKE] = deadline


@jit
def know_id(P, M, handout):
    """Work out the id of a task's row, when somebody asks by it."""
    if M[handout + HO_ID_0] == MISS:
        flow, person = flows.flow_at(P, M[handout + HO_FLOW]), M[handout + HO_PERSON]
        step = flows.step_at(P, M[handout + HO_FLOW], M[handout + HO_STEP])
        M[handout + HO_ID_0], M[handout + HO_ID_1] = row_id(
            M, P[H_PLAN], P[H_PLAN_N], of_person(P, M, person, SP_NFC), of_person(P, M, person, SP_NFC_N),
            P[flow + F_NFC], P[flow + F_NFC_N],
            P[step + S_NFC], P[step + S_NFC_N], M[handout + HO_VISIT],
        )  # fmt: skip


@jit
def put_in_audience(P, M, run, channel, now):
    """R13: an audience goes on at once; without `for` it ends with the run."""
    O = log_of(M)
    step, until = flows.step_of(P, M, run), FAR
    found = run_row(P, M, L_AUDIENCE, run, channel, P[step + S_C], now, False)
    ready_only(M, found, P[step + S_PLACE])
    if P[step + S_F] >= 0:
        until = later(P, flows.zone_of(P, M, run), now, P[step + S_E], P[step + S_F])
    O[found + LR_X0], O[found + LR_X1] = until, MISS
    before = person_at(P, M, M[run + R_PERSON]) + PN_AUDIENCES
    head = before
    while M[before]:
        if M[M[before] + AU_UNTIL] <= now:
            M[before] = M[M[before] + AU_NEXT]
        else:
            before = M[before] + AU_NEXT
    audience = allocate(M, AUDIENCE)
    M[audience + AU_FLOW], M[audience + AU_UNTIL], M[audience + AU_ROW] = M[run + R_FLOW], until, found
    M[audience + AU_NUMBER] = M[M_AUDIENCES]
    M[M_AUDIENCES] += 1
    M[audience + AU_NEXT], M[head] = M[head], audience
    flows.took(P, M, run, ARROW_NEXT)
    flows.leave(P, M, run, P[step + S_NEXT], now, -1)


@jit
def skip(P, M, run, channel, now, reason):
    """The touch is not made; the flow goes on from now, by `else` where there is one (R16)."""
    step = flows.step_of(P, M, run)
    record_skip(P, M, run, channel, now, reason)
    target, arrow = P[step + S_NEXT], ARROW_NEXT
    if P[step + S_VERB] == V_SEND and P[step + S_G] != -2:
        target, arrow = P[step + S_G], ARROW_ELSE
    flows.took(P, M, run, arrow)
    flows.leave(P, M, run, target, now, -1)


@jit
def record_skip(P, M, run, channel, now, reason):
    """The row of a touch that is not made, with the chain in the scratch; the last link says why."""
    O = log_of(M)
    step = flows.step_of(P, M, run)
    place = P[P[P_CHANNELS] + channel * CHANNEL + C_PLACE]
    if reason == REASON_CONSENT:
        link(M, RULE_CONSENT, place, 0)
    elif reason == REASON_ADDRESS:
        link(M, RULE_ADDRESS, place, 0)
    elif reason == REASON_CAP:
        link(M, RULE_CAP, place, 0)
    elif reason == REASON_PERIOD_OVER:
        link(M, RULE_PERIOD_OVER, P[H_PLAN_PLACE], 0)
    message = P[step + S_C] if P[step + S_VERB] == V_SEND else P[step + S_B]
    found = run_row(P, M, L_SKIP, run, channel, message, now, True)
    O[found + LR_X0] = reason


@jit
def hold_out(P, M, person, flow, now):
    """R20: a run of an account that is held out: one row, and nothing else."""
    O = log_of(M)
    at = flows.flow_at(P, flow)
    visit = flows.count_visit(P, M, flow, person, -1)
    M[M_LINKS] = 0
    link(M, RULE_READY, P[at + F_PLACE], 0)
    link(M, RULE_HOLDOUT, P[at + F_PLACE], 0)
    found = row(P, M, L_SKIP, person, flow, P[at + F_HOLDOUT_NUMBER], visit, -1, -1, now, now, True)
    O[found + LR_X0] = REASON_HOLDOUT
