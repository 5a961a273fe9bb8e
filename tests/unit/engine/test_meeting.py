"""Accounts meet at the desk (R18): those whom it turns away are lived again, and taken to wait their turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs
import pytest

pytest.importorskip("numba")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridlang.runtime import inputs
from gridlang.runtime.engine import driving, meeting
from gridlang.runtime.inputs import InputFiles, InputRows
from gridlang.runtime.rows import Execution, Input
from gridlang.schedule.model import Schedule
from tests.laws.test_engine import EXAMPLES, FEW, LONG, given_of, same
from tests.laws.test_engine_state import same as on_state
from tests.rules.plans import REACHABLE, at, compiled
from tests.unit.engine.test_keeping import SCARCE

DESK = """
team desk { members: "m@example.dk", "n@example.dk" hours: 00:00 .. 24:00 EXTRA }
campaign calls { starts: asked MORE flow { task plain hello by desk due 2 workdays { helped -> stop } } }
"""


def met(plan: str, rows: Iterable[Mapping[str, object]], people: int, until: str) -> Execution:
    """By both executions: people p00, p01 ... of accounts of their own, from Monday, 1 February 2027 on."""
    schedule = compiled(plan)
    return same(schedule, read(schedule, rows, people), at("2027-02-01 00:00"), at(until))


def read(schedule: Schedule, rows: Iterable[Mapping[str, object]], people: int) -> Input:
    persons = [{"id": f"p{number:02}", "account": f"p{number:02}", **REACHABLE} for number in range(people)]
    files = InputFiles(persons=InputRows("persons", persons), events=InputRows("events", list(rows)))
    return inputs.read(schedule, files).value


def asks(who: int, when: str, event: str = "asked") -> dict[str, object]:
    return {"contact": f"p{who:02}", "at": when, "event": event}


def desk(extra: str, more: str = "") -> str:
    return DESK.replace("EXTRA", extra).replace("MORE", more)


@pytest.fixture
def lives(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the kernel prepared an account for a life; nothing where it is compiled."""
    counted: Counter[str] = Counter()
    prepare = driving.driving.prepare

    def told(*arguments: object) -> object:
        counted["lives"] += 1
        return prepare(*arguments)

    if not LONG:
        monkeypatch.setattr(driving.driving, "prepare", told)
    return counted


