"""R12 to R18: a touch or task from the moment its step is reached until it is made or skipped."""

from __future__ import annotations

from gridlang.runtime.engine.kernel import flows
from gridlang.runtime.engine.kernel.asking import next_change, person_at
from gridlang.runtime.engine.kernel.caps import holds, room
from gridlang.runtime.engine.kernel.clock import later, local, midnight, next_day, next_time
from gridlang.runtime.engine.kernel.desk import is_full
from gridlang.runtime.engine.kernel.jit import jit, numbers
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.making import hand_out, known_member, put_in_audience, send, skip
from gridlang.runtime.engine.kernel.memory import (
    copy,
    cut_links,
    delay_since,
    link,
    load_chain,
    merge_links,
    save_chain,
)
from gridlang.runtime.engine.kernel.windows import NEVER, next_open
from gridlang.runtime.engine.kernel.world import of_person


@jit
def refusal(P, M, channel, person):
    """R13: consent, address, or -1 when the channel may reach this person now."""
    at = P[P_CHANNELS] + channel * CHANNEL
    if P[at + C_CONSENT] and not consents(P, M, channel, person):
        return REASON_CONSENT
    if P[at + C_ADDRESS_COLUMN] >= 0 and of_person(P, M, person, P[at + C_ADDRESS_COLUMN]):
        return REASON_ADDRESS
    return -1


@jit
def consents(P, M, channel, person):
    """The latest fact says yes. At one time, withdrawal; the attribute is older than all events, unless dated."""
    node, newest, given = M[person_at(P, M, person) + PN_CONSENTS], MISS, True
    while node:
        fact = M[node + 2]
        if fact == -1 or (fact >= 0 and P[P[P_CHANNEL_IS] + channel * P[H_CHANNELS] + fact]):
            if M[node] > newest:
                newest, given = M[node], True
            if M[node] == newest:
                given = given and M[node + 1] == 1
        node = M[node + 3]
    dated = dated_at(P, M, channel, person)
    if newest <= dated:
        says = of_person(P, M, person, P[P[P_CHANNELS] + channel * CHANNEL + C_CONSENT_COLUMN]) != 0
        return says and (given or newest < dated)
    return given


@jit
def dated_at(P, M, channel, person):
    """When a row of a later run changed what the attribute says of a channel; MISS: it is older than every event."""
    node = M[person_at(P, M, person) + PN_DATED]
    while node:
        if M[node] == channel:
            return M[node + 1]
        node = M[node + 2]
    return MISS


@jit
def reach(P, M, run, now):
    """The step is reached: R13 is tested, the channel chosen, R12 applied once; then it waits for its moment."""
    at = flows.step_of(P, M, run)
    is_send, person = P[at + S_VERB] == V_SEND, M[run + R_PERSON]
    n = P[at + S_B] if is_send else 1
    chosen, first = -1, -1
    for number in range(n):
        channel = P[P[at + S_A] + number] if is_send else P[at + S_A]
        refused = refusal(P, M, channel, person)
        if number == 0:
            first = refused
        if refused < 0:
            chosen = channel
            break
    if chosen < 0:
        M[M_LINKS] = 0
        link(M, RULE_READY, P[at + S_PLACE], 0)
        skip(P, M, run, P[P[at + S_A]] if is_send else P[at + S_A], now, first)
    elif is_send and is_audience(P, chosen, P[at + S_F] >= 0):
        put_in_audience(P, M, run, chosen, now)
    else:
        wait(P, M, run, chosen, now)
        ask(P, M, run, now)


@jit
def is_audience(P, channel, timed):
    at = P[P_CHANNELS] + channel * CHANNEL
    return P[at + C_AUDIENCE] != 0 and (P[at + C_PERSONAL] == 0 or timed)


