"""Rows of persons: who they are, what account they belong to, and the attributes that the plan declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from gridlang.runtime.inputs import scalars
from gridlang.runtime.inputs.columns import Required
from gridlang.runtime.inputs.records import Column, Record, columns_of, on_clock
from gridlang.runtime.inputs.references import declared_names
from gridlang.runtime.inputs.scalars import Wrong
from gridlang.runtime.inputs.tables import Cell, Row, Table
from gridlang.runtime.inputs.values import did_you_mean
from gridlang.runtime.rows import AttributeValue, Contact, Issue
from gridlang.schedule import clock
from gridlang.schedule.model import Field, Schedule

RESERVED = ("id", "account", "roles", "timezone", "language", "since", "salesperson")
ALONE = "alone:"
"""How the key of somebody without an account begins; no account of the files may begin so."""


@attrs.frozen(kw_only=True)
class PersonRow:
    """A row that reads well; `account_values` are the account's attributes that it carries."""

    contact: Contact
    account_values: dict[str, AttributeValue]


@attrs.frozen
class PersonColumns:
    """The columns that this plan reads in a file of persons. A name of both is the person's."""

    person: tuple[Column, ...]
    account: tuple[Column, ...]

    @classmethod
    def of(cls, schedule: Schedule) -> PersonColumns:
        own = {field.name for field in schedule.person_fields} | set(RESERVED)
        return cls(
            columns_of((f for f in schedule.person_fields if f.name not in RESERVED), schedule),
            columns_of((f for f in schedule.account_fields if f.name not in own), schedule),
        )

    @property
    def known(self) -> tuple[str, ...]:
        return (*RESERVED, *(column.field.name for column in (*self.person, *self.account)))

    def required(self, *, accounts_given: bool) -> Iterator[Required]:
        """`id`, and every attribute that may not be missing; account attributes where no file of accounts has them."""
        yield Required("id", "every row must say who it is about", "add the CRM's id of the person")
        for column in self.person:
            if column.needed:
                yield _declared("person", column.field)
        for column in () if accounts_given else self.account:
            if column.needed:
                yield _declared("account", column.field)


def _declared(kind: str, field: Field) -> Required:
    declared = f"{field.name}: {_type(field)}"
    reason = f"the plan declares `{declared}` in `fields {kind}`, and a value is needed for everybody"
    return Required(field.name, reason, f"add the column, or declare `{declared}?`")


def _type(field: Field) -> str:
    """The type as the plan declares it: a choice with its values."""
    if field.of and field.type != "List":
        return field.of.capitalize()
    if field.options:
        return "OneOf(" + ", ".join(f'"{option}"' for option in field.options) + ")"
    return field.type


def read_person(schedule: Schedule, columns: PersonColumns, table: Table, row: Row) -> PersonRow | Issue:
    """The person of one row, or everything that is wrong with the row."""
    record = Record(table.name, row.number, row.cells)
    name = _word(record, "id")
    record.contact = name or ""
    zone = _timezone(row.cells)
    local = on_clock(zone or schedule.plan.timezone)
    account = _account(record, name)
    contact = Contact(
        id=name or "",
        account=account or f"{ALONE}{name}",
        alone=account is None,
        roles=_roles(record),
        timezone=zone,
        language=_word(record, "language", needed=False),
        since=record.take("since", lambda cell: scalars.date_or_time(cell, local)),
        salesperson=_word(record, "salesperson", needed=False),
        attributes=record.fields(columns.person, local),
        origin=table.origin(row.number),
    )
    account_values = record.fields(columns.account, on_clock(schedule.plan.timezone), complete=False)
    if record.flaws:
        return record.issue()
    return PersonRow(contact=contact, account_values=account_values)


def _word(record: Record, column: str, *, needed: bool = True) -> str | None:
    if needed and column not in record.cells:
        record.missing(column)
    return record.take(column, scalars.text)


def _account(record: Record, name: str | None) -> str | None:
    account = _word(record, "account", needed=False)
    if account is not None and account.startswith(ALONE):
        reason = f"`{account}`: names that begin with `{ALONE}` stand for people without an account"
        record.wrong("account", Wrong(reason))
    return account


def _roles(record: Record) -> tuple[str, ...]:
    return tuple(dict.fromkeys(record.take("roles", scalars.texts) or ()))


def _timezone(cells: dict[str, Cell]) -> str | None:
    """The person's zone, None where it is missing or unknown (R8)."""
    zone = cells.get("timezone")
    return zone if isinstance(zone, str) and clock.known_zone(zone) else None


def remarks(schedule: Schedule, table: Table, row: Row, contact: Contact) -> Iterator[Issue]:
    """What is odd about a row and refuses nobody: an unknown time zone (R8), a role that the plan does not have."""
    if "timezone" in row.cells and contact.timezone is None:
        written = scalars.shown(row.cells["timezone"])
        near = did_you_mean(written, clock.zone_names())
        reason = f"unknown time zone `{written}`{near}; the plan's clock, {schedule.plan.timezone}, is used"
        yield _remark("unknown_timezone", reason, table, row, contact)
    known = [*(role.name for role in schedule.roles), *(person.name for person in schedule.persons)]
    for role in contact.roles:
        if role not in known:
            reason = f"`{role}` is neither a role nor a person of the plan{did_you_mean(role, known)}"
            yield _remark("unknown_role", reason, table, row, contact)


def _remark(code: str, reason: str, table: Table, row: Row, contact: Contact) -> Issue:
    return Issue(code=code, reason=reason, file=table.name, row=row.number, contact=contact.id, refused=False)


def references(schedule: Schedule, contacts: Iterable[Contact]) -> dict[tuple[str, str], int]:
    """How often each column names what the plan does not declare: `emial` in `consent`."""
    found: dict[tuple[str, str], int] = {}
    for field in schedule.person_fields:
        known = declared_names(schedule, field.of)
        for contact in contacts if known is not None else ():
            for name in _names(contact.attributes.get(field.name)):
                if name not in (known or ()):
                    found[field.name, name] = found.get((field.name, name), 0) + 1
    return found


def unknown_references(schedule: Schedule, table: Table, found: Mapping[tuple[str, str], int]) -> Iterator[Issue]:
    """One word for each column and name in it that the plan does not declare."""
    for (column, name), times in sorted(found.items()):
        kind = next(field.of for field in schedule.person_fields if field.name == column)
        near = did_you_mean(name, declared_names(schedule, kind) or ())
        reason = f"`{column}` names `{name}` {times} times, which is no {kind} of the plan{near}"
        yield Issue(code="unknown_reference", reason=reason, file=table.name, refused=False)


def _names(value: AttributeValue | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
