"""Rows of events: moments on whose clock, names, payloads, outcomes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from gridlang.quantities import Money
from gridlang.schedule.model import Event, Field
from tests.unit.rows.given import EVENTS, PER, PERSONS, csv, happenings, read_files
from tests.unit.schedule.sample import schedule


def utc(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC).timestamp())


@pytest.mark.parametrize(
    ("at", "zone", "expected"),
    [
        ("2027-02-01T08:00", "", "2027-02-01T07:00"),
        ("2027-02-01T08:00", "America/New_York", "2027-02-01T13:00"),
        ("2027-02-01T08:00Z", "America/New_York", "2027-02-01T08:00"),
        ("2027-02-01 08:00:30.9+0530", "", "2027-02-01T02:30:30"),
        ("2027-02-01", "", "2027-01-31T23:00"),
        ("2027-03-28T02:30", "", "2027-03-28T01:00"),  # R10: skipped, the first moment after the gap
        ("2027-10-31T02:30", "", "2027-10-31T00:30"),  # R10: twice, the first
        ("1969-12-31T23:59:59.5Z", "", "1969-12-31T23:59:59"),
    ],
)
def test_moments_stand_on_the_contacts_clock_unless_they_say_otherwise(at: str, zone: str, expected: str) -> None:
    value, _ = read_files(csv(f"{PERSONS},timezone", f"{PER},{zone}"), csv(EVENTS, f"p1,{at},clicked"))
    assert [happening.at for happening in value.happenings] == [utc(expected)]


@pytest.mark.parametrize("at", ["", "01/02/2027", "2027-02-01T08", "2027-13-01", "1801609200", "0000-00-00T00:00Z"])
def test_a_moment_that_cannot_be_read_refuses_the_row(at: str) -> None:
    found, (issue,) = happenings(f"p1,{at},clicked")
    assert not found
    assert issue.code == ("wrong_value" if at else "missing_value")
    assert issue.contact == "p1"


def test_unknown_names_are_refused_with_the_nearest() -> None:
    found, issues = happenings("p1,2027-02-01,clickt", "p2,2027-02-01,clicked", ",2027-02-01,clicked", "p1,2027-02-01,")
    assert not found
    assert [(issue.row, issue.code) for issue in issues] == [
        (1, "unknown_event"),
        (2, "unknown_contact"),
        (3, "missing_value"),
        (4, "missing_value"),
    ]
    assert "did you mean `clicked`?" in issues[0].reason


def test_an_event_of_somebody_who_was_left_out_says_so() -> None:
    value, _ = read_files(csv(PERSONS, "p1,h1,Per,fater,2"), csv(EVENTS, "p1,2027-02-01,clicked"))
    assert value.issues[-1].code == "contact_left_out"
    assert "persons.csv row 1" in value.issues[-1].reason


def test_payload_is_typed_by_the_event_and_its_ancestors() -> None:
    (found,), issues = happenings("p1,2027-02-01,ordered,449.95", header=f"{EVENTS},amount")
    assert found.payload == {"amount": Money(Decimal("449.95"), "DKK")}
    assert not issues
    _, (issue,) = happenings("p1,2027-02-01,ordered,449.95 EUR", header=f"{EVENTS},amount")
    assert issue.code == "wrong_value"


def test_a_value_that_an_event_does_not_carry_is_not_lost_in_silence() -> None:
    found, (issue,) = happenings("p1,2027-02-01,clicked,5", "p1,2027-02-02,clicked,6", header=f"{EVENTS},amount")
    assert [happening.payload for happening in found] == [{}, {}]
    assert (issue.code, issue.refused) == ("unread_value", False)
    assert "2 values" in issue.reason


def test_an_event_names_a_channel_of_the_plan_and_all_is_none() -> None:
    channel = Field(name="channel", place=0, type="Text", of="channel", optional=True)
    consent = Event(name="consent_withdrawn", place=0, carries=(channel,))
    plan = attrs.evolve(schedule(), events=(*schedule().events, consent))
    rows = [f"p1,2027-02-01,consent_withdrawn,{name}" for name in ("all", "phone", "", "emial")]
    value, _ = read_files(csv(PERSONS, PER), csv(f"{EVENTS},channel", *rows), plan=plan)
    assert [one.payload for one in value.happenings] == [{"channel": "phone"}, {}, {}]
    assert [issue.code for issue in value.issues] == ["wrong_value"]
    assert "did you mean `email`?" in value.issues[0].reason


OUTCOMES = "contact,at,outcome,task,step,event"


def test_outcomes_name_their_task_or_step() -> None:
    found, issues = happenings(
        "p1,2027-02-01,no_time,0123456789abcdef0123,,",
        "p1,2027-02-02,meeting_booked,,call,meeting_booked",
        "p1,2027-02-03,no_answer,,invite.call,",
        header=OUTCOMES,
    )
    assert not issues
    assert [(one.outcome, one.task, one.step, one.event) for one in found] == [
        ("no_time", "0123456789abcdef0123", None, None),
        ("meeting_booked", None, "call", None),
        ("no_answer", None, "invite.call", None),
    ]


def test_outcomes_that_nobody_can_place_are_refused() -> None:
    _, issues = happenings(
        "p1,2027-02-01,no_time,,,",
        "p1,2027-02-01,no_tim,,call,",
        "p1,2027-02-01,no_time,,cal,",
        "p1,2027-02-01,no_time,,call,clicked",
        header=OUTCOMES,
    )
    assert [issue.code for issue in issues] == ["missing_value", "unknown_outcome", "unknown_step", "wrong_value"]


def test_events_of_one_id_are_one_and_without_id_separate() -> None:
    rows = ["e1,p1,2027-02-01,clicked"] * 2 + ["e2,p1,2027-02-02,clicked", "e2,p1,2027-02-03,clicked"]
    found, issues = happenings(*rows, *[",p1,2027-02-04,clicked"] * 2, header=f"id,{EVENTS}")
    assert [(one.id, one.origin.row) for one in found] == [("e1", 1), (None, 5), (None, 6)]
    assert [(issue.code, issue.row, issue.contact) for issue in issues] == [
        ("equal_rows", None, ""),
        ("different_rows", 3, "p1"),
        ("different_rows", 4, "p1"),
    ]


def test_events_come_by_moment_whatever_the_order_of_rows() -> None:
    rows = ["p1,2027-02-02,clicked,", "p1,2027-02-01,ordered,2", "p1,2027-02-01,ordered,1", "p1,2027-02-01,clicked,"]
    found, _ = happenings(*rows, header=f"{EVENTS},amount")
    again, _ = happenings(*reversed(rows), header=f"{EVENTS},amount")
    said = [(one.at, one.event, str(one.payload)) for one in found]
    assert said == [(one.at, one.event, str(one.payload)) for one in again]
    assert [one.event for one in found] == ["clicked", "ordered", "ordered", "clicked"]


@pytest.mark.parametrize("header", ["contact,event", "at,event", "contact,at"])
def test_the_columns_that_events_need(header: str) -> None:
    value, (problem,) = read_files(csv(PERSONS, PER), csv(header, "a,b"))
    assert problem.code.id == "G0703"
    assert len(value.contacts) == 1


@pytest.mark.parametrize(
    "bad",
    [
        b"p2,h2,Ida,mother",
        b"p2,h2,Ida,mother,2,too,many",
        b"p2,h2,\xc6gir,mother,2",
        b'p2,h2,"Ida,mother,2',
        b"p2,h2,Ida,aunt,2",
        b"p2,h2,Ida,,2",
    ],
    ids=["too few cells", "too many cells", "not UTF-8", "an open quote", "a wrong value", "a missing value"],
)
def test_an_event_of_somebody_whose_row_was_refused_says_so(bad: bytes) -> None:
    persons = csv(PERSONS, PER) + b"\n" + bad + b"\n"
    value, problems = read_files(persons, csv(EVENTS, "p2,2027-02-01 09:00,replied"))
    assert not problems
    refused, event = (issue for issue in value.issues if issue.refused)
    assert (refused.file, refused.row, refused.line, refused.contact) == ("persons.csv", 3, 4, "p2")
    assert event.reason == "contact `p2` was left out (persons.csv row 3, line 4)"


def test_the_line_of_a_row_counts_line_ends_in_cells() -> None:
    persons = csv(PERSONS, 'p1,h1,"Per\nand a half",father,2', "p2,h2,Ida,aunt,2")
    value, _ = read_files(persons)
    assert [(issue.row, issue.line) for issue in value.issues] == [(2, 4)]


def test_a_file_without_anybody_is_said_once() -> None:
    value, problems = read_files(csv(PERSONS), csv(EVENTS, "p1,2027-02-01 09:00,replied"))
    assert [problem.code.name for problem in problems] == ["nobody-to-run-on"]
    assert "persons.csv" in problems[0].message
    assert value.contacts == ()


def test_a_missing_column_is_told_with_its_whole_type() -> None:
    _, problems = read_files(csv("id,account,first_name,children", "p1,h1,Per,2"))
    assert [problem.code.name for problem in problems] == ["missing-column"]
    assert problems[0].help is not None
    assert 'household_role: OneOf("father", "mother"' in problems[0].help
    assert problems[0].help.endswith(")?`")
