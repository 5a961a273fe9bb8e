"""Ids of many rows at once are those of `hashlib`."""

from __future__ import annotations

import numpy as np
import pytest

from gridlang.runtime.engine.writing import digests
from tests.unit.engine.test_reading import PLANS
from tests.unit.engine.test_writing import run_of


def test_texts_of_every_length_round_the_edge_of_a_block() -> None:
    random = np.random.default_rng(1)
    own = [random.bytes(length) for length in (0, 1, 30, *range(40, 60), 63, 64, 65, 200)]
    ends = [b"", b"/end", random.bytes(70)]
    kind = np.array([at % len(ends) for at in range(len(own))])
    last = np.array([0, 9, 10, 12_345, 2**31 - 1] * len(own), np.int32)[: len(own)]
    found = digests.together(
        np.frombuffer(b"plan/", np.uint8),
        np.cumsum([0, *map(len, own)]),
        np.frombuffer(b"".join(own), np.uint8),
        np.cumsum([0, *map(len, ends)]),
        np.frombuffer(b"".join(ends), np.uint8),
        kind,
        last,
    )
    told = zip(own, kind.tolist(), last.tolist(), strict=True)
    wanted = digests.by_hand(b"plan/" + text + ends[which] + str(number).encode() for text, which, number in told)
    assert found.tobytes() == wanted.tobytes()


def test_rows_have_the_same_ids_one_by_one_and_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    run, _ = run_of(next(place for place in PLANS if place.name == "boats"))
    rows = run.merged.touches
    contacts = run.names.contacts(rows.person)
    one_by_one = run.names.ids(contacts, rows)
    monkeypatch.setattr("gridlang.runtime.engine.writing.ids.FEW", 0)
    assert run.names.ids(contacts, rows).equals(one_by_one)
    assert len(one_by_one) == rows.at.size > 0
