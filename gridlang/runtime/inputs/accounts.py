"""Account attributes: from a file of accounts, from columns of persons, or both; all that say something must agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from gridlang.runtime.inputs.persons import ALONE, PersonRow
from gridlang.runtime.inputs.records import Column, Record, on_clock
from gridlang.runtime.inputs.scalars import Wrong, text
from gridlang.runtime.inputs.tables import Row, Table
from gridlang.runtime.rows import AttributeValue, Issue, Origin
from gridlang.schedule.model import Schedule


@attrs.frozen
class AccountRow:
    """A row of the file of accounts that reads well."""

    id: str
    values: dict[str, AttributeValue]
    origin: Origin


def read_account(schedule: Schedule, columns: tuple[Column, ...], table: Table, row: Row) -> AccountRow | Issue:
    """The account of one row, or everything that is wrong with it."""
    record = Record(table.name, row.number, row.cells)
    name = text(row.cells["id"]) if "id" in row.cells else None
    if name is None:
        record.missing("id")
    elif isinstance(name, Wrong):
        record.wrong("id", name)
    elif name.startswith(ALONE):
        record.wrong("id", Wrong(f"names that begin with `{ALONE}` stand for people without an account"))
    values = record.fields(columns, on_clock(schedule.plan.timezone), complete=False)
    if record.flaws:
        return record.issue()
    return AccountRow(str(name), values, table.origin(row.number))


@attrs.frozen
class Merged:
    """Accounts that have a person, by id; the persons whose account holds together; the rows refused."""

    accounts: dict[str, dict[str, AttributeValue]]
    persons: tuple[PersonRow, ...]
    refused: tuple[Issue, ...]


def merge(columns: tuple[Column, ...], persons: Iterable[PersonRow], accounts: Iterable[AccountRow]) -> Merged:
    """Give every account its attributes.

    Where rows disagree, or an attribute that the plan needs stands in none, every person of the account is left out:
    which of the rows is right would depend on their order.
    """
    known = {account.id: account for account in accounts}
    groups: dict[str, list[PersonRow]] = {}
    for person in persons:
        groups.setdefault(person.contact.account, []).append(person)
    merged: dict[str, dict[str, AttributeValue]] = {}
    kept: list[PersonRow] = []
    refused: list[Issue] = []
    for name in sorted(groups):
        said = list(_said(groups[name], known.get(name)))
        values, flaw = _one_account(name, columns, said)
        if flaw:
            refused.extend(_left_out(person, flaw) for person in groups[name])
        else:
            merged[name] = values
            kept.extend(groups[name])
    return Merged(merged, tuple(kept), tuple(refused))


def _said(persons: list[PersonRow], account: AccountRow | None) -> Iterator[tuple[Origin, dict[str, AttributeValue]]]:
    """Every place that says something about the account."""
    if account:
        yield account.origin, account.values
    for person in persons:
        yield person.contact.origin, person.account_values


def _one_account(
    name: str, columns: tuple[Column, ...], said: list[tuple[Origin, dict[str, AttributeValue]]]
) -> tuple[dict[str, AttributeValue], Wrong | None]:
    """The account's attributes, or why it cannot be taken."""
    values: dict[str, AttributeValue] = {}
    shown = f"account `{name.removeprefix(ALONE)}`"
    for column in columns:
        field = column.field.name
        found = [(origin, given[field]) for origin, given in said if field in given]
        other = next((one for one in found if one[1] != found[0][1]), None)
        if other:
            places = f"{found[0][0]} and {other[0]}"
            return values, Wrong(f"{shown}: `{field}` is different in {places}", "account_disagrees")
        if found:
            values[field] = found[0][1]
        elif column.needed:
            return values, Wrong(f"{shown} has no `{field}`", "missing_value")
        elif column.field.type == "List":
            values[field] = ()
    return values, None


def _left_out(person: PersonRow, flaw: Wrong) -> Issue:
    origin = person.contact.origin
    return Issue(code=flaw.code, reason=flaw.reason, file=origin.file, row=origin.row, contact=person.contact.id)


def without_person(table: Table, accounts: Iterable[AccountRow], used: Iterable[str]) -> Iterator[Issue]:
    """One word about the accounts that nobody belongs to."""
    names = set(used)
    unused = sorted(account.id for account in accounts if account.id not in names)
    if unused:
        more = " …" if len(unused) > 5 else ""
        listed = ", ".join(f"`{name}`" for name in unused[:5]) + more
        reason = f"accounts to which no person belongs: {len(unused)} ({listed})"
        yield Issue(code="account_without_person", reason=reason, file=table.name, refused=False)


def unknown_accounts(
    schedule: Schedule, persons: Iterable[PersonRow], accounts: Iterable[AccountRow]
) -> Iterator[Issue]:
    """Persons whose account stands in no row of the file of accounts, where the plan has account attributes."""
    names = {account.id for account in accounts}
    for person in persons if schedule.account_fields else ():
        contact = person.contact
        if not contact.alone and contact.account not in names:
            reason = f"no row of the accounts says anything about `{contact.account}`"
            yield Issue(
                code="unknown_account",
                reason=reason,
                file=contact.origin.file,
                row=contact.origin.row,
                contact=contact.id,
                refused=False,
            )
