"""The plan as one array: tables of integers behind a head that says where they begin."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from gridlang.quantities import Duration
from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.kernel import layout

UNITS = ("min", "h", "d", "w", "mo", "y", "workdays")
CALENDAR_UNITS = ("day", "week", "month", "quarter", "year")


class Tables:
    """Appends tables and gives their offsets."""

    def __init__(self) -> None:
        self._parts: list[Array] = [np.zeros(layout.HEAD_ALL, np.int64)]
        self._length = layout.HEAD_ALL

    def put(self, values: Iterable[int] | Array) -> int:
        """Append a table; where it begins."""
        part = np.asarray(values if isinstance(values, np.ndarray) else list(values), dtype=np.int64)
        at = self._length
        self._parts.append(part)
        self._length += len(part)
        return at

    def head(self, field: int, value: int) -> None:
        """Set a number of the head."""
        self._parts[0][field] = value

    def table(self, field: int, values: Iterable[int] | Array) -> None:
        """Append a table that the head names."""
        self.head(field, self.put(values))

    def whole(self) -> Array:
        """The array of the kernel."""
        return np.concatenate(self._parts)


def duration(length: Duration | None) -> tuple[int, int]:
    """Amount and unit; unit -1: there is none."""
    return (0, -1) if length is None else (length.amount, UNITS.index(length.unit))


def parsed(text: str | None) -> tuple[int, int]:
    """The same of a duration as the schedule writes it."""
    return duration(Duration.parse(text) if text else None)
