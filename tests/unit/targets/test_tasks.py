"""The teams' task lists: what stands in them, when it is due, and that no cell can run."""

from __future__ import annotations

import csv
import io
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs
import pytest

from gridlang.formulas import neutral
from gridlang.schedule import model as m
from gridlang.schedule import steps as s
from gridlang.schedule.expressions import Attribute, Value
from gridlang.targets.tasks import TARGET
from gridlang.targets.tasks.table import COLUMNS
from gridlang.targets.words import words_for
from tests.unit.schedule import sample


def rows(schedule: m.Schedule, team: str = "marketing") -> list[dict[str, str]]:
    files = {file.path: file.content for file in TARGET.files(schedule).value}
    return list(csv.DictReader(io.StringIO(files[f"tasks/{team}.csv"].decode(), newline="")))


def with_campaign(name: str, **changed: Any) -> m.Schedule:
    schedule = sample.schedule()
    campaigns = [attrs.evolve(each, **changed) if each.name == name else each for each in schedule.campaigns]
    return attrs.evolve(schedule, campaigns=tuple(campaigns))


def with_message(which: str, /, **changed: Any) -> m.Schedule:
    schedule = sample.schedule()
    messages = [attrs.evolve(each, **changed) if each.name == which else each for each in schedule.messages]
    return attrs.evolve(schedule, messages=tuple(messages))


def test_a_list_a_team_and_one_for_nobody() -> None:
    assert [file.path for file in TARGET.files(sample.schedule()).value] == [
        "tasks/marketing.csv",
        "tasks/unassigned.csv",
    ]


def test_the_columns_are_those_that_are_documented() -> None:
    assert list(rows(sample.schedule())[0]) == list(COLUMNS)


def test_bookings_stand_at_their_lead_before_the_flight() -> None:
    booked = [
        (row["channel"], row["due"], row["first_day"], row["lead"], row["budget"])
        for row in rows(sample.schedule())
        if row["kind"] != "text"
    ]
    # 1 March 2027 is a Monday: six weeks before is 18 January, two weeks 15 February; nobody sells the poster.
    assert booked == [
        ("tv", "2027-01-18", "2027-03-01", "6w", "600000 DKK"),
        ("press", "2027-02-15", "2027-03-01", "2w", ""),
        ("facebook", "2027-03-01", "2027-03-01", "", ""),
    ]
    assert [row["kind"] for row in rows(sample.schedule())] == ["booking", "booking", "text", "start"]


def test_a_paid_flight_without_a_lead_is_booked_on_the_working_day_before() -> None:
    show = sample.campaign(sample.schedule(), "dream").steps[-1]
    assert isinstance(show, s.Show)
    (paid, _) = rows(with_campaign("dream", steps=(attrs.evolve(show, budget="10 DKK"),)))
    assert (paid["kind"], paid["due"]) == ("booking", "2027-02-26")


def test_a_flight_that_begins_on_a_day_off_is_started_before_it() -> None:
    show = sample.campaign(sample.schedule(), "dream").steps[-1]
    easter = m.Starts(place=62, date=Value("Date", "2027-03-28"))
    started = next(row for row in rows(with_campaign("dream", steps=(show,), starts=easter)) if row["kind"] != "text")
    assert (started["kind"], started["due"]) == ("start", "2027-03-24")


def test_a_flight_after_a_wait_is_booked_before_its_own_start() -> None:
    wait = s.Wait(id="wait:1", place=63, next="show:tv:dream_film", duration="8w")
    (show, *_) = sample.campaign(sample.schedule(), "dream").steps
    (row,) = rows(with_campaign("dream", steps=(wait, attrs.evolve(show, next=None))))
    assert (row["first_day"], row["due"]) == ("2027-04-26", "2027-03-15")


def test_a_draft_is_due_before_it_can_be_used_first() -> None:
    (poster,) = (row for row in rows(sample.schedule()) if row["kind"] == "text")
    assert (poster["message"], poster["due"], poster["first_day"]) == ("poster", "2027-02-26", "2027-03-01")
    assert poster["place"] == "plan.grid:46"


def test_what_a_channel_needs_is_asked_for() -> None:
    """`offer` has a subject and is a draft; a task takes its script, a mail its body."""
    (offer,) = rows(sample.schedule(), "unassigned")
    assert (offer["message"], offer["channel"], offer["campaign"]) == ("offer", "showroom", "close_the_sale")
    assert offer["first_day"] == "2027-01-04"
    # New Year's Day is a Friday.
    assert offer["due"] == "2026-12-31"
    written = with_message("offer", draft=False, wording=m.Wording(subject="a", body="b", script="c"))
    assert "tasks/unassigned.csv" not in {file.path for file in TARGET.files(written).value}


