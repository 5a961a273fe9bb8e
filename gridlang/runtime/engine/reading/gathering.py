"""Numbers in another order. Compiled by numba."""

from __future__ import annotations

import numpy as np

from gridlang.runtime.engine.reading.arrays import Array, is_constant
from gridlang.runtime.engine.reading.compiling import compiled
from gridlang.runtime.engine.reading.threads import shared


def taken(numbers: Array, order: Array | None) -> Array:
    """The numbers at these indices; None: as they stand."""
    if order is None or (is_constant(numbers) and order.size == numbers.size):
        return numbers
    numbers, found = np.ascontiguousarray(numbers), np.empty(order.size, numbers.dtype)
    shared(lambda first, last: _take(numbers, order, found, first, last), order.size)
    return found


@compiled
def _take(numbers: Array, order: Array, found: Array, first: int, last: int) -> None:
    for index in range(first, last):
        found[index] = numbers[order[index]]


def spread(table: Array, indices: Array) -> Array:
    """The numbers of a table at these indices; -1 is its last, as ever."""
    return _spread(table, np.ascontiguousarray(indices))


@compiled
def _spread(table: Array, indices: Array) -> Array:
    found = np.empty(indices.size, table.dtype)
    for index in range(indices.size):
        found[index] = table[indices[index]]
    return found
