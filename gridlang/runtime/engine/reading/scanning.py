"""The bytes of a CSV file, cut into lines and cells; and which cells need a second look. Compiled by numba.

A line is *plain* when it is a record by itself that no reader of CSV could take otherwise: every quote opens and closes
a whole cell, nothing stands behind it, no cell holds a quote, a NUL or a byte that is not UTF-8. Every other line is
left to the reader that defines what CSV is (`gridlang.runtime.inputs.csv_table`).
"""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.engine.reading.compiling import compiled

PLAIN, ODD, BLANK = 0, 1, 2
LONGEST = 131_072
"""Bytes of a line; the longest cell that the reader of CSV takes has so many characters."""

_QUOTE, _COMMA, _FEED, _RETURN = 0x22, 0x2C, 0x0A, 0x0D


@compiled
def scan(data: Array, at: int, begins: Array, kinds: Array, starts: Array, stops: Array) -> tuple[int, int]:
    """Cut lines from byte `at` on, as many as there is room for; gives (lines, the byte behind them).

    `begins[line]` is its first byte, `kinds[line]` PLAIN, ODD or BLANK, `starts[cell, line]` and `stops[cell, line]`
    the bytes of a cell without its quotes; a plain line has as many cells as `starts` has rows.
    """
    most, columns, line = begins.size, starts.shape[0], 0
    while line < most and at < data.size:
        begin, cells, odd, high, more = at, 0, False, False, True
        while more:
            start, stop, at, bad, beyond = _cell(data, at)
            odd |= bad
            high |= beyond
            if cells < columns:
                starts[cells, line], stops[cells, line] = start, stop
            cells += 1
            more = at < data.size and data[at] == _COMMA
            at += more
        plain = not odd and cells == columns and at - begin < LONGEST and (not high or is_utf8(data, begin, at))
        begins[line], kinds[line] = begin, BLANK if at == begin else PLAIN if plain else ODD
        at = _behind_line_end(data, at)
        line += 1
    return line, at


@compiled
def _cell(data: Array, at: int) -> tuple[int, int, int, bool, bool]:
    """One cell: where it starts and stops, the byte behind it, whether it is odd, whether it is more than ASCII."""
    odd, high = False, False
    quoted = at < data.size and data[at] == _QUOTE
    at += quoted
    start = at
    while at < data.size:
        byte = data[at]
        if byte == _QUOTE or _ends_line(byte) or (byte == _COMMA and not quoted):
            break
        high |= byte >= 0x80
        odd |= byte == 0
        at += 1
    stop = at
    if quoted:
        closed = at < data.size and data[at] == _QUOTE
        odd |= not closed
        at += closed
    if at < data.size and data[at] != _COMMA and not _ends_line(data[at]):
        odd = True
        while at < data.size and not _ends_line(data[at]):
            at += 1
    return start, stop, at, odd, high


@compiled
def _ends_line(byte: int) -> bool:
    return byte in (_FEED, _RETURN)


@compiled
def _behind_line_end(data: Array, at: int) -> int:
    """The byte behind the line end at `at`, in whatever way it is written."""
    if at < data.size and data[at] == _RETURN:
        at += 1
        return at + 1 if at < data.size and data[at] == _FEED else at
    return at + 1 if at < data.size else at


@compiled
def after_lines(data: Array, at: int, lines: int) -> int:
    """The byte behind so many lines."""
    while lines > 0 and at < data.size:
        while at < data.size and not _ends_line(data[at]):
            at += 1
        at = _behind_line_end(data, at)
        lines -= 1
    return at


@compiled
def is_utf8(data: Array, at: int, end: int) -> bool:
    """Whether the bytes are UTF-8 as Python reads it: no overlong forms, no halves of surrogate pairs."""
    while at < end:
        more = _following(int(data[at]))
        if more < 0 or at + more >= end:
            return False
        if more > 0 and not _second_fits(data[at], data[at + 1]):
            return False
        for offset in range(2, more + 1):
            if data[at + offset] & 0xC0 != 0x80:
                return False
        at += more + 1
    return True


@compiled
def _following(byte: int) -> int:
    """How many bytes follow the first of a character; -1 where none can begin so."""
    if byte < 0x80:
        return 0
    if byte < 0xC2 or byte > 0xF4:
        return -1
    return 1 if byte < 0xE0 else 2 if byte < 0xF0 else 3


@compiled
def _second_fits(first: int, second: int) -> bool:
    low = 0xA0 if first == 0xE0 else 0x90 if first == 0xF0 else 0x80
    high = 0x9F if first == 0xED else 0x8F if first == 0xF4 else 0xBF
    return low <= second <= high


@compiled
def gather(data: Array, starts: Array, stops: Array, lines: Array) -> tuple[Array, Array]:
    """The cells of a column in the given lines, one behind the other: (offsets, bytes) as Arrow has texts."""
    offsets = np.zeros(lines.size + 1, np.int64)
    for index in range(lines.size):
        line = lines[index]
        offsets[index + 1] = offsets[index] + stops[line] - starts[line]
    found = np.empty(offsets[-1], np.uint8)
    for index in range(lines.size):
        start, at = starts[lines[index]], offsets[index]
        for offset in range(offsets[index + 1] - at):
            found[at + offset] = data[start + offset]
    return offsets, found


@compiled
def unclean(offsets: Array, data: Array) -> Array:
    """The indices of texts that `tables.clean` may change or refuse: white space at an end, a NUL, bytes that are not
    UTF-8, or a character from U+0300 on, below which every text is in its composed form."""
    found = np.empty(offsets.size - 1, np.int64)
    number = 0
    for index in range(offsets.size - 1):
        start, stop = offsets[index], offsets[index + 1]
        if start < stop and _is_unclean(data, start, stop):
            found[number] = index
            number += 1
    return found[:number]


@compiled
def spaced(offsets: Array, data: Array) -> Array:
    """The indices of texts of ASCII that have white space at an end."""
    found = np.empty(offsets.size - 1, np.int64)
    number = 0
    for index in range(offsets.size - 1):
        start, stop = offsets[index], offsets[index + 1]
        if start < stop and (_is_space(data[start]) or _is_space(data[stop - 1])):
            found[number] = index
            number += 1
    return found[:number].copy()


@compiled
def _is_unclean(data: Array, start: int, stop: int) -> bool:
    first, last = data[start], data[stop - 1]
    if _is_space(first) or _is_space(last):
        return True
    high = False
    for at in range(start, stop):
        byte = data[at]
        if byte >= 0xCC or byte == 0:
            return True
        high |= byte >= 0x80
    if not high:
        return False
    # U+0085 and U+00A0 are white space too.
    edge = (first == 0xC2 and _is_high_space(data, start, stop)) or (stop - start > 1 and data[stop - 2] == 0xC2)
    return edge or not is_utf8(data, start, stop)


@compiled
def _is_high_space(data: Array, start: int, stop: int) -> bool:
    return stop - start > 1 and (data[start + 1] == 0x85 or data[start + 1] == 0xA0)


@compiled
def _is_space(byte: int) -> bool:
    return 9 <= byte <= 13 or 28 <= byte <= 32
