"""R19 to R22a: one step of a run."""

from __future__ import annotations

from gridlang.runtime.engine.kernel import contacts, flows, journey, making
from gridlang.runtime.engine.kernel.asking import MICRO, evaluate, person_at, truth
from gridlang.runtime.engine.kernel.clock import later, local, moment_of, weekday
from gridlang.runtime.engine.kernel.digest import bucket
from gridlang.runtime.engine.kernel.happenings import use
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.world import of_person


@jit
def can_act(M, run, now):
    """Whether a run has something to do in this instant; touches that wait have their own turn (R23)."""
    return M[run + R_FRESH] or M[run + R_STIRRED] or (M[run + R_WAKE] <= now and not M[run + R_WAITING])


@jit
def act(P, M, run, now):
    """Do one step, or what the step has been waiting for."""
    fresh = M[run + R_FRESH]
    M[run + R_FRESH] = M[run + R_STIRRED] = 0
    if M[run + R_TURNING] >= 0:
        if M[run + R_WAKE] <= now:
            flows.turn(P, M, run, M[run + R_TURNING], now)
        return
    step = flows.step_of(P, M, run)
    verb = P[step + S_VERB]
    if verb == V_SEND or verb == V_TASK:
        touch(P, M, run, step, now, fresh)
    elif verb == V_ASK:
        ask(P, M, run, step, now, fresh)
    elif verb == V_WAIT or verb == V_WAIT_UNTIL or verb == V_WAIT_FOR:
        wait(P, M, run, step, now, fresh)
    elif verb == V_CHOOSE:
        choose(P, M, run, step, now)
    elif verb == V_SPLIT:
        split(P, M, run, step, now)
    elif verb == V_SHOW:
        making.show(P, M, run, now)
    elif verb == V_NOTIFY:
        making.notify(P, M, run, now)
    else:
        control(P, M, run, step, now)


@jit
def control(P, M, run, step, now):
    verb = P[step + S_VERB]
    if verb == V_REPEAT:
        flows.begin_repeat(P, M, run, now)
    elif verb == V_STOP:
        flows.end(P, M, run, now, False)
    elif verb == V_MOVE:
        journey.enter_phase(P, M, P[step + S_A], now, 2, M[run + R_FLOW], M[run + R_STEP], P[step + S_PLACE])
        flows.took(P, M, run, ARROW_NEXT)
        flows.leave(P, M, run, P[step + S_NEXT], now, -1)
    else:
        jump(P, M, run, step, now)


@jit
def jump(P, M, run, step, now):
    """R22: a counted arrow."""
    taken = flows.jump_at(M, run, P[step + S_C])
    if M[taken] >= P[step + S_A]:
        flows.took(P, M, run, ARROW_ELSE)
        flows.leave(P, M, run, P[step + S_B], now, -1)
    else:
        M[taken] += 1
        flows.took(P, M, run, ARROW_NEXT)
        flows.leave(P, M, run, P[step + S_NEXT], now, M[run + R_STEP])


@jit
def touch(P, M, run, step, now, fresh):
    """R21: an outcome takes its arm. With an `overdue` arm an overdue task is withdrawn, without one it stays open."""
    handout = M[run + R_HANDOUT]
    if fresh:
        contacts.reach(P, M, run, now)
    elif P[step + S_VERB] == V_TASK and handout:
        if M[handout + HO_CLOSED] != MISS:
            arm = outcome_arm(P, step, M[handout + HO_OUTCOME])
            flows.took(P, M, run, ARROW_NEXT if arm < 0 else ARROW_OUTCOMES + arm)
            target = P[step + S_NEXT] if arm < 0 else P[P[step + S_F] + 2 * arm + 1]
            flows.leave(P, M, run, target, now, -1)
        elif M[run + R_WAKE] <= now:
            flows.withdraw(M, handout, now)
            flows.took(P, M, run, ARROW_OVERDUE)
            flows.leave(P, M, run, P[step + S_H], now, -1)


@jit
def outcome_arm(P, step, outcome):
    """Which outcome of the arms it is; -1: none that is offered."""
    for number in range(P[step + S_G]):
        if P[P[step + S_F] + 2 * number] == outcome:
            return number
    return -1


@jit
def wait(P, M, run, step, now, fresh):
    verb, zone = P[step + S_VERB], flows.zone_of(P, M, run)
    if verb == V_WAIT_FOR:
        wait_for(P, M, run, step, now, fresh)
        return
    if fresh:
        if verb == V_WAIT:
            M[run + R_WAKE] = later(P, zone, now, P[step + S_A], P[step + S_B])
        else:
            M[run + R_WAKE] = moment_waited_for(P, M, run, step, now, zone)
    if M[run + R_WAKE] <= now:
        flows.took(P, M, run, ARROW_NEXT)
        flows.leave(P, M, run, P[step + S_NEXT], now, -1)


