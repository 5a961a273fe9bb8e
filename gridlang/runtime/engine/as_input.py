"""People of the columns as the rows of `gridlang.runtime.rows`, for those who ask about few of many."""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.columns import NONE, Array, Columns, values_at
from gridlang.runtime.inputs.persons import ALONE
from gridlang.runtime.rows import Contact, Input, Origin

_NOWHERE = Origin("", 0)


def people_of(columns: Columns, person: Array) -> Input:
    """The people of these numbers, each once, and their accounts; `NONE` is nobody. What happened is left out."""
    chosen = np.unique(person[person != NONE]).tolist()
    accounts = np.unique(columns.people.account[chosen]).tolist() if chosen else []
    return Input(
        contacts=tuple(_contact(columns, each) for each in chosen),
        accounts={columns.accounts.ids[each]: values_at(columns.accounts.attributes, each) for each in accounts},
        happenings=(),
    )


def _contact(columns: Columns, at: int) -> Contact:
    people = columns.people
    account = columns.accounts.ids[int(people.account[at])]
    return Contact(
        id=people.ids[at],
        account=account,
        alone=account.startswith(ALONE),
        roles=people.roles.value(at) or (),
        timezone=people.timezone.value(at),
        language=people.language.value(at),
        since=people.since.value(at),
        salesperson=people.salesperson.value(at),
        attributes=values_at(people.attributes, at),
        origin=_NOWHERE,
    )
