"""A run on Spark: handed to partitions by account, executed there, and put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from gridlang.runtime.engine.as_rows import as_execution
from gridlang.runtime.engine.columns import Columns, from_input
from gridlang.runtime.engine.driving import NOTHING
from gridlang.runtime.engine.lowering import Lowered, Refused
from gridlang.runtime.engine.results import Part
from gridlang.runtime.engine.spark import wire
from gridlang.runtime.engine.spark.handing import shape_of, table_of
from gridlang.runtime.engine.spark.members import ATTEMPTS, put, takers
from gridlang.runtime.engine.spark.partition import COUNTS, ISSUES, MASS, PARTS, Work
from gridlang.runtime.engine.spark.refusals import refused
from gridlang.runtime.engine.stretches import added, plan_alone
from gridlang.runtime.engine.together import Lived, Ran, together
from gridlang.runtime.engine.whole import Gathering
from gridlang.runtime.rows import Execution, Input
from gridlang.schedule.model import Schedule


def execute(
    schedule: Schedule,
    given: Input,
    start: int,
    until: int,
    *,
    entries: Mapping[str, str] | None = None,
    session: Any,
) -> Execution:
    """What `gridlang.runtime.reference.execute` gives, row by row.

    `session`: of Spark. Raises `Refused` for what `refusals.refused` or
    `lowering.unsupported` names.
    """
    columns = from_input(given, {event.name: number for number, event in enumerate(schedule.events)})
    ran = run(schedule, columns, start, until, entries=entries, session=session)
    return as_execution(ran.lowered, ran.parts, ran.whole)


def run(
    schedule: Schedule,
    columns: Columns,
    start: int,
    until: int,
    *,
    entries: Mapping[str, str] | None = None,
    session: Any,
) -> Ran:
    """Everything, in arrays. `entries`: the phase in which an account begins, by its id."""
    if teams := refused(schedule):
        raise Refused(f"accounts meet at the capacity of {', '.join(team.name for team in teams)}")
    alone = plan_alone(schedule, columns, start, until)
    found = wire.found(_executed(schedule, columns, start, until, entries or {}, session))
    return together(alone, columns, [_lived(alone, found)])


def _executed(
    schedule: Schedule, columns: Columns, start: int, until: int, entries: Mapping[str, str], session: Any
) -> Any:
    """The results of all partitions, as a table of Arrow."""
    shape = shape_of(columns)
    work = Work(schedule=schedule, shape=shape, start=start, until=until, entries=dict(entries))
    rows = session.createDataFrame(table_of(columns, shape))
    parted = rows.repartition("account").sortWithinPartitions("account", "kind", "place")
    return parted.mapInArrow(work, wire.SCHEMA).toArrow()


def _lived(alone: Lowered, found: wire.Found) -> Lived:
    """What all partitions leave, as one stretch."""
    return Lived(
        parts=tuple(_parts(alone, found)),
        happened=np.concatenate([*(each[MASS] for each in found.parts.values() if MASS in each), _NOTHING_HAPPENED]),
        told=tuple(each for issues in found.told.get(ISSUES, ()) for each in issues),
        counts=added(found.told[COUNTS]) if COUNTS in found.told else Gathering(alone).counts(),
    )


def _parts(alone: Lowered, found: wire.Found) -> list[Part]:
    """All parts; their tasks have members."""
    asking = {part // PARTS: tables[ATTEMPTS] for part, tables in found.parts.items() if ATTEMPTS in tables}
    taken = dict(zip(asking, takers(alone, [*asking.values()]), strict=True))
    return [put(wire.part_of(tables), taken.get(part // PARTS, NOTHING)) for part, tables in found.parts.items()]


_NOTHING_HAPPENED = np.empty((0, 3), np.int64)
