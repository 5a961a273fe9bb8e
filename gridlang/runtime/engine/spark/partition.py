"""What happens where a partition is: its rows become columns, the kernel lives its accounts, its results are rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Array
from gridlang.runtime.engine.driving import Log
from gridlang.runtime.engine.lowering import lower
from gridlang.runtime.engine.results import Orders, Part, Rows, Skips, Stamp
from gridlang.runtime.engine.spark import wire
from gridlang.runtime.engine.spark.handing import Portion, Shape, portion_of
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
        portion = portion_of(table, self.shape)
        lowered = lower(self.schedule, portion.columns, self.start, self.until, self._entries(portion))
        asking, gathering = Asking(lowered), Gathering(lowered)
        for log in asking.logs():
            gathering.add(log)
            tables = {**wire.tables_of(_everywhere(log.part, portion)), MASS: _mass(log, portion)}
            yield from wire.batches(number, tables)
            number += 1
        yield from wire.batches(number - 1, {ATTEMPTS: _attempts(asking.attempts, portion)})
        issues = [(_stamp(stamp, portion), issue) for stamp, issue in gathering.told]
        yield wire.told(number, ISSUES, issues)
        yield wire.told(number, COUNTS, gathering.counts())

    def _entries(self, portion: Portion) -> dict[str, str]:
        return {home: self.entries[home] for home in portion.columns.accounts.ids if home in self.entries}


# --- from the numbers of a partition to those of everybody -----------------------------------------------------------


def _named(numbers: Array, names: Array) -> Array:
    """Numbers of people or accounts here as numbers of all; `NONE` stays."""
    return np.where(numbers == NONE, NONE, np.append(names, NONE)[numbers]).astype(np.int64)


def _everywhere(part: Part, portion: Portion) -> Part:
    def of(rows: Rows) -> Rows:
        return attrs.evolve(rows, person=_named(rows.person, portion.people))

    def inside(table: Any) -> Any:
        return attrs.evolve(table, rows=of(table.rows))

    skips: Skips = inside(part.skips)
    orders: Orders = attrs.evolve(part.orders, person=_named(part.orders.person, portion.people))
    leads = part.leads.copy()
    leads[:, 4] = _named(leads[:, 4], portion.people)
    return attrs.evolve(
        part,
        touches=of(part.touches),
        tasks=inside(part.tasks),
        audiences=inside(part.audiences),
        skips=skips,
        orders=orders,
        moves=attrs.evolve(part.moves, account=_named(part.moves.account, portion.accounts)),
        silences=attrs.evolve(part.silences, account=_named(part.silences.account, portion.accounts)),
        leads=leads,
    )


def _mass(log: Log, portion: Portion) -> Array:
    """Moment, name and account of what happened to the plan itself; every account closes its records with its own."""
    if not len(log.mass):
        return np.empty((0, 3), np.int64)
    whose = log.accounts[np.searchsorted(log.accounts[:, -1], log.mass[:, -1]), 0]
    return np.column_stack([log.mass[:, :2], portion.accounts[whose]])


def _attempts(attempts: Array, portion: Portion) -> Array:
    found = attempts.copy()
    found[:, 5] = _named(found[:, 5], portion.people)
    return found


def _stamp(stamp: Stamp, portion: Portion) -> Stamp:
    """The stamp of an issue among all accounts."""
    at, kind, key, turn = stamp
    if kind == 0:
        return at, kind, (int(portion.accounts[key[0]]),), turn
    if kind == 1 and key[4] != NONE:
        return at, kind, (*key[:4], int(portion.people[key[4]]), *key[5:]), turn
    return stamp
