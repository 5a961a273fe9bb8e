"""R6, R7: starts, reentry, goals, holdout, runs for the plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gridlang.runtime.reference import identity
from gridlang.schedule import expressions as ex
from gridlang.schedule import model
from gridlang.schedule import steps as st
from tests.unit.runtime.plans import (
    attribute,
    campaign,
    contact,
    date,
    days,
    edge,
    happened,
    journey,
    run,
    schedule,
    send,
    skips,
    touches,
    wait,
)

BACK_AND_FORTH = journey(edge("contact", "sale", "clicked"), edge("sale", "contact", "replied"))


def starts(**fields: Any) -> model.Starts:
    return model.Starts(place=0, **fields)


def test_r6_a_run_starts_when_the_person_comes_to_stand_there_and_never_by_itself_later() -> None:
    plan = schedule(campaign("hello", send(), phases=("contact",)), journey=BACK_AND_FORTH)
    rows = (happened("2027-02-05 10:00", "clicked"), happened("2027-02-08 10:00", "replied"))
    assert days(run(plan, *rows)) == ["2027-02-01 08:00", "2027-02-08 10:00"]


def test_r6_reentry_once_and_after() -> None:
    rows = [
        happened("2027-02-05 10:00", "clicked"),
        happened("2027-02-08 10:00", "replied"),
        happened("2027-03-01 10:00", "clicked"),
        happened("2027-03-05 10:00", "replied"),
    ]

    def made(reentry: str) -> list[str]:
        plan = schedule(campaign("hello", send(), phases=("contact",), reentry=reentry), journey=BACK_AND_FORTH)
        return days(run(plan, *rows))

    assert made("once") == ["2027-02-01 08:00"]
    # The first run ends at once, on 1 February 08:00: 30 days later is 3 March 08:00.
    assert made("30d") == ["2027-02-01 08:00", "2027-03-05 10:00"]
    assert made("always") == ["2027-02-01 08:00", "2027-02-08 10:00", "2027-03-05 10:00"]


def test_r6_starts_at_a_date_within_the_cell() -> None:
    before_the_end = ex.Shift(attribute("contract_ends", "Date"), -1, "90d")
    plan = schedule(campaign("renew", send(), starts=starts(date=before_the_end)))
    # 90 days before 31 August are 2 June.
    assert days(run(plan, contact(contract_ends=dt.date(2027, 8, 31)))) == ["2027-06-02 00:00"]
    assert days(run(plan, contact(contract_ends=dt.date(2027, 3, 1)))) == ["2027-02-01 08:00"]
    assert days(run(plan, contact())) == []


def test_r6_starts_never_after_the_end() -> None:
    spring = starts(date=date("2027-03-01"), until=date("2027-03-31"))
    plan = schedule(campaign("spring", send(), phases=("sale",), starts=spring), journey=BACK_AND_FORTH)
    assert days(run(plan, happened("2027-03-31 23:59", "clicked"))) == ["2027-03-31 23:59"]
    assert days(run(plan, happened("2027-04-01 00:00", "clicked"))) == []
    assert days(run(plan, happened("2027-02-20 00:00", "clicked"))) == ["2027-03-01 00:00"]


def test_r6_a_start_that_comes_after_the_cell_was_left_does_not_come() -> None:
    plan = schedule(
        campaign("spring", send(), phases=("contact",), starts=starts(date=date("2027-03-01"))),
        journey=BACK_AND_FORTH,
    )
    assert days(run(plan, happened("2027-02-20 10:00", "clicked"))) == []


def test_r6_an_event_of_the_account_starts_a_run_each_time_none_is_open() -> None:
    plan = schedule(campaign("thanks", wait("2d"), send(), starts=starts(event="purchase")))
    rows = (
        contact("a"),
        contact("b"),
        happened("2027-02-02 10:00", "ordered", contact="b"),
        happened("2027-02-03 10:00", "ordered", contact="b"),  # open: no second run
        happened("2027-02-10 10:00", "purchase", contact="a"),
    )
    assert touches(run(plan, *rows)) == [
        "2027-02-04 10:00 post hello a",
        "2027-02-04 10:00 post hello b",
        "2027-02-12 10:00 post hello a",
        "2027-02-12 10:00 post hello b",
    ]


def test_r6_the_event_that_moves_an_account_into_the_cell_starts_too() -> None:
    plan = schedule(
        campaign("welcome", send(), phases=("sale",), starts=starts(event="clicked")), journey=BACK_AND_FORTH
    )
    assert days(run(plan, happened("2027-02-03 10:00", "clicked"))) == ["2027-02-03 10:00"]


def test_r6_one_run_though_a_person_has_two_of_its_roles() -> None:
    plan = schedule(campaign("both", send(), roles=("target", "user")))
    assert days(run(plan, contact(roles=("target", "user")))) == ["2027-02-01 08:00"]


def test_r6_a_campaign_with_show_is_one_run_for_the_plan() -> None:
    show = st.Show(id="show:tv:hello", place=7, channel="tv", message="hello", duration="3w")
    film = campaign("film", show, wait("2w"), st.Show(**{**show_fields(show), "id": "again"}), mass=True)
    execution = run(schedule(film), contact("a"), contact("b"), start="2026-12-01 00:00")
    assert [(row.contact, row.account, row.step) for row in execution.touches] == [
        ("", "", "show:tv:hello"),
        ("", "", "again"),
    ]
    # From the period's start, and R24 with an empty contact.
    assert days(execution) == ["2027-01-01 00:00", "2027-01-15 00:00"]
    assert execution.touches[0].id == identity.row_id("small", "", "film", "show:tv:hello", 1)


def show_fields(show: st.Show) -> dict[str, Any]:
    return {"place": show.place, "channel": show.channel, "message": show.message, "duration": show.duration}


def test_r6_a_run_for_the_plan_starts_by_its_date() -> None:
    show = st.Show(id="show", place=7, channel="tv", message="hello", duration="3w")
    film = campaign("film", show, mass=True, starts=starts(date=date("2027-03-01")))
    assert days(run(schedule(film))) == ["2027-03-01 00:00"]


def test_r6_a_run_for_the_plan_starts_by_anybodys_event() -> None:
    show = st.Show(id="show", place=7, channel="tv", message="hello", duration="3w")
    film = campaign("film", show, mass=True, starts=starts(event="purchase"))
    rows = (contact("a", account="a"), contact("b", account="b"), happened("2027-02-03 10:00", "ordered", contact="b"))
    assert touches(run(schedule(film), *rows)) == ["2027-02-03 10:00 tv hello"]


def test_r7_a_goal_is_measured_after_the_run_has_ended_too() -> None:
    goal = model.Goal(event="purchase", within="10d", place=0)
    plan = schedule(campaign("sell", send(), goal=goal))
    people = [contact(name, account=name) for name in ("a", "b", "c")]
    rows = (
        happened("2027-02-11 07:59", "ordered", contact="a"),
        happened("2027-02-11 08:00", "ordered", contact="b"),  # 10 days: excluded
        happened("2027-01-30 08:00", "ordered", contact="c"),  # before the run
    )
    assert run(plan, *people, *rows).counts.goals == {"sell": (1, 3)}


def test_r20_holdout_keeps_the_lowest_buckets_of_accounts_out() -> None:
    plan = schedule(campaign("sell", send(), holdout=2500))
    names = [f"account{number}" for number in range(40)]
    execution = run(plan, *(contact(f"of-{name}", account=name) for name in names))
    held = {name for name in names if identity.bucket("small", "sell", "holdout", name) < 2500}
    assert 0 < len(held) < 40
    assert {row.account for row in execution.skips} == held
    assert {row.account for row in execution.touches} == set(names) - held
    assert {(row.reason, row.step) for row in execution.skips} == {("holdout", "holdout")}
    assert skips(execution)[0] == "2027-02-01 08:00 holdout"
