"""Rows are grouped by their codes, however far these lie apart."""

from __future__ import annotations

import numpy as np
import pytest

from gridlang.runtime.engine.writing.grouping import Codes, Groups


@pytest.mark.parametrize("apart", [1, 10, 1_000_000], ids=["close", "near", "far"])
def test_groups_are_the_different_rows(apart: int) -> None:
    chance = np.random.default_rng(apart)
    keys = [chance.integers(-1, 12, 500) * apart for _ in range(3)]
    keys = [np.where(key < 0, -1, key) for key in keys]
    found = Groups.of((Codes.of(key, 12 * apart) for key in keys), 500)
    rows = list(zip(*(key.tolist() for key in keys), strict=True))
    assert [rows[first] for first in found.first[found.group].tolist()] == rows
    assert len({rows[first] for first in found.first.tolist()}) == found.first.size == len(set(rows))
    assert found.first.tolist() == [rows.index(rows[first]) for first in found.first.tolist()]


def test_without_codes_all_rows_are_alike() -> None:
    assert Groups.of((), 3).group.tolist() == [0, 0, 0]
    assert Groups.of((), 3).first.tolist() == [0]
    assert Groups.of((), 0).first.size == 0
