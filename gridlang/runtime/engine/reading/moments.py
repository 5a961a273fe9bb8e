"""Moments as they are written, `2027-02-01T08:00:00+01:00` or `2027-02-01 08:00`, to seconds UTC. By numba."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE
from gridlang.runtime.engine.reading.arrays import Array, Arrow, Kept
from gridlang.runtime.engine.reading.cells import Distinct, is_text, missing, parts_of, plain_texts
from gridlang.runtime.engine.reading.compiling import compiled
from gridlang.runtime.engine.reading.values import DOUBT
from gridlang.runtime.inputs.tables import Cell
from gridlang.runtime.rows import AttributeValue
from gridlang.schedule import clock

DAY = clock.DAY
AWARE, LOCAL, BAD = 0, 1, 2
_EPOCH = dt.datetime(1970, 1, 1)
_LONGEST = 253_402_300_800
"""The first second that no date of Python's has."""
_UNITS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}


@attrs.define(eq=False)
class Moments:
    """The column `at`: seconds UTC, once `settle` has said on whose clock each row stands."""

    zones: Sequence[str]
    _kept: Kept = attrs.field(factory=Kept)
    _added: list[int] = attrs.field(factory=list)
    _last: Array = attrs.field(init=False, default=None)
    _kinds: Array = attrs.field(init=False, default=None)

    def prepare(self, cells: Arrow | Distinct | list[Cell]) -> tuple[Array, Array, Array]:
        return read_moments(cells)

    def read(self, prepared: tuple[Array, Array, Array]) -> Array:
        """int32: 0, `NONE` for what is missing, DOUBT for what the row code must judge."""
        self._last, self._kinds, empty = prepared
        codes = np.where(empty, NONE, 0).astype(np.int32)
        codes[(self._kinds == BAD) & ~empty] = DOUBT
        return codes

    def absent(self, rows: int) -> Array:
        """The codes of a column that the file does not have."""
        self._last, self._kinds = np.zeros(rows, np.int64), np.zeros(rows, np.uint8)
        return np.full(rows, NONE, np.int32)

    def settle(self, zones: Callable[[Array], Array]) -> None:
        """Turn the wall clocks of the batch to moments (R8, R10); `zones` gives those of rows, as indices."""
        local = np.flatnonzero(self._kinds == LOCAL)
        if not local.size:
            return
        found = zones(local)
        for zone in np.unique(found).tolist():
            rows = local[found == zone]
            self._last[rows] = on_clock(self._last[rows], self.zones[zone])

    def keep(self, chosen: Array) -> None:
        self._kept.put(self._last, chosen)

    def only(self, staying: Array) -> None:
        self._kept.only(staying)

    def add(self, value: AttributeValue | None) -> None:
        assert isinstance(value, int)
        self._added.append(value)

    def filled(self) -> bool:
        """Whether any row that was kept has a moment."""
        return self._kept.size > 0

    def seconds(self) -> Array:
        """Of all rows kept and added; nothing else can be asked of the column then."""
        self._kept.whole(self._added)
        return self._kept.released()


