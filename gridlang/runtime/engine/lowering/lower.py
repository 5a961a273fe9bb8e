"""From a schedule and columns to the arrays of the kernel."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array, Column, Columns
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering import channels, places, zones
from gridlang.runtime.engine.lowering.campaigns import Bytes, Campaigns
from gridlang.runtime.engine.lowering.expressions import Codes, Expressions
from gridlang.runtime.engine.lowering.names import Names, event_names, heeded, put_events
from gridlang.runtime.engine.lowering.refusals import Refused, unsupported
from gridlang.runtime.engine.lowering.rows import (
    account_sources,
    declared_numbers,
    event_sources,
    person_sources,
    since_of,
)
from gridlang.runtime.engine.lowering.statics import Statics
from gridlang.runtime.engine.lowering.stretch import Packing, Stretch
from gridlang.runtime.engine.lowering.tables import Tables
from gridlang.runtime.reference.prepare import Prepared, prepare
from gridlang.runtime.rows import Arrow
from gridlang.schedule.model import Schedule


@attrs.frozen(eq=False)
class Lowered:
    """The plan as the kernel reads it, how accounts become its rows, and what turns its numbers back into names."""

    plan: Prepared
    columns: Columns
    P: Array
    B: Array
    names: Names
    packing: Packing | None
    """None: of a run that is over."""
    start: int
    horizon: int
    closes: bool
    arrows: tuple[Arrow, ...]
    """What each counter of an arrow counts."""

    def stretch(self, first: int, last: int, everything: bool = False) -> Stretch:
        """The rows of the accounts from `first` up to, not with, `last`; of their events those from which anything
        follows by this plan, or all."""
        assert self.packing is not None
        return self.packing.stretch(first, last, everything)

    def spent(self) -> Lowered:
        """The same without what only the execution asks: then its room is free for the rows."""
        return attrs.evolve(self, packing=None, columns=self.columns.without_events())


def lower(
    schedule: Schedule, columns: Columns, start: int, until: int, entries: Mapping[str, str] | None = None
) -> Lowered:
    """Everything the kernel reads. Raises `Refused` when the plan or its values are beyond it."""
    if refusals := unsupported(schedule):
        raise Refused("; ".join(refusals))
    plan, codes = prepare(schedule), Codes()
    made = _Lowering(plan, columns, codes, start, until).all(entries or {})
    if codes.texts or codes.digits:
        codes.settle()
        made = _Lowering(plan, columns, codes, start, until).all(entries or {})
    return made


@attrs.define(eq=False)
class _Lowering:
    plan: Prepared
    columns: Columns
    codes: Codes
    start: int
    until: int

    def all(self, entries: Mapping[str, str]) -> Lowered:
        plan, schedule, events = self.plan, self.plan.schedule, self.columns.events
        tables, statics = Tables(), Statics(self.columns, self.plan.timing.zone)
        making = Expressions(tables, statics, plan.timing, self.codes, plan.events)
        outcomes = {str(word): number for number, word in enumerate(events.outcome.values)}
        names = Names(schedule, event_names(schedule, map(str, events.event.values)), outcomes)
        start, horizon = max(self.start, plan.period[0]), min(self.until, plan.period[1])
        bytes_ = Bytes()
        self._head(tables, names, bytes_, start, horizon)
        channels.put_calendar(tables, schedule.calendar)
        turning = channels.put_rules(plan, tables, making)
        channels.put_caps(plan, tables)
        channels.put_channels(plan, tables, making, turning)
        channels.put_teams(plan, tables)
        places.put(plan, tables, making, names)
        flows = Campaigns(plan, tables, making, names, bytes_)
        flows.put()
        put_events(plan, tables, names, making.slots)
        places.put_block(plan, tables, making)
        tables.table(k.P_ATOMS, [number for atom in making.atoms for number in atom])
        self.codes.put_lists(tables)
        tables.head(k.H_STACK, making.longest + 8)
        zone_tables = _put_zones(plan, tables, statics, self.columns, start, horizon)
        hashes = any(c.holdout or any(s.verb == "split" for s in c.steps) for c in schedule.campaigns)
        people, alone = person_sources(plan, tables, statics, making, zone_tables)
        accounts, account_alone = account_sources(making, start)
        packing = Packing(
            columns=self.columns,
            names=names,
            start=start,
            people=people,
            accounts=accounts,
            events=event_sources(plan, self.columns, making, names, tables),
            heeded=_heeded(plan, names, making, events.event),
            since=since_of(statics),
            declared=declared_numbers(plan, self.columns),
            alone=(alone, account_alone),
            named=hashes or bool((events.task.codes >= 0).any()),
            entries=entries,
        )
        tables.head(k.H_PERSON_COLUMNS, people.width)
        tables.head(k.H_ACCOUNT_COLUMNS, accounts.width)
        tables.head(k.H_EVENT_COLUMNS, packing.events.width)
        return Lowered(
            plan=plan,
            columns=self.columns,
            P=tables.whole(),
            B=np.frombuffer(bytes(bytes_.content), np.uint8).copy(),
            names=names,
            packing=packing,
            start=start,
            horizon=horizon,
            closes=self.until >= plan.period[1],
            arrows=tuple(flows.arrows),
        )

    def _head(self, tables: Tables, names: Names, content: Bytes, start: int, horizon: int) -> None:
        plan, schedule = self.plan, self.plan.schedule
        seed, seed_n = content.put(schedule.plan.seed)
        name, name_n = content.normal(schedule.plan.name)
        head: dict[int, int] = {
            k.H_HORIZON: horizon,
            k.H_START: start,
            k.H_PERIOD_END: plan.period[1],
            k.H_CLOSES: self.until >= plan.period[1],
            k.H_START_PHASE: names.phase(schedule.journey.start),
            k.H_JOURNEY_PLACE: schedule.journey.place,
            k.H_PLAN_PLACE: schedule.plan.place,
            k.H_TARGET: names.role("target") if names.role("target") < 63 else -1,
            k.H_SEED: seed,
            k.H_SEED_N: seed_n,
            k.H_PLAN: name,
            k.H_PLAN_N: name_n,
        }
        for field, value in head.items():
            tables.head(field, int(value))


def _heeded(plan: Prepared, names: Names, making: Expressions, column: Column) -> Array:
    """bool: of each value of a column of events, whether anything follows from it; behind them, of an outcome."""
    every = heeded(plan, names, making.slots)
    return np.array([*(every[names.number(str(name))] for name in column.values), True])


def _put_zones(
    plan: Prepared, tables: Tables, statics: Statics, columns: Columns, start: int, horizon: int
) -> list[int]:
    """The tables of the zones that occur; days from the first event to a year after the end are looked up at once."""
    moments = np.asarray(columns.events.at)
    first = min(start, int(moments.min()) if len(moments) else start)
    first_day, last_day = max(first, start - 20 * 366 * k.DAY) // k.DAY - 2, horizon // k.DAY + 400
    found = [zones.put_zone(tables, zone, first_day, last_day) for zone in statics.zones]
    zones.put_months(tables, first_day, last_day)
    tables.head(k.H_ZONE, found[0])
    return found
