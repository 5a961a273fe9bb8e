"""People, accounts and events as rows of numbers: first where each column comes from, then the rows of a stretch."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array, Column, Columns
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering import places
from gridlang.runtime.engine.lowering.expressions import Expressions, asked_attributes
from gridlang.runtime.engine.lowering.names import Names
from gridlang.runtime.engine.lowering.statics import Spread, Statics, mapped
from gridlang.runtime.engine.lowering.tables import Tables
from gridlang.runtime.reference import predicates
from gridlang.runtime.reference.predicates import View
from gridlang.runtime.reference.prepare import Prepared
from gridlang.schedule import clock
from gridlang.schedule import steps as st

_TASK = re.compile(r"[0-9a-f]{20}")


@attrs.frozen(eq=False)
class Sources:
    """Where the columns of S, T or E come from; what is not named is 0."""

    width: int
    columns: Mapping[int, Spread]

    def rows(self, part: slice, behind: int = 0) -> Array:
        """int64 (rows, width): those of a part, and room for more behind them."""
        found = np.zeros((part.stop - part.start + behind, self.width), np.int64)
        for column, source in self.columns.items():
            found[: part.stop - part.start, column] = source.part(part)
        return found

    def chosen(self, rows: Array) -> Array:
        """int64 (rows, width): these, in their order."""
        found = np.zeros((len(rows), self.width), np.int64)
        for column, source in self.columns.items():
            found[:, column] = source.part(rows)
        return found


def person_sources(
    plan: Prepared, tables: Tables, statics: Statics, making: Expressions, zones: Sequence[int]
) -> tuple[Sources, Array]:
    """Of S; and the row of the plan itself, which has no attributes: what is asked of it is asked of nobody."""
    people, schedule = statics.people, plan.schedule
    roles = [role.name for role in schedule.roles]
    given = [set(names) if isinstance(names, tuple) else set() for names in people.roles.values]
    columns = {
        k.SP_ZONE: Spread(np.array(zones), statics.zone),
        k.SP_FIGURES: _figures(plan, statics),
        k.SP_ROLES: mapped(people.roles, [_bits(roles, names) for names in given], 0),
        k.SP_SALES: mapped(people.salesperson, _members(plan, tables, people.salesperson), 0),
        **{k.SP_STATIC + number: column for number, column in enumerate(making.person_columns)},
    }
    alone = np.zeros(k.SP_STATIC + len(making.person_columns), np.int64)
    alone[k.SP_ZONE] = zones[0]
    alone[k.SP_STATIC :] = making.nobody
    return Sources(len(alone), columns), alone


def _figures(plan: Prepared, statics: Statics) -> Spread:
    """Whom a person plays on the maps, as far as attributes decide it: by their roles, or by a predicate."""
    figures = [person.name for person in plan.schedule.persons]
    asked = places.figures_by(plan.schedule, static=True)
    conditions = [(1 << number, predicates.evaluator(when, plan.timing)) for number, when in asked]
    attributes = (("person", "roles"), *(pair for _, when in asked for pair in asked_attributes(when)))

    def answer(view: View) -> int:
        assert view.person is not None
        roles = view.person.attributes.get("roles")
        found = _bits(figures, roles if isinstance(roles, tuple) else ())
        for bit, holds in conditions:
            if holds(view, None):
                found |= bit
        return found

    return statics.of_people(tuple(dict.fromkeys(attributes)), answer)


def _bits(known: Sequence[str], names: Iterable[object]) -> int:
    return sum(1 << number for number, name in enumerate(known) if name in names)


def _members(plan: Prepared, tables: Tables, salesperson: Column) -> list[int]:
    """Numbers for salespeople: 0 nobody, 1 somebody of no team, then the members; and who is which of each team."""
    members = list(dict.fromkeys(name for team in plan.schedule.teams for name in team.members))
    table: list[int] = []
    for team in plan.schedule.teams:
        if team.members:
            table += [-1, -1, *(team.members.index(name) if name in team.members else -1 for name in members)]
        else:
            table += [-2] * (len(members) + 2)
    tables.table(k.P_MEMBERS, table)
    tables.head(k.H_SALES, len(members) + 2)
    return [0 if name == "" else members.index(str(name)) + 2 if name in members else 1 for name in salesperson.values]


def account_sources(making: Expressions, start: int) -> tuple[Sources, Array]:
    """Of T, what attributes decide; and the row of the plan itself."""
    columns = {k.TA_STATIC + number: column for number, column in enumerate(making.account_columns)}
    alone = np.zeros(k.TA_STATIC + len(columns), np.int64)
    alone[k.TA_STATIC :] = k.MISS
    alone[k.TA_PEOPLE_N], alone[k.TA_ENTRY], alone[k.TA_PHASE] = 1, start, -1
    alone[k.TA_NUMBER] = alone[k.TA_FIRST] = -1
    return Sources(len(alone), columns), alone


def since_of(statics: Statics) -> Spread:
    """R2: the moment of each person's `since`; FAR without."""

    def moment(view: object) -> int:
        since = view.person.attributes.get("since")  # type: ignore[attr-defined]
        if since is None:
            return k.FAR
        time = since.time() if isinstance(since, dt.datetime) else dt.time()
        return clock.moment(dt.datetime.combine(since, time), view.person.zone)  # type: ignore[attr-defined]

    return statics.of_people((("person", "since"),), moment, zoned=True)


