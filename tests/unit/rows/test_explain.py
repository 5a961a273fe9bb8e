"""Chains in words."""

from __future__ import annotations

import attrs
import pytest

from gridlang.runtime import outputs
from gridlang.runtime.explain import explain, find
from gridlang.runtime.rows import Because
from tests.unit.rows.executed import AUDIENCE, ENTRY, EXECUTION, MOVE, SKIP, TASK, TOUCH, WITHDRAWN, utc
from tests.unit.schedule.sample import schedule


def chain(row) -> list[str]:  # type: ignore[no-untyped-def]
    return explain(schedule(), row).split("\n\n")[1].splitlines()


def test_a_touch_whole() -> None:
    assert explain(schedule(), TOUCH) == (
        "touch 0a0a0a0a0a0a0a0a0a0a: email invitation to p1 of h1, Mon 1 Feb 2027 09:00\n"
        '  campaign invite "Kontakt: mødeinvitation", step invite, visit 1\n'
        '  message invitation "Invitation til prøvetur"\n'
        "  on the person's clock, UTC+01:00\n"
        "\n"
        "ready Sun 31 Jan 21:10 (plan.grid:68)\n"
        "quiet 20:00..08:00 of email (plan.grid:33): to Mon 08:00\n"
        "at 09:00 (plan.grid:68): to Mon 09:00\n"
    )


def test_a_task_names_its_team() -> None:
    assert explain(schedule(), TASK).startswith("task 0b")
    assert "to p1 of h1 by mette@example.dk, Mon 8 Feb 2027 09:00" in explain(schedule(), TASK)
    assert chain(TASK) == [
        "ready Sat 6 Feb 09:00 (plan.grid:72)",
        "days workdays of phone (plan.grid:34): to Mon 08:00",
        "capacity 25 per calendar day of sales_desk (plan.grid:54): to Mon 09:00",
    ]


def test_a_notice_a_move_an_entry_an_audience() -> None:
    assert explain(schedule(), WITHDRAWN).startswith("notice 0c")
    assert chain(MOVE) == ["event clicked Mon 1 Feb 08:00 (plan.grid:8)"]
    assert explain(schedule(), MOVE).startswith("move of h1: awareness -> contact (clicked), Mon 1 Feb 2027 08:00\n")
    assert "the plan's clock, Europe/Copenhagen" in explain(schedule(), MOVE)
    assert explain(schedule(), ENTRY).startswith("move of h1: enters awareness (entry), Mon 1 Feb 2027 00:00\n")
    assert chain(AUDIENCE) == ["ready Mon 1 Mar 09:00 (plan.grid:99)"]


def test_a_skip_says_why_and_what_held_it_up() -> None:
    assert explain(schedule(), SKIP).startswith("skip 0e0e0e0e0e0e0e0e0e0e because patience: phone call_script to p2")
    assert chain(SKIP) == [
        "ready Mon 1 Feb 09:00 (plan.grid:72)",
        "cap 3 per 7d per account of contact_pressure (plan.grid:43): to Mon 22 Feb 09:00",
        "patience 21d of phone (plan.grid:35)",
    ]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (Because("hours", 34), "hours 09:00..20:00 of phone"),
        (Because("desk", 53), "desk 09:00..17:00 of sales_desk"),
        (Because("cap", 34), "cap 1 per calendar day of phone"),
        (Because("quiet", 43), "quiet 17:00..09:00 of night"),
        (Because("blackout", 58), 'blackout "Sommerferie" 2027-07-12..2027-07-18'),
        (Because("consent", 23), "consent for phone"),
        (Because("address", 22), "address for phone"),
        (Because("holdout", 80), "holdout 10% of close_the_sale"),
        (Because("patience", 80), "patience 7d of close_the_sale"),
        (Because("something_new", 5), "something_new"),
    ],
)
def test_a_link_is_named_from_the_schedule(link: Because, words: str) -> None:
    row = attrs.evolve(TASK, because=(link,))
    assert chain(row) == [f"{words} Mon 8 Feb 09:00 (plan.grid:{link.place + 1})"]


def test_what_channels_share_is_named_after_the_rows_own() -> None:
    row = attrs.evolve(TASK, channel="showroom", because=(Because("hours", 34),))
    assert chain(row)[0].startswith("hours 09:00..17:00 of showroom ")


def test_a_place_that_the_schedule_does_not_have() -> None:
    assert (
        "place 9999, which this schedule does not have"
        in chain(attrs.evolve(TOUCH, because=(Because("ready", 9999),)))[0]
    )


def test_summer_time_is_right_on_the_plans_clock_and_years_are_told() -> None:
    row = attrs.evolve(
        TOUCH,
        due=utc("2027-03-29T07:00"),
        local="2027-03-29T09:00:00+02:00",
        because=(Because("ready", 67), Because("quiet", 32, 86_400), Because("lead", 33, 0)),
    )
    assert chain(row)[0] == "ready Sun 28 Mar 09:00 (plan.grid:68)"
    row = attrs.evolve(row, because=(Because("ready", 67), Because("quiet", 32, 2 * 86_400)))
    assert chain(row)[0] == "ready Sat 27 Mar 08:00 (plan.grid:68)"  # the clock went an hour ahead in between
    row = attrs.evolve(row, because=(Because("ready", 67), Because("quiet", 32, 100 * 86_400)))
    assert chain(row)[1].endswith("to Mon 29 Mar 2027 09:00")


def test_somebody_elsewhere_has_their_own_clock() -> None:
    row = attrs.evolve(TOUCH, local="2027-02-01T03:00:00-05:00")
    assert "Mon 1 Feb 2027 03:00" in explain(schedule(), row)
    assert "UTC-05:00" in explain(schedule(), row)


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_an_id_is_found_in_every_format(format) -> None:  # type: ignore[no-untyped-def]
    tables = {file.path: file.content for file in outputs.files(schedule(), EXECUTION, format)}
    assert find(tables, TASK.id).value == (TASK,)
    assert find(tables, SKIP.id).value == (SKIP,)
    assert find(tables, AUDIENCE.id).value == (AUDIENCE,)
    assert find(tables, "h1").value == (ENTRY, MOVE)
    assert not find(tables, TASK.id).problems


def test_an_id_that_is_nowhere_is_a_finding() -> None:
    found = find({"touches.csv": b"id\n"}, "ff" * 10)
    assert found.value == ()
    assert [problem.code.id for problem in found.problems] == ["G0710"]


def test_a_flight_is_on_the_plans_clock_since_it_is_for_nobody() -> None:
    told = explain(schedule(), attrs.evolve(TOUCH, contact="", account="", channel="search"))
    assert "on the plan's clock, Europe/Copenhagen" in told
    assert "person" not in told
