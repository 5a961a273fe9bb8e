"""Rows of persons and accounts: who is taken, who is left out, and why."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from gridlang.schedule.model import Field, Schedule
from tests.unit.rows.given import PER, PERSONS, csv, people, read_files
from tests.unit.schedule.sample import schedule

FULL = f"{PERSONS},roles,timezone,language,since,salesperson,consent"


def test_the_reserved_columns() -> None:
    (per,), issues = people(
        "p1,h1,Per,father,2,target;approver;target,Europe/London,da,2027-02-01T08:00Z,mette@example.dk,email;phone",
        header=FULL,
    )
    assert not issues
    assert per.roles == ("target", "approver")
    assert (per.timezone, per.language, per.salesperson) == ("Europe/London", "da", "mette@example.dk")
    assert per.since == dt.datetime(2027, 2, 1, 8)
    assert per.attributes["consent"] == ("email", "phone")
    assert (per.account, per.alone) == ("h1", False)


def test_since_may_be_a_date_or_a_wall_clock() -> None:
    contacts, _ = people("p1,,A,father,0,2027-02-01", "p2,,A,father,0,2027-02-01 08:00", header=f"{PERSONS},since")
    assert [type(contact.since) for contact in contacts] == [dt.date, dt.datetime]
    assert contacts[1].since == dt.datetime(2027, 2, 1, 8)


def test_who_has_no_account_has_a_key_of_their_own() -> None:
    contacts, issues = people("p1,,Per,father,2", "p2,alone:p1,Ib,father,2")
    assert [(contact.id, contact.account, contact.alone) for contact in contacts] == [("p1", "alone:p1", True)]
    assert [(issue.row, issue.code) for issue in issues] == [(2, "wrong_value")]


def test_contacts_come_by_id_whatever_the_order_of_rows() -> None:
    rows = ["p10,h1,Per,father,2", "p2,h1,Hanne,mother,2", "é,h1,Ida,child,0", "Z,h1,Ib,child,0"]
    contacts, _ = people(*rows)
    assert [contact.id for contact in contacts] == ["Z", "p10", "p2", "é"]
    again, _ = people(*reversed(rows))
    assert [attrs.evolve(one, origin=two.origin) for one, two in zip(contacts, again, strict=True)] == list(again)


def test_equal_rows_are_one_and_the_file_says_so_once() -> None:
    value, _ = read_files(csv(PERSONS, PER, "p2,h1,Hanne,mother,2", PER, PER))
    assert [contact.origin.row for contact in value.contacts] == [1, 2]
    (issue,) = value.issues
    assert (issue.code, issue.row, issue.refused) == ("equal_rows", None, False)
    assert "3, 4" in issue.reason
    (count,) = value.files
    assert (count.rows, count.taken, count.repeated, count.refused) == (4, 2, 2, 0)


def test_one_id_with_different_rows_leaves_all_of_them_out() -> None:
    contacts, issues = people(PER, "p2,h1,Hanne,mother,2", "p1,h1,Per,father,3")
    assert [contact.id for contact in contacts] == ["p2"]
    assert [(issue.row, issue.code, issue.contact) for issue in issues] == [
        (1, "different_rows", "p1"),
        (3, "different_rows", "p1"),
    ]
    assert "rows 1, 3" in issues[0].reason
    assert "`children`" in issues[0].reason


def test_missing_values() -> None:
    contacts, issues = people("p1,h1,Per,father,", ",h1,Hanne,mother,2", "p3,h1,,,", "p4,h1,Ida,child,0")
    assert [contact.id for contact in contacts] == ["p4"]
    assert "email" not in contacts[0].attributes
    assert contacts[0].attributes["consent"] == ()
    assert [(issue.row, issue.code) for issue in issues] == [(n, "missing_value") for n in (1, 2, 3)]
    assert issues[2].reason == "`first_name` is missing; `household_role` is missing; `children` is missing"


def test_an_unknown_time_zone_is_an_issue_and_refuses_nobody() -> None:
    (per,), (issue,) = people(f"{PER},Europe/Kopenhagen", header=f"{PERSONS},timezone")
    assert per.timezone is None
    assert (issue.code, issue.refused, issue.contact) == ("unknown_timezone", False, "p1")
    assert "did you mean `Europe/Copenhagen`?" in issue.reason


def test_unknown_roles_and_channels_are_said_and_kept() -> None:
    (per,), issues = people(f"{PER},targett,emial", header=f"{PERSONS},roles,consent")
    assert per.roles == ("targett",)
    assert [(issue.code, issue.refused) for issue in issues] == [
        ("unknown_reference", False),
        ("unknown_role", False),
    ]
    assert "did you mean `email`?" in issues[0].reason
    assert "did you mean `target`?" in issues[1].reason


def test_unknown_columns_are_one_word_for_the_file() -> None:
    contacts, (issue,) = people(f"{PER},x,y", header=f"{PERSONS},emial,shoe size")
    assert len(contacts) == 1
    assert (issue.code, issue.row, issue.refused) == ("unknown_column", None, False)
    assert "`emial` (did you mean `email`?), `shoe size`" in issue.reason


@pytest.mark.parametrize(
    ("header", "column", "way_out"),
    [
        ("ID,first_name,household_role,children", "id", "rename the column `ID`"),
        ("id,household_role,children", "first_name", "add the column, or declare `first_name: Text?`"),
    ],
)
def test_a_missing_column_is_a_finding(header: str, column: str, way_out: str) -> None:
    value, (problem,) = read_files(csv(header, "a,b,c"))
    assert problem.code.id == "G0703"
    assert f"`{column}`" in problem.message
    assert problem.why
    assert problem.help == way_out
    assert not value.contacts
    assert not value.issues


# Accounts


def with_accounts(optional: bool = True) -> Schedule:
    fields = (
        Field(name="region", place=24, type="Text", optional=optional),
        Field(name="size", place=24, type="Int", optional=True),
        Field(name="tags", place=24, type="List"),
    )
    return attrs.evolve(schedule(), account_fields=fields)


def test_account_attributes_come_from_both_places_and_one_row_is_enough() -> None:
    value, problems = read_files(
        csv(f"{PERSONS},region", f"{PER},", "p2,h1,Hanne,mother,2,north", "p3,,Ib,father,1,south"),
        accounts=csv("id,size,tags", "h1,4,a;b", "h1,4,a;b", "h7,1,"),
        plan=with_accounts(),
    )
    assert not problems
    assert value.accounts == {
        "h1": {"region": "north", "size": 4, "tags": ("a", "b")},
        "alone:p3": {"region": "south", "tags": ()},
    }
    assert [(issue.file, issue.code) for issue in value.issues] == [
        ("accounts.csv", "account_without_person"),
        ("accounts.csv", "equal_rows"),
    ]
    assert [(count.file, count.rows, count.taken, count.repeated) for count in value.files] == [
        ("accounts.csv", 3, 2, 1),
        ("persons.csv", 3, 3, 0),
    ]


def test_an_account_whose_rows_disagree_is_left_out_whole() -> None:
    value, _ = read_files(
        csv(f"{PERSONS},region", f"{PER},north", "p2,h1,Hanne,mother,2,south", "p3,h2,Ib,father,1,south"),
        plan=with_accounts(),
    )
    assert [contact.id for contact in value.contacts] == ["p3"]
    assert [(issue.row, issue.code) for issue in value.issues] == [(1, "account_disagrees"), (2, "account_disagrees")]
    assert "persons.csv row 1, line 2 and persons.csv row 2, line 3" in value.issues[0].reason


def test_a_file_of_accounts_and_a_column_must_agree() -> None:
    value, _ = read_files(
        csv(f"{PERSONS},region", f"{PER},north"), accounts=csv("id,region", "h1,south"), plan=with_accounts()
    )
    assert not value.contacts
    assert [issue.code for issue in value.issues if issue.refused] == ["account_disagrees"]


def test_a_needed_account_attribute() -> None:
    value, _ = read_files(
        csv(PERSONS, PER, "p2,h2,Ib,father,1", "p3,,Bo,father,1"),
        accounts=csv("id,region", "h1,north", "h2,"),
        plan=with_accounts(optional=False),
    )
    assert [contact.id for contact in value.contacts] == ["p1"]
    assert [(issue.row, issue.reason) for issue in value.issues if issue.refused] == [
        (2, "account `h2` has no `region`"),
        (3, "account `p3` has no `region`"),
    ]


def test_a_needed_account_attribute_that_stands_nowhere_is_a_missing_column() -> None:
    _, (problem,) = read_files(csv(PERSONS, PER), plan=with_accounts(optional=False))
    assert problem.code.id == "G0703"
    assert "fields account" in (problem.why or "")


def test_bad_rows_of_accounts_are_issues_too() -> None:
    value, _ = read_files(
        csv(PERSONS, PER, "p2,h2,Ib,father,1"),
        accounts=csv("id,region,size", "h1,north,many", "h2,a,1", "h2,b,1", ",x,1", "alone:h3,x,1"),
        plan=with_accounts(),
    )
    assert len(value.contacts) == 2
    assert [(issue.row, issue.code) for issue in value.issues if issue.refused] == [
        (1, "wrong_value"),
        (2, "different_rows"),
        (3, "different_rows"),
        (4, "missing_value"),
        (5, "wrong_value"),
    ]
    assert [(issue.contact, issue.code) for issue in value.issues if issue.contact] == [
        ("p1", "unknown_account"),
        ("p2", "unknown_account"),
    ]
