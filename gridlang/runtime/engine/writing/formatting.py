"""Moments, chains and rows as bytes. Compiled by numba."""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.engine.reading.compiling import compiled
from gridlang.schedule.clock import DAY

UTC_LENGTH, LOCAL_LENGTH = 20, 25
_DASH, _T, _COLON, _Z, _PLUS, _AT, _SPACE = 0x2D, 0x54, 0x3A, 0x5A, 0x2B, 0x40, 0x20


@compiled
def utc(moments: Array) -> Array:
    """uint8 (n, 20): `2027-02-01T08:00:00Z`; years from 0001 to 9999."""
    out = np.empty((moments.size, UTC_LENGTH), np.uint8)
    for row in range(moments.size):
        _wall_clock(out[row], moments[row])
        out[row, 19] = _Z
    return out


@compiled
def local(moments: Array, offsets: Array) -> Array:
    """uint8 (n, 25): `2027-02-01T09:00:00+01:00`; offsets in seconds, whole minutes."""
    out = np.empty((moments.size, LOCAL_LENGTH), np.uint8)
    for row in range(moments.size):
        ahead = offsets[row]
        _wall_clock(out[row], moments[row] + ahead)
        out[row, 19] = _DASH if ahead < 0 else _PLUS
        minutes = abs(ahead) // 60
        _two(out[row], 20, minutes // 60)
        out[row, 22] = _COLON
        _two(out[row], 23, minutes % 60)
    return out


@compiled
def _wall_clock(out: Array, seconds: int) -> None:
    days, second = seconds // DAY, seconds % DAY
    year, month, day = _date(days)
    _two(out, 0, year // 100)
    _two(out, 2, year % 100)
    out[4] = _DASH
    _two(out, 5, month)
    out[7] = _DASH
    _two(out, 8, day)
    out[10] = _T
    _two(out, 11, second // 3600)
    out[13] = _COLON
    _two(out, 14, second // 60 % 60)
    out[16] = _COLON
    _two(out, 17, second % 60)


@compiled
def _two(out: Array, at: int, number: int) -> None:
    out[at] = 0x30 + number // 10
    out[at + 1] = 0x30 + number % 10


@compiled
def _date(days: int) -> tuple[int, int, int]:
    """The date of a day since 1970, with years that begin in March so that the leap day is the last."""
    days += 719_468
    era, of_era = days // 146_097, days % 146_097
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    number = (5 * of_year + 2) // 153
    day = of_year - (153 * number + 2) // 5 + 1
    month = number + 3 if number < 10 else number - 9
    return year_of_era + era * 400 + (month <= 2), month, day


# --- chains ----------------------------------------------------------------------------------------------------------


@compiled
def chains(
    begins: Array, counts: Array, rule: Array, place: Array, delay: Array, words: Array, cuts: Array
) -> tuple[Array, Array]:
    """Chains as texts, `ready@17 quiet@3+39000`: (offsets, bytes). The word of rule r is words[cuts[r]:cuts[r + 1]]."""
    offsets = np.zeros(begins.size + 1, np.int64)
    for row in range(begins.size):
        length = max(counts[row] - 1, 0)
        for link in range(begins[row], begins[row] + counts[row]):
            length += cuts[rule[link] + 1] - cuts[rule[link]] + 1 + _digits(place[link])
            length += 1 + _digits(delay[link]) if delay[link] != 0 else 0
        offsets[row + 1] = offsets[row] + length
    out = np.empty(offsets[-1], np.uint8)
    for row in range(begins.size):
        at = offsets[row]
        for link in range(begins[row], begins[row] + counts[row]):
            if link > begins[row]:
                out[at] = _SPACE
                at += 1
            for source in range(cuts[rule[link]], cuts[rule[link] + 1]):
                out[at] = words[source]
                at += 1
            out[at] = _AT
            at = _number(out, at + 1, place[link])
            if delay[link] != 0:
                out[at] = _PLUS
                at = _number(out, at + 1, delay[link])
    return offsets, out


@compiled
def _digits(number: int) -> int:
    length = 1 if number >= 0 else 2
    number = abs(number)
    while number >= 10:
        number //= 10
        length += 1
    return length


@compiled
def _number(out: Array, at: int, number: int) -> int:
    """Write a number; gives the byte behind it."""
    end = at + _digits(number)
    if number < 0:
        out[at] = _DASH
    number = abs(number)
    place = end - 1
    while number >= 10:
        out[place] = 0x30 + number % 10
        number //= 10
        place -= 1
    out[place] = 0x30 + number
    return end


# --- rows ------------------------------------------------------------------------------------------------------------


@compiled
def interleave(
    starts: Array, lengths: Array, data: Array, before: Array, cuts: Array, missing: Array, absent: Array, end: Array
) -> Array:
    """The cells of columns (columns, n) as rows of bytes.

    Each cell is data[start : start + length]. Before that of column c stands before[cuts[2c] : cuts[2c + 1]], behind it
    before[cuts[2c + 1] : cuts[2c + 2]]; where the length is -1, all that stands there is missing[absent[c] :
    absent[c + 1]]. Every row ends with `end`.
    """
    columns, rows = starts.shape
    total = rows * end.size
    for column in range(columns):
        around = cuts[2 * column + 2] - cuts[2 * column]
        none = absent[column + 1] - absent[column]
        for row in range(rows):
            total += none if lengths[column, row] < 0 else around + lengths[column, row]
    out = np.empty(total, np.uint8)
    at = 0
    for row in range(rows):
        for column in range(columns):
            if lengths[column, row] < 0:
                at = _copied(out, at, missing, absent[column], absent[column + 1])
            else:
                start = starts[column, row]
                at = _copied(out, at, before, cuts[2 * column], cuts[2 * column + 1])
                at = _copied(out, at, data, start, start + lengths[column, row])
                at = _copied(out, at, before, cuts[2 * column + 1], cuts[2 * column + 2])
        at = _copied(out, at, end, 0, end.size)
    return out


@compiled
def _copied(out: Array, at: int, source: Array, start: int, stop: int) -> int:
    for index in range(start, stop):
        out[at + index - start] = source[index]
    return at + stop - start


@compiled
def for_csv(offsets: Array, data: Array) -> Array:
    """The indices of texts that a CSV cell may not hold as they are: what must be quoted, or might be a formula."""
    found = np.empty(offsets.size - 1, np.int64)
    number = 0
    for index in range(offsets.size - 1):
        start, stop = offsets[index], offsets[index + 1]
        if start < stop and (_may_be_formula(data[start]) or _needs_quotes(data, start, stop)):
            found[number] = index
            number += 1
    return found[:number]


@compiled
def _may_be_formula(first: int) -> bool:
    """`= + - @ '`, a tab, a line end, or the first byte of their wide forms."""
    return first in (0x3D, 0x2B, 0x2D, 0x40, 0x27, 0x09, 0x0D, 0x0A, 0xEF)


@compiled
def _needs_quotes(data: Array, start: int, stop: int) -> bool:
    for at in range(start, stop):
        byte = data[at]
        if byte == 0x22 or byte == 0x2C or byte == 0x0A or byte == 0x0D:
            return True
    return False


@compiled
def for_json(offsets: Array, data: Array) -> Array:
    """The indices of texts that a JSON string cannot hold as they are."""
    found = np.empty(offsets.size - 1, np.int64)
    number = 0
    for index in range(offsets.size - 1):
        for at in range(offsets[index], offsets[index + 1]):
            if data[at] < 0x20 or data[at] == 0x22 or data[at] == 0x5C:
                found[number] = index
                number += 1
                break
    return found[:number]
