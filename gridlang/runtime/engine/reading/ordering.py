"""The order in which the engine wants people and events. Compiled by numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
import pyarrow.compute as compute  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.compiling import compiled
from gridlang.runtime.engine.reading.gathering import taken
from gridlang.runtime.engine.reading.hashing import ascending
from gridlang.runtime.engine.reading.threads import shared


def of_people(accounts: Arrow, ids: Arrow) -> Array | None:
    """int64: people by the id of their account, then by their own, by code point; None: as they stand."""
    steps, within = ascending(accounts), ascending(ids)
    if ((steps > 0) | ((steps == 0) & (within > 0))).all():
        return None
    keys = [("account", "ascending"), ("id", "ascending")]
    ordered = compute.sort_indices(pyarrow.table({"account": accounts, "id": ids}), keys)
    return ordered.to_numpy(zero_copy_only=False).astype(np.int64)


def starts_of(texts: Arrow) -> Array:
    """int64: where a text stands that differs from the one before it, in texts that are sorted."""
    if not len(texts):
        return np.empty(0, np.int64)
    return np.concatenate([[0], np.flatnonzero(ascending(texts)) + 1]).astype(np.int64)


def of_events(account: Array, person: Array, at: Array, number: Array, accounts: int) -> tuple[Array, Array]:
    """Events by account, then moment, number and person, those alike as they stand; gives (order, int64 (accounts + 1,)
    where the events of each account begin). `account` is that of each person."""
    home = taken(account, person)
    kind, rows = np.int32 if person.size < 1 << 31 else np.int64, person.size
    order, free = np.empty(rows, kind), np.zeros(accounts + 1, kind)
    _count(free, home)
    begins = np.cumsum(free, dtype=np.int64)
    free = begins[:-1].astype(kind)
    shared(lambda first, last: _place(order, free, home, first, last), accounts, rows)
    shared(lambda first, last: _sort(order, begins, at, number, person, first, last), accounts, rows)
    return order, begins


@compiled
def _count(found: Array, home: Array) -> None:
    """How many rows each account has, behind its place."""
    for row in range(home.size):
        found[home[row] + 1] += 1


@compiled
def _place(order: Array, free: Array, home: Array, first: int, last: int) -> None:
    """The rows of some accounts, as they stand; `home`: of each row its account, `free`: the next place of each."""
    for row in range(home.size):
        mine = home[row]
        if first <= mine < last:
            order[free[mine]] = row
            free[mine] += 1


MANY = 64
"""Events of one account from which on they are no longer sorted one by one."""


@compiled
def _sort(order: Array, begins: Array, at: Array, number: Array, person: Array, first: int, last: int) -> None:
    for account in range(first, last):
        begin, end = begins[account], begins[account + 1]
        if end - begin > MANY:
            _sort_many(order[begin:end], at, number, person)
            continue
        for place in range(begin + 1, end):
            row, free = order[place], place
            while free > begin and _before(row, order[free - 1], at, number, person):
                order[free] = order[free - 1]
                free -= 1
            order[free] = row


@compiled
def _sort_many(rows: Array, at: Array, number: Array, person: Array) -> None:
    for place in range(1, rows.size):
        if _before(rows[place], rows[place - 1], at, number, person):
            rows[:] = rows[np.argsort(person[rows], kind="mergesort")]
            rows[:] = rows[np.argsort(number[rows], kind="mergesort")]
            rows[:] = rows[np.argsort(at[rows], kind="mergesort")]
            return


@compiled
def _before(row: int, other: int, at: Array, number: Array, person: Array) -> Any:
    if at[row] != at[other]:
        return at[row] < at[other]
    if number[row] != number[other]:
        return number[row] < number[other]
    return person[row] < person[other]


def settle_ties(order: Array, ties: tuple[Array, Array], told: Callable[[int], Any]) -> None:
    """Rows that are alike are put in the order of what they tell."""
    for begin, end in zip(*(each.tolist() for each in ties), strict=True):
        order[begin:end] = sorted(order[begin:end].tolist(), key=told)


def ties_of(person: Array, at: Array, number: Callable[[Array], Array]) -> tuple[Array, Array]:
    """int64 twice: where stretches of rows next to each other that are alike begin and end; `number`: of these rows."""
    alike = _alike(person, at)
    same = np.flatnonzero(alike)
    alike[same] = number(same) == number(same + 1)
    begins = np.flatnonzero(alike & ~np.append(False, alike[:-1])) if alike.size else np.empty(0, np.int64)
    ends = np.flatnonzero(alike & ~np.append(alike[1:], False)) if alike.size else begins
    return begins, ends + 2


@compiled
def _alike(person: Array, at: Array) -> Array:
    """bool, for each row but the last: whether the next is alike."""
    found = np.zeros(max(person.size - 1, 0), np.bool_)
    for row in range(found.size):
        found[row] = person[row] == person[row + 1] and at[row] == at[row + 1]
    return found
