"""R5, R5a: levels of the life cycle, and events that are derived."""

from __future__ import annotations

import datetime as dt

from gridlang.schedule import expressions as ex
from tests.unit.runtime.plans import (
    EVENTS,
    ask,
    at_least,
    attribute,
    campaign,
    contact,
    days,
    edge,
    event,
    happened,
    journey,
    length,
    level,
    moves,
    run,
    schedule,
    send,
    touches,
)

LEVELS = (
    level("prospect"),
    level("buyer", at_least(1, "purchase", owner="account")),
    level("loyal", at_least(2, "purchase", owner="account", within="6mo")),
    level("lapsed", ex.Compare(">=", ex.Since("account", "purchase"), length("6mo"))),
)


def test_r5_a_level_is_lost_at_the_second_at_which_a_purchase_no_longer_counts() -> None:
    plan = schedule(campaign("back", send(), relations=("buyer",)), relations=LEVELS)
    rows = (happened("2026-11-30 15:00", "purchase"), happened("2027-02-20 09:00", "purchase"))
    # Two purchases count until 30 November + 6 months: 30 May, 15:00. Before the second there was one: buyer at once.
    execution = run(plan, *rows, until="2027-06-01 00:00")
    assert days(execution) == ["2027-02-01 08:00", "2027-05-30 15:00"]


def test_r5_time_alone_makes_a_level_and_the_highest_wins() -> None:
    plan = schedule(campaign("win_back", send(), relations=("lapsed",)), relations=LEVELS)
    execution = run(plan, happened("2026-08-31 10:00", "ordered"), until="2027-03-02 00:00")
    # 31 August + 6 months is 28 February.
    assert days(execution) == ["2027-02-28 10:00"]


def derived(when: ex.Expression) -> tuple[object, ...]:
    return (*EVENTS, event("warm", when=when))


def test_r5a_happens_each_time_the_predicate_turns_true() -> None:
    plan = schedule(
        campaign("score", send(), starts=None, phases=("sale",)),
        journey=journey(edge("contact", "sale", "warm"), edge("sale", "contact", "replied")),
        events=derived(at_least(2, "clicked", within="10d")),
    )
    execution = run(
        plan,
        happened("2027-02-02 10:00", "clicked"),
        happened("2027-02-12 10:00", "clicked"),  # the first is free again at this very second
        happened("2027-02-15 11:00", "clicked"),
        happened("2027-02-16 11:00", "replied"),
        happened("2027-02-17 11:00", "clicked"),  # still true: no second event
        happened("2027-04-01 09:00", "clicked"),
        happened("2027-04-01 09:30", "clicked"),
    )
    assert moves(execution)[1:] == [
        "2027-02-15 11:00 contact>sale",
        "2027-02-16 11:00 sale>contact",
        "2027-04-01 09:30 contact>sale",
    ]


def test_r5a_what_is_true_when_first_seen_is_no_event() -> None:
    plan = schedule(journey=journey(edge("contact", "sale", "warm")), events=derived(at_least(1, "clicked")))
    rows = (happened("2026-12-02 10:00", "clicked"), happened("2027-02-12 10:00", "clicked"))
    assert moves(run(plan, *rows)) == ["2027-02-01 08:00 >contact"]


def test_r5a_turns_true_by_time_alone() -> None:
    older = ex.Compare(">=", ex.Age(attribute("first_registered", "Date")), length("6y"))
    plan = schedule(journey=journey(edge("contact", "sale", "warm")), events=derived(older))
    person = contact(first_registered=dt.date(2021, 5, 1), timezone="America/New_York")
    # 00:00 of 1 May 2027 in New York is 06:00 in Copenhagen.
    assert moves(run(plan, person))[1:] == ["2027-05-01 06:00 contact>sale"]


def test_r5a_a_date_comes_at_midnight_on_the_persons_clock() -> None:
    ends = ex.Shift(attribute("lease_ends", "Date"), -1, "120d")
    plan = schedule(
        journey=journey(edge("contact", "sale", "lease_ends_soon")),
        events=(*EVENTS, event("lease_ends_soon", date=ends)),
    )
    # 120 days before 1 September are 4 May.
    assert moves(run(plan, contact(lease_ends=dt.date(2027, 9, 1))))[1:] == ["2027-05-04 00:00 contact>sale"]
    # Before the entry it is history: it has walked the edge.
    assert moves(run(plan, contact(lease_ends=dt.date(2027, 3, 1)))) == ["2027-02-01 08:00 >sale"]
    assert moves(run(plan, contact())) == ["2027-02-01 08:00 >contact"]


def test_r5a_a_date_that_depends_on_an_event_is_worked_out_again() -> None:
    later = ex.Shift(ex.Last("person", "purchase", "at", "DateTime"), 1, "30d")
    plan = schedule(
        campaign("after", ask("wait", "1y", ("anniversary", "go")), send("go")),
        events=(*EVENTS, event("anniversary", date=later)),
    )
    rows = (happened("2027-02-02 10:00", "purchase"), happened("2027-02-20 10:00", "purchase"))
    # 20 February + 30 days: 22 March at 10:00 on the clock; the event is at 00:00 of that date.
    assert touches(run(plan, *rows)) == ["2027-03-22 00:00 post hello per"]


def test_r5a_one_derived_event_can_make_another() -> None:
    events = (
        *EVENTS,
        event("warm", when=at_least(1, "clicked")),
        event("hot", when=at_least(1, "warm")),
    )
    plan = schedule(events=events, journey=journey(edge("contact", "sale", "hot")))
    assert moves(run(plan, happened("2027-02-12 10:00", "clicked")))[1:] == ["2027-02-12 10:00 contact>sale"]
