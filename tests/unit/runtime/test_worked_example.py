"""The worked example of the design: Per, in the family car's contact phase, on the compiled plan of `examples/`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gridlang.cache import remembered
from gridlang.compiler import compile_plan
from gridlang.files import Workspace
from gridlang.runtime.rows import Execution
from tests.unit.runtime.plans import answered, at, chain, contact, run, wall

PLAN = Path(__file__).parents[3] / "examples" / "family_car"


@pytest.fixture(scope="module")
def per() -> Execution:
    compiled = compile_plan(Workspace.at(str(PLAN)), remembered).value
    assert compiled is not None
    person = contact(
        household_role="father",
        first_name="Per",
        mobile="+45 20 30 40 50",
        email="per@example.dk",
        children=2,
        first_registered=dt.date(2018, 5, 1),
        consent=("email", "phone"),
    )
    outcome = answered("2027-02-08 10:30", "no_time")
    return run(compiled.schedule, person, outcome, until="2027-04-14 00:00", entries={"home": "contact"})


def test_his_invitations(per: Execution) -> None:
    invitations = [touch for touch in per.touches if touch.contact == "per"]
    assert [(touch.channel, touch.message, touch.local) for touch in invitations] == [
        ("email", "meeting_invite", "2027-02-01T09:00:00+01:00"),
        ("email", "meeting_invite", "2027-04-10T09:00:00+02:00"),
    ]
    assert invitations[0].subject == "Per, prøv den en hel weekend"


def test_his_call(per: Execution) -> None:
    (call,) = per.tasks
    assert (wall(call.due), call.team, call.member) == ("2027-02-08 09:00", "sales_desk", "mette@example.dk")
    assert call.deadline == at("2027-02-10 09:00")
    assert (call.state, call.outcome, call.closed) == ("done", "no_time", at("2027-02-08 10:30"))


def test_the_chain_of_the_call_says_why_it_was_monday(per: Execution) -> None:
    (call,) = per.tasks
    rules = [link.rule for link in call.because]
    assert rules[0] == "ready"
    assert set(rules[1:]) == {"days", "hours"}
    assert call.due - sum(link.delay for link in call.because) == at("2027-02-06 09:00")
    assert chain(call).startswith("ready@")
