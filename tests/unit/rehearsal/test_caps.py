"""A cap finding is a story that was told: told again it holds the same contact back; without the cap it does not."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from gridlang.compiler import compile_plan
from gridlang.files import Workspace
from gridlang.rehearsal.caps import held_back
from gridlang.rehearsal.casting import WHO, cast
from gridlang.runtime.reference import execute
from gridlang.runtime.rows import Execution
from gridlang.schedule.model import Schedule
from gridlang.semantics.model import Model

EXAMPLES = Path(__file__).parents[3] / "examples"
START, END = 1_798_750_800, 1_830_286_800


def model(name: str) -> Model:
    outcome = compile_plan(Workspace.at(str(EXAMPLES / name)), lambda _, __, compute: compute())
    assert outcome.value is not None
    return outcome.value.model


def links(execution: Execution, place: int) -> int:
    rows = (*execution.touches, *execution.tasks, *execution.skips)
    return sum(link.place == place and link.rule == "cap" for row in rows for link in row.because)


@pytest.mark.parametrize("name", ["family_car", "record_shop", "holiday_trip"])
def test_every_finding_is_a_story_that_comes_true(name: str) -> None:
    found = model(name)
    for held in held_back(found):
        first = min(row.due for row in (*held.told.execution.touches, *held.told.execution.tasks))
        start = first - first % 86_400 - 86_400
        with_cap = _tell(found.schedule, held, start)
        assert links(with_cap, held.cap.place) > 0
        free = attrs.evolve(
            found.schedule,
            rules=tuple(attrs.evolve(r, cap=None) if r.cap == held.cap else r for r in found.schedule.rules),
            channels=tuple(attrs.evolve(c, cap=None) if c.cap == held.cap else c for c in found.schedule.channels),
        )
        assert links(_tell(free, held, start), held.cap.place) == 0


def _tell(schedule: Schedule, held, start: int) -> Execution:  # type: ignore[no-untyped-def]
    given = cast(schedule, held.cell, start)
    assert given is not None
    story = attrs.evolve(given, happenings=(*given.happenings, *held.told.answers))
    entry = _monday(start)
    return execute(schedule, story, entry, entry + 90 * 86_400, entries={WHO: held.cell.phase})


def _monday(start: int) -> int:
    return start + 86_400 + 7 * 3600


def test_family_car_runs_into_its_cap() -> None:
    found = list(held_back(model("family_car")))
    assert [(held.row.campaign, held.row.step, held.cap.rate) for held in found] == [
        ("close_the_sale", "close", "3 per 7d")
    ]