def on_clock(walls: Array, zone: str) -> Array:
    """The moments of wall clocks (both in seconds since 1970) on the clock of one zone."""
    days, day = np.unique(walls // DAY, return_inverse=True)
    steady = np.array([_settled(zone, each) for each in days.tolist()], np.int64)
    found = walls - steady[day]
    for row in np.flatnonzero(steady[day] == _LONGEST).tolist():
        found[row] = clock.moment(_EPOCH + dt.timedelta(seconds=int(walls[row])), zone)
    return found


def _settled(zone: str, day: int) -> int:
    """The offset with which all wall clocks of a day are read; `_LONGEST` on a day when it changes."""
    first, last = (clock.moment(_EPOCH + dt.timedelta(days=day, seconds=second), zone) for second in (0, DAY - 1))
    offset = day * DAY - first
    near = [clock.offset(first + distance, zone) for distance in (-DAY, DAY, 2 * DAY)]
    return offset if last - first == DAY - 1 and set(near) == {offset} else _LONGEST


def read_moments(cells: Arrow | Distinct | list[Cell]) -> tuple[Array, Array, Array]:
    """(seconds, AWARE or LOCAL or BAD, whether the cell is missing) of each cell; of LOCAL they are of a wall clock."""
    if isinstance(cells, list | Distinct) or is_text(cells.type) or pyarrow.types.is_dictionary(cells.type):
        texts, others = plain_texts(cells)
        seconds, kinds = _parsed(*parts_of(texts))
        empty = missing(texts)
        kinds[others] = BAD
        empty[others] = False
        return seconds, kinds, empty
    return _of_type(cells)


def _of_type(cells: Arrow) -> tuple[Array, Array, Array]:
    kind, empty = cells.type, missing(cells)
    seconds, kinds = np.zeros(len(cells), np.int64), np.full(len(cells), BAD, np.uint8)
    if pyarrow.types.is_timestamp(kind):
        unit = _UNITS[kind.unit]
        seconds = cells.cast(pyarrow.int64()).fill_null(0).to_numpy(zero_copy_only=False) // unit
        kinds = np.full(len(cells), LOCAL if kind.tz is None else AWARE, np.uint8)
    elif pyarrow.types.is_date32(kind):
        seconds = cells.cast(pyarrow.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64) * DAY
        kinds = np.full(len(cells), LOCAL, np.uint8)
    kinds[(seconds < -62_135_510_400) | (seconds >= _LONGEST - DAY)] = BAD
    return seconds, kinds, empty


@compiled
def _parsed(offsets: Array, data: Array) -> tuple[Array, Array]:
    seconds, kinds = np.zeros(offsets.size - 1, np.int64), np.full(offsets.size - 1, BAD, np.uint8)
    for index in range(kinds.size):
        seconds[index], kinds[index] = _moment(data, offsets[index], offsets[index + 1])
    return seconds, kinds


@compiled
def _moment(data: Array, at: int, end: int) -> tuple[int, int]:
    """`2027-02-01`, and behind it a time, a fraction of a second, an offset."""
    year, month, day = (
        _two(data, at, end) * 100 + _two(data, at + 2, end),
        _two(data, at + 5, end),
        _two(data, at + 8, end),
    )
    if year < 2 or year > 9998 or month < 1 or month > 12 or day < 1 or end - at < 10:
        return 0, BAD
    if data[at + 4] != 0x2D or data[at + 7] != 0x2D or day > _days(year, month):
        return 0, BAD
    seconds = _ordinal(year, month, day) * DAY
    if end - at == 10:
        return seconds, LOCAL
    time, at = _time(data, at + 10, end)
    if time < 0:
        return 0, BAD
    offset, kind = _offset(data, at, end)
    return seconds + time - offset, kind


@compiled
def _two(data: Array, at: int, end: int) -> int:
    """The number of two digits; far below zero where there are none."""
    if at + 2 > end:
        return -100_000
    high, low = int(data[at]) - 0x30, int(data[at + 1]) - 0x30
    return high * 10 + low if 0 <= high <= 9 and 0 <= low <= 9 else -100_000


@compiled
def _time(data: Array, at: int, end: int) -> tuple[int, int]:
    """`T08:00` or ` 08:00:00.123`: seconds of the day, and the byte behind; -1 where there is none."""
    if data[at] != 0x54 and data[at] != 0x20:
        return -1, at
    hour, minute, second = _two(data, at + 1, end), _two(data, at + 4, end), 0
    if at + 6 > end or data[at + 3] != 0x3A:
        return -1, at
    at += 6
    if at < end and data[at] == 0x3A:
        second = _two(data, at + 1, end)
        at += 3
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return -1, at
    return hour * 3600 + minute * 60 + second, _behind_fraction(data, at, end)


@compiled
def _behind_fraction(data: Array, at: int, end: int) -> int:
    if at + 1 < end and (data[at] == 0x2E or data[at] == 0x2C) and 0x30 <= data[at + 1] <= 0x39:
        at += 1
        while at < end and 0x30 <= data[at] <= 0x39:
            at += 1
    return at


@compiled
def _offset(data: Array, at: int, end: int) -> tuple[int, int]:
    """`Z`, `+01:00`, `+0100`, `+01` or nothing: seconds ahead of UTC, and what kind of moment that makes."""
    if at == end:
        return 0, LOCAL
    if data[at] == 0x5A and end - at == 1:
        return 0, AWARE
    hours, minutes = _two(data, at + 1, end), 0
    if end - at == 6 and data[at + 3] == 0x3A:
        minutes = _two(data, at + 4, end)
    elif end - at == 5:
        minutes = _two(data, at + 3, end)
    elif end - at != 3:
        return 0, BAD
    if (data[at] != 0x2B and data[at] != 0x2D) or not (0 <= hours < 24 and 0 <= minutes < 60):
        return 0, BAD
    ahead = hours * 3600 + minutes * 60
    return ahead if data[at] == 0x2B else -ahead, AWARE


@compiled
def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@compiled
def _ordinal(year: int, month: int, day: int) -> int:
    """Days since 1970, with years that begin in March so that the leap day is the last."""
    if month < 3:
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 719_469
