"""Rows of whole numbers in little room: they come back as they were, from one stretch or from many."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

pytest.importorskip("numba")

from hypothesis import given
from hypothesis import strategies as st

from gridlang.runtime.engine import columns
from gridlang.runtime.engine.askers import Askers, Spare, Table
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering import lower
from tests.laws.test_engine import EXAMPLES, FEW, given_of

EDGES = [side * (1 << bits) + by for bits in (0, 7, 15, 31, 61) for side in (-1, 1) for by in (-1, 0, 1)]
NUMBERS = st.integers(-9, 9) | st.sampled_from(EDGES)
PARTS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.lists(NUMBERS, min_size=width, max_size=width), max_size=4), min_size=1).map(
        lambda parts: [np.array(part, np.int64).reshape(-1, width) for part in parts]
    )
)


@given(PARTS)
def test_rows_come_back(parts: list[np.ndarray]) -> None:
    whole = np.concatenate(parts)
    table = Table.joined([Table.of(part) for part in parts])
    assert (table.rows(np.arange(len(whole))) == whole).all()
    assert (table.rows(np.arange(len(whole))[::-2], 1)[:-1] == whole[::-2]).all()


def test_a_column_takes_what_its_numbers_need() -> None:
    table = Table.of(np.array([[1, 300, 1 << 40, -1], [2, 3, 4, 5]]))
    assert {kind: block.dtype for kind, block in table.blocks.items()} == {0: np.int8, 1: np.int16, 3: np.int64}
    assert table.blocks[0].shape == (2, 2)


def test_accounts_of_many_stretches_are_as_of_one() -> None:
    """Whoever is asked for, in whatever part they came."""
    schedule, people, period = given_of(EXAMPLES / "family_car", FEW)
    lowered = lower(
        schedule, columns.from_input(people, {each.name: n for n, each in enumerate(schedule.events)}), *period
    )
    n = len(lowered.columns.accounts.ids)
    whole, edges = lowered.stretch(0, n), [0, 3, n // 2, n]
    askers = Askers.of([Spare.of(lowered.stretch(*edge)) for edge in itertools.pairwise(edges)])
    for which in (np.arange(n), np.arange(1, n, 3), np.array([n - 1]), np.arange(0)):
        found, expected = askers.only(which), whole.only(which)
        for field, addresses in (("S", [k.SP_RAW, k.SP_NFC]), ("T", [k.TA_RAW]), ("E", [])):
            one, other = (getattr(each, field).copy() for each in (found, expected))
            one[:, addresses] = other[:, addresses] = 0
            if field == "T":  # where the plan itself has its events, of which it has none
                one[-1], other[-1] = 0, 0
            assert (one == other).all(), field
    part = askers.part(1)
    assert part.accounts == n // 2 - 3
    assert part.row_of.tolist() == lowered.stretch(3, n // 2).row_of.tolist()
