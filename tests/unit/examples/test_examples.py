"""The example plans: they compile, their people fit them, and what their `test` blocks tell comes true."""

from __future__ import annotations

import csv
import runpy
from collections.abc import Mapping
from typing import Any

import pytest

from gridlang.diagnostics import Level
from gridlang.runtime import testing
from gridlang.schedule.model import Story
from tests.unit.examples.plans import EXAMPLES, arrows, compiled, executed, given, tracked

NAMES = ("family_car", "holiday_trip", "record_shop", "canteen_dishwasher", "two_brands/bikes", "two_brands/boats")
WARNINGS = {"family_car": 2}
"""How many the README of an example says that stay."""
STORIES = [(name, story) for name in NAMES for story in compiled(name).schedule.tests]


@pytest.mark.parametrize(("name", "story"), STORIES, ids=[f"{name}: {story.title}" for name, story in STORIES])
def test_what_a_story_expects_comes_true(name: str, story: Story) -> None:
    told = testing.run(compiled(name).schedule, story)
    assert (told.failures, told.troubles) == ((), ())


@pytest.mark.parametrize("name", NAMES)
def test_every_example_tells_at_least_two_stories(name: str) -> None:
    assert len(compiled(name).schedule.tests) >= 2


@pytest.mark.parametrize("name", NAMES)
def test_only_the_warnings_of_the_readme_remain(name: str) -> None:
    assert all(problem.code.level is not Level.ERROR for problem in compiled(name).problems)
    assert sum(problem.code.level is Level.WARNING for problem in compiled(name).problems) == WARNINGS.get(name, 0)


@pytest.mark.parametrize(
    ("name", "script"), [("family_car", "make_people"), ("holiday_trip", "make_people"), ("record_shop", "convert")]
)
def test_the_script_makes_the_committed_rows(name: str, script: str) -> None:
    for file, text in _made(runpy.run_path(str(EXAMPLES / name / f"{script}.py"))).items():
        assert (EXAMPLES / name / file).read_bytes() == text.encode(), file


def _made(script: Mapping[str, Any]) -> dict[str, str]:
    if "make" in script:
        return dict(script["make"]())
    purchases = script["read"]((EXAMPLES / "record_shop/data/CDNOW_sample.txt").read_text(encoding="ascii"))
    return {"persons.csv": script["persons"](purchases), "events.csv": script["events"](purchases)}


def test_family_car_has_200_households_and_500_persons() -> None:
    people = given("family_car").contacts
    assert (len({person.account for person in people}), len(people)) == (200, 500)
    assert {person.timezone for person in people} == {None, "Europe/London", "America/New_York"}


def test_every_arrow_of_holiday_trip_is_taken() -> None:
    execution, taken = tracked("holiday_trip")
    assert execution.issues == ()
    assert sorted(arrows(compiled("holiday_trip").schedule) - taken) == []


def test_record_shop_runs_over_every_real_customer_and_purchase() -> None:
    """2,357 customers and 6,919 purchases; the 21 rows that are equal to another count."""
    rows = given("record_shop")
    assert (len(rows.contacts), len(rows.happenings), rows.issues) == (2_357, 6_919, ())
    execution = executed("record_shop")
    assert execution.issues == ()
    assert execution.counts.by_segment == {"customers": 2_357}
    with (EXAMPLES / "record_shop" / "events.csv").open(encoding="utf-8") as file:
        first = {row["contact"]: row["at"] for row in reversed(list(csv.DictReader(file)))}
    slips = {row.contact: row.local[:19] for row in execution.touches if row.message == "thanks"}
    assert len(slips) > 2_300
    assert all(slips[contact] >= first[contact] for contact in slips)