@pytest.mark.parametrize("capacity", [*SCARCE, "1 per calendar month"])
@pytest.mark.parametrize("few", [0, 1_000])
def test_whatever_room_there_is_at_first(capacity: str, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """For attempts, and for the times in which a team is full; by one thread or by all."""
    monkeypatch.setattr(meeting, "_SHOWN", 2)
    monkeypatch.setattr(meeting, "_FIRST_ROOM", 1)
    monkeypatch.setattr(meeting, "_FIRST_TIMES", 1)
    monkeypatch.setattr(meeting, "_BLOCK", 1)
    monkeypatch.setattr(meeting, "_FEW", few)
    schedule, people, period = given_of(EXAMPLES / "family_car", FEW)
    teams = tuple(attrs.evolve(each, capacity=each.capacity and capacity) for each in schedule.teams)
    assert same(attrs.evolve(schedule, teams=teams), people, *period).tasks


def test_who_waits_in_a_row_is_not_lived_each_day(lives: Counter[str]) -> None:
    """Twenty ask at once for one place a day: all but the first are turned away, and wait for up to nineteen days."""
    done = met(
        desk("capacity: 1 per calendar day"),
        [asks(who, "2027-02-01 10:00") for who in range(20)],
        20,
        "2027-04-01 00:00",
    )
    assert len(done.tasks) == 20
    the_plan_itself = 1
    assert LONG or lives["lives"] < 20 + the_plan_itself + 3 * 19 < 20 * 19 / 2


def test_who_is_taken_to_wait_longer_than_it_must(lives: Counter[str]) -> None:
    """Fifteen give up on the second day: those behind them get a place sooner."""
    rows = [asks(who, "2027-02-01 10:00") for who in range(20)]
    rows += [asks(who, "2027-02-02 12:00", "went_on") for who in range(2, 17)]
    done = met(desk("capacity: 1 per calendar day", "phase: first"), rows, 20, "2027-04-01 00:00")
    assert [task.contact for task in done.tasks if task.contact > "p16"] == ["p17", "p18", "p19"]
    assert [task.contact for task in done.tasks][:3] == ["p00", "p01", "p17"]


def test_who_comes_later_with_a_higher_priority_goes_before() -> None:
    """Those who wait are overtaken: they wait longer than they were taken to."""
    plan = desk("capacity: 1 per calendar day") + DESK.split("\n")[2].replace("calls", "urgent").replace(
        "asked MORE", "begged priority: 90"
    )
    rows = [asks(who, "2027-02-01 10:00") for who in range(10)]
    rows += [asks(who, f"2027-02-{who - 6:02} 09:00", "begged") for who in range(10, 16)]
    tasks = met(plan, rows, 16, "2027-04-01 00:00").tasks
    assert len(tasks) == 16
    assert [task.contact for task in tasks[3:7]] == ["p03", "p10", "p11", "p12"]


TWO_TEAMS = """
team shop { members: "o@example.dk" hours: 00:00 .. 24:00 capacity: CAPACITY }
campaign visits { starts: begged flow { task plain again by shop due 2 workdays { helped -> stop } } }
campaign urgent { starts: went_on priority: 99 flow {
  task plain again by shop due 2 workdays {
    helped -> stop
    overdue -> task plain hello by desk due 1 workday { helped -> stop }
  }
} }
"""


def two_teams(one: str, other: str) -> str:
    return desk(f"capacity: {one}") + TWO_TEAMS.replace("CAPACITY", other)


def keep_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of later lives: all are told by one life more."""
    monkeypatch.setattr(meeting, "_SHARE", 0)
    monkeypatch.setattr(meeting, "_BLOCK", 1)


@pytest.mark.parametrize("urgent", range(4))
@pytest.mark.parametrize("is_kept", [True, False])
def test_who_is_turned_away_asks_another_team_before_who_found_it_full(
    urgent: int, is_kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """p00 and p01 meet at the desk, p01 and p02 at the shop: that it is full is found first at the attempt of p02."""
    if not is_kept:
        keep_nothing(monkeypatch)
    rows = [asks(0, "2027-02-01 08:00"), asks(0, "2027-02-01 08:01", "begged"), asks(1, "2027-02-01 09:00")]
    rows += [asks(1, "2027-02-01 10:00", "begged"), asks(2, "2027-02-01 11:00", "begged")]
    rows += [asks(3 + number, f"2027-02-0{2 + number} 00:00", "went_on") for number in range(urgent)]
    done = met(two_teams("1 per calendar day", "1 per calendar day"), rows, 8, "2027-04-01 00:00")
    assert len(done.tasks) >= 5 + urgent


@pytest.mark.parametrize("is_kept", [True, False])
def test_whatever_two_teams_have_room_for(is_kept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not is_kept:
        keep_nothing(monkeypatch)
    capacity = st.sampled_from([f"{n} per {unit}" for n in (1, 2) for unit in ("calendar day", "36h", "1d")])
    row = st.builds(
        lambda who, day, hour, event: asks(who, f"2027-02-0{day} {hour:02}:00", event),
        st.integers(0, 7), st.integers(1, 4), st.integers(0, 23), st.sampled_from(["asked", "begged", "went_on"]),
    )  # fmt: skip

    @given(capacity, capacity, st.lists(row, min_size=5, max_size=22))
    @settings(max_examples=400 if LONG else 15, deadline=None, suppress_health_check=list(HealthCheck))
    def holds(one: str, other: str, rows: list[dict[str, object]]) -> None:
        met(two_teams(one, other), rows, 8, "2027-03-15 00:00")

    holds()


def test_a_state_in_which_two_teams_are_full() -> None:
    """Of accounts that are saved nothing is kept."""
    schedule = compiled(two_teams("1 per calendar day", "1 per calendar day"))
    rows = [asks(0, "2027-02-01 08:00"), asks(0, "2027-02-01 08:01", "begged"), asks(1, "2027-02-01 09:00")]
    rows += [asks(1, "2027-02-01 10:00", "begged"), asks(2, "2027-02-01 11:00", "begged")]
    day = at("2027-02-20 00:00")
    gone = on_state(
        schedule, read(schedule, rows, 8), None, start=at("2027-02-01 00:00"), known=day, until=day, fingerprint=""
    )
    assert len(gone.facts.tasks) == 5


def test_two_teams_that_are_full_at_once() -> None:
    """Who is turned away by one asks the other."""
    plan = (
        desk("capacity: 1 per calendar day")
        + """
team shop { members: "o@example.dk" hours: 00:00 .. 24:00 capacity: 2 per 36h }
campaign visits { starts: asked flow { wait 6h task plain again by shop due 2 workdays { helped -> stop } } }
campaign both { starts: begged flow {
  task plain hello by shop due 2 workdays {
    helped -> stop
    overdue -> task plain again by desk due 1 workday { helped -> stop }
  }
} }
"""
    )
    rows = [asks(who, f"2027-02-01 {8 + who:02}:00") for who in range(12)]
    rows += [asks(who, f"2027-02-0{1 + who % 5} 07:00", "begged") for who in range(12)]
    assert {task.member for task in met(plan, rows, 12, "2027-04-01 00:00").tasks} == {"m@example.dk", "o@example.dk"}


def test_places_become_free_by_the_clock_that_goes_back() -> None:
    """Whoever took a place in the second hour of 02:00 on 31 October frees it before who took one in the first."""
    rows = [asks(0, "2027-10-31T02:40:00+02:00"), asks(1, "2027-10-31T02:10:00+01:00"), asks(2, "2027-11-01 02:20")]
    done = met(desk("capacity: 2 per 1d"), rows, 3, "2027-12-01 00:00")
    third = next(task for task in done.tasks if task.contact == "p02")
    assert third.due == at("2027-11-01 02:20")
