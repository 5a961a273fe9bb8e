"""The file of accounts in columns, and the attributes that accounts get from it and from their persons."""

from __future__ import annotations

import attrs
import numpy as np

from gridlang.runtime.engine.columns import NONE
from gridlang.runtime.engine.reading import readers
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.hashing import among, hashes
from gridlang.runtime.engine.reading.sheet import Sheet
from gridlang.runtime.engine.reading.source import Source
from gridlang.runtime.engine.reading.typed import Few, Many
from gridlang.runtime.engine.reading.values import Values
from gridlang.runtime.inputs import scalars
from gridlang.runtime.inputs.accounts import AccountRow, read_account, without_person
from gridlang.runtime.inputs.columns import Distinct, one_by_id, unknown_columns
from gridlang.runtime.inputs.persons import ALONE
from gridlang.runtime.inputs.read import Seen, sorted_out
from gridlang.runtime.inputs.records import columns_of, on_clock
from gridlang.runtime.inputs.tables import Table
from gridlang.runtime.rows import Issue, Origin
from gridlang.schedule.model import Schedule


@attrs.define(eq=False)
class AccountFile:
    """Accounts that read well: by index their id, its hash, the row they stand in, and values in the dictionaries that
    the columns of persons share."""

    ids: Arrow
    hashed: Array
    numbers: Array
    codes: dict[str, Array]
    values: dict[str, Values]
    table: Table
    distinct: Distinct
    refused: list[Issue]
    beside: int
    """So many of them never were rows of the table."""

    def row(self, at: int) -> AccountRow:
        """An account as the row code has it."""
        said = {name: self.values[name].values[codes[at]] for name, codes in self.codes.items() if codes[at] != NONE}
        number = int(self.numbers[at])
        return AccountRow(self.ids[at].as_py(), said, self.table.origin(number))

    def among(self, names: Array) -> list[AccountRow]:
        """The accounts whose ids have one of these hashes."""
        return [self.row(at) for at in np.flatnonzero(among(self.hashed, names)).tolist()]

    def close(self, used: Array, seen: Seen) -> None:
        """Put the file's issues down; `used` are the hashes of the accounts that have a person."""
        unused = np.flatnonzero(~among(self.hashed, used)).tolist()
        origin = Origin(self.table.name, 0)
        rows = [AccountRow(self.ids[at].as_py(), {}, origin) for at in unused]
        issues = [*self.refused, *without_person(self.table, rows, ())]
        seen.close(self.table, self.distinct, len(self.ids) - self.beside, issues, beside=self.beside)


def shared(schedule: Schedule) -> dict[str, Values]:
    """A dictionary for each attribute of accounts, wherever it is said."""
    zone = on_clock(schedule.plan.timezone)
    columns = columns_of(schedule.account_fields, schedule)
    return {column.field.name: Values(readers.of_column(column, zone)) for column in columns}


def account_sheet(source: Source, values: dict[str, Values]) -> Sheet:
    """The file of accounts, to be read."""
    keys = frozenset({"id"})
    return Sheet(source, {"id": Values(scalars.text), **values}, keys, unique=keys)


def unnamed(sheet: Sheet, codes: dict[str, Array]) -> Array:
    """Rows without an id, or with one that no account may have."""
    ids = sheet.columns["id"]
    assert isinstance(ids, Few | Many)
    return (codes["id"] == NONE) | ids.begins(ALONE)


def read_accounts(schedule: Schedule, sheet: Sheet) -> AccountFile:
    """The accounts of a sheet that was read; the file's last words wait until the persons are known."""
    columns = columns_of(schedule.account_fields, schedule)
    sheet.withdraw(sheet.doubled())
    table, beside, known = sheet.table(), sheet.kept, tuple(sheet.values)
    distinct = one_by_id(table, known, None)
    rows, refused = sorted_out(lambda row: read_account(schedule, columns, table, row), distinct.rows)
    for row in rows:
        sheet.add({"id": row.id, **row.values})
    ids = sheet.texts("id")
    return AccountFile(
        ids,
        hashes(ids),
        np.concatenate([sheet.numbers, np.array([row.origin.row for row in rows], np.int64)]),
        {name: sheet.codes(name) for name in known if name != "id"},
        {name: values for name, values in sheet.values.items() if name != "id"},
        table,
        distinct,
        [*unknown_columns(table, known), *refused],
        beside,
    )
