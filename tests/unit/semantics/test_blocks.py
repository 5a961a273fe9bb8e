"""Blocks in a declaration: which are one, and which are two."""

from __future__ import annotations

from pathlib import Path

from gridlang.compiler import compile_plan
from gridlang.schedule.model import Stretch
from tests.rules.plans import Memory

PREAMBLE = (Path(__file__).parents[2] / "cases" / "preamble.grid").read_text("utf-8")


def blackouts(calendars: str) -> list[Stretch]:
    text = PREAMBLE.replace("std.calendars.denmark", "ours")
    outcome = compile_plan(Memory(f"{text}\n{calendars}"), lambda name, key, compute: compute())
    assert not outcome.failed, [problem.message for problem in outcome.problems]
    assert outcome.value is not None
    return list(outcome.value.schedule.calendar.blackout)


def test_blocks_of_two_titles_are_two() -> None:
    found = blackouts(
        'calendar ours: std.calendars.denmark { blackout "Easter" { dates: 2027-03-25 .. 2027-03-29 }'
        '  blackout "July" { dates: 2027-07-05 .. 2027-07-25 } }'
    )
    assert [(stretch.name, stretch.start) for stretch in found] == [("Easter", "2027-03-25"), ("July", "2027-07-05")]


def test_what_starts_from_another_builds_on_its_blocks() -> None:
    found = blackouts(
        "calendar theirs: std.calendars.denmark {"
        " blackout july { dates: 2027-07-05 }  blackout may { dates: 2027-05-03 } }"
        '\ncalendar ours: theirs { blackout july "Ferie" { dates: 2027-07-12 } }'
    )
    assert [(stretch.name, stretch.start) for stretch in found] == [("Ferie", "2027-07-12"), ("may", "2027-05-03")]
