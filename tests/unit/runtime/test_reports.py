"""R28: what is checked and never delays."""

from __future__ import annotations

from gridlang.schedule import model
from gridlang.schedule import steps as st
from tests.unit.runtime.plans import (
    at,
    at_least,
    campaign,
    channel,
    contact,
    days,
    happened,
    is_,
    level,
    rule,
    run,
    schedule,
    segment,
    send,
    wait,
)


def test_order_for_one_person() -> None:
    wanted = rule("story", order=(model.Order(first="hello", then="again", place=9),))
    plan = schedule(
        campaign("c", send("a", message="again"), wait("1d"), send("b", message="hello"), send("d", message="again")),
        rules=(wanted,),
    )
    execution = run(plan)
    assert days(execution) == ["2027-02-01 08:00", "2027-02-02 08:00", "2027-02-02 08:00"]
    (row,) = execution.reports
    assert (row.check, row.subject, row.contact, row.at, row.place) == (
        "order",
        "story",
        "per",
        at("2027-02-01 08:00"),
        9,
    )
    assert row.expected == "hello before again"
    assert row.happened == "again at 2027-02-01T08:00:00+01:00, without hello"


def test_order_holds_where_the_rule_stands() -> None:
    wanted = rule(phases=("sale",), order=(model.Order(first="hello", then="again", place=9),))
    plan = schedule(campaign("c", send("a", message="again")), rules=(wanted,))
    assert run(plan).reports == ()
    assert len(run(plan, entries={"home": "sale"}).reports) == 1


def test_budget_is_told_when_it_is_passed() -> None:
    show = st.Show(id="show", place=0, channel="tv", message="hello", duration="3w", budget="900 DKK")
    plan = schedule(
        campaign("film", show, mass=True),
        campaign("letters", wait("40d"), send("a"), wait("1d", "later"), send("b")),
        channels=(channel("post", cost="60.50 DKK"), channel("tv", reach=("mass",))),
        plan={"budget": "1_000 DKK"},
    )
    execution = run(plan)
    assert len(execution.touches) == 3
    (row,) = execution.reports
    assert (row.check, row.at) == ("budget", at("2027-03-14 08:00"))
    assert (row.expected, row.happened) == ("at most 1000 DKK", "1021.00 DKK")
    assert run(plan, until="2027-03-14 08:00").reports == ()


EVERY = (level("prospect"), level("buyer", at_least(1, "purchase", owner="account"), contact_every="30d"))


def test_contact_every_tells_each_silence_of_an_account_once() -> None:
    plan = schedule(
        campaign("c", wait("10d"), send("a"), wait("40d", "later"), send("b"), relations=("buyer",)), relations=EVERY
    )
    execution = run(plan, contact("a"), contact("b"), happened("2027-02-05 10:00", "purchase", contact="b"))
    # Touched on 15 February and 27 March: silent from 17 March, and from 26 April on.
    assert [(row.contact, row.at) for row in execution.reports] == [
        ("a", at("2027-03-17 10:00")),
        ("a", at("2027-04-26 10:00")),
    ]
    assert execution.reports[0].expected == "a contact every 30d"
    assert execution.reports[0].happened == "none since 2027-02-15T10:00:00+01:00"
    assert len(run(plan, happened("2027-02-05 10:00", "purchase"), until="2027-03-17 10:00").reports) == 0


def test_contact_every_asks_nothing_for_accounts_that_no_segment_takes() -> None:
    plan = schedule(relations=EVERY, segments=(segment("gold", is_("tier", "gold")),))
    assert run(plan, happened("2027-01-05 10:00", "purchase")).reports == ()
    assert len(run(plan, contact(tier="gold"), happened("2027-01-05 10:00", "purchase")).reports) == 1