@jit
def wait(P, M, run, channel, now):
    """R12: `lead` runs from ready. R16: so does patience; the campaign's comes before the channel's."""
    rules, zone = P[P_CHANNELS] + channel * CHANNEL, flows.zone_of(P, M, run)
    flow = flows.flow_at(P, M[run + R_FLOW])
    earliest = later(P, zone, now, P[rules + C_LEAD], P[rules + C_LEAD_UNIT]) if P[rules + C_LEAD_UNIT] >= 0 else now
    M[M_LINKS] = 0
    link(M, RULE_READY, P[flows.step_of(P, M, run) + S_PLACE], 0)
    if earliest > now:
        link(M, RULE_LEAD, P[rules + C_PLACE], earliest - now)
    save_chain(M, run)
    if P[flow + F_PATIENCE_UNIT] >= 0:
        deadline = later(P, zone, now, P[flow + F_PATIENCE], P[flow + F_PATIENCE_UNIT])
    else:
        deadline = later(P, zone, now, P[rules + C_PATIENCE], P[rules + C_PATIENCE_UNIT])
    M[run + R_WAITING], M[run + R_W_CHANNEL], M[run + R_W_DESK] = 1, channel, 0
    M[run + R_W_EARLIEST], M[run + R_W_MOMENT], M[run + R_W_DEADLINE] = earliest, now, deadline
    M[run + R_W_READY], M[run + R_ASKED] = now, MISS


@jit
def ask(P, M, run, now):
    """R11 and R13 to R15 until none moves the moment."""
    at = max(now, M[run + R_W_EARLIEST])
    load_chain(M, run)
    is_new = at < M[run + R_W_MOMENT]
    if is_new:
        cut_links(M, at - M[run + R_W_READY])
    limit = P[H_PERIOD_END] if M[run + R_W_DESK] else M[run + R_W_DEADLINE]
    while at <= limit:
        first = M[M_LINKS]
        move(P, M, run, at, limit)
        if M[M_LINKS] == first:
            break
        at += delay_since(M, first)
        is_new = True
    if is_new:
        merge_links(M)
        save_chain(M, run)
    M[run + R_W_MOMENT], M[run + R_ASKED], M[run + R_ASKED_OF] = at, now, M[M_CHANGES]
    wake = at if M[run + R_W_DESK] else min(at, M[run + R_W_DEADLINE])
    M[run + R_WAKE] = min(wake, rules_turn(P, M, run, now))


@jit
def move(P, M, run, at, limit):
    """The first of R11, R14 and R15 that moves the moment puts its links into the scratch."""
    step, channel = flows.step_of(P, M, run), M[run + R_W_CHANNEL]
    rules, first = P[P_CHANNELS] + channel * CHANNEL, M[M_LINKS]
    if P[step + S_VERB] == V_SEND and P[step + S_D] >= 0:
        delay = next_time(P, flows.zone_of(P, M, run), at, P[step + S_D]) - at
        if delay:
            link(M, RULE_AT, P[step + S_PLACE], delay)
            return
    window(P, M, run, rules, at, limit)
    if M[M_LINKS] > first:
        return
    forbidden(P, M, run, rules, at, limit)
    if M[M_LINKS] > first or P[rules + C_SKIPS]:
        return
    over_cap(P, M, run, rules, at, limit)


@jit
def window(P, M, run, rules, at, limit):
    """R14: the channel's hours, days and quiet hours, those of rules that hold, and blackouts."""
    person, first, more_n = M[run + R_PERSON], M[M_LINKS], 0
    for number in range(P[rules + C_QUIET_RULES_N]):
        rule = P[P[rules + C_QUIET_RULES] + number]
        if holds(P, M, rule, person, at):
            entry = P[P_RULES] + rule * RULE
            M[M[M_SPARE] + 2 * more_n], M[M[M_SPARE] + 2 * more_n + 1] = P[entry + R_QUIET], P[entry + R_QUIET_N]
            more_n += 1
    found = next_open(
        P, M, flows.zone_of(P, M, run), at, P[rules + C_HOURS], P[rules + C_HOURS_N], P[rules + C_DAYS],
        P[rules + C_DAYS_MASK], P[rules + C_DAYS_PLACE], P[rules + C_QUIET], P[rules + C_QUIET_N], M[M_SPARE], more_n,
        True,
    )  # fmt: skip
    if found == NEVER:
        M[M_LINKS] = first
        link(M, RULE_HOURS, P[rules + C_PLACE], limit + 1 - at)


