"""R20, R7: choices, shares and holdouts. Buckets are worked out here, from the words of the rule."""

from __future__ import annotations

import hashlib

import pytest

from tests.rules.plans import Row, story

PEOPLE = [{"id": f"p{number}", "account": f"h{number // 2}"} for number in range(60)]


def bucket(seed: str, campaign: str, step: str, contact: str) -> int:
    """The first 8 bytes, big-endian, of SHA-256 over the four (UTF-8, joined by U+001F), mod 10000."""
    text = "\x1f".join((seed, campaign, step, contact))
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big") % 10000


CHOOSE = """campaign c { flow {
  wait 2d
  choose "What?" {
    ever(asked)                       -> send plain hello
    has(tier) and tier == "gold"      -> send plain again
    otherwise                         -> send plain goodbye
  }
} }"""


@pytest.mark.parametrize(
    ("tier", "asked", "message"),
    [
        ("gold", "2027-02-02 10:00", "hello"),  # both hold: the first
        ("gold", None, "again"),
        ("tin", None, "goodbye"),
        ("tin", "2027-02-03 08:00", "hello"),  # at that moment, that second included
        ("tin", "2027-02-03 08:00:01", "goodbye"),  # not what comes later
    ],
)
def test_r20_choose_takes_the_first_arm_that_holds_at_that_moment(tier: str, asked: str | None, message: str) -> None:
    """R20: `choose`: at that moment, first arm that holds."""
    events = [{"contact": "per", "at": asked, "event": "asked"}] if asked else []
    assert story(CHOOSE, [{"id": "per", "tier": tier}], events).sent == [("2027-02-03 08:00", message)]


def split(plan: dict[str, str] | None = None, label: str = "lots: ") -> dict[str, str]:
    """The message each person gets from a split of 20, 50 and 30 percent."""
    text = f"""campaign c {{ flow {{
      {label}split "Which?" {{ 20% -> send plain hello  50% -> send plain again  30% -> send plain goodbye }}
    }} }}"""
    return {contact: message for _, contact, _, message in story(text, PEOPLE, plan=plan).touches}


def arms(seed: str, step: str) -> dict[str, str]:
    """What the rule says: arms take ranges in order."""
    drawn = {str(person["id"]): bucket(seed, "c", step, str(person["id"])) for person in PEOPLE}
    return {
        contact: "hello" if number < 2000 else "again" if number < 7000 else "goodbye"
        for contact, number in drawn.items()
    }


def test_r20_split_by_bucket() -> None:
    """R20: the bucket is drawn from seed, campaign, step and contact; the seed defaults to the plan's name."""
    assert split() == arms("small", "lots")


def test_r20_a_diamond_without_label_is_named_by_its_question() -> None:
    """R20, R24: without a label the step is verb and question."""
    assert split(label="") == arms("small", "split:Which?")


def test_r20_seed() -> None:
    """R20: `seed` says what is drawn by."""
    assert split({"seed": '"spring 2027"'}) == arms("spring 2027", "lots")
    assert arms("spring 2027", "lots") != arms("small", "lots")


def test_r20_the_lowest_buckets_are_held_out() -> None:
    """R20, R7: `holdout` keeps out the lowest buckets of step "holdout", the account in place of the contact."""
    told = story("campaign c { holdout: 20% flow { send plain hello  wait 1d  send plain again } }", PEOPLE)
    out = {str(p["id"]) for p in PEOPLE if bucket("small", "c", "holdout", str(p["account"])) < 2000}
    assert 0 < len(out) < len(PEOPLE)
    assert {contact for _, contact, _, _ in told.touches} == {str(p["id"]) for p in PEOPLE} - out
    # A held-out run is one row, at the moment it would have begun.
    skips = [(told.local(row.at), row.contact, row.reason) for row in told.execution.skips]
    assert sorted(skips) == sorted(("2027-02-01 08:00", contact, "holdout") for contact in out)


def test_r20_holdouts_are_drawn_for_each_campaign() -> None:
    """R20: the campaign is part of the draw, so two campaigns hold out different accounts."""
    text = "campaign c { holdout: 50% flow { send plain hello } } campaign d { holdout: 50% flow { send plain again } }"
    told = story(text, PEOPLE)
    for campaign, message in (("c", "hello"), ("d", "again")):
        reached = {contact for _, contact, _, said in told.touches if said == message}
        drawn = {str(p["id"]) for p in PEOPLE if bucket("small", campaign, "holdout", str(p["account"])) >= 5000}
        assert reached == drawn


