"""Persons in columns: rows that are clearly right stay there, all others go through the row code.

What the row code must see, and nothing else: rows with a cell that is wrong or odd; rows of one id; where the plan has
attributes of accounts, everybody of an account of which there is such a row, or whose rows disagree.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
import pyarrow.compute as compute  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE
from gridlang.runtime.engine.reading import readers
from gridlang.runtime.engine.reading.accounts import AccountFile
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.hashing import among, hashes
from gridlang.runtime.engine.reading.sheet import Sheet
from gridlang.runtime.engine.reading.source import Batch, Source
from gridlang.runtime.engine.reading.typed import TEXT, Few, Many
from gridlang.runtime.engine.reading.values import Values
from gridlang.runtime.inputs import scalars
from gridlang.runtime.inputs.accounts import Merged, merge, unknown_accounts
from gridlang.runtime.inputs.columns import Distinct, one_by_id, unknown_columns
from gridlang.runtime.inputs.persons import (
    ALONE,
    PersonColumns,
    PersonRow,
    read_person,
    references,
    remarks,
    unknown_references,
)
from gridlang.runtime.inputs.read import Seen, refused_people, sorted_out
from gridlang.runtime.inputs.records import columns_of
from gridlang.runtime.inputs.references import declared_names
from gridlang.runtime.inputs.tables import Row, Table
from gridlang.runtime.rows import AttributeValue, Contact, Issue
from gridlang.schedule.model import Schedule


@attrs.frozen(eq=False)
class PersonSheet:
    """A file of persons, and what the plan reads in it; `shared` are the dictionaries of accounts' attributes."""

    schedule: Schedule
    columns: PersonColumns
    sheet: Sheet
    shared: dict[str, Values]
    given: bool = True
    """Whether there is such a file."""

    @classmethod
    def of(
        cls, schedule: Schedule, source: Source, shared: dict[str, Values], asked: frozenset[str] | None
    ) -> PersonSheet:
        """The file, to be read; `asked` are the attributes whose values somebody may ask for, None: all."""
        columns = PersonColumns.of(schedule)
        roles = [*(role.name for role in schedule.roles), *(person.name for person in schedule.persons)]
        reserved = {
            "id": scalars.text,
            "account": scalars.text,
            "roles": readers.names(roles),
            "timezone": readers.timezone,
            "language": scalars.text,
            "since": readers.since,
            "salesperson": scalars.text,
        }
        own = {column.field.name: readers.of_column(column) for column in columns.person}
        values = {name: Values(read) for name, read in (reserved | own).items()}
        of_account = {column.field.name: shared[column.field.name] for column in columns.account}
        free = frozenset(c.field.name for c in columns.person if c.field.type == "Text" and not c.field.options)
        unasked = frozenset() if asked is None else free - asked
        keys = frozenset(("id", "account"))
        sheet = Sheet(source, values | of_account, keys | free, unique=keys, unasked=unasked)
        return cls(schedule, columns, sheet, shared)

    def doubtful(self, batch: Batch, codes: dict[str, Array]) -> Array:
        """Rows that lack what the plan needs, or whose account has a name that none may have. An empty list is put in
        where a list is missing."""
        found = codes["id"] == NONE
        account = self.sheet.columns["account"]
        assert isinstance(account, Few | Many)
        found |= account.begins(ALONE)
        for column in self.columns.person:
            name = column.field.name
            if column.needed:
                found |= codes[name] == NONE
            elif column.field.type == "List":
                empty = self.sheet.values[name].of_value(())
                codes[name][codes[name] == NONE] = empty
        return found

    # --- accounts ----------------------------------------------------------------------------------------------------

    def accounts(self) -> Arrow:
        """The key of everybody's account: its id, or one of their own."""
        ids, accounts = self.sheet.texts("id"), self.sheet.texts("account")
        if not accounts.null_count:
            return accounts
        alone, between = pyarrow.scalar(ALONE, TEXT), pyarrow.scalar("", TEXT)
        own = compute.binary_join_element_wise(alone, ids, between)
        return compute.if_else(compute.is_null(accounts), own, accounts)

    def withdraw(self, file: AccountFile | None) -> None:
        """Leave to the row code whoever it must see beside the rows that it sees already."""
        self.sheet.withdraw(self.sheet.doubled())
        if self.schedule.account_fields:
            hashed = hashes(self.accounts())
            doubtful = among(hashed, self._accounts_of(self.sheet.rest.rows)) | self._at_odds(hashed, file)
            self.sheet.withdraw(doubtful)

    def _accounts_of(self, rows: Iterable[Row]) -> Array:
        """The hashes of the accounts that rows may name."""
        named = (row.cells.get("account") or f"{ALONE}{row.cells.get('id')}" for row in rows)
        return hashes(pyarrow.array([str(scalars.text(cell)) for cell in named], TEXT))

    def _at_odds(self, hashed: Array, file: AccountFile | None) -> Array:
        """bool: whose account says two things in its rows, lacks what the plan needs, or stands in no row of the
        accounts."""
        names, group = np.unique(hashed, return_inverse=True)
        odd = np.zeros(names.size, np.bool_)
        for column in columns_of(self.schedule.account_fields, self.schedule):
            low, high = self._said(column.field.name, group, names, file)
            odd |= low != high
            if column.needed:
                odd |= high == NONE
        found = odd[group]
        if file is not None:
            alone = compute.starts_with(self.accounts(), ALONE).to_numpy(zero_copy_only=False)
            found |= ~alone & ~among(hashed, file.hashed)
        return found

    def _said(self, name: str, group: Array, names: Array, file: AccountFile | None) -> tuple[Array, Array]:
        """int64: the lowest and the highest code that the rows of each account say; `NONE` both where none says any."""
        most = np.iinfo(np.int64).max
        low, high = np.full(names.size, most), np.full(names.size, NONE, np.int64)
        told = [(group, self.sheet.codes(name))] if name in self.sheet.columns else []
        if file is not None:
            here = np.searchsorted(names, file.hashed).clip(max=max(names.size - 1, 0))
            known = names[here] == file.hashed if names.size else np.zeros(file.hashed.size, np.bool_)
            told.append((here[known], file.codes[name][known]))
        for at, codes in told:
            said = codes != NONE
            np.minimum.at(low, at[said], codes[said])
            np.maximum.at(high, at[said], codes[said])
        low[high == NONE] = NONE
        return low, high

    # --- the row code ------------------------------------------------------------------------------------------------

    def judged(self, file: AccountFile | None) -> Judged:
        """What the row code says of the rows that it must see."""
        schedule, table = self.schedule, self.sheet.table()
        distinct = one_by_id(table, self.columns.known, "id")
        read, refused = sorted_out(lambda row: read_person(schedule, self.columns, table, row), distinct.rows)
        names = hashes(pyarrow.array([person.contact.account for person in read], TEXT))
        rows = file.among(names) if file is not None else []
        merged = merge(columns_of(schedule.account_fields, schedule), read, rows)
        issues = [*unknown_columns(table, self.columns.known), *refused, *merged.refused]
        by_number = {row.number: row for row in distinct.rows}
        for person in merged.persons:
            contact = person.contact
            issues.extend(remarks(schedule, table, by_number[contact.origin.row], contact))
        if file is not None:
            issues.extend(unknown_accounts(schedule, merged.persons, rows))
        found = self._references(references(schedule, [person.contact for person in merged.persons]))
        issues.extend(unknown_references(schedule, table, found))
        return Judged(table, distinct, merged, issues, self.sheet.kept)

    def _references(self, found: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
        """Names that the plan does not declare, of the rows kept too."""
        for column in self.columns.person:
            name, known = column.field.name, declared_names(self.schedule, column.field.of)
            if known is not None and column.field.type == "List":
                codes = self.sheet.codes(name)
                times = np.bincount(codes[codes != NONE], minlength=len(self.sheet.values[name].values)).tolist()
                for value, number in zip(self.sheet.values[name].values, times, strict=True):
                    for each in value if isinstance(value, tuple) and number else ():
                        if each not in known:
                            found[name, each] = found.get((name, each), 0) + number
        return found

    def add(self, person: PersonRow) -> None:
        """Put somebody down whom the row code read."""
        self.sheet.add(_cells(person))


@attrs.frozen(eq=False)
class Judged:
    """What the row code found; `beside` are the rows that it never saw."""

    table: Table
    distinct: Distinct
    merged: Merged
    issues: list[Issue]
    beside: int

    def close(self, seen: Seen) -> None:
        """Put the file's issues down, and who was refused."""
        seen.close(self.table, self.distinct, len(self.merged.persons), self.issues, "id", self.beside)
        seen.refused.update(refused_people(seen.issues, self.table))


def _cells(person: PersonRow) -> dict[str, AttributeValue | None]:
    contact: Contact = person.contact
    reserved: dict[str, AttributeValue | None] = {
        "id": contact.id,
        "account": None if contact.alone else contact.account,
        "roles": contact.roles,
        "timezone": contact.timezone,
        "language": contact.language,
        "since": contact.since,
        "salesperson": contact.salesperson,
    }
    return {**contact.attributes, **person.account_values, **reserved}
