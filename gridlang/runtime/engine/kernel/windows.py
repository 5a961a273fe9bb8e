"""R14: the first open moment, as `gridlang.schedule.windows` defines it; links go into the scratch."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.clock import (
    is_workday,
    local,
    midnight,
    moment_of,
    next_day,
    settled,
    shifted_day,
    weekday,
)
from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *
from gridlang.runtime.engine.kernel.memory import link_merged

FURTHEST = 400
NEVER = MISS


@jit
def bound(P, zone, day, minutes):
    """A moment so many minutes after 00:00 of a day, on the wall clock."""
    while minutes >= 1440:
        day = next_day(day)
        minutes -= 1440
    return moment_of(P, zone, day * DAY + minutes * 60)


@jit
def begins(P, zone, hours, day):
    return bound(P, zone, day, P[hours + W_START])


@jit
def ends(P, zone, hours, day):
    start, end = P[hours + W_START], P[hours + W_END]
    return bound(P, zone, day, end + 1440 if end < start else end)


@jit
def is_worked(P, days, mask, day):
    if days == D_ANY:
        return True
    if days == D_WORKDAYS:
        return is_workday(P, day)
    return (mask >> weekday(day)) & 1 == 1


@jit
def by_blackout(P, M, first, zone, at, day):
    calendar = P[P_CALENDAR]
    index = day - P[calendar + K_FIRST]
    if not 0 <= index < P[calendar + K_DAYS]:
        return 0
    stretch = P[P[calendar + K_BLACKOUT] + index]
    if stretch < 0:
        return 0
    entry = P[calendar + K_STRETCHES] + 2 * stretch
    delay = midnight(P, zone, next_day(P[entry])) - at
    link_merged(M, first, RULE_BLACKOUT, P[entry + 1], delay)
    return delay


@jit
def by_quiet(P, M, first, zone, at, day, quiet, n):
    for number in range(n):
        hours = quiet + number * HOURS
        for before in range(1, -1, -1):
            if day - before < MIN_DAY:
                continue
            if begins(P, zone, hours, day - before) <= at:
                end = ends(P, zone, hours, day - before)
                if at < end:
                    link_merged(M, first, RULE_QUIET, P[hours + W_PLACE], end - at)
                    return end - at
    return 0


@jit
def by_days(P, M, first, zone, at, day, limit, days, mask, place):
    if is_worked(P, days, mask, day):
        return 0
    opens = limit + 1
    for number in range(FURTHEST + 1):
        if day + number > MAX_DAY:
            break
        if is_worked(P, days, mask, day + number):
            opens = midnight(P, zone, day + number)
            break
    link_merged(M, first, RULE_DAYS, place, opens - at)
    return opens - at


@jit
def is_plain(P, zone, day, hours, hours_n):
    """Whether the clock stands still around a day, and no hours of the day before reach into it."""
    if settled(P, zone, day) == UNSETTLED:
        return False
    for each in range(hours_n):
        if P[hours + each * HOURS + W_END] < P[hours + each * HOURS + W_START]:
            return False
    return True


@jit
def opening(P, zone, at, day, hours, hours_n, days, mask):
    """The day, the hours (or -1) and the moment that open next."""
    for number in range(0 if is_plain(P, zone, day, hours, hours_n) else -1, FURTHEST + 1):
        date = day + number
        if date < MIN_DAY or date > MAX_DAY or not is_worked(P, days, mask, date):
            continue
        best, opens = -1, FAR
        for each in range(hours_n):
            one = hours + each * HOURS
            start, end = begins(P, zone, one, date), ends(P, zone, one, date)
            if start < end and at < end and max(start, at) < opens:
                best, opens = one, max(start, at)
        if best >= 0:
            return date, best, opens
    return day, -1, FAR


@jit
def by_hours(P, M, first, zone, at, day, limit, hours, hours_n, days, mask, place):
    """`days` moves to 00:00 of the day that opens, `hours` from there to the opening."""
    date, best, opens = opening(P, zone, at, day, hours, hours_n, days, mask)
    if best < 0:
        opens = limit + 1
    if opens <= at:
        return 0
    if best < 0:
        if days != D_ANY:
            link_merged(M, first, RULE_DAYS, place, opens - at)
        else:
            link_merged(M, first, RULE_HOURS, P[hours + W_PLACE], opens - at)
        return opens - at
    begin = at
    if days != D_ANY:
        worked = True
        for each in range(day, date):
            if not is_worked(P, days, mask, each):
                worked = False
                break
        if not worked:
            begin = midnight(P, zone, date)
            if at < begin:
                link_merged(M, first, RULE_DAYS, place, begin - at)
            begin = max(at, begin)
    if opens > begin:
        link_merged(M, first, RULE_HOURS, P[best + W_PLACE], opens - begin)
        return opens - at
    return begin - at


@jit
def next_open(P, M, zone, moment, hours, hours_n, days, mask, place, quiet, quiet_n, more, more_n, blackouts):
    """The first open moment not before this one, or NEVER; the links stand at the end of the scratch.

    `quiet` are the channel's own, `more` (a list in M of their places and numbers) those of rules.
    """
    first, at, limit = M[M_LINKS], moment, moment + FURTHEST * DAY
    while True:
        day = local(P, zone, at) // DAY
        delay = by_blackout(P, M, first, zone, at, day) if blackouts else 0
        if delay == 0:
            if hours_n:
                delay = by_hours(P, M, first, zone, at, day, limit, hours, hours_n, days, mask, place)
            elif days != D_ANY:
                delay = by_days(P, M, first, zone, at, day, limit, days, mask, place)
        if delay == 0 and quiet_n:
            delay = by_quiet(P, M, first, zone, at, day, quiet, quiet_n)
        number = 0
        while delay == 0 and number < more_n:
            delay = by_quiet(P, M, first, zone, at, day, M[more + 2 * number], M[more + 2 * number + 1])
            number += 1
        if delay == 0:
            return at
        at += delay
        if at > limit:
            return NEVER


@jit
def closing(P, zone, at, hours, hours_n, days):
    """When what is open at a moment closes, or FAR."""
    day = local(P, zone, at) // DAY
    if hours_n:
        latest = MISS
        for before in range(2):
            for number in range(hours_n):
                one = hours + number * HOURS
                start, end = begins(P, zone, one, day - before), ends(P, zone, one, day - before)
                if start < end and start <= at < end:
                    latest = max(latest, end)
        return latest
    return FAR if days == D_ANY else midnight(P, zone, next_day(day))


@jit
def add_open(P, M, zone, moment, amount, unit, hours, hours_n, days, mask, place):
    """R18: a duration in a team's working time; NEVER when it never opens."""
    kept = M[M_LINKS]
    at, left = moment, 0
    if unit == U_MIN:
        left = amount * 60
    elif unit == U_H:
        left = amount * 3600
    elif amount:
        wall = local(P, zone, moment)
        day = wall // DAY
        at = moment_of(P, zone, shifted_day(P, day, amount, unit) * DAY + (wall - day * DAY))
    while True:
        opened = next_open(P, M, zone, at, hours, hours_n, days, mask, place, 0, 0, 0, 0, False)
        M[M_LINKS] = kept
        if opened == NEVER:
            return NEVER
        closes = closing(P, zone, opened, hours, hours_n, days)
        if closes == FAR or opened + left <= closes:
            return opened + left
        left -= closes - opened
        at = closes