@pytest.mark.parametrize(
    ("wording", "parts"),
    [
        (m.Wording(), {"emne", "tekst"}),
        (m.Wording(subject="a"), {"tekst"}),
        (m.Wording(body="a", script="b"), {"emne"}),
    ],
)
def test_a_mail_needs_subject_and_text(wording: m.Wording, parts: set[str]) -> None:
    row = next(row for row in rows(with_message("news", wording=wording)) if row["message"] == "news")
    assert {part for part in ("emne", "tekst", "oplæg") if part in row["missing"]} == parts


def test_what_is_shown_needs_no_text_in_the_plan() -> None:
    assert "dream_film" not in {row["message"] for row in rows(sample.schedule()) if row["kind"] == "text"}


def test_the_first_use_counts_the_waits_before_it() -> None:
    """`news` comes after Tuesday 5 January 2027, the open house on 17 April, and never before 2 February."""
    bare = with_message("news", wording=m.Wording(subject="a"))
    row = next(row for row in rows(bare) if row["message"] == "news")
    assert (row["first_day"], row["due"]) == ("2027-04-17", "2027-04-16")
    late = with_campaign("loyalty", starts=m.Starts(place=91, date=Value("Date", "2027-05-03")))
    late = attrs.evolve(late, messages=bare.messages)
    row = next(row for row in rows(late) if row["message"] == "news")
    assert row["first_day"] == "2027-11-27"


def test_what_cannot_be_reached_inside_the_period_is_not_asked_for() -> None:
    wait = s.Wait(id="wait:1", place=63, next="send:email:news", duration="13mo")
    send = s.Send(id="send:email:news", place=64, channels=("email",), message="news")
    schedule = with_message("news", wording=m.Wording())
    loyalty = attrs.evolve(sample.campaign(schedule, "loyalty"), steps=(wait, send))
    schedule = attrs.evolve(schedule, campaigns=(*schedule.campaigns[:3], loyalty))
    assert "news" not in {row["message"] for row in rows(schedule)}


def test_a_start_that_hangs_on_people_can_be_the_first_day() -> None:
    starts = m.Starts(place=91, date=Attribute("person", "lease_ends", "Date"))
    schedule = with_campaign("loyalty", starts=starts, steps=(sample.campaign(sample.schedule(), "loyalty").steps[-1],))
    schedule = attrs.evolve(schedule, messages=with_message("news", wording=m.Wording()).messages)
    row = next(row for row in rows(schedule) if row["message"] == "news")
    assert row["first_day"] == "2027-01-04"


def test_every_phrase_of_ours_is_said_in_danish() -> None:
    modules = ("calendar/view.py", "words/work.py")
    written = "".join((Path(str(files("gridlang.targets"))) / module).read_text(encoding="utf-8") for module in modules)
    phrases = set(re.findall(r'(?:say|phrase)\(\s*"([^"]+)"', written))
    assert len(phrases) > 15
    known = words_for("da").catalogue
    same = {"Plan", "Start", "Budget: %(money)s"}
    assert {each for each in phrases if known.gettext(each) == each} <= same


def test_danish_and_english() -> None:
    schedule = sample.schedule()
    assert rows(schedule)[0]["task"] == "Bestil TV: Drømmen om weekenden"
    assert rows(schedule, "unassigned")[0]["task"] == "Skriv: =Regnestykket"
    english = attrs.evolve(schedule, plan=attrs.evolve(schedule.plan, locale="en"))
    assert rows(english, "unassigned")[0]["task"] == "Write: =Regnestykket"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert neutral(f"{start}1+1") == f"'{start}1+1"
    english = attrs.evolve(sample.schedule().plan, locale="en")
    schedule = attrs.evolve(with_message("poster", name=f"{start}cmd"), plan=english)
    for file in TARGET.files(schedule).value:
        for line in csv.reader(io.StringIO(file.content.decode(), newline="")):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line)


def test_the_same_schedule_gives_the_same_bytes_and_ids_outlive_other_edits() -> None:
    assert TARGET.files(sample.schedule()).value == TARGET.files(sample.schedule()).value
    moved = with_campaign("dream", starts=m.Starts(place=62, date=Value("Date", "2027-04-05")), title="Nyt navn")
    assert {row["id"] for row in rows(moved)} == {row["id"] for row in rows(sample.schedule())}
    assert rows(moved)[0]["due"] == "2027-02-22"


def test_a_plan_without_dated_work_has_no_lists() -> None:
    assert TARGET.files(attrs.evolve(sample.schedule(), campaigns=())).value == ()