# --- events ----------------------------------------------------------------------------------------------------------


def order_of_rows(columns: Columns, rows: slice) -> Array:
    """These rows of events in their order; those alike in all but what they carry, by that."""
    events = columns.events
    order = np.arange(rows.start, rows.stop)
    if events.settled:
        return order
    n = len(order)
    keys = [
        events.person[rows],
        events.at[rows],
        *(c.codes[rows] for c in (events.event, events.outcome, events.task, events.step, events.id)),
    ]
    alike = np.ones(max(n - 1, 0), bool)
    for key in keys:
        alike &= key[1:] == key[:-1]
    if not alike.any():
        return order
    number = 0
    while number < n - 1:
        if not alike[number]:
            number += 1
            continue
        last = number + 1
        while last < n - 1 and alike[last]:
            last += 1
        group = order[number : last + 1].tolist()
        order[number : last + 1] = sorted(group, key=lambda row: _carried(columns, row))
        number = last + 1
    return order


def _carried(columns: Columns, row: int) -> str:
    found = {name: c.values[int(c.codes[row])] for name, c in columns.events.payload.items() if c.codes[row] >= 0}
    return repr(sorted(found.items()))


def event_sources(plan: Prepared, columns: Columns, making: Expressions, names: Names, tables: Tables) -> Sources:
    """Of E, all but the moment, the person and the number of its declaration."""
    events = columns.events
    words = [str(word) for word in events.outcome.values]
    _put_step_texts(plan, tables, events.step)
    tasks = [task_id(str(task)) for task in events.task.values]
    outcomes = [names.number(word) if word in plan.events else -1 for word in words]
    found = {
        k.EV_NAME: mapped(events.event, [names.number(str(name)) for name in events.event.values], -1),
        k.EV_OUTCOME: mapped(events.outcome, range(len(words)), -1),
        k.EV_OUTCOME_NAME: mapped(events.outcome, outcomes, -1),
        k.EV_STEP: mapped(events.step, range(len(events.step.values)), -1),
        k.EV_TASK_0: mapped(events.task, [high for high, _ in tasks], -1),
        k.EV_TASK_1: mapped(events.task, [low for _, low in tasks], -1),
        k.EV_CONSENT: _channels(events.payload.get("channel"), names, plan, len(events.at)),
        **{k.EV_STATIC + number: column for number, column in enumerate(making.event_columns)},
    }
    return Sources(k.EV_STATIC + len(making.event_columns), found)


def declared_numbers(plan: Prepared, columns: Columns) -> tuple[Spread, Spread]:
    """The number of a row's declaration by its event, and by its outcome; those of no declaration come last."""
    events, declared = columns.events, len(plan.event_numbers)

    def of(column: Column) -> Spread:
        return mapped(column, [plan.event_numbers.get(str(name), declared) for name in column.values], declared)

    return of(events.event), of(events.outcome)


def task_id(task: str) -> tuple[int, int]:
    """A task's id as two numbers; -2: no row can be called that."""
    return (int(task[:10], 16), int(task[10:], 16)) if _TASK.fullmatch(task) else (-2, -2)


def _channels(column: Column | None, names: Names, plan: Prepared, n: int) -> Spread:
    """Of each event the channel it carries: -1 all, -2 no channel of the plan."""
    if column is None:
        return Spread(np.full(1, -1), np.zeros(n, np.uint8))
    known = [
        (-1 if not value else names.channel(value) if value in plan.channels else -2) if isinstance(value, str) else -1
        for value in column.values
    ]
    return mapped(column, known, -1)


def _put_step_texts(plan: Prepared, tables: Tables, column: Column) -> None:
    """For each text that names a step, which steps it can mean (R21)."""
    found: list[int] = []
    for text in column.values:
        for flow in plan.flows:
            for step in flow.campaign.steps:
                found.append(isinstance(step, st.Task) and text in called(plan, flow.campaign.name, step.id))  # noqa: PERF401
            found.append(0)
    tables.table(k.P_STEP_TEXTS, found)


def called(plan: Prepared, campaign: str, step: str) -> set[str | None]:
    """The texts that mean a step."""
    label = plan.label_of(campaign, step)
    return {step, label, f"{campaign}.{step}", f"{campaign}.{label}"}
