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
from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.kernel import keeping
from gridlang.runtime.engine.kernel.layout import FAR, MISS
from tests.laws.test_engine import EXAMPLES, FEW, LONG, given_of, same

WAYS = {"prepare": driving.driving, "keep": driving.driving, "put_back": driving.reading}
# What the kernel alone calls cannot be called from Python once it is compiled, nor can what that calls.
narrow, widened = (getattr(each, "py_func", each) for each in (keeping.narrow, keeping.widened))


def narrowed(numbers: Array, room: Array) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "widened", widened)
        return bool(narrow(numbers, 0, room, 0, len(numbers)))


@for_any(st.lists(st.integers(-(1 << 31) + 1, (1 << 31) - 2) | st.sampled_from([MISS, FAR])))
def test_numbers_come_back(numbers: list[int]) -> None:
    room = np.zeros(len(numbers), np.int32)
    assert narrowed(np.array(numbers, np.int64), room)
    assert [widened(int(each)) for each in room] == numbers


@for_any(
    st.lists(st.integers(-9, 9)), st.sampled_from([1 << 31, -(1 << 31), (1 << 31) - 1, MISS + 1, FAR - 1, FAR + 1])
)
def test_what_does_not_fit_is_told(small: list[int], large: int) -> None:
    numbers = np.array([*small, large, *small], np.int64)
    assert not narrowed(numbers, np.zeros(len(numbers), np.int32))


SCARCE = ("1 per calendar day", "1 per calendar week", "2 per 3 d")


@pytest.mark.parametrize("capacity", [*SCARCE, "100 per calendar day", None])
@pytest.mark.parametrize("room", [0, 20, 2_000])
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
    later = took["prepare"] - len({contact.account for contact in people.contacts}) - the_plan_itself
    asked = took["put_back"]
    assert took["keep"] > 0
    if room == 0:
        assert asked == 0 < later
    elif room == 2_000:
        assert (later > 0) == (capacity in SCARCE)
        assert later == took["keep"] - asked


@pytest.mark.parametrize("room", [1 << 9, 1 << 10, 1 << 11])
def test_a_log_that_is_full_in_the_middle_of_an_account(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is put back into the next part of the log is counted there only."""
    schedule, people, period = given_of(EXAMPLES / "family_car", FEW)
    monkeypatch.setattr(driving, "_FIRST_LOG", room)
    assert same(schedule, people, *period).counts.arrows


def _counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often accounts were prepared for a life, kept and put back."""
    took: Counter[str] = Counter()
    for name, place in WAYS.items():
        told = getattr(place, name)

        def counted(*arguments: object, told: object = told, name: str = name) -> object:
            took[name] += 1
            return told(*arguments)  # type: ignore[operator]

        monkeypatch.setattr(place, name, counted)
    return took
