"""A run on Spark: handed to partitions by account, executed there, and put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import numpy as np

from gridlang.runtime.engine.as_rows import as_execution
from gridlang.runtime.engine.columns import Accounts, Array, Column, Columns, People, from_input
from gridlang.runtime.engine.lowering import Lowered, Refused, lower
from gridlang.runtime.engine.lowering.statics import Statics
from gridlang.runtime.engine.reading.assembly import nothing
from gridlang.runtime.engine.results import Part, Whole
from gridlang.runtime.engine.spark import wire
from gridlang.runtime.engine.spark.handing import shape_of, table_of
from gridlang.runtime.engine.spark.members import ATTEMPTS, Together, put
from gridlang.runtime.engine.spark.partition import COUNTS, ISSUES, MASS, PARTS, Work
from gridlang.runtime.engine.spark.refusals import refused
from gridlang.runtime.engine.whole import Gathering
from gridlang.runtime.rows import Counts, Execution, Input
from gridlang.schedule.model import Schedule


@attrs.frozen(eq=False)
class Ran:
    """A run that is over: what the plan is told with, its parts, and what is of the whole."""

    lowered: Lowered
    """Of everybody's columns; its arrays of the kernel are those of the plan itself."""
    parts: tuple[Part, ...]
    whole: Whole


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
    driver = Together(_plan_alone(schedule, columns, start, until))
    found = wire.found(_executed(schedule, columns, start, until, entries or {}, session))
    return _together(driver, columns, found)


def _executed(
    schedule: Schedule, columns: Columns, start: int, until: int, entries: Mapping[str, str], session: Any
) -> Any:
    """The results of all partitions, as a table of Arrow."""
    shape = shape_of(columns)
    work = Work(schedule=schedule, shape=shape, start=start, until=until, entries=dict(entries))
    rows = session.createDataFrame(table_of(columns, shape))
    parted = rows.repartition("account").sortWithinPartitions("account", "kind", "place")
    return parted.mapInArrow(work, wire.SCHEMA).toArrow()


def _plan_alone(schedule: Schedule, columns: Columns, start: int, until: int) -> Lowered:
    """The plan itself, without people, told in the words of all of them."""
    none = np.empty(0, np.int32)
    empty = Column(none, ())
    people = columns.people
    nobody = People(
        ids=(),
        account=none,
        timezone=empty,
        language=empty,
        since=empty,
        salesperson=empty,
        roles=empty,
        attributes=dict.fromkeys(people.attributes, empty),
    )
    attributes = dict.fromkeys(columns.accounts.attributes, empty)
    nowhere = Accounts(ids=(), people=np.zeros(1, np.int64), attributes=attributes)
    events = attrs.evolve(
        nothing(nowhere),
        event=Column(none, columns.events.event.values),
        outcome=Column(none, columns.events.outcome.values),
        payload=dict.fromkeys(columns.events.payload, empty),
    )
    lowered = lower(schedule, Columns(people=nobody, accounts=nowhere, events=events), start, until)
    statics = Statics(columns, schedule.plan.timezone)
    return attrs.evolve(lowered, columns=columns, zones=tuple(statics.zones), zone=statics.zone)


# --- what is of the plan as a whole ----------------------------------------------------------------------------------


def _together(driver: Together, columns: Columns, found: wire.Found) -> Ran:
    lowered, gathering = driver.lowered, Gathering(driver.lowered)
    parts = _parts(driver, found)
    if driver.has_flights:
        log = driver.flights(_mass(found))
        gathering.add(log)
        parts.append(log.part)
    gathering.told += [each for issues in found.told.get(ISSUES, ()) for each in issues]
    whole = gathering.whole(parts)
    counts = _added([whole.counts, *found.told.get(COUNTS, ())])
    return Ran(lowered, tuple(parts), attrs.evolve(whole, counts=counts))


def _parts(driver: Together, found: wire.Found) -> list[Part]:
    """All parts; their tasks have members."""
    asking = {part // PARTS: tables[ATTEMPTS] for part, tables in found.parts.items() if ATTEMPTS in tables}
    taken = dict(zip(asking, driver.takers([*asking.values()]), strict=True))
    nobody = np.empty(0, np.int64)
    return [put(wire.part_of(tables), taken.get(part // PARTS, nobody)) for part, tables in found.parts.items()]


def _mass(found: wire.Found) -> Array:
    """What happened to the plan itself, in the order of accounts, in the columns of a log."""
    rows = np.concatenate([*(each[MASS] for each in found.parts.values() if MASS in each), np.empty((0, 3), np.int64)])
    return rows[np.argsort(rows[:, 2], kind="stable")].astype(np.int64)


def _added(counts: Sequence[Counts]) -> Counts:
    """Counts of stretches of accounts as those of all; each key in its order."""
    goals: dict[str, tuple[int, int]] = {}
    for each in counts:
        for name, (reached, begun) in each.goals.items():
            before = goals.get(name, (0, 0))
            goals[name] = before[0] + reached, before[1] + begun

    def sums(name: str) -> dict[Any, int]:
        found: Counter[Any] = Counter()
        for each in counts:
            for key, times in getattr(each, name).items():
                found[key] += times
        return dict(found)

    return attrs.evolve(
        counts[0],
        accounts=sum(each.accounts for each in counts),
        contacts=sum(each.contacts for each in counts),
        by_segment=sums("by_segment"),
        goals=goals,
        arrows=dict(sorted(sums("arrows").items())),
        pressure=dict(sorted(sums("pressure").items())),
        happened=dict(sorted(sums("happened").items())),
    )
