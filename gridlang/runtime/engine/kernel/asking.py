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
def carried(P, M, event, entry):
    """What an atom says of an event."""
    row = M[event + O_ROW]
    if row >= 0:
        return of_event(P, M, row, P[entry + AT_EVENT])
    if P[entry + AT_ACCOUNT]:
        return of_account(M, P[entry + AT_COLUMN])
    return of_person(P, M, M[event + O_PERSON], P[entry + AT_COLUMN])


@jit
def held(P, atom):
    """How many values at the top of the stack a `where` is given."""
    entry = P[P_ATOMS] + atom * ATOM
    return P[entry + AT_ACCOUNT] if atom >= 0 and P[entry + AT_EVENT] < 0 else 0


@jit
def matches(P, M, event, atom, person, now, top):
    """Whether an event is one that a `where` looks for."""
    if atom < 0:
        return True
    entry = P[P_ATOMS] + atom * ATOM
    if P[entry + AT_EVENT] < 0:
        return truth(looked_at(P, M, P[entry + AT_COLUMN], event, person, now, top - P[entry + AT_ACCOUNT], top))
    return carried(P, M, event, entry) != 0


@jit
def latest(P, M, account, person, slot, atom, now, top):
    """The latest event up to now that matches, or 0."""
    node = chain_of(P, M, account, person, slot)
    while node:
        if M[M[node] + O_AT] <= now and matches(P, M, M[node], atom, person, now, top):
            return M[node]
        node = M[node + 1]
    return 0


@jit
def counted(P, M, account, person, slot, atom, amount, unit, now, top):
    zone = clock_of(P, M, -1 if account else person)
    node, found = chain_of(P, M, account, person, slot), 0
    while node:
        event = M[node]
        if M[event + O_AT] <= now and matches(P, M, event, atom, person, now, top):
            found += unit < 0 or now < later(P, zone, M[event + O_AT], amount, unit)
        node = M[node + 1]
    return found


@jit
def last_value(P, M, account, person, slot, atom, column, now, top):
    event = latest(P, M, account, person, slot, atom, now, top)
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
def since_reached(P, M, account, person, slot, atom, length, now, top):
    """The moment at which the time since the latest event has grown to a duration, or MISS."""
    if length == MISS:
        return MISS
    return later_by(P, M, account, person, latest_at(P, M, account, person, slot, atom, now, top), length)


@jit
def latest_at(P, M, account, person, slot, atom, now, top):
    """The moment of the latest event, or MISS."""
    event = latest(P, M, account, person, slot, atom, now, top)
    return M[event + O_AT] if event else MISS


@jit
def later_by(P, M, account, person, at, length):
    """A moment moved by a duration on the clock of whom it is about."""
    if at == MISS or length == MISS:
        return MISS
    return later(P, clock_of(P, M, -1 if account else person), at, length >> 3, length & 7)


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
def is_among(M, top, n, dates):
    item = M[top - n - 1]
    if item == MISS:
        return 0
    for number in range(n):
        option = M[top - n + number]
        if option == item or (dates and dated(option) == dated(item)):
            return 1
    return 0


@jit
def is_listed(P, item, listed):
    """Whether a value stands in a list."""
    if item == MISS or listed == MISS:
        return 0
    at = P[P[P_LISTS] + listed]
    for number in range(P[at]):
        if P[at + 1 + number] == item:
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
        elif op == X_DECIDES:
            if truth(M[top - 1]) == P[code + 1]:
                M[top - 1] = P[code + 1]
                code += P[code + 2]
            else:
                top, code = top - 1, code + 3
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
    """The parts of an expression that look at events, or calculate; all of them are six numbers long. The values that
    are held for a `where` stand at the top, and go."""
    op, a, b, c, d, e = P[code], P[code + 1], P[code + 2], P[code + 3], P[code + 4], P[code + 5]
    if op == X_EVER:
        to = top - held(P, c)
        M[to] = 1 if latest(P, M, a, person, b, c, now, top) else 0
        return to + 1
    if op == X_COUNT:
        to = top - held(P, c)
        M[to] = counted(P, M, a, person, b, c, d, e, now, top)
        return to + 1
    if op == X_LAST:
        to = top - held(P, c)
        M[to] = last_value(P, M, a, person, b, c, d, now, top)
        return to + 1
    if op == X_MOMENT:
        to = top - held(P, c)
        M[to] = latest_at(P, M, a, person, b, c, now, top)
        return to + 1
    if op == X_SINCE:
        to = top - held(P, c)
        M[to - 1] = compares(d, now, since_reached(P, M, a, person, b, c, M[to - 1], now, top))
        return to
    return calculated(P, M, code, top, person, now)


@jit
def calculated(P, M, code, top, person, now):
    """Those of them that look at no event."""
    op, a, b = P[code], P[code + 1], P[code + 2]
    if op == X_AGE:
        M[top - 2] = compares(a, now, age_reached(P, M, person, M[top - 2], M[top - 1]))
        return top - 1
    if op == X_AGED:
        M[top - 2] = age_reached(P, M, person, M[top - 2], M[top - 1])
        return top - 1
    if op == X_LATER:
        M[top - 2] = later_by(P, M, a, person, M[top - 2], M[top - 1])
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
        M[top - a - 1] = is_among(M, top, a, b)
        return top - a
    if op == X_LISTED:
        M[top - 2] = is_listed(P, M[top - 2], M[top - 1])
        return top - 1
    M[top - 3] = is_between(M[top - 3], M[top - 2], M[top - 1], a, b)
    return top - 2


@jit
def looked_at(P, M, program, event, person, now, frame, top):
    """What an expression inside a `where` says of an event. Whatever does not depend on the event stands on the stack
    from `frame` on, so that nothing here looks at events in turn."""
    code = program
    while True:
        op = P[code]
        if op == X_END:
            return M[top - 1]
        if op == X_HELD:
            M[top] = M[frame + P[code + 1]]
            top, code = top + 1, code + 2
        elif op == X_EVENT:
            M[top] = carried(P, M, event, P[P_ATOMS] + P[code + 1] * ATOM)
            top, code = top + 1, code + 2
        elif op == X_NOT:
            M[top - 1] = 0 if truth(M[top - 1]) else 1
            code += 1
        elif op == X_ALL or op == X_ANY:
            top = every(M, top, P[code + 1], op == X_ALL)
            code += 2
        elif op == X_DECIDES:
            if truth(M[top - 1]) == P[code + 1]:
                M[top - 1] = P[code + 1]
                code += P[code + 2]
            else:
                top, code = top - 1, code + 3
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
            top = calculated(P, M, code, top, person, now)
            code += 6


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
            length, top = evaluate(P, M, d, person, now), M[M_STACK] + held(P, c)
            if e >= 0:
                evaluate(P, M, e, person, now)
            moment = since_reached(P, M, a, person, b, c, length, now, top)
        elif kind == T_WHERE:
            if c:
                evaluate(P, M, d, person, now)
            node = chain_of(P, M, a, person, b)
            while node:
                moment = looked_at(P, M, e, M[node], person, now, M[M_STACK], M[M_STACK] + c)
                if moment != MISS:
                    best = sooner(sooner(best, moment, now), moment + 1, now)
                node = M[node + 1]
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
