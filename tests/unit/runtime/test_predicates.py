"""Expressions, asked of a person at a moment."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import get_args

import pytest

from gridlang.quantities import Duration, Money
from gridlang.runtime.reference import acting, changes, predicates
from gridlang.runtime.reference.people import Account, Occurrence, Person
from gridlang.runtime.reference.predicates import View
from gridlang.runtime.reference.timing import Timing
from gridlang.runtime.rows import AttributeValue
from gridlang.schedule import expressions as ex
from gridlang.schedule import model
from gridlang.schedule import steps as st
from gridlang.schedule.clock import WorkCalendar
from tests.unit.runtime.plans import (
    ZONE,
    at,
    at_least,
    attribute,
    contact,
    date,
    is_,
    length,
    number,
    text,
    wall,
)

TIMING = Timing(ZONE, WorkCalendar(model.Calendar(name="calendar", place=0)))

ATTRIBUTES: dict[str, AttributeValue] = {
    "name": "Per",
    "children": 2,
    "score": Decimal("2.5"),
    "born": dt.date(2000, 2, 29),
    "seen": dt.datetime(2027, 1, 31, 18, 0),
    "spent": Money(Decimal("450.00"), "DKK"),
    "tags": ("a", "b"),
    "vip": True,
    "notice": Duration(3, "mo"),
}


def per(now: str, *events: tuple[str, str, dict[str, AttributeValue]]) -> View:
    account = Account("home", {"size": 4}, 0)
    person = Person(contact(), account, ZONE, ATTRIBUTES)
    account.people.append(person)
    for order, (when, name, payload) in enumerate(events):
        happened = Occurrence(order, person, at(when), (name,), payload)
        person.events.setdefault(name, []).append(happened)
        account.events.setdefault(name, []).append(happened)
    return View(account, person, at(now))


def holds(expression: ex.Expression, view: View | None = None) -> bool:
    return bool(predicates.evaluator(expression, TIMING)(view or per("2027-02-01 08:00"), None))


@pytest.mark.parametrize("sign", ["==", "!=", "<", "<=", ">", ">="])
def test_a_comparison_with_what_is_missing_is_false(sign: str) -> None:
    assert not holds(ex.Compare(sign, attribute("missing"), text("x")))  # type: ignore[arg-type]
    assert not holds(ex.Compare(sign, text("x"), attribute("missing")))  # type: ignore[arg-type]
    assert holds(ex.Not(ex.Compare(sign, attribute("missing"), text("x"))))  # type: ignore[arg-type]


def test_values_of_each_type() -> None:
    assert holds(ex.Compare(">=", attribute("children"), number(2)))
    assert holds(ex.Compare("<", attribute("score"), number(3)))
    assert holds(ex.Compare("<", attribute("spent"), ex.Value("Money", "1_000 DKK")))
    assert holds(ex.Compare("==", attribute("spent"), ex.Value("Money", "450 DKK")))
    assert holds(ex.Compare("<", attribute("born"), date("2000-03-01")))
    assert holds(ex.Compare(">", attribute("seen"), date("2027-01-31")))
    assert holds(ex.Compare("==", attribute("notice"), length("3mo")))
    assert holds(ex.Compare("<", length("2w"), attribute("notice")))
    assert holds(attribute("vip"))
    assert holds(ex.Compare("==", ex.Attribute("account", "size", "Int"), number(4)))
    assert holds(ex.Compare("==", ex.Arithmetic("-", attribute("children"), number(1)), number(1)))


def test_in_ranges_and_lists() -> None:
    assert holds(ex.Among(attribute("name"), (text("Ann"), text("Per"))))
    assert not holds(ex.Among(attribute("missing"), (text("Per"),)))
    assert holds(ex.Among(text("b"), (attribute("tags", "List"),)))
    assert not holds(ex.Among(text("c"), (attribute("tags", "List"),)))
    assert holds(ex.Between(attribute("children"), number(2), number(3), inclusive=False))
    assert not holds(ex.Between(attribute("children"), number(1), number(2), inclusive=False))
    assert holds(ex.Between(attribute("seen"), date("2027-01-01"), date("2027-01-31"), inclusive=True))


def test_and_or_not_has() -> None:
    per_, ann = is_("name", "Per"), is_("name", "Ann")
    assert holds(ex.All((per_, ex.Not(ann))))
    assert not holds(ex.All((per_, ann)))
    assert holds(ex.AnyOf((ann, per_)))
    assert holds(ex.Has(attribute("vip")))  # type: ignore[arg-type]
    assert not holds(ex.Has(attribute("missing")))  # type: ignore[arg-type]


def test_age_turns_at_midnight() -> None:
    adult = ex.Compare(">=", ex.Age(attribute("born", "Date")), length("27y"))
    # Born on 29 February: 27 years are full on 28 February 2027.
    assert not holds(adult, per("2027-02-27 23:59"))
    assert holds(adult, per("2027-02-28 00:00"))
    mirrored = ex.Compare("<=", length("27y"), ex.Age(attribute("born", "Date")))
    assert holds(mirrored, per("2027-02-28 00:00"))
    assert not holds(mirrored, per("2027-02-27 23:59"))
    between = ex.Between(ex.Age(attribute("born", "Date")), length("20y"), length("27y"), inclusive=False)
    assert holds(between, per("2027-02-27 23:59"))
    assert not holds(between, per("2027-02-28 00:00"))
    (points,) = changes.turning_points(adult, TIMING)
    assert changes.next_change((points,), per("2027-02-01 08:00")) == at("2027-02-28 00:00")


def bought(when: str, amount: str) -> tuple[str, str, dict[str, AttributeValue]]:
    return when, "purchase", {"amount": Money(Decimal(amount), "DKK")}


BIG = ex.Compare(">", ex.Payload("amount", "Money"), ex.Value("Money", "500 DKK"))


def test_events_that_happened() -> None:
    view = per("2027-02-01 08:00", bought("2026-12-31 10:00", "600"), bought("2027-02-01 08:00", "100"))
    assert holds(ex.Ever("person", "purchase"), view)
    assert holds(ex.Ever("account", "purchase", BIG), view)
    assert not holds(ex.Ever("person", "clicked"), view)
    assert holds(ex.Compare("==", ex.Count("person", "purchase"), number(2)), view)
    assert holds(ex.Compare("==", ex.Count("person", "purchase", BIG), number(1)), view)
    last = ex.Last("person", "purchase", "amount", "Money")
    assert holds(ex.Compare("==", last, ex.Value("Money", "100 DKK")), view)
    assert holds(
        ex.Compare("==", ex.Last("person", "purchase", "at", "DateTime"), ex.Value("DateTime", "2027-02-01T08:00:00")),
        view,
    )
    assert not holds(ex.Has(ex.Last("person", "clicked", "amount", "Money")), view)


def test_counting_within_turns_at_the_second() -> None:
    twice = at_least(2, "purchase", within="1mo")
    events = (bought("2026-12-31 10:00", "1"), bought("2027-01-15 10:00", "1"))
    # 31 December + 1 month is 31 January, 10:00.
    assert holds(twice, per("2027-01-31 09:59", *events))
    assert not holds(twice, per("2027-01-31 10:00", *events))
    points = changes.turning_points(twice, TIMING)
    found = changes.next_change(points, per("2027-01-20 09:59", *events))
    assert found is not None
    assert wall(found) == "2027-01-31 10:00"


def test_since_the_latest() -> None:
    quiet = ex.Compare(">=", ex.Since("person", "purchase"), length("10d"))
    events = (bought("2027-01-01 10:00", "1"), bought("2027-01-15 10:00", "1"))
    assert not holds(quiet, per("2027-01-25 09:59", *events))
    assert holds(quiet, per("2027-01-25 10:00", *events))
    assert not holds(quiet, per("2027-01-25 10:00"))
    assert changes.next_change(changes.turning_points(quiet, TIMING), per("2027-01-25 10:00")) is None


def test_what_an_expression_asks_about() -> None:
    expression = ex.All((ex.Ever("person", "clicked"), ex.Not(at_least(1, "purchase"))))
    assert changes.mentions(expression) == {"clicked", "purchase"}


def test_every_expression_has_its_maker_and_every_verb_its_step() -> None:
    assert set(predicates._MAKERS) == set(get_args(ex.Expression))
    assert set(acting._STEPS) == set(get_args(st.Step))
