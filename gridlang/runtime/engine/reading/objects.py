"""The bytes of a file of JSON lines, cut into objects and their values. Compiled by numba.

A line is *plain* when it is an object that no reader of JSON could take otherwise: its names are among those known,
each once and without an escape; its values are texts without one, numbers without an exponent, truths, nothing, or a
list of such texts. Every other line is left to the reader that defines what such a file is (`inputs.jsonl_table`).
"""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.engine.reading.compiling import compiled
from gridlang.runtime.engine.reading.hashing import same
from gridlang.runtime.engine.reading.scanning import is_utf8

PLAIN, ODD, BLANK, NEW = 0, 1, 2, 3
"""Lines; a new one has a name that is not known yet."""
ABSENT, NOTHING, TEXT, OTHER = 0, 1, 2, 3
"""Values."""
LONGEST = 100
"""Digits of a number."""

_QUOTE, _BACKSLASH, _COMMA, _COLON, _MINUS, _POINT, _ZERO = 0x22, 0x5C, 0x2C, 0x3A, 0x2D, 0x2E, 0x30
_OPEN, _CLOSE, _OPEN_LIST, _CLOSE_LIST, _FEED = 0x7B, 0x7D, 0x5B, 0x5D, 0x0A
_NULL, _TRUE, _FALSE = (np.frombuffer(word, np.uint8) for word in (b"null", b"true", b"false"))


@compiled
def scan(
    data: Array, at: int, line: int, begins: Array, lines: Array, kinds: Array, starts: Array, stops: Array,
    names: Array, edges: Array,
) -> tuple[int, int]:  # fmt: skip
    """Cut lines from byte `at` on, as many as there is room for, up to a NEW one; gives (lines, the byte behind them).

    `begins[line]` is its first byte, `lines[line]` what it is; `kinds[name, line]`, `starts[name, line]` and
    `stops[name, line]` are those of a value, of a text without its quotes. Known names are the bytes of `names` between
    `edges`.
    """
    while line < begins.size and at < data.size:
        behind = behind_line(data, at)
        end = behind - (data[behind - 1] == _FEED)
        begins[line], lines[line] = at, BLANK
        if at < end:
            lines[line] = _object(data, at, end, kinds[:, line], starts[:, line], stops[:, line], names, edges)
        if lines[line] == NEW:
            break
        at, line = behind, line + 1
    return line, at


@compiled
def behind_line(data: Array, at: int) -> int:
    """The byte behind the line that begins at `at`."""
    while at < data.size and data[at] != _FEED:
        at += 1
    return at + 1 if at < data.size else at


@compiled
def _object(
    data: Array, begin: int, end: int, kinds: Array, starts: Array, stops: Array, names: Array, edges: Array
) -> int:
    for name in range(edges.size - 1):
        kinds[name] = ABSENT
    at, name = _behind_space(data, begin, end), -1
    if at >= end or data[at] != _OPEN:
        return ODD
    at = _behind_space(data, at + 1, end)
    more, high = at < end and data[at] != _CLOSE, False
    while more:
        stop, beyond = _text(data, at, end)
        if stop < 0:
            return ODD
        name = _known(data, at + 1, stop, names, edges, name + 1)
        if name < 0:
            return NEW
        at = _behind_space(data, stop + 1, end)
        if at >= end or data[at] != _COLON or kinds[name] != ABSENT:
            return ODD
        at = _behind_space(data, at + 1, end)
        kinds[name], starts[name], stops[name], at, far = _value(data, at, end)
        if kinds[name] == ABSENT:
            return ODD
        high |= beyond | far
        at = _behind_space(data, at, end)
        more = at < end and data[at] == _COMMA
        if more:
            at = _behind_space(data, at + 1, end)
    if at >= end or data[at] != _CLOSE or _behind_space(data, at + 1, end) < end:
        return ODD
    return ODD if high and not is_utf8(data, begin, end) else PLAIN


@compiled
def _behind_space(data: Array, at: int, end: int) -> int:
    while at < end and (data[at] == 0x20 or data[at] == 0x09 or data[at] == 0x0D):
        at += 1
    return at


@compiled
def _text(data: Array, at: int, end: int) -> tuple[int, bool]:
    """Where the text that begins at `at` has its last quote, and whether it is more than ASCII; -1: no plain text."""
    if at >= end or data[at] != _QUOTE:
        return -1, False
    high = False
    at += 1
    while at < end and data[at] != _QUOTE:
        byte = data[at]
        if byte == _BACKSLASH or byte < 0x20:
            return -1, False
        high |= byte >= 0x80
        at += 1
    return (at if at < end else -1), high


@compiled
def _known(data: Array, start: int, stop: int, names: Array, edges: Array, likely: int) -> int:
    """Which of the names it is, most likely the one behind the last; -1: none."""
    for offset in range(edges.size - 1):
        name: int = (likely + offset) % (edges.size - 1)
        if same(data, start, stop, names, edges[name], edges[name + 1]):
            return name
    return -1


@compiled
def _value(data: Array, at: int, end: int) -> tuple[int, int, int, int, bool]:
    """What kind of value begins there, where it starts and stops, the byte behind it, whether it is more than ASCII;
    ABSENT: none that is plain."""
    if at >= end:
        return ABSENT, 0, 0, at, False
    if data[at] == _QUOTE:
        stop, high = _text(data, at, end)
        return (ABSENT if stop < 0 else TEXT), at + 1, stop, stop + 1, high
    if same(data, at, min(at + 4, end), _NULL, 0, 4):
        return NOTHING, 0, 0, at + 4, False
    stop, high = _other(data, at, end)
    return (ABSENT if stop < 0 else OTHER), at, stop, stop, high


@compiled
def _other(data: Array, at: int, end: int) -> tuple[int, bool]:
    """The byte behind a truth, a number or a list of texts; -1: it is none."""
    if data[at] == _OPEN_LIST:
        return _list(data, at, end)
    if same(data, at, min(at + 4, end), _TRUE, 0, 4):
        return at + 4, False
    if same(data, at, min(at + 5, end), _FALSE, 0, 5):
        return at + 5, False
    return _number(data, at, end), False


@compiled
def _list(data: Array, at: int, end: int) -> tuple[int, bool]:
    high = False
    at = _behind_space(data, at + 1, end)
    if at < end and data[at] == _CLOSE_LIST:
        return at + 1, False
    while True:
        stop, beyond = _text(data, at, end)
        if stop < 0:
            return -1, False
        high |= beyond
        at = _behind_space(data, stop + 1, end)
        if at < end and data[at] == _CLOSE_LIST:
            return at + 1, high
        if at >= end or data[at] != _COMMA:
            return -1, False
        at = _behind_space(data, at + 1, end)


@compiled
def _number(data: Array, at: int, end: int) -> int:
    """`-12.50`: the byte behind it; -1: none, one with zeros ahead or an exponent, or a very long one."""
    begin = at
    at += data[at] == _MINUS
    first = at
    at = _behind_digits(data, at, end)
    if at == first or (at - first > 1 and data[first] == _ZERO):
        return -1
    if at < end and data[at] == _POINT:
        first = at + 1
        at = _behind_digits(data, first, end)
        if at == first:
            return -1
    exponent = at < end and (data[at] == 0x65 or data[at] == 0x45)
    return -1 if exponent or at - begin > LONGEST else at


@compiled
def _behind_digits(data: Array, at: int, end: int) -> int:
    while at < end and 0x30 <= data[at] <= 0x39:
        at += 1
    return at
