"""What R28 checks and never delays, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gridlang.runtime.engine.columns import Columns
from gridlang.runtime.engine.results import NONE, Orders, Part, Silences, Whole
from gridlang.runtime.engine.writing.clocks import Clocks
from gridlang.runtime.reference.timing import local_text
from gridlang.runtime.rows import ReportRow
from gridlang.schedule.model import Schedule


def reports(schedule: Schedule, columns: Columns, parts: Sequence[Part], whole: Whole) -> tuple[ReportRow, ...]:
    """The reports of a run, in their order."""
    clocks = Clocks.of(columns, schedule.plan.timezone)
    found = [row for part in parts for row in _orders(schedule, columns, clocks, part.orders)]
    found += [whole.budget] if whole.budget is not None else []
    found += [row for part in parts for row in _silences(schedule, columns, part.silences)]
    return tuple(sorted(found, key=lambda row: (row.at or 0, row.check, row.subject, row.contact)))


def _silences(schedule: Schedule, columns: Columns, silences: Silences) -> Iterator[ReportRow]:
    people = columns.accounts.people
    told = (silences.account.tolist(), silences.relation.tolist(), silences.since.tolist(), silences.at.tolist())
    for account, relation, since, at in zip(*told, strict=True):
        level = schedule.relations[relation]
        yield ReportRow(
            check="contact_every",
            subject=level.name,
            contact=columns.people.ids[int(people[account])],
            at=at,
            expected=f"a contact every {level.contact_every}",
            happened=f"none since {local_text(since, schedule.plan.timezone)}",
            place=level.place,
        )


def _orders(schedule: Schedule, columns: Columns, clocks: Clocks, orders: Orders) -> Iterator[ReportRow]:
    told = (orders.person.tolist(), orders.rule.tolist(), orders.number.tolist(), orders.at.tolist())
    for person, number, which, at in zip(*told, strict=True):
        rule = schedule.rules[number]
        order = rule.order[which]
        zone = clocks.names[int(clocks.zone[person])]
        yield ReportRow(
            check="order",
            subject=rule.name,
            contact="" if person == NONE else columns.people.ids[person],
            at=at,
            expected=f"{order.first} before {order.then}",
            happened=f"{order.then} at {local_text(at, zone)}, without {order.first}",
            place=order.place,
        )
