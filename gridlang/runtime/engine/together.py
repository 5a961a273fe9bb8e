"""What the stretches of a run come to: its parts, and what is of the plan as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array, Columns
from gridlang.runtime.engine.driving import Driver
from gridlang.runtime.engine.lowering import Lowered
from gridlang.runtime.engine.results import Part, Stamp, Whole
from gridlang.runtime.engine.stretches import added
from gridlang.runtime.engine.whole import Gathering
from gridlang.runtime.rows import Counts, Issue


@attrs.frozen(eq=False)
class Lived:
    """What a stretch of accounts leaves."""

    parts: tuple[Part, ...]
    happened: Array
    """int64 (n, 3): moment, name and account of what happened to the plan itself."""
    told: tuple[tuple[Stamp, Issue], ...]
    counts: Counts

    def rows(self) -> int:
        """How many rows its tables have."""
        return sum(
            rows.at.size
            for part in self.parts
            for rows in (part.touches, part.tasks.rows, part.audiences.rows, part.skips.rows, part.moves)
        )


@attrs.frozen(eq=False)
class Ran:
    """A run that is over."""

    lowered: Lowered
    """What its numbers mean; no longer what happened to people."""
    parts: list[Part]
    """Used up by whoever puts them together."""
    whole: Whole


def together(lowered: Lowered, columns: Columns, lived: Sequence[Lived]) -> Ran:
    """Everything, from stretches in the order of their accounts; the plan's own flights are executed now."""
    driver, gathering = Driver(lowered, lowered.stretch(0, 0)), Gathering(lowered)
    parts = [part for each in lived for part in each.parts]
    if driver.has_flights():
        log = driver.flights(np.concatenate([np.zeros((0, 3), np.int64), *(each.happened for each in lived)]))
        gathering.add(log, driver.stretch)
        parts.append(log.part)
    gathering.told += [issue for each in lived for issue in each.told]
    lowered = attrs.evolve(lowered, columns=columns).spent()
    whole = gathering.whole(lowered, parts)
    counts = added([whole.counts, *(each.counts for each in lived)])
    return Ran(lowered, parts, attrs.evolve(whole, counts=counts))
