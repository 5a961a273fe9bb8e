"""What holds for every execution: order of rows is nothing, an earlier end gives the earlier rows."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from typing import Any

import attrs
import pytest

from gridlang.runtime.reference import execute
from gridlang.runtime.rows import Execution, Happening, Input
from gridlang.schedule import model
from gridlang.schedule import steps as st
from tests.unit.runtime.plans import (
    CHANNELS,
    EVENTS,
    ORIGIN,
    WORKDAYS,
    ask,
    at,
    at_least,
    campaign,
    cap,
    channel,
    contact,
    edge,
    event,
    hours,
    journey,
    level,
    move,
    rule,
    schedule,
    send,
    task,
    team,
    wait,
)

OFFICE: dict[str, Any] = {"members": ("ann", "bob"), "hours": hours("09:00", "17:00"), "days": WORKDAYS}
START, END = at("2027-01-01 00:00"), at("2028-01-01 00:00")


def busy_plan() -> model.Schedule:
    """A bit of everything that waits, competes and is taken back."""
    half = st.Split(
        id="half",
        place=0,
        question="?",
        arms=(st.ShareArm(share=5000, next="call", place=0), st.ShareArm(share=5000, next="ads", place=0)),
    )
    return schedule(
        campaign(
            "talk",
            send("invite", "email post", at="09:00"),
            ask("q", "6d", ("replied clicked", "half"), nothing="half"),
            half,
            task("call", ("yes", "go"), ("no", "ads"), has_overdue=True, overdue="ads"),
            send("ads", "ads", duration="3w"),
            wait("20d", next="invite"),
            move("go", "sale"),
            phases=("contact",),
        ),
        campaign("sell", task("sell", ("ordered", None), due="1d"), send("after"), phases=("sale",), priority=80),
        campaign("thanks", send("thanks"), relations=("buyer",), holdout=2000),
        campaign("warm", send("warm"), starts=model.Starts(event="warm", place=0)),
        journey=journey(edge("sale", "contact", "complained"), edge("contact", "sale", "ordered")),
        relations=(level("any", contact_every="20d"), level("buyer", at_least(1, "purchase", "account", "2mo"))),
        events=(*EVENTS, event("warm", when=at_least(2, "clicked", within="9d"))),
        channels=(*CHANNELS, channel("ads", reach=("audience",))),
        rules=(rule(cap=cap("2 per 7d")), rule("household", cap=cap("3 per calendar week", per_account=True))),
        teams=(team(**OFFICE, capacity="2 per calendar day"),),
    )


def rows(seed: int) -> Input:
    chance = random.Random(seed)
    contacts = tuple(
        contact(
            f"p{number}",
            account=f"a{number // 2}",
            email="x",
            consent=chance.choice([(), ("email",)]),
            timezone=chance.choice(["Europe/Copenhagen", "America/New_York", "Asia/Tokyo"]),
        )
        for number in range(16)
    )
    events = tuple(
        Happening(
            contact=chance.choice(contacts).id,
            at=START + chance.randrange(-90, 330) * 86_400 + chance.choice([0, 32_400, 40_000]),
            event=chance.choice(EVENTS).name,
            origin=ORIGIN,
        )
        for _ in range(150)
    )
    outcomes = tuple(
        Happening(
            contact=chance.choice(contacts).id,
            at=START + chance.randrange(0, 330) * 86_400 + 50_000,
            outcome=chance.choice(["yes", "no", "ordered"]),
            step=chance.choice(["call", "sell"]),
            origin=ORIGIN,
        )
        for _ in range(80)
    )
    return Input(contacts=contacts, accounts={}, happenings=events + outcomes)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    given, chance = rows(seed), random.Random(seed)
    contacts, happenings = list(given.contacts), list(given.happenings)
    chance.shuffle(contacts)
    chance.shuffle(happenings)
    shuffled = Input(contacts=tuple(contacts), accounts={}, happenings=tuple(happenings))
    plan = busy_plan()
    assert execute(plan, shuffled, START, END) == execute(plan, given, START, END)


def earlier(whole: Execution, until: int) -> dict[str, list[Any]]:
    """The rows of an execution before a moment, without what may still change."""
    return {
        "touches": [row for row in whole.touches if row.due < until],
        "tasks": [attrs.evolve(row, state="open", outcome="", closed=None) for row in whole.tasks if row.due < until],
        "audiences": [attrs.evolve(row, end=None) for row in whole.audiences if row.start < until],
        "moves": [row for row in whole.moves if row.at < until],
        "skips": [row for row in whole.skips if row.at < until and row.reason != "period_over"],
        "reports": [row for row in whole.reports if row.at is None or row.at < until],
        "issues": [issue for issue in whole.issues if issue.at is None or issue.at < until],
    }


@pytest.mark.parametrize("seed", range(6))
def test_an_earlier_end_gives_exactly_the_earlier_rows(seed: int) -> None:
    plan, given = busy_plan(), rows(seed)
    whole = execute(plan, given, START, END)
    assert len(whole.touches) > 50
    assert len(whole.tasks) > 10
    for day in (31, 100, 223):
        until = START + day * 86_400 + 32_400
        assert earlier(execute(plan, given, START, until), until) == earlier(whole, until)


def test_the_order_of_sets_changes_nothing() -> None:
    """Hash seeds differ between processes; what is executed does not."""
    program = "from tests.unit.runtime.test_laws import *; print(hash_of(execute(busy_plan(), rows(3), START, END)))"

    def told(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert told("1") == told("2") != ""


def hash_of(execution: Execution) -> str:
    return hashlib.sha256(repr(execution).encode()).hexdigest()


def test_progress_is_told_in_seconds_of_the_plan() -> None:
    told: list[tuple[int, int, int]] = []
    made = execute(busy_plan(), rows(1), START, END, progress=lambda *step: told.append(step))
    assert told == sorted(told)
    assert 100 < len(told) <= 365
    assert {of for _, of, _ in told} == {END - START}
    assert (
        0 < told[-1][2] <= len(made.touches) + len(made.tasks) + len(made.audiences) + len(made.moves) + len(made.skips)
    )