def test_r20_nobody_or_everybody() -> None:
    """R20: 0 % and 100 % are exact."""
    assert len(story("campaign c { holdout: 0% flow { send plain hello } }", PEOPLE).touches) == len(PEOPLE)
    told = story("campaign c { holdout: 100% flow { send plain hello } }", PEOPLE)
    assert told.touches == []
    assert len(told.skips) == len(PEOPLE)


EVENTS: list[Row] = [
    {"contact": "per", "at": "2027-01-10 10:00", "event": "purchase", "amount": "400", "items": "2"},
    {"contact": "per", "at": "2027-01-20 10:00", "event": "purchase", "amount": "600", "items": "1"},
    {"contact": "ann", "at": "2027-01-25 10:00", "event": "asked"},
]


@pytest.mark.parametrize(
    ("predicate", "holds"),
    [
        # Events are this person's, after `account.` the account's.
        ("ever(asked)", False),
        ("account.ever(asked)", True),
        ("count(purchase) >= 2", True),
        ("count(purchase where amount > 500 DKK) >= 2", False),
        ("count(purchase where amount > 500 DKK) == 1", True),
        ("last(purchase).items == 1", True),
        # The choice is on Monday 1 February 10:00. An event at s counts while t < s + D.
        ("count(purchase, within: 12d) >= 1", False),
        ("count(purchase, within: 289h) >= 1", True),
        ("since(purchase) >= 12d", True),
        ("since(purchase) > 12d", False),
        ("since(asked) >= 1d", False),  # there was none: missing
        # A comparison with a missing value is false, either way round.
        ('tier == "gold"', False),
        ('tier != "gold"', False),
        ('not (tier == "gold")', True),
        ("has(tier)", False),
        ("age(day) >= 6y", True),
        ("age(day) > 6y", True),
        ("day in 2021-01-01 .. 2021-02-01", True),  # dates include the last day
        ("day in 2021-01-01 .. 2021-01-31", False),
        ('first_name in ("Per", "Ann")', True),
        ("email in consent", True),
        ("sms in consent", False),
        ('first_name == "Per" and not ever(asked) or has(tier)', True),
    ],
)
def test_r20_what_predicates_mean(predicate: str, holds: bool) -> None:
    """Language, predicates; R20: at that moment."""
    text = f"""campaign c {{ role: target flow {{
      choose "?" {{ {predicate} -> send plain hello  otherwise -> send plain goodbye }}
    }} }}"""
    people: list[Row] = [
        {
            "id": "per",
            "account": "home",
            "first_name": "Per",
            "day": "2021-02-01",
            "consent": "email;phone",
            "roles": "target",
        },
        {"id": "ann", "account": "home"},
    ]
    told = story(text, people, EVENTS, start="2027-02-01 10:00")
    assert told.sent == [("2027-02-01 10:00", "hello" if holds else "goodbye")]


def test_r20_attributes_of_the_account() -> None:
    """Language: `account.x`; columns of account attributes agree over the rows of its people."""
    text = """
    fields account { turnover: Money?  seats: Int? }
    campaign c { role: target flow {
      choose "?" {
        account.turnover >= 500 DKK and account.seats > 3 -> send plain hello
        otherwise -> send plain goodbye
      }
    } }
    """
    people: list[Row] = [
        {"id": "a", "account": "x", "roles": "target", "turnover": "500 DKK", "seats": 4},
        {"id": "b", "account": "y", "roles": "target", "turnover": "499.99 DKK", "seats": 4},
        {"id": "c", "account": "z", "roles": "target"},
    ]
    assert [(contact, message) for _, contact, _, message in story(text, people).touches] == [
        ("a", "hello"),
        ("b", "goodbye"),
        ("c", "goodbye"),
    ]


def test_r20_the_events_of_an_account_are_on_the_plans_clock() -> None:
    """Language, predicates: after `account.` events are the account's, on the plan's clock; else on the person's."""
    text = """campaign c { flow {
      choose "Account?" { account.since(asked) >= 1mo -> send plain hello  otherwise -> send plain again }
      choose "Person?"  { since(asked) >= 1mo         -> send other hello  otherwise -> send other again }
    } }"""
    people = [{"id": "per", "timezone": "America/New_York"}]
    events = [{"contact": "per", "at": "2027-01-30 23:30", "event": "asked"}]
    told = story(text, people, events, start="2027-02-28 12:00")
    # Asked 31 January 05:30 in Copenhagen: a month later is 28 February 05:30, over at noon. In New York it was the
    # 30th, 23:30: a month later is 28 February 23:30, not yet at 06:00.
    assert [(channel, message) for _, _, channel, message in told.touches] == [("plain", "hello"), ("other", "again")]
