"""People, accounts and events as rows of numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array, Column, Columns
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering.expressions import Expressions
from gridlang.runtime.engine.lowering.names import Names
from gridlang.runtime.engine.lowering.statics import Statics, spread
from gridlang.runtime.engine.lowering.tables import Tables
from gridlang.runtime.engine.lowering.texts import Places, normal_places, places
from gridlang.runtime.reference.prepare import Prepared
from gridlang.schedule import clock
from gridlang.schedule import steps as st

_TASK = re.compile(r"[0-9a-f]{20}")


@attrs.frozen(eq=False)
class Named:
    """What people and accounts are called, for chances (R20) and the ids of rows (R24)."""

    people: Places
    normal: Places
    accounts: Places

    @classmethod
    def of(cls, columns: Columns) -> Named:
        """Of all of them."""
        people = places(columns.people.ids)
        return cls(people, normal_places(columns.people.ids, people), places(columns.accounts.ids))


def mapped(column: Column, numbers: Sequence[int], missing: int) -> Array:
    """A number for each code of a column."""
    return np.array([*numbers, missing], np.int64)[np.asarray(column.codes, np.int64)]


def person_rows(
    plan: Prepared, tables: Tables, statics: Statics, making: Expressions, texts: Named | None, zone: Array
) -> Array:
    """S; behind the people stands the plan itself, for campaigns that are one run for the plan."""
    people, schedule = statics.people, plan.schedule
    n = len(people.ids)
    found = np.zeros((n + 1, k.SP_STATIC + len(making.person_columns)), np.int64)
    found[:n, k.SP_ZONE] = zone
    found[n, k.SP_ZONE] = tables._parts[0][k.H_ZONE]
    figures = [person.name for person in schedule.persons]
    roles = [role.name for role in schedule.roles]
    given = [set(names) if isinstance(names, tuple) else set() for names in people.roles.values]
    found[:n, k.SP_FIGURES] = mapped(people.roles, [_bits(figures, names) for names in given], 0)
    found[:n, k.SP_ROLES] = mapped(people.roles, [_bits(roles, names) for names in given], 0)
    found[:n, k.SP_SALES] = mapped(people.salesperson, _members(plan, tables, people.salesperson), 0)
    if texts is not None:
        found[:n, k.SP_RAW], found[:n, k.SP_RAW_N] = texts.people.at, texts.people.length
        found[:n, k.SP_NFC], found[:n, k.SP_NFC_N] = texts.normal.at, texts.normal.length
    for number, column in enumerate(making.person_columns):
        found[:n, k.SP_STATIC + number] = column
        found[n, k.SP_STATIC + number] = k.MISS
    _put_alone(found, n, making)
    return found


def _put_alone(found: Array, n: int, making: Expressions) -> None:
    """The plan itself has no attributes: what is asked of it is asked of nobody."""
    for number, answer in enumerate(making.nobody):
        found[n, k.SP_STATIC + number] = answer


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


def account_rows(
    plan: Prepared, statics: Statics, making: Expressions, texts: Named | None, names: Names, start: int,
    entries: Mapping[str, str],
) -> Array:  # fmt: skip
    """T; behind the accounts stands the plan itself."""
    accounts, events = statics.accounts, statics.columns.events
    n = len(accounts.ids)
    found = np.zeros((n + 1, k.TA_STATIC + len(making.account_columns)), np.int64)
    people, rows = np.asarray(accounts.people, np.int64), np.asarray(events.of, np.int64)
    found[:n, k.TA_PEOPLE], found[:n, k.TA_PEOPLE_N] = people[:-1], np.diff(people)
    found[:n, k.TA_EVENTS], found[:n, k.TA_EVENTS_N] = rows[:-1], np.diff(rows)
    found[:n, k.TA_ENTRY] = _entries(statics, people, start)
    found[:, k.TA_PHASE] = -1
    if entries:
        found[:n, k.TA_PHASE] = [names.phase(entries[each]) if each in entries else -1 for each in accounts.ids]
    if texts is not None:
        found[:n, k.TA_RAW], found[:n, k.TA_RAW_N] = texts.accounts.at, texts.accounts.length
    numbers, first = statics.columns.account_numbers, statics.columns.person_numbers
    found[:n, k.TA_NUMBER] = np.arange(n) if numbers is None else numbers
    found[:n, k.TA_FIRST] = people[:-1] if first is None else first[people[:-1]]
    found[n, k.TA_PEOPLE], found[n, k.TA_PEOPLE_N], found[n, k.TA_ENTRY] = people[-1] if n else 0, 1, start
    found[n, k.TA_NUMBER] = found[n, k.TA_FIRST] = -1
    for number, column in enumerate(making.account_columns):
        found[:n, k.TA_STATIC + number] = column
        found[n, k.TA_STATIC + number] = k.MISS
    return found


def _entries(statics: Statics, people: Array, start: int) -> Array:
    """R2: the later of the start and the earliest `since` of its people."""
    if not len(people) - 1:
        return np.zeros(0, np.int64)

    def moment(view: object) -> int:
        since = view.person.attributes.get("since")  # type: ignore[attr-defined]
        if since is None:
            return k.FAR
        time = since.time() if isinstance(since, dt.datetime) else dt.time()
        return clock.moment(dt.datetime.combine(since, time), view.person.zone)  # type: ignore[attr-defined]

    since = statics.of_people((("person", "since"),), moment, zoned=True)
    earliest = np.minimum.reduceat(since, people[:-1])
    return np.maximum(start, np.where(earliest == k.FAR, start, earliest))


# --- events ----------------------------------------------------------------------------------------------------------


def order_of_rows(columns: Columns, plan: Prepared) -> Array:
    """The rows of events in their order; those alike in all but what they carry, by that."""
    events = columns.events
    n = len(events.at)
    order = np.arange(n)
    keys = [
        events.person,
        events.at,
        *(c.codes for c in (events.event, events.outcome, events.task, events.step, events.id)),
    ]
    alike = np.ones(max(n - 1, 0), bool)
    for key in keys:
        array = np.asarray(key)
        alike &= array[1:] == array[:-1]
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
        group = range(number, last + 1)
        order[number : last + 1] = sorted(group, key=lambda row: _carried(columns, row))
        number = last + 1
    return order


def _carried(columns: Columns, row: int) -> str:
    found = {name: c.values[int(c.codes[row])] for name, c in columns.events.payload.items() if c.codes[row] >= 0}
    return repr(sorted(found.items()))


def event_rows(
    plan: Prepared, columns: Columns, making: Expressions, names: Names, tables: Tables, order: Array
) -> Array:
    """E."""
    events, people = columns.events, columns.people
    n, declared = len(events.at), len(plan.event_numbers)
    found = np.zeros((max(n, 1), k.EV_STATIC + len(making.event_columns)), np.int64)
    person = np.asarray(events.person, np.int64)
    account = np.asarray(people.account, np.int64)[person]
    found[:n, k.EV_AT] = events.at
    found[:n, k.EV_PERSON] = person - np.asarray(columns.accounts.people, np.int64)[account]
    found[:n, k.EV_NAME] = mapped(events.event, [names.number(str(name)) for name in events.event.values], -1)
    found[:n, k.EV_OUTCOME] = np.asarray(events.outcome.codes)
    words = [str(word) for word in events.outcome.values]
    found[:n, k.EV_OUTCOME_NAME] = mapped(
        events.outcome, [names.number(word) if word in plan.events else -1 for word in words], -1
    )
    numbers = [plan.event_numbers.get(str(name), declared) for name in events.event.values]
    said = [plan.event_numbers.get(word, declared) for word in words]
    by_outcome = mapped(events.outcome, said, declared)
    found[:n, k.EV_NUMBER] = np.where(
        np.asarray(events.event.codes) >= 0, mapped(events.event, numbers, declared), by_outcome
    )
    found[:n, k.EV_STEP] = np.asarray(events.step.codes)
    _put_step_texts(plan, tables, events.step)
    tasks = [_task(str(task)) for task in events.task.values]
    found[:n, k.EV_TASK_0] = mapped(events.task, [high for high, _ in tasks], -1)
    found[:n, k.EV_TASK_1] = mapped(events.task, [low for _, low in tasks], -1)
    found[:n, k.EV_CONSENT] = _channels(events.payload.get("channel"), names, plan, n)
    for number, column in enumerate(making.event_columns):
        found[:n, k.EV_STATIC + number] = column
    if n:
        found[:n] = found[order]
    return found


def _task(task: str) -> tuple[int, int]:
    """A task's id as two numbers; -2: no row can be called that."""
    return (int(task[:10], 16), int(task[10:], 16)) if _TASK.fullmatch(task) else (-2, -2)


def _channels(column: Column | None, names: Names, plan: Prepared, n: int) -> Array:
    """Of each event the channel it carries: -1 all, -2 no channel of the plan."""
    if column is None:
        return np.full(n, -1, np.int64)
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
                found.append(isinstance(step, st.Task) and text in _called(plan, flow.campaign.name, step.id))  # noqa: PERF401
            found.append(0)
    tables.table(k.P_STEP_TEXTS, found)


def _called(plan: Prepared, campaign: str, step: str) -> set[str | None]:
    label = plan.label_of(campaign, step)
    return {step, label, f"{campaign}.{step}", f"{campaign}.{label}"}


__all__ = ["account_rows", "event_rows", "order_of_rows", "person_rows", "spread"]