@jit
def forbidden(P, M, run, rules, at, limit):
    """A rule that forbids the channel holds it back as long as it holds."""
    for number in range(P[rules + C_FORBID_N]):
        rule = P[P[rules + C_FORBID] + number]
        if holds(P, M, rule, M[run + R_PERSON], at):
            link(M, RULE_FORBID, P[P[P_RULES] + rule * RULE + R_PLACE], limit + 1 - at)
            return


@jit
def over_cap(P, M, run, rules, at, limit):
    """R15: the cap of those that hold whose room comes last; whether there is one."""
    latest, place, person = at, 0, M[run + R_PERSON]
    for number in range(P[rules + C_CAPS_N]):
        cap = P[P[rules + C_CAPS] + number]
        entry = P[P_CAPS] + cap * CAP
        if P[entry + Q_RULE] < 0 or holds(P, M, P[entry + Q_RULE], person, at):
            moment = room(P, M, cap, person, at)
            if moment == FAR:
                moment = limit + 1
            if moment > latest:
                latest, place = moment, P[entry + Q_PLACE]
    if latest > at:
        link(M, RULE_CAP, place, latest - at)
        return True
    return False


@jit
def rules_turn(P, M, run, now):
    """When the predicate of a rule may turn without an event: then it is asked again."""
    rules, best = P[P_CHANNELS] + M[run + R_W_CHANNEL] * CHANNEL, FAR
    for number in range(P[rules + C_TURNING_N]):
        at = P[P_RULES] + P[P[rules + C_TURNING] + number] * RULE
        best = min(best, next_change(P, M, P[at + R_POINTS], P[at + R_POINTS_N], M[run + R_PERSON], now))
    return best


@jit
def is_due(P, M, run, now):
    """Whether the touch is to be made or skipped in this instant. If not, it has been asked again and waits."""
    if M[run + R_ASKED] != now or M[run + R_ASKED_OF] != M[M_CHANGES]:
        ask(P, M, run, now)
    if M[run + R_W_MOMENT] > now:
        return M[run + R_W_DESK] == 0 and now >= M[run + R_W_DEADLINE]
    step = flows.step_of(P, M, run)
    if P[step + S_VERB] != V_TASK or cap_skips(P, M, run, now):
        return True
    M[run + R_W_DESK], M[run + R_ASKED] = 1, MISS
    return desk_is_open(P, M, run, step, now)


@jit
def desk_opens(P, M, team, now):
    """The first moment not before now in the team's hours and days, or NEVER; its links go into the scratch."""
    first = M[M_LINKS]
    found = next_open(
        P, M, P[H_ZONE], now, P[team + G_HOURS], P[team + G_HOURS_N], P[team + G_DAYS], P[team + G_DAYS_MASK],
        P[team + G_DAYS_PLACE], 0, 0, 0, 0, False,
    )  # fmt: skip
    for number in range(first, M[M_LINKS]):
        M[M[M_SCRATCH] + 3 * number] = RULE_DESK
    return found


@jit
def desk_is_open(P, M, run, step, now):
    """R18: the team's hours and days; when closed, it waits, and R11 and R13 to R15 are asked again then."""
    load_chain(M, run)
    first = M[M_LINKS]
    opened = desk_opens(P, M, P[P_TEAMS] + P[step + S_C] * TEAM, now)
    if opened == NEVER:
        M[M_LINKS] = first
        link(M, RULE_DESK, P[step + S_PLACE], P[H_PERIOD_END] - now)
        wait_for_desk(M, run, P[H_PERIOD_END])
        return False
    if opened > now:
        wait_for_desk(M, run, opened)
        return False
    return True


@jit
def wait_for_desk(M, run, moment):
    merge_links(M)
    save_chain(M, run)
    M[run + R_W_MOMENT] = M[run + R_WAKE] = moment
    M[run + R_ASKED] = MISS


