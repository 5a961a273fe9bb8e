"""Expressions, asked at a moment: a small stack program each. What asks only about attributes is a column already."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.clock import later, local, moment_of, shifted_day
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.world import of_account, of_event, of_person

MICRO = 1_000_000


@jit
def person_at(P, M, person):
    """Where the block of a person stands."""
    return M[M_PERSONS] + person * P[H_PERSON_SIZE]


@jit
def clock_of(P, M, person):
    """The table of a person's zone; of the account's, the plan's."""
    return P[H_ZONE] if person < 0 else of_person(P, M, person, SP_ZONE)


@jit
def chain_of(P, M, account, person, slot):
    """The events of a name, latest first: nodes of (event, the one before)."""
    if account or person < 0:
        return M[M[M_HEADS] + slot]
    return M[person_at(P, M, person) + P[PO_HEADS] + slot]


@jit
def matches(P, M, event, atom):
    """Whether an event is one that a `where` looks for."""
    if atom < 0:
        return True
    entry, row = P[P_ATOMS] + atom * ATOM, M[event + O_ROW]
    if row >= 0:
        return of_event(P, M, row, P[entry + AT_EVENT]) != 0
    if P[entry + AT_ACCOUNT]:
        return of_account(M, P[entry + AT_COLUMN]) != 0
    return of_person(P, M, M[event + O_PERSON], P[entry + AT_COLUMN]) != 0


@jit
def latest(P, M, account, person, slot, atom, now):
    """The latest event up to now that matches, or 0."""
    node = chain_of(P, M, account, person, slot)
    while node:
        if M[M[node] + O_AT] <= now and matches(P, M, M[node], atom):
            return M[node]
        node = M[node + 1]
    return 0


@jit
def counted(P, M, account, person, slot, atom, amount, unit, now):
    zone = clock_of(P, M, -1 if account else person)
    node, found = chain_of(P, M, account, person, slot), 0
    while node:
        event = M[node]
        if M[event + O_AT] <= now and matches(P, M, event, atom):
            found += unit < 0 or now < later(P, zone, M[event + O_AT], amount, unit)
        node = M[node + 1]
    return found


@jit
def last_value(P, M, account, person, slot, atom, column, now):
    event = latest(P, M, account, person, slot, atom, now)
    if event == 0:
        return MISS
    if column < 0:
        wall = local(P, clock_of(P, M, -1 if account else person), M[event + O_AT])
        return wall * (2 * MICRO) + 1
    row = M[event + O_ROW]
    return MISS if row < 0 else of_event(P, M, row, column)


@jit
def compares(sign, left, right):
    if left == MISS or right == MISS:
        return 0
    if sign == EQ:
        return 1 if left == right else 0
    if sign == NE:
        return 1 if left != right else 0
    if sign == LT:
        return 1 if left < right else 0
    if sign == LE:
        return 1 if left <= right else 0
    if sign == GT:
        return 1 if left > right else 0
    return 1 if left >= right else 0


@jit
def dated(value):
    """A date or wall clock without the mark that tells one from the other."""
    return value if value == MISS else value >> 1


@jit
def since_reached(P, M, account, person, slot, atom, length, now):
    """The moment at which the time since the latest event has grown to a duration, or MISS."""
    if length == MISS:
        return MISS
    event = latest(P, M, account, person, slot, atom, now)
    if event == 0:
        return MISS
    return later(P, clock_of(P, M, -1 if account else person), M[event + O_AT], length >> 3, length & 7)


@jit
def shifted_date(P, value, amount, unit):
    """A date or wall clock moved (R9); a date moved by hours is a wall clock."""
    if value == MISS:
        return MISS
    wall, kind = value >> 1, value & 1
    if unit <= U_H:
        kind = 1
        wall += amount * (60 if unit == U_MIN else 3600) * MICRO
        wall = min(max(wall, FIRST_WALL * MICRO), LAST_WALL * MICRO)
        return wall * 2 + kind
    day = wall // (DAY * MICRO)
    rest = wall - day * DAY * MICRO
    if amount:
        day = shifted_day(P, day, amount, unit)
    return (day * DAY * MICRO + rest) * 2 + kind


@jit
def age_reached(P, M, person, value, length):
    if value == MISS or length == MISS:
        return MISS
    wall = (shifted_date(P, value, length >> 3, length & 7) >> 1) // MICRO
    return moment_of(P, clock_of(P, M, person), wall)


@jit
def is_among(M, top, n):
    item = M[top - n - 1]
    if item == MISS:
        return 0
    for number in range(n):
        if M[top - n + number] == item:
            return 1
    return 0


@jit
def is_between(item, start, end, inclusive, dates):
    if item == MISS:
        return 0
    if dates:
        if inclusive and item & 1 and not (end & 1 and end != MISS):
            item = (item >> 1) // (DAY * MICRO) * (DAY * MICRO) * 2
        item, start, end = dated(item), dated(start), dated(end)
    return 1 if compares(LE, start, item) and compares(LE if inclusive else LT, item, end) else 0


