"""The engine reads files as the row code does: the same values, issues and counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from gridlang.cli.plan import load
from gridlang.runtime.engine.reading import read
from gridlang.runtime.inputs import InputFile, InputFiles
from tests.rules.plans import compiled
from tests.unit.engine.rows_of_columns import assert_same

EXAMPLES = Path(__file__).parents[3] / "examples"
PLANS = sorted({place.parent for place in EXAMPLES.rglob("persons.csv")})


def files_of(folder: Path) -> InputFiles:
    tables = {place.stem: InputFile(place.name, place.read_bytes()) for place in folder.glob("*.csv")}
    return InputFiles(**{name: tables.get(name) for name in ("persons", "events", "accounts")})


def test_rows_that_are_clearly_right_never_reach_the_row_code(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    for module, name in (("persons", "read_person"), ("events", "read_event")):
        monkeypatch.setattr(f"gridlang.runtime.engine.reading.{module}.{name}", lambda *given: asked.append(given))
    schedule = load(str(EXAMPLES / "family_car")).schedule
    assert schedule is not None
    columns = read(schedule, files_of(EXAMPLES / "family_car")).value
    assert len(columns.people.ids) == 500
    assert len(columns.events.at) == 685
    assert not asked


@pytest.mark.parametrize("folder", PLANS, ids=lambda place: place.name)
def test_the_examples(folder: Path) -> None:
    schedule = load(str(folder)).schedule
    assert schedule is not None
    read = assert_same(schedule, files_of(folder))
    assert read.contacts


def test_outcomes_and_steps_of_the_plan_before_an_edit() -> None:
    """R25: who was asked before the edit answers as they were asked."""
    task = "campaign c { flow { %s task phone hello by desk due 9 workdays { %s } } }"
    team = 'team desk "Desk" { members: "bo"  hours: 09:00..17:00  days: workdays }'
    before, today = (
        compiled(f"{team} {task % said}") for said in (("first:", "keen -> stop"), ("talk:", "warm -> stop"))
    )
    persons, events = b"id\nper\n", b"contact,at,step,outcome\nper,2027-02-03 10:00,first,keen\n"
    files = InputFiles(persons=InputFile("persons.csv", persons), events=InputFile("events.csv", events))
    assert not assert_same(today, files).happenings
    (row,) = assert_same(today, files, (before,)).happenings
    assert (row.step, row.outcome) == ("first", "keen")
