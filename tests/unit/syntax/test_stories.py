"""The items of a `test`."""

from __future__ import annotations

import datetime as dt

import pytest

from gridlang.syntax import nodes as n
from tests.unit.syntax.reading import finding, item, words


def test_enter() -> None:
    assert words(item("enter contact").phase) == "contact"


def test_events_happen() -> None:
    happens = item('on 2027-02-03 12:00 per replied (text: "ja", 3)')
    assert (happens.at.value, words(happens.person)) == (dt.datetime(2027, 2, 3, 12), "per")
    assert (words(happens.event), len(happens.arguments), happens.step) == ("replied", 2, None)
    assert item("on 2027-02-03 12:00 per replied").arguments == ()


def test_tasks_are_answered() -> None:
    happens = item("on 2027-02-08 10:30  per answers no_time to call")
    assert (words(happens.event), words(happens.step)) == ("no_time", "call")


@pytest.mark.parametrize(
    ("text", "verb", "said", "person", "team", "because"),
    [
        ("2027-02-01 09:00 send email invite to per", "send", "email, invite", "per", None, None),
        ("2027-02-08 task phone to per by sales_desk", "task", "phone", "per", "sales_desk", None),
        ("move sale", "move", "sale", None, None, None),
        ("skip email report to hanne because consent", "skip", "email, report", "hanne", None, "consent"),
        ("no phone to per", "no", "phone", "per", None, None),
    ],
)
def test_expectations(
    text: str, verb: str, said: str, person: str | None, team: str | None, because: str | None
) -> None:
    expect = item(f"expect {text}")
    assert (expect.verb.text, words(expect.words)) == (verb, said)
    assert (expect.person and words(expect.person)) == person
    assert (expect.team and words(expect.team)) == team
    assert (expect.because and expect.because.text) == because
    assert expect.span.text == f"expect {text}"


def test_expectations_about_a_time() -> None:
    between = item("expect no phone between 2027-02-08 10:30 and 2027-04-10")
    assert (type(between.after), type(between.before)) == (n.Moment, n.Date)
    assert item("expect no phone before 2027-02-08").after is None
    assert item("expect no phone after 2027-02-08").before is None
    assert item("expect 2027-02-08 move sale").at.value == dt.date(2027, 2, 8)


def test_items_follow_each_other_without_lines() -> None:
    problem = finding("test { enter a on 2027-02-03 12:00 per replied expect move sale to per to hanne }")
    assert problem.code.name == "said-twice"
