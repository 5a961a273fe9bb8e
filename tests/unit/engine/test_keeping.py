"""What accounts leave that ask the desk (R18) is kept for the desk's answer; whoever finds no room is lived again."""

from __future__ import annotations

from collections import Counter

import attrs
import numpy as np
import pytest

pytest.importorskip("numba")

from hypothesis import given as for_any
from hypothesis import strategies as st

from gridlang.runtime.engine import driving
from gridlang.runtime.engine.kernel import keeping
from gridlang.runtime.engine.kernel.layout import FAR, MISS
from tests.laws.test_engine import EXAMPLES, FEW, LONG, given_of, same

WAYS = ("put_back", "keep", "prepare")
# What the kernel alone calls cannot be called from Python once it is compiled.
put, get = (getattr(each, "py_func", each) for each in (keeping.put, keeping.get))


@for_any(st.lists(st.integers(MISS, FAR) | st.integers(-300, 300) | st.sampled_from([MISS, FAR, 0, -1, 63, 64])))
def test_numbers_come_back(numbers: list[int]) -> None:
    room, at = np.zeros(keeping.MOST * len(numbers) + 1, np.uint8), 0
    for number in numbers:
        at = put(room, at, np.int64(number))
    assert at <= keeping.MOST * len(numbers)
    at = 0
    for number in numbers:
        found, at = get(room, at)
        assert found == number


@pytest.mark.parametrize("capacity", ["1 per calendar day", "1 per calendar week", "100 per calendar day", None])
@pytest.mark.parametrize("room", [0, 40, 4_000])
def test_kept_or_lived_again_it_is_the_same(capacity: str | None, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """`room`: for nobody, for a few, for all."""
    schedule, people, period = given_of(EXAMPLES / "family_car", FEW)
    teams = tuple(attrs.evolve(each, capacity=capacity and each.capacity and capacity) for each in schedule.teams)
    schedule = attrs.evolve(schedule, teams=teams)
    monkeypatch.setattr(driving, "_KEPT", room)
    took = Counter() if LONG else _counted(monkeypatch)
    done = same(schedule, people, *period)
    assert any(task.member for task in done.tasks)
    if LONG:
        return
    the_plan_itself = 1
    lived = took["prepare"] - len({contact.account for contact in people.contacts}) - the_plan_itself
    if room == 0:
        assert took["put_back"] == 0
        assert lived >= took["keep"]
    elif room == 4_000:
        assert took["put_back"] > 0
        assert (lived > 0) == (capacity in ("1 per calendar day", "1 per calendar week"))
    assert took["keep"] > 0


def _counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often accounts were prepared for a life, kept and put back."""
    took: Counter[str] = Counter()
    for name in WAYS:
        place = driving.driving if name == "prepare" else keeping
        told = getattr(place, name)

        def counted(*arguments: object, told: object = told, name: str = name) -> object:
            took[name] += 1
            return told(*arguments)  # type: ignore[operator]

        monkeypatch.setattr(place, name, counted)
    return took