@jit
def evaluate(P, M, program, person, now):
    """What an expression says of a person (-1: of the account as a whole) at a moment."""
    code, base = program, M[M_STACK]
    top = base
    while True:
        op = P[code]
        if op == X_END:
            return M[top - 1]
        if op == X_CONST:
            M[top] = P[code + 1]
            top, code = top + 1, code + 2
        elif op == X_PERSON:
            M[top] = MISS if person < 0 else of_person(P, M, person, P[code + 1])
            top, code = top + 1, code + 2
        elif op == X_ACCOUNT:
            M[top] = of_account(M, P[code + 1])
            top, code = top + 1, code + 2
        elif op == X_NOT:
            M[top - 1] = 0 if truth(M[top - 1]) else 1
            code += 1
        elif op == X_ALL or op == X_ANY:
            top = every(M, top, P[code + 1], op == X_ALL)
            code += 2
        elif op == X_COMPARE:
            left, right = M[top - 2], M[top - 1]
            if P[code + 2]:
                left, right = dated(left), dated(right)
            M[top - 2] = compares(P[code + 1], left, right)
            top, code = top - 1, code + 3
        elif op == X_NOW:
            M[top - 1] = compares(P[code + 1], now, M[top - 1])
            code += 2
        else:
            top = happening(P, M, code, top, person, now)
            code += 6


@jit
def truth(value):
    return value != 0 and value != MISS


@jit
def every(M, top, n, whole):
    """`and` and `or` of the n values at the top of the stack."""
    result = whole
    for number in range(n):
        if truth(M[top - n + number]) != whole:
            result = not whole
    M[top - n] = 1 if result else 0
    return top - n + 1


@jit
def happening(P, M, code, top, person, now):
    """The parts of an expression that look at events, or calculate; all of them are six numbers long."""
    op, a, b, c, d, e = P[code], P[code + 1], P[code + 2], P[code + 3], P[code + 4], P[code + 5]
    if op == X_EVER:
        M[top] = 1 if latest(P, M, a, person, b, c, now) else 0
        return top + 1
    if op == X_COUNT:
        M[top] = counted(P, M, a, person, b, c, d, e, now)
        return top + 1
    if op == X_LAST:
        M[top] = last_value(P, M, a, person, b, c, d, now)
        return top + 1
    if op == X_SINCE:
        M[top - 1] = compares(d, now, since_reached(P, M, a, person, b, c, M[top - 1], now))
        return top
    if op == X_AGE:
        M[top - 2] = compares(a, now, age_reached(P, M, person, M[top - 2], M[top - 1]))
        return top - 1
    if op == X_HAS:
        M[top - 1] = 1 if M[top - 1] != MISS else 0
        return top
    if op == X_SUM:
        if M[top - 2] != MISS and M[top - 1] != MISS:
            M[top - 2] += a * M[top - 1]
        else:
            M[top - 2] = MISS
        return top - 1
    if op == X_SCALE:
        M[top - 1] *= a
        return top
    if op == X_SHIFT:
        M[top - 1] = shifted_date(P, M[top - 1], a, b)
        return top
    if op == X_AMONG:
        M[top - a - 1] = is_among(M, top, a)
        return top - a
    M[top - 3] = is_between(M[top - 3], M[top - 2], M[top - 1], a, b)
    return top - 2


@jit
def sooner(best, moment, now):
    return moment if now < moment < best and moment != MISS else best


@jit
def next_change(P, M, points, n, person, now):
    """The first moment after now at which it can change without an event, or FAR."""
    best = FAR
    for number in range(n):
        at = points + number * POINT
        kind, a, b, c, d, e = P[at], P[at + 1], P[at + 2], P[at + 3], P[at + 4], P[at + 5]
        moment = MISS
        if kind == T_COUNT:
            zone = clock_of(P, M, -1 if a else person)
            node = chain_of(P, M, a, person, b)
            while node:
                best = sooner(best, later(P, zone, M[M[node] + O_AT], d, e), now)
                node = M[node + 1]
        elif kind == T_MOMENT:
            moment = of_account(M, b) if a else MISS if person < 0 else of_person(P, M, person, b)
        elif kind == T_SINCE:
            moment = since_reached(P, M, a, person, b, c, evaluate(P, M, d, person, now), now)
        else:
            value = evaluate(P, M, d, person, now)
            moment = age_reached(P, M, person, value, evaluate(P, M, e, person, now))
        if moment != MISS:
            best = sooner(sooner(best, moment, now), moment + 1, now)
    return best


@jit
def date_moment(P, M, person, value):
    """The moment of a date (its 00:00) or wall clock on the person's clock."""
    return moment_of(P, clock_of(P, M, person), (value >> 1) // MICRO)