@jit
def make_or_skip(P, M, run, now):
    """What `is_due` found comes to pass; not so when the desk has no place left today."""
    channel = M[run + R_W_CHANNEL]
    if M[run + R_W_MOMENT] > now:
        load_chain(M, run)
        cut_links(M, now - M[run + R_W_READY])
        flow = flows.flow_at(P, M[run + R_FLOW])
        rules = P[P_CHANNELS] + channel * CHANNEL
        link(M, RULE_PATIENCE, P[flow + F_PLACE] if P[flow + F_PATIENCE_UNIT] >= 0 else P[rules + C_PLACE], 0)
        skip(P, M, run, channel, now, REASON_PATIENCE)
        return True
    step = flows.step_of(P, M, run)
    is_task = P[step + S_VERB] == V_TASK
    reason = REASON_CAP if cap_skips(P, M, run, now) else -1
    refused = refusal(P, M, channel, M[run + R_PERSON])
    if reason < 0 and is_task and not has_place(P, M, P[step + S_C], M[run + R_PERSON], now, refused < 0):
        come_back(P, M, run, step, now)
        return False
    reason = refused if refused >= 0 else reason
    if reason >= 0:
        load_chain(M, run)
        skip(P, M, run, channel, now, reason)
    elif is_task:
        hand_out(P, M, run, now)
    else:
        send(P, M, run, now)
    return True


@jit
def cap_skips(P, M, run, now):
    """R15 with `on_cap: skip`: whether it is over a cap at the moment it would be made."""
    rules = P[P_CHANNELS] + M[run + R_W_CHANNEL] * CHANNEL
    if P[rules + C_SKIPS] == 0:
        return False
    kept = M[M_LINKS]
    found = over_cap(P, M, run, rules, now, P[H_PERIOD_END])
    M[M_LINKS] = kept
    return found


@jit
def has_place(P, M, team, person, now, takes):
    """Whether the desk has room, as far as is known of all accounts. What is not known is asked, as an attempt: until
    the desk says otherwise there is room, but for who is taken to wait. Who answers gets the task (`UNANSWERED`)."""
    if P[P[P_TEAMS] + team * TEAM + G_ASKED] == 0:
        return True
    if is_full(M, team, now):
        return False
    is_asked = M[M_ATTEMPT] >= M[M_DECIDED]  # what the desk has given before is not asked again
    if M[M_WAITS] and is_asked and M[M_WAITS_AT] == team:
        M[M_WAITS] -= 1
        note_attempt(P, M, team, person, NONE)
        return False
    if is_asked:
        note_attempt(P, M, team, person, takes)
    M[M_MEMBER] = UNANSWERED - M[M_ATTEMPT]
    M[M_ATTEMPT] += 1
    return True


@jit
def note_attempt(P, M, team, person, takes):
    """What the account asks of the desk."""
    at, found = M[M_ASKS_OUT], numbers(M[M_ASKS])
    if at + ATTEMPT > M[M_ASKS_SIZE]:
        raise IndexError
    M[M_ASKS_OUT] = at + ATTEMPT
    copy(M, found, M_NOW, at + A_TURN, TURN)
    found[at + A_BEFORE], found[at + A_TEAM], found[at + A_TAKES] = M[M_ATTEMPT], team, takes
    found[at + A_KNOWN] = known_member(P, M, team, person)
    found[at + A_ROW], found[at + A_ACCOUNT] = M[M_ROW], M[M_ACCOUNT]


@jit
def come_back(P, M, run, step, now):
    """R18: without room it comes back at the next working day's opening."""
    team = P[P_TEAMS] + P[step + S_C] * TEAM
    M[M_LINKS] = 0
    tomorrow = midnight(P, P[H_ZONE], next_day(local(P, P[H_ZONE], now) // DAY))
    moment = desk_opens(P, M, team, tomorrow)
    if moment == NEVER:
        moment = P[H_PERIOD_END]
    load_chain(M, run)
    link(M, RULE_CAPACITY, P[team + G_PLACE] if P[team + G_PLACE] >= 0 else P[step + S_PLACE], moment - now)
    wait_for_desk(M, run, moment)
