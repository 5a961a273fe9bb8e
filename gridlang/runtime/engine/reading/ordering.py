"""The order in which the engine wants people and events. Compiled by numba."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
import pyarrow.compute as compute  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.compiling import compiled
from gridlang.runtime.engine.reading.hashing import ascending


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


def of_events(account: Array, at: Array, number: Array, person: Array, accounts: int) -> tuple[Array, Array]:
    """Events by account, then moment, number and person; gives (int64 order, int64 (accounts + 1,) where the events of
    each account begin)."""
    first = np.arange(at.size, dtype=np.int64)
    if at.size > 1 and (at[1:] < at[:-1]).any():
        first = np.argsort(at, kind="stable")
    return _grouped(first, account, at, number, person, accounts)


@compiled
def _grouped(
    first: Array, account: Array, at: Array, number: Array, person: Array, accounts: int
) -> tuple[Array, Array]:
    begins = np.zeros(accounts + 1, np.int64)
    for row in first:
        begins[account[row] + 1] += 1
    for index in range(accounts):
        begins[index + 1] += begins[index]
    free, order = begins[:-1].copy(), np.empty(first.size, np.int64)
    for row in first:
        place = free[account[row]]
        begin = begins[account[row]]
        free[account[row]] += 1
        while place > begin and _before(row, order[place - 1], at, number, person):
            order[place] = order[place - 1]
            place -= 1
        order[place] = row
    return order, begins


@compiled
def _before(row: int, other: int, at: Array, number: Array, person: Array) -> Any:
    if at[row] != at[other]:
        return at[row] < at[other]
    if number[row] != number[other]:
        return number[row] < number[other]
    return person[row] < person[other]


def settle_ties(order: Array, keys: Sequence[Array], told: Callable[[int], Any]) -> None:
    """Rows next to each other that are alike in all `keys` are put in the order of what they tell."""
    begins, ends = _ties(order, *keys)
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        order[begin:end] = sorted(order[begin:end].tolist(), key=told)


@compiled
def _ties(order: Array, account: Array, at: Array, number: Array, person: Array) -> tuple[Array, Array]:
    """Where stretches of rows that are alike begin and end."""
    begins, ends = np.empty(order.size, np.int64), np.empty(order.size, np.int64)
    ties, begin = 0, 0
    for place in range(1, order.size + 1):
        if place < order.size:
            row, other = order[begin], order[place]
            same = at[row] == at[other] and account[row] == account[other]
            if same and number[row] == number[other] and person[row] == person[other]:
                continue
        if place - begin > 1:
            begins[ties], ends[ties] = begin, place
            ties += 1
        begin = place
    return begins[:ties], ends[:ties]
