"""What goes into the engine: people, accounts and events as arrays (numpy), with dictionaries for their values.

Accounts stand in order of their ids, the people of an account together in order of theirs (both by code point), so
that the index of a person is their place in R17. A value is kept once, in the dictionary of its column, as the typed
value that `gridlang.runtime.rows` has; the array holds codes. Everything here is what a run is given, and is not changed by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import attrs

from gridlang.runtime.rows import AttributeValue, FileCount, Issue

Array: TypeAlias = Any
"""A numpy array; its shape and type stand where it is declared."""
NONE = -1
"""The code of a value that is missing."""


@attrs.frozen(eq=False)
class Column:
    """A value for each of n things, most of which share it with others.

    `codes`: int32 (n,), an index into `values` or `NONE`. `values`: every value that occurs, once, in any order; a
    sequence that makes its values when asked (of Arrow, say) will do: the engine looks only at the columns which the
    plan's expressions ask about, and at the codes of others.
    """

    codes: Array
    values: Sequence[AttributeValue]


@attrs.frozen(eq=False, kw_only=True)
class People:
    """Persons, sorted by (account's id, own id). n of them."""

    ids: Sequence[str]
    account: Array
    """int32 (n,), ascending: index of the account."""
    timezone: Column
    """As the rows have it, unknown zones too; missing: the plan's."""
    language: Column
    since: Column
    """Dates and naive wall clocks (cut to the second)."""
    salesperson: Column
    roles: Column
    """Tuples of str; the empty tuple is a value or missing, as you like."""
    attributes: dict[str, Column]
    """By declared attribute; one that nobody has may be left out."""


@attrs.frozen(eq=False, kw_only=True)
class Accounts:
    """Accounts that have people, sorted by id. n of them; a person alone is in one whose id is `alone:` and theirs."""

    ids: Sequence[str]
    people: Array
    """int64 (n + 1,): the people of account a are people[a] up to, not with, people[a + 1]."""
    attributes: dict[str, Column]


@attrs.frozen(eq=False, kw_only=True)
class Events:
    """Events and outcomes of the people above (those of others left out), sorted by account, then moment, then as
    `gridlang.runtime.reference.happenings.order` says: (number of the event's declaration, or how many events are
    declared; person; id or ""; event or outcome or ""; task or step or ""). Rows alike in all of these may stand in
    any order. n of them."""

    of: Array
    """int64 (accounts + 1,): the events of account a are of[a] up to, not with, of[a + 1]."""
    person: Array
    """int32 (n,)."""
    at: Array
    """int64 (n,): seconds UTC."""
    event: Column
    """Names; missing where the row is an outcome."""
    outcome: Column
    task: Column
    """The id of a task that an outcome is of."""
    step: Column
    id: Column
    payload: dict[str, Column]
    """By field, over all events that carry it."""
    file: str
    """Of the origin of each, for issues."""
    row: Array
    """int64 (n,)."""
    line: Array
    """int64 (n,); `NONE`: none."""


@attrs.frozen(eq=False, kw_only=True)
class Columns:
    """Everything a run is given beside the schedule."""

    people: People
    accounts: Accounts
    events: Events
    issues: tuple[Issue, ...] = ()
    """Rows refused when they were read."""
    files: tuple[FileCount, ...] = ()
