"""Rows that are alike in small numbers: codes of values, or of texts."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
import numpy as np

from gridlang.runtime.engine.reading.arrays import Array

_SPARSE = 4
"""Numbers that may be so many times as many as the rows are looked up in a table of all of them, others sorted."""


@attrs.frozen(eq=False)
class Codes:
    """Of each row a number from 0 up to, not with, `bound`."""

    codes: Array
    bound: int

    @classmethod
    def of(cls, codes: Array, count: int) -> Codes:
        """From codes of `count` values, with -1 for none."""
        return cls(codes.astype(np.int64) + 1, count + 1)


@attrs.frozen(eq=False)
class Groups:
    """Rows that are alike in all their codes: the group of each row, and a row of each group."""

    group: Array
    first: Array

    @classmethod
    def of(cls, keys: Iterable[Codes], rows: int) -> Groups:
        """The groups of so many rows."""
        found = Codes(np.zeros(rows, np.int64), 1)
        for key in keys:
            found = _close(Codes(found.codes * key.bound + key.codes, found.bound * key.bound))
        first = np.zeros(found.bound if rows else 0, np.int64)
        first[found.codes[::-1]] = np.arange(rows - 1, -1, -1)
        return cls(found.codes, first)


def _close(key: Codes) -> Codes:
    """The codes without gaps between them, in the same order."""
    if key.bound > _SPARSE * key.codes.size + 1024:
        found, codes = np.unique(key.codes, return_inverse=True)
        return Codes(codes, found.size)
    stands = np.zeros(key.bound, np.bool_)
    stands[key.codes] = True
    place = np.cumsum(stands) - 1
    return Codes(place[key.codes], int(place[-1]) + 1 if place.size else 0)
