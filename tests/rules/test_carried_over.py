"""R26: what a day does not concern is carried over as it stands, and all is as if everything had been taken apart.

`Days.run` holds every run against one that takes everything apart; here are the ways by which a day concerns somebody.
"""

from __future__ import annotations

import pytest

from gridlang.runtime.state import concern, index
from gridlang.runtime.state.accounts import Line
from tests.rules.days import PER, Days, Row
from tests.rules.plans import REACHABLE
from tests.rules.test_continuing import event, outcome

ANN: Row = {"id": "ann", **REACHABLE}
HELLO = "campaign c { flow { send plain hello } }"
DESK = """
team desk { members: "m@example.dk" hours: 09:00 .. 17:00 days: workdays capacity: 1 per calendar day }
campaign c { starts: asked flow { call: task plain hello by desk due 1 workday { helped -> stop } } }
"""


def lines(days: Days) -> list[Line]:
    """The accounts of the state, with their signs."""
    assert days.manifest is not None
    assert days.manifest.index is not None
    accounts, signs = (days._fetch(entry).value or b"" for entry in (days.manifest.accounts, days.manifest.index))
    read = index.read(signs.splitlines(), days.manifest.accounts.sha256)
    return [Line(*each) for each in zip(accounts.splitlines(), read, strict=True)]


