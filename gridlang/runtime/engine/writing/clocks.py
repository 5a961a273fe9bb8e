"""Moments on the clocks of many people, as texts."""

from __future__ import annotations

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Columns
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import texts_of
from gridlang.runtime.engine.reading.typed import TEXT
from gridlang.runtime.engine.writing import formatting
from gridlang.runtime.reference.timing import local_text
from gridlang.schedule import clock
from gridlang.schedule.clock import DAY


@attrs.frozen(eq=False)
class Clocks:
    """On which clock everybody lives: `zone` is an index into `names`, for each person and last for the plan itself."""

    zone: Array
    names: tuple[str, ...]

    @classmethod
    def of(cls, columns: Columns, timezone: str) -> Clocks:
        """R8: the person's zone, else the plan's."""
        known = [str(name) for name in columns.people.timezone.values]
        names = (*(name if clock.known_zone(name) else timezone for name in known), timezone)
        codes = columns.people.timezone.codes
        return cls(np.append(np.where(codes == NONE, len(known), codes), len(known)), names)

    def texts(self, moments: Array, person: Array) -> Arrow:
        """`2027-02-01T09:00:00+01:00` for each moment."""
        zones = self.zone[person]
        ahead = np.zeros(moments.size, np.int64)
        for zone in np.unique(zones).tolist():
            rows = np.flatnonzero(zones == zone)
            ahead[rows] = offsets(moments[rows], self.names[zone])
        if (ahead % 60).any():
            return self._by_hand(moments, zones)
        cells = formatting.local(moments, ahead)
        return texts_of(np.arange(moments.size + 1) * formatting.LOCAL_LENGTH, cells.reshape(-1))

    def _by_hand(self, moments: Array, zones: Array) -> Arrow:
        """Clocks that are ahead by seconds too, as they were long ago."""
        told = (local_text(at, self.names[zone]) for at, zone in zip(moments.tolist(), zones.tolist(), strict=True))
        return pyarrow.array(list(told), TEXT)


def offsets(moments: Array, zone: str) -> Array:
    """By how many seconds a clock is ahead of UTC at each moment."""
    days, day = np.unique(moments // DAY, return_inverse=True)
    first = np.array([clock.offset(each * DAY, zone) for each in days.tolist()], np.int64)
    last = np.array([clock.offset(each * DAY + DAY - 1, zone) for each in days.tolist()], np.int64)
    found = first[day]
    for row in np.flatnonzero((first != last)[day]).tolist():
        found[row] = clock.offset(int(moments[row]), zone)
    return found
