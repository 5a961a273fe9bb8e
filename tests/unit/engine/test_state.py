"""A world lived on by the engine: what it leaves alone, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click
import pytest

pytest.importorskip("numba")

from gridlang.cli import engines
from gridlang.runtime import inputs
from gridlang.runtime.engine import state
from gridlang.runtime.engine.lowering import Refused
from gridlang.runtime.inputs import InputFiles, InputRows
from gridlang.runtime.reference import execution
from gridlang.runtime.rows import Input
from gridlang.runtime.state import Before, go_on
from gridlang.schedule.model import Schedule
from tests.rules.plans import MONDAY, REACHABLE, at, compiled

PER, ANN = {"id": "per", **REACHABLE}, {"id": "ann", **REACHABLE}
BIDS = """
event bid "Bid" { from: web  carries { amount: Int? } }
campaign c { flow { wait 7d  choose "Much?" { last(bid).amount > 9 -> send plain again  otherwise -> stop } } }
"""


def read(schedule: Schedule, persons: Iterable[Mapping[str, object]], events: list[Mapping[str, object]]) -> Input:
    files = InputFiles(persons=InputRows("persons", list(persons)), events=InputRows("events", events))
    return inputs.read(schedule, files).value


def first(schedule: Schedule, given: Input, until: str) -> Before:
    return go_on(schedule, given, None, start=at(MONDAY), known=at(until), until=at(until)).saved


def test_accounts_to_which_nothing_happens_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both wait for a week; on the second day one of them asks."""
    schedule = compiled('campaign c { flow { ask "?" within 1w { asked -> send plain hello  nothing -> stop } } }')
    before = first(schedule, read(schedule, [PER, ANN], []), "2027-02-02 00:00")
    given = read(schedule, [PER, ANN], [{"contact": "ann", "at": "2027-02-02 10:00", "event": "asked"}])
    lived: list[str] = []

    def lowered(world: Any, accounts: Any, *more: Any) -> Any:
        lived.extend(person.id for account in accounts for person in account.people)
        return lower(world, accounts, *more)

    lower = state.lower_world
    monkeypatch.setattr(state, "lower_world", lowered)
    day = at("2027-02-03 00:00")
    gone = go_on(schedule, given, before, start=at(MONDAY), known=day, until=day, advance=state.advance)
    assert lived == ["ann"]
    assert [row.contact for row in gone.facts.touches] == ["ann"]
    assert [len(each.record.people[0].runs) for each in gone.saved.state.accounts] == [0, 1]


def test_the_execution_is_chosen_by_how_many_people_a_day_concerns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are in the plan; the day concerns ann."""
    schedule = compiled('campaign c { flow { ask "?" within 1w { asked -> send plain hello  nothing -> stop } } }')
    before = first(schedule, read(schedule, [PER, ANN], []), "2027-02-02 00:00")
    given = read(schedule, [PER, ANN], [{"contact": "ann", "at": "2027-02-02 10:00", "event": "asked"}])
    many: list[int] = []

    def chosen(schedule: Schedule, people: int, asked: None, style: str) -> str:
        many.append(people)
        return "compiled"

    monkeypatch.setattr(engines, "_chosen", chosen)
    day = at("2027-02-03 00:00")
    asked: dict[str, Any] = {"start": at(MONDAY), "known": day, "until": day}
    gone = go_on(schedule, given, before, **asked, advance=engines.advancing(schedule, None, "text"))
    assert many == [1]
    assert gone == go_on(schedule, given, before, **asked)


def test_what_is_refused_is_the_references_unless_the_engine_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """That a number is too large for the engine shows when it has been read."""
    schedule = compiled(BIDS)
    bid = {"contact": "per", "at": "2027-02-03 10:00", "event": "bid", "amount": "5" + 18 * "0"}
    given = read(schedule, [PER], [bid])
    before, day = first(schedule, read(schedule, [PER], []), "2027-02-02 00:00"), at("2027-02-20 00:00")
    asked: dict[str, Any] = {"start": at(MONDAY), "known": day, "until": day}
    with pytest.raises(Refused, match="more than 18 digits"):
        go_on(schedule, given, before, **asked, advance=state.advance)
    expected = go_on(schedule, given, before, **asked, advance=execution.advance)
    assert [row.message for row in expected.facts.touches] == ["again"]
    assert go_on(schedule, given, before, **asked, advance=engines._else_by_the_reference(None, "text")) == expected
    assert capsys.readouterr().err.count("more than 18 digits") == 1
    with pytest.raises(click.UsageError, match="the reference interpreter can"):
        go_on(schedule, given, before, **asked, advance=engines._else_by_the_reference("compiled", "text"))


def test_more_were_handed_out_than_the_team_now_may() -> None:
    """A window that rolls still holds what was handed out under the larger capacity."""
    desk = """
team desk { members: "m@example.dk" hours: 00:00 .. 24:00 capacity: %d per 5d }
campaign c { starts: asked flow { task plain hello by desk due 2 workdays { helped -> stop } } }
"""
    people = [{"id": f"p{number}", "account": f"p{number}", **REACHABLE} for number in range(7)]
    days = [1, 2, 3, 4, 5, 5, 5]
    asked = [
        {"contact": each["id"], "at": f"2027-02-0{day} 10:00", "event": "asked"}
        for day, each in zip(days, people, strict=True)
    ]
    before = first(compiled(desk % 4), read(compiled(desk % 4), people, asked[:4]), "2027-02-05 00:00")
    schedule, day = compiled(desk % 2), at("2027-03-20 00:00")
    given = read(schedule, people, asked)
    going: dict[str, Any] = {"start": at(MONDAY), "known": day, "until": day}
    gone = go_on(schedule, given, before, **going, advance=state.advance)
    assert gone == go_on(schedule, given, before, **going)
    due = [row.due for row in gone.facts.tasks if row.contact > "p3"]
    assert due == [at("2027-02-09 00:00"), at("2027-02-10 00:00"), at("2027-02-14 00:00")]
