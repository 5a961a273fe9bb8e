"""What happens where a partition is: its rows become columns, the kernel lives its accounts, its results are rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.driving import HAPPENED, Driver, Log
from gridlang.runtime.engine.lowering import lower
from gridlang.runtime.engine.spark import wire
from gridlang.runtime.engine.spark.handing import Shape, columns_of
from gridlang.runtime.engine.spark.members import ATTEMPTS, Asking
from gridlang.runtime.engine.whole import Gathering
from gridlang.schedule.model import Schedule

MASS, ISSUES, COUNTS = "mass", "issues", "counts"
"""Beside the tables: what happened to the plan itself, (moment, name, account); issues by their stamps; counts."""
PARTS = 1 << 20
"""A partition numbers its parts from its own number times this."""


@attrs.frozen(kw_only=True)
class Work:
    """What every partition is told."""

    schedule: Schedule
    shape: Shape
    start: int
    until: int
    entries: Mapping[str, str]

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The rows of a partition (see `handing`), sorted, to rows of results (see `wire`). For `mapInArrow`."""
        from pyspark import TaskContext

        given = list(batches)
        if not any(len(batch) for batch in given):
            return
        context = TaskContext.get()
        number = context.partitionId() if context is not None else 0
        yield from self.done(pyarrow.Table.from_batches(given), number * PARTS)

    def done(self, table: Any, number: int) -> Iterator[Any]:
        """The accounts of a table; their parts are numbered from `number` on."""
        lowered = lower(self.schedule, columns_of(table, self.shape), self.start, self.until, self.entries)
        stretch = lowered.stretch(0, len(lowered.columns.accounts.ids))
        gathering, first = Gathering(lowered), Driver(lowered, stretch)
        for log in first.logs():
            gathering.add(log, stretch)
            yield from wire.batches(number, _tables(log))
            number += 1
        asking = Asking(first)
        second, answers = asking.again()
        for log in second.logs(answers):
            gathering.add(log, second.stretch)
            yield from wire.batches(number, _tables(log))
            number += 1
        yield from wire.batches(number, {ATTEMPTS: asking.attempts})
        yield wire.told(number, ISSUES, gathering.told)
        yield wire.told(number, COUNTS, gathering.counts())


def _tables(log: Log) -> dict[str, Any]:
    return {**wire.tables_of(log.part), MASS: log.mass[:, HAPPENED]}
