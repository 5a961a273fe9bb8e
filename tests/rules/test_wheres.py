"""R5, R5a, R20: what a `where` may ask of an event, beside what it carries. Worked out by hand from the rules."""

from __future__ import annotations

import pytest

from tests.rules.plans import REACHABLE, Row, story
from tests.rules.test_continuing import event

WORDS = """
event bid "Bid" {
  from: web
  carries { amount: Int?  born: Date?  paid: Bool?  tags: List<Text>  colour: Text?  pause: Duration? }
}
event offer "Offer" { from: web carries { amount: Int? } }
"""
ASKED = """
campaign c {{ starts: asked flow {{ choose "?" {{ {0} -> send plain hello  otherwise -> send plain goodbye }} }} }}
"""
PER: Row = {"id": "per", **REACHABLE, "tier": "red", "day": "2010-02-05"}


def bid(at: str, **carried: str) -> Row:
    return event(at, "bid", **carried)


def answer(condition: str, *events: Row, at: str = "2027-02-10 12:00") -> bool:
    """Whether a condition holds for per, with a moment at which it is asked."""
    told = story(WORDS + ASKED.format(condition), [PER], [*events, event(at)])
    (touch,) = told.touches
    assert touch[0] == at
    return touch[-1] == "hello"


def test_an_event_beside_another() -> None:
    """Only bids count at whose asking there has been an offer: at noon of the 10th, whenever they were."""
    early = bid("2027-02-02 10:00")
    assert not answer("ever(bid where ever(offer))", early)
    assert answer("ever(bid where ever(offer))", early, event("2027-02-05 10:00", "offer"))
    assert not answer("ever(bid where since(offer) < 2d)", early, event("2027-02-05 10:00", "offer"))


@pytest.mark.parametrize(("amount", "more"), [("4", False), ("5", False), ("6", True)])
def test_what_it_carries_beside_what_another_carried(amount: str, more: bool) -> None:
    """The latest offer said 5."""
    offers = [event("2027-02-03 10:00", "offer", amount="3"), event("2027-02-05 10:00", "offer", amount="5")]
    assert (
        answer("ever(bid where amount > last(offer).amount)", bid("2027-02-02 10:00", amount=amount), *offers) is more
    )
    assert not answer("ever(bid where amount > last(offer).amount)", bid("2027-02-02 10:00", amount=amount))


def test_a_where_within_a_where() -> None:
    """The offers of more than 3: 5. The bid of 6 goes beyond it, that of 4 not."""
    offers = [event("2027-02-03 10:00", "offer", amount="5"), event("2027-02-05 10:00", "offer", amount="3")]
    condition = "count(bid where amount > last(offer where amount > 3).amount) >= {}"
    bids = [bid("2027-02-02 10:00", amount="6"), bid("2027-02-02 11:00", amount="4")]
    assert answer(condition.format(1), *offers, *bids)
    assert not answer(condition.format(2), *offers, *bids)


def test_a_duration_that_it_carries() -> None:
    """The offer was two days ago: within the five that the first bid carries, not within the one of the second."""
    offer = event("2027-02-08 12:00", "offer")
    assert answer("ever(bid where since(offer) < pause)", offer, bid("2027-02-02 10:00", pause="5d"))
    assert not answer("ever(bid where since(offer) < pause)", offer, bid("2027-02-02 10:00", pause="1d"))


def test_an_attribute_of_whoever_is_asked() -> None:
    """ann's bids of per's colour: red, and she has no colour herself."""
    text = WORDS + ASKED.format("account.ever(bid where colour == tier)")
    home = [{**PER, "account": "h"}, {"id": "ann", **REACHABLE, "account": "h"}]
    told = story(text, home, [event("2027-02-02 10:00", "bid", contact="ann", colour="red"), event("2027-02-10 12:00")])
    assert [(who, message) for _, who, _, message in told.touches] == [("per", "hello"), ("ann", "goodbye")]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("tier in last(bid).tags", True),
        ('"blue" in last(bid).tags', False),
        ("last(bid).colour in last(bid).tags", False),
        ("last(bid).born in (2010-02-04, 2010-02-06)", False),
        ("last(bid).born in (2010-02-04, day)", True),
        ("last(bid).amount in (" + ", ".join(map(str, range(1, 900))) + ")", True),
        ("last(bid).paid == last(bid).paid", False),
        ("ever(bid where colour == tier or paid)", False),
        ("ever(bid where not paid and ever(asked))", True),
    ],
)
def test_what_the_latest_carried(condition: str, holds: bool) -> None:
    """Red and green, born on per's own day, no word of paid or colour. A comparison with what is missing is false."""
    latest = bid("2027-02-02 10:00", tags="red;green", born="2010-02-05", amount="899")
    assert answer(condition, latest) is holds


def test_r5a_an_age_of_what_an_event_carried_turns_by_itself() -> None:
    """Born on 2009-03-01: 18 on 1 March, at 00:00, without any event on that day."""
    text = (
        WORDS
        + """
    event grown "Grown" { when: ever(bid where age(born) >= 18y) }
    campaign c { starts: grown flow { send plain hello } }
    """
    )
    told = story(text, [PER], [bid("2027-02-02 10:00", born="2009-03-01"), bid("2027-02-03 10:00", born="2011-01-01")])
    assert told.sent == [("2027-03-01 00:00", "hello")]


def test_r5_a_level_is_lost_by_what_an_event_carried() -> None:
    """Less than five days since the offer of the 2nd at 10:00, as the bid says: until the 7th at 10:00."""
    text = (
        WORDS
        + """
    relations ties { level cold {} level hot { when: ever(bid where since(offer) < pause) } }
    campaign c { relation: cold flow { send plain hello } }
    """
    )
    events = [event("2027-02-02 10:00", "offer"), bid("2027-02-02 10:00", pause="5d")]
    told = story(text, [PER], events, plan={"relations": "ties"})
    assert told.sent == [("2027-02-01 08:00", "hello"), ("2027-02-07 10:00", "hello")]
