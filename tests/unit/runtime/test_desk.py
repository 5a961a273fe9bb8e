"""R18: the desk."""

from __future__ import annotations

import datetime as dt

from gridlang.schedule import model
from tests.unit.runtime.plans import (
    WORKDAYS,
    at,
    campaign,
    cap,
    chain,
    channel,
    contact,
    happened,
    hours,
    rule,
    run,
    schedule,
    skips,
    task,
    team,
    touches,
    wait,
    wall,
)

OFFICE = {"hours": hours("09:00", "17:00", 6), "days": WORKDAYS, "members": ("ann", "bob")}


def handed(execution: object) -> list[str]:
    return [f"{wall(row.due)} {row.contact} {row.member}" for row in execution.tasks]  # type: ignore[attr-defined]


def test_the_persons_clock_then_the_teams_hours() -> None:
    plan = schedule(campaign("calls", task()), teams=(team(**OFFICE),))
    # In New York the phone opens at 09:00 = 15:00 in Copenhagen, where the desk is open until 17:00.
    execution = run(plan, contact("a"), contact("b", timezone="America/New_York"))
    assert handed(execution) == ["2027-02-01 09:00 a ann", "2027-02-01 15:00 b bob"]
    # In Los Angeles 09:00 is 18:00: the desk is closed. At the desk's 09:00 it is midnight there: never both.
    west = run(plan, contact("c", timezone="America/Los_Angeles"))
    assert handed(west) == []
    assert skips(west) == ["2028-01-01 00:00 period_over"]


def test_patience_stops_when_it_first_reaches_the_desk() -> None:
    shut = team(hours=hours("09:00", "17:00"), days=model.Days(workdays=False, weekdays=(4,), place=0))
    plan = schedule(campaign("calls", task(), patience="1d"), teams=(shut,))
    assert handed(run(plan)) == ["2027-02-05 09:00 per "]


def test_without_room_it_comes_back_at_the_next_working_days_opening() -> None:
    plan = schedule(campaign("calls", task()), teams=(team(**OFFICE, capacity="2 per calendar day", capacity_place=7),))
    people = [contact(name, account=name) for name in "abcde"]
    # Friday 5 February: two, then Monday the 8th, then Tuesday.
    execution = run(plan, *people, start="2027-02-05 12:00")
    assert handed(execution) == [
        "2027-02-05 12:00 a ann",
        "2027-02-05 12:00 b bob",
        "2027-02-08 09:00 c ann",
        "2027-02-08 09:00 d bob",
        "2027-02-09 09:00 e ann",
    ]
    # From Friday 12:00 to Monday 09:00 are 69 hours, and a day more to Tuesday.
    assert chain(execution.tasks[2]) == "ready@0 capacity@7+248400"
    assert chain(execution.tasks[4]) == "ready@0 capacity@7+334800"


def test_those_waiting_compete_by_r17_over_all_accounts() -> None:
    plan = schedule(
        campaign("normal", task("a")),
        campaign("urgent", wait("1h"), task("b"), priority=90),
        teams=(team(**OFFICE, capacity="1 per calendar day"),),
    )
    people = [contact("x", account="x"), contact("y", account="y")]
    # Monday 09:00: `urgent` is ready at 09:00 for both, and comes before what is ready since 08:00.
    execution = run(plan, *people, until="2027-02-05 00:00")
    assert [(wall(row.due), row.campaign, row.contact) for row in execution.tasks] == [
        ("2027-02-01 09:00", "urgent", "x"),
        ("2027-02-02 09:00", "urgent", "y"),
        ("2027-02-03 09:00", "normal", "x"),
        ("2027-02-04 09:00", "normal", "y"),
    ]


def test_after_the_wait_for_the_desk_caps_and_consent_are_asked_again() -> None:
    plan = schedule(
        campaign("calls", task()),
        teams=(team(**OFFICE),),
        rules=(rule(cap=cap("1 per 3d")),),
        channels=(channel("phone", consent="consent"),),
    )
    agreed = contact(consent=("phone",))
    # Ready Saturday 12:00 and at the desk; another system reaches Per on Sunday 10:00: free again Wednesday 10:00.
    rows = (agreed, happened("2027-02-07 10:00", "contacted", channel="phone"))
    assert handed(run(plan, *rows, start="2027-02-06 12:00")) == ["2027-02-10 10:00 per ann"]
    gone = run(plan, *rows, happened("2027-02-09 10:00", "consent_withdrawn"), start="2027-02-06 12:00")
    assert handed(gone) == []
    assert skips(gone) == ["2027-02-10 10:00 consent"]


def test_a_cap_that_is_full_at_the_opening_takes_no_place() -> None:
    plan = schedule(
        campaign("calls", task("a"), priority=60),
        campaign("more", task("b")),
        teams=(team(**OFFICE, capacity="2 per calendar day"),),
        rules=(rule(cap=cap("1 per 7d")),),
    )
    people = [contact("x", account="x"), contact("y", account="y")]
    assert touches(run(plan, *people, until="2027-02-09 00:00")) == [
        "2027-02-01 09:00 phone hello x",
        "2027-02-01 09:00 phone hello y",
        "2027-02-08 09:00 phone hello x",
        "2027-02-08 09:00 phone hello y",
    ]


def test_the_member_is_the_salesperson_or_who_had_the_fewest() -> None:
    plan = schedule(campaign("calls", task()), teams=(team(**{**OFFICE, "members": ("ann", "bob", "eve")}),))
    people = (
        contact("a", account="1", salesperson="bob"),
        contact("b", account="2", salesperson="nobody"),
        contact("c", account="3"),
        contact("d", account="4"),
        contact("e", account="5", roles=("user",)),
        contact("f", account="5", roles=("target",), salesperson="bob"),
    )
    assert [line[17:] for line in handed(run(plan, *people))] == ["a bob", "b ann", "c eve", "d ann", "e bob", "f bob"]


def test_due_runs_in_the_teams_working_time() -> None:
    def deadline(due: str, start: str) -> str:
        plan = schedule(campaign("calls", task(due=due)), teams=(team(**OFFICE),))
        (row,) = run(plan, start=start).tasks
        assert row.deadline is not None
        return wall(row.deadline)

    assert deadline("2 workdays", "2027-02-05 12:00") == "2027-02-09 12:00"
    # Friday 15:00: two hours that day, two on Monday.
    assert deadline("4h", "2027-02-05 15:00") == "2027-02-08 11:00"
    assert deadline("1d", "2027-02-05 15:00") == "2027-02-08 09:00"


def test_holidays_close_workdays_only() -> None:
    calendar = model.Calendar(name="calendar", place=0, holidays=(model.Holiday(date="2027-02-01", name="Plough day"),))
    plan = schedule(campaign("calls", task()), teams=(team(**OFFICE),), calendar=calendar)
    assert handed(run(plan)) == ["2027-02-02 09:00 per ann"]
    assert dt.date(2027, 2, 2).weekday() == 1


def test_a_task_is_open_or_overdue_when_the_execution_ends() -> None:
    plan = schedule(campaign("calls", task(due="2 workdays")), teams=(team(**OFFICE),))
    assert [row.state for row in run(plan, until="2027-02-03 09:00").tasks] == ["open"]
    assert [row.state for row in run(plan, until="2027-02-03 09:01").tasks] == ["overdue"]
    assert run(plan).tasks[0].deadline == at("2027-02-03 09:00")
