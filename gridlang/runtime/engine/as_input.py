"""People of the columns as the rows of `gridlang.runtime.rows`, for those who ask about few of many."""

from __future__ import annotations

from typing import Any

import numpy as np

from gridlang.runtime.engine.columns import NONE, Array, Column, Columns
from gridlang.runtime.inputs.persons import ALONE
from gridlang.runtime.rows import Contact, Input, Origin

_NOWHERE = Origin("", 0)


def people_of(columns: Columns, person: Array) -> Input:
    """The people of these numbers, each once, and their accounts; `NONE` is nobody. What happened is left out."""
    chosen = np.unique(person[person != NONE]).tolist()
    accounts = np.unique(columns.people.account[chosen]).tolist() if chosen else []
    return Input(
        contacts=tuple(_contact(columns, each) for each in chosen),
        accounts={columns.accounts.ids[each]: _values(columns.accounts.attributes, each) for each in accounts},
        happenings=(),
    )


def _contact(columns: Columns, at: int) -> Contact:
    people = columns.people
    account = columns.accounts.ids[int(people.account[at])]
    return Contact(
        id=people.ids[at],
        account=account,
        alone=account.startswith(ALONE),
        roles=_value(people.roles, at) or (),
        timezone=_value(people.timezone, at),
        language=_value(people.language, at),
        since=_value(people.since, at),
        salesperson=_value(people.salesperson, at),
        attributes=_values(people.attributes, at),
        origin=_NOWHERE,
    )


def _value(column: Column, at: int) -> Any:
    code = int(column.codes[at])
    return None if code == NONE else column.values[code]


def _values(columns: dict[str, Column], at: int) -> dict[str, Any]:
    said = {name: _value(column, at) for name, column in columns.items()}
    return {name: value for name, value in said.items() if value is not None}
