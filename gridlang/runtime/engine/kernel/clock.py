"""Moments, wall clocks and durations (R8 to R11), as `gridlang.schedule.clock` defines them, on tables of zones."""

from __future__ import annotations

from gridlang.runtime.engine.kernel.jit import jit
from gridlang.runtime.engine.kernel.layout import *


@jit
def exact_offset(P, zone, moment):
    """The offset by the zone's changes; beyond the table by the same moment 400 years ago."""
    end = P[zone + Z_END]
    if moment >= end:
        moment -= ((moment - end) // CYCLE + 1) * CYCLE
    times, low, high = P[zone + Z_TIMES], 0, P[zone + Z_N]
    while low < high:
        middle = (low + high) >> 1
        if P[times + middle] <= moment:
            low = middle + 1
        else:
            high = middle
    return P[P[zone + Z_OFFSETS] + low]


@jit
def settled(P, zone, day):
    """The offset of a day around which the clock does not change, or UNSETTLED."""
    index = day - P[zone + Z_FIRST_DAY]
    return P[P[zone + Z_SETTLED] + index] if 0 <= index < P[zone + Z_DAYS] else UNSETTLED


@jit
def local(P, zone, moment):
    """The wall clock as seconds since 1970."""
    offset = settled(P, zone, moment // DAY)
    return moment + offset if offset != UNSETTLED else unsettled_local(P, zone, moment)


@jit
def unsettled_local(P, zone, moment):
    """The same by the zone's changes."""
    return min(max(moment + exact_offset(P, zone, moment), FIRST_WALL), LAST_WALL)


@jit
def wall_offset(P, zone, wall, walls):
    end = P[zone + Z_END]
    if wall >= end:
        wall -= ((wall - end) // CYCLE + 1) * CYCLE
    low, high = 0, P[zone + Z_N]
    while low < high:
        middle = (low + high) >> 1
        if P[walls + middle] <= wall:
            low = middle + 1
        else:
            high = middle
    return P[P[zone + Z_OFFSETS] + low]


@jit
def moment_of(P, zone, wall):
    """The moment of a wall clock (R10)."""
    offset = settled(P, zone, wall // DAY)
    return wall - offset if offset != UNSETTLED else unsettled_moment(P, zone, wall)


@jit
def unsettled_moment(P, zone, wall):
    """The same by the zone's changes."""
    before = wall - wall_offset(P, zone, wall, P[zone + Z_WALLS_0])
    after = wall - wall_offset(P, zone, wall, P[zone + Z_WALLS_1])
    if before <= after:
        return before
    early, late = after, before
    then = exact_offset(P, zone, late)
    while late - early > 1:
        middle = (early + late) // 2
        if exact_offset(P, zone, middle) == then:
            late = middle
        else:
            early = middle
    return late


@jit
def midnight(P, zone, day):
    return moment_of(P, zone, day * DAY)


@jit
def next_day(day):
    return min(day + 1, MAX_DAY)


@jit
def next_time(P, zone, moment, seconds):
    """R11: the first such time of day not before a moment."""
    day = local(P, zone, moment - 1) // DAY
    found = moment_of(P, zone, day * DAY + seconds)
    while found < moment and day < MAX_DAY:
        day += 1
        found = moment_of(P, zone, day * DAY + seconds)
    return found


@jit
def civil(day):
    """Year, month and day of the month."""
    z = day + 719_468
    era = z // 146_097
    doe = z - era * 146_097
    yoe = (doe - doe // 1460 + doe // 36_524 - doe // 146_096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    month = mp + 3 if mp < 10 else mp - 9
    return yoe + era * 400 + (1 if month <= 2 else 0), month, doy - (153 * mp + 2) // 5 + 1


@jit
def days_of(year, month, day):
    y = year - 1 if month <= 2 else year
    era = y // 400
    yoe = y - era * 400
    doy = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146_097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719_468


@jit
def weekday(day):
    """0 is Monday."""
    return (day + 3) % 7


@jit
def is_workday(P, day):
    calendar = P[P_CALENDAR]
    index = day - P[calendar + K_FIRST]
    if 0 <= index < P[calendar + K_DAYS]:
        return P[P[calendar + K_WORK] + index] != 0
    return (P[calendar + K_WEEKEND] >> weekday(day)) & 1 == 0


@jit
def add_workdays(P, day, n):
    direction = 1 if n > 0 else -1
    barren, last = 0, MAX_DAY if n > 0 else MIN_DAY
    while n != 0 and day != last:
        day += direction
        if is_workday(P, day):
            n -= direction
            barren = 0
        else:
            barren += 1
        if barren > 4000:
            return last
    return day


@jit
def moved_months(P, day, amount):
    """The same day so many months later, or the last of that month."""
    index = day - P[H_FIRST_DAY]
    if 0 <= index < P[H_DAYS]:
        known = P[P[P_MONTHS] + index]
        month, begins = (known >> 5) + amount, P[P_MONTH_BEGINS]
        if 0 <= month < P[H_MONTHS]:
            return min(P[begins + month] + (known & 31), P[begins + month + 1]) - 1
    return moved_far(day, amount)


@jit
def moved_far(day, amount):
    """The same by the calendar."""
    year, month, date = civil(day)
    total = year * 12 + month - 1 + amount
    year, month = total // 12, total % 12 + 1
    if year < 1:
        return MIN_DAY
    if year > 9999:
        return MAX_DAY
    return days_of(year, month, min(date, days_in(year, month)))


@jit
def days_in(year, month):
    """How many days a month has."""
    if month != 2:
        return 30 + ((month + (month >> 3)) & 1)
    return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28


@jit
def shifted_day(P, day, amount, unit):
    """A date moved on the calendar (R9)."""
    if unit == U_D:
        return min(max(day + amount, MIN_DAY), MAX_DAY)
    if unit == U_W:
        return min(max(day + 7 * amount, MIN_DAY), MAX_DAY)
    if unit == U_MO:
        return moved_months(P, day, amount)
    if unit == U_Y:
        return moved_months(P, day, amount * 12)
    return add_workdays(P, day, amount)


@jit
def later(P, zone, moment, amount, unit):
    """The moment moved by a duration on the zone's clock (R9)."""
    if amount == 0:
        return moment
    if unit <= U_H:
        return moment + amount * (60 if unit == U_MIN else 3600)
    wall = local(P, zone, moment)
    if unit <= U_W:
        offset = settled(P, zone, wall // DAY + amount * (1 if unit == U_D else 7))
        if offset != UNSETTLED:
            return wall + amount * (DAY if unit == U_D else 7 * DAY) - offset
    day = wall // DAY
    return moment_of(P, zone, shifted_day(P, day, amount, unit) * DAY + (wall - day * DAY))


@jit
def first_day(day, unit):
    """The first day of the calendar's day, week, month, quarter or year."""
    if unit == C_DAY:
        return day
    if unit == C_WEEK:
        return day - weekday(day)
    year, month, _ = civil(day)
    if unit == C_MONTH:
        return days_of(year, month, 1)
    if unit == C_QUARTER:
        return days_of(year, (month - 1) // 3 * 3 + 1, 1)
    return days_of(year, 1, 1)


@jit
def unit_start(P, zone, moment, unit):
    return midnight(P, zone, first_day(local(P, zone, moment) // DAY, unit))


@jit
def unit_following(P, zone, moment, unit):
    first = first_day(local(P, zone, moment) // DAY, unit)
    longer = (
        1 if unit == C_DAY else 7 if unit == C_WEEK else 32 if unit == C_MONTH else 93 if unit == C_QUARTER else 367
    )
    return midnight(P, zone, first_day(first + longer, unit))