@pytest.fixture
def concerned(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The people whom each run took apart; of each day that is the first of its runs."""
    found: list[list[str]] = []
    choose = concern.concern

    def chosen(*given: object, **more: object) -> concern.Concern:
        made = choose(*given, **more)  # type: ignore[arg-type]
        found.append([person.id for record in made.records for person in record.people])
        return made

    monkeypatch.setattr(concern, "concern", chosen)
    return found


def of_day(concerned: list[list[str]]) -> list[str]:
    """Whom the last day concerned."""
    first = concerned[0]
    concerned.clear()
    return first


def test_only_what_something_happens_to_is_taken_apart(concerned: list[list[str]]) -> None:
    """Ann asks on the 3rd; per's mail of the 9th comes by itself, and so does ann's."""
    days = Days("campaign c { flow { wait 8d  send plain hello } }", [PER, ANN])
    days.run("2027-02-02 00:00")
    days.run("2027-02-03 00:00")
    assert of_day(concerned) == []
    days.run("2027-02-04 00:00", new_events=[event("2027-02-03 10:00", contact="ann")])
    assert of_day(concerned) == ["ann"]
    days.run("2027-02-05 00:00")
    assert of_day(concerned) == []
    day = days.run("2027-02-10 00:00")
    assert of_day(concerned) == ["ann", "per"]
    assert len(day.sent) == 2


def test_a_row_that_says_something_else_concerns_its_account(concerned: list[list[str]]) -> None:
    days = Days(HELLO, [PER, ANN])
    days.run("2027-02-02 00:00")
    days.run("2027-02-03 00:00", persons=[PER, {**ANN, "language": "da"}])
    assert of_day(concerned) == ["ann"]
    days.run("2027-02-04 00:00", persons=[PER])
    assert of_day(concerned) == ["ann"]
    days.run("2027-02-05 00:00")
    assert of_day(concerned) == []


def test_an_edit_concerns_everybody(concerned: list[list[str]]) -> None:
    days = Days(HELLO, [PER, ANN])
    days.run("2027-02-02 00:00")
    days.run("2027-02-03 00:00", text=HELLO + "\ncampaign d { flow { send plain again } }")
    assert of_day(concerned) == ["ann", "per"]


def test_somebody_who_was_gone_comes_back_to_another_account(concerned: list[list[str]]) -> None:
    """Per lived with ann, was missing for a day, and comes back alone: ann's row is what it was, and yet both accounts
    are concerned, since what is known of per stands with ann."""
    days = Days(HELLO, [{**PER, "account": "h"}, {**ANN, "account": "h"}])
    days.run("2027-02-02 00:00")
    days.run("2027-02-03 00:00", persons=[{**ANN, "account": "h"}])
    concerned.clear()
    day = days.run("2027-02-04 00:00", persons=[PER, {**ANN, "account": "h"}])
    assert of_day(concerned) == ["ann", "per"]
    assert sorted(line.signs.people for line in lines(days)) == [("ann",), ("per",)]
    assert [row.visit for row in day.execution.touches] == [2]


def test_a_goal_is_forgotten_when_it_cannot_be_reached_any_more(concerned: list[list[str]]) -> None:
    """R7: within 3 days of the 1st at 08:00, when the run began; nothing else waits for that moment."""
    days = Days("campaign c { goal: asked within 3d flow { send plain hello } }")
    days.run("2027-02-02 00:00")
    days.run("2027-02-03 00:00")
    assert of_day(concerned) == []
    assert [len(line.record.people[0].goals) for line in lines(days)] == [1]
    days.run("2027-02-05 00:00")
    assert of_day(concerned) == ["per"]
    assert [len(line.record.people[0].goals) for line in lines(days)] == [0]


def test_a_goal_of_somebody_who_is_gone_is_forgotten_too(concerned: list[list[str]]) -> None:
    days = Days("campaign c { goal: asked within 3d flow { send plain hello } }", [{**PER, "account": "h"}])
    days.run("2027-02-02 00:00")
    days.run("2027-02-03 00:00", persons=[ANN])
    concerned.clear()
    days.run("2027-02-07 00:00")
    assert sorted(of_day(concerned)) == ["ann", "per"]
    assert [len(each.goals) for line in lines(days) for each in line.record.people if each.id == "per"] == [0]


def test_touches_that_no_longer_count_concern_nobody(concerned: list[list[str]]) -> None:
    """R15: made on the 1st, free on the 8th; the fourth of a month of Mondays finds room whatever was carried over."""
    text = "rule pause { cap: 1 per 7d }\ncampaign c { starts: asked flow { send plain hello } }"
    days = Days(text)
    days.run("2027-02-02 00:00", events=[event("2027-02-01 10:00")])
    days.run("2027-02-10 00:00")
    assert of_day(concerned) == []
    day = days.run("2027-02-11 00:00", new_events=[event("2027-02-10 10:00")])
    assert day.sent == [("2027-02-10 10:00", "hello")]


def test_the_desk_remembers_tasks_of_accounts_that_are_carried_over(concerned: list[list[str]]) -> None:
    """R18: one a day. Ann had it on Monday, and it is closed, so that nothing of her concerns Monday's next run; per
    comes on Tuesday all the same."""
    days = Days(DESK, [PER, ANN])
    asked, helped = event("2027-02-01 10:00", contact="ann"), outcome("2027-02-01 10:30", "helped", "call", "ann")
    days.run("2027-02-01 12:00", events=[asked, helped])
    day = days.run("2027-02-04 00:00", new_events=[event("2027-02-01 13:00")])
    assert of_day(concerned) == ["per"]
    assert day.handed_out == [("2027-02-02 09:00", "per")]


def test_what_is_open_is_told_by_accounts_that_are_carried_over(concerned: list[list[str]]) -> None:
    """Ann's task was due on Tuesday, and is overdue on Wednesday, though nothing happens to her."""
    days = Days(DESK, [PER, ANN])
    days.run("2027-02-02 00:00", events=[event("2027-02-01 10:00", contact="ann")])
    states = []
    for end in ("2027-02-02 09:00", "2027-02-03 12:00"):
        states += [(row.contact, row.state) for row in days.run(end).execution.tasks]
        assert of_day(concerned) == []
    assert states == [("ann", "open"), ("ann", "overdue")]


def test_everybody_is_counted(concerned: list[list[str]]) -> None:
    """Accounts, people, segments and the fullest windows of caps, whomever the day concerns."""
    days = Days("rule calm { cap: 3 per 7d }\n" + HELLO, [PER, ANN])
    first = days.run("2027-02-09 00:00").execution.counts
    second = days.run("2027-02-10 00:00").execution.counts
    assert of_day(concerned) == []
    assert (second.accounts, second.contacts, second.by_segment) == (2, 2, first.by_segment)
    assert second.pressure == first.pressure
    assert sum(second.pressure.values()) >= 2