@jit
def moment_waited_for(P, M, run, step, now, zone):
    """R19: a weekday, a named day or a date; a moment passed does not wait."""
    today, time = local(P, zone, now) // DAY, P[step + S_D]
    if P[step + S_A] == 2:
        date = evaluate(P, M, P[step + S_B], M[run + R_PERSON], now)
        if date == MISS:
            return now
        wall = (date >> 1) // MICRO
        return moment_of(P, zone, wall // DAY * DAY + time if time >= 0 else wall)
    if P[step + S_A] == 0:
        first, n = today + (P[step + S_B] - weekday(today)) % 7, 2
    else:
        first, n = P[step + S_B], P[step + S_C]
    for number in range(n):
        day = first + 7 * number if P[step + S_A] == 0 else P[first + number]
        if day < today:
            continue
        moment = moment_of(P, zone, day * DAY + max(time, 0))
        if time < 0:
            return max(now, moment)
        if moment >= now:
            return moment
    return now


@jit
def asked_since(M, run):
    return M[run + R_STARTED] if M[run + R_LAST_CONTACT] == MISS else M[run + R_LAST_CONTACT]


@jit
def is_used(M, run, event):
    node = M[run + R_USED]
    while node:
        if M[node] == event:
            return True
        node = M[node + 1]
    return False


@jit
def earliest(P, M, run, head, since, role, best):
    """The earliest event of a chain that answers, if it comes before `best` (an event, or 0)."""
    node = M[head]
    while node:
        event = M[node]
        if M[event + O_AT] < since:
            break
        by_role = role < 0 or (M[person_at(P, M, M[event + O_PERSON]) + PN_ROLES] >> role) & 1
        open_ = M[event + O_TAKEN] == 0 and M[event + O_AT] < M[run + R_WAKE]
        if by_role and open_ and not is_used(M, run, event):
            if best == 0 or M[event + O_NUMBER] < M[best + O_NUMBER]:
                best = event
        node = M[node + 1]
    return best


@jit
def wait_for(P, M, run, step, now, fresh):
    """R19: as `ask` does; `of ROLE` sees the events of those persons from the run's start."""
    if fresh:
        M[run + R_WAKE] = later(P, flows.zone_of(P, M, run), now, P[step + S_C], P[step + S_D])
    if P[step + S_B] == -1:
        head = person_at(P, M, M[run + R_PERSON]) + P[PO_HEADS] + P[step + S_A]
        event = earliest(P, M, run, head, asked_since(M, run), -1, 0)
    else:
        event = earliest(P, M, run, M[M_HEADS] + P[step + S_A], M[run + R_STARTED], P[step + S_B], 0)
    if event:
        use(M, run, event)
    if event or M[run + R_WAKE] <= now:
        flows.took(P, M, run, ARROW_NEXT)
        flows.leave(P, M, run, P[step + S_NEXT], now, -1)


@jit
def ask(P, M, run, step, now, fresh):
    """R19: earliest event since the run's last touch or hand-out, ties in order of arms."""
    if fresh:
        M[run + R_WAKE] = later(P, flows.zone_of(P, M, run), now, P[step + S_A], P[step + S_B])
    heads = M[M_HEADS] if P[step + S_F] else person_at(P, M, M[run + R_PERSON]) + P[PO_HEADS]
    since, arm, best, target, word, words = asked_since(M, run), P[step + S_C], 0, -1, 0, ARROW_ARMS
    for number in range(P[step + S_D]):
        found = 0
        for each in range(P[arm]):
            found = earliest(P, M, run, heads + P[arm + 2 + each], since, -1, found)
        if found and (best == 0 or M[found + O_AT] < M[best + O_AT]):
            best, target = found, P[arm + 1]
            word = words + word_of(P, M[found + O_NAME], arm)
        words += P[arm]
        arm += 2 + P[arm]
    if best:
        use(M, run, best)
        flows.took(P, M, run, word)
        flows.leave(P, M, run, target, now, -1)
    elif M[run + R_WAKE] <= now:
        flows.took(P, M, run, ARROW_REST)
        flows.leave(P, M, run, P[step + S_E], now, -1)


@jit
def word_of(P, name, arm):
    """Which event of an arm an event with this name answers it by."""
    for number in range(P[arm]):
        if flows.is_asked_by(P, name, P[arm + 2 + number]):
            return number
    return 0


@jit
def choose(P, M, run, step, now):
    """R20: at this moment, the first arm that holds."""
    target, arrow = P[step + S_C], ARROW_REST
    for number in range(P[step + S_B]):
        arm = P[step + S_A] + 2 * number
        if truth(evaluate(P, M, P[arm], M[run + R_PERSON], now)):
            target, arrow = P[arm + 1], ARROW_ARMS + number
            break
    flows.took(P, M, run, arrow)
    flows.leave(P, M, run, target, now, -1)


@jit
def split(P, M, run, step, now):
    """R20: arms take ranges of buckets in order."""
    flow, person = flows.flow_at(P, M[run + R_FLOW]), M[run + R_PERSON]
    found = bucket(
        M, P[H_SEED], P[H_SEED_N], P[flow + F_NAME], P[flow + F_NAME_N], P[step + S_ID], P[step + S_ID_N],
        of_person(P, M, person, SP_RAW), of_person(P, M, person, SP_RAW_N),
    )  # fmt: skip
    target, share, arrow = P[step + S_NEXT], 0, ARROW_REST
    for number in range(P[step + S_B]):
        share += P[P[step + S_A] + 2 * number]
        if found < share:
            target, arrow = P[P[step + S_A] + 2 * number + 1], ARROW_ARMS + number
            break
    flows.took(P, M, run, arrow)
    flows.leave(P, M, run, target, now, -1)
