"""A run in arrays from files to files gives the bytes of the reference."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from gridlang.cli.period import stretch
from gridlang.runtime.engine.large import execute
from gridlang.runtime.figures import figures
from gridlang.runtime.outputs.encode import as_csv
from gridlang.runtime.outputs.tables import TABLES
from gridlang.runtime.summary import summarise
from tests.unit.engine.test_dirty import LONG
from tests.unit.engine.test_reading import PLANS, files_of
from tests.unit.engine.test_writing import executed

SMALL = [place for place in PLANS if LONG or place.name == "boats"]


@pytest.mark.parametrize("folder", SMALL, ids=lambda place: place.name)
def test_the_examples_from_files_to_files(folder: Path) -> None:
    schedule, _, expected = executed(folder)
    outcome = execute(schedule, files_of(folder), *stretch(schedule.plan, None, None))
    run = outcome.value
    assert run is not None
    for output, table in zip(run.files("csv"), TABLES, strict=True):
        out = io.BytesIO()
        output.write(out.write)
        assert out.getvalue().split(b"\n") == as_csv(table.columns, table.rows(schedule, expected)).split(b"\n")
    told = run.execution()
    for name in ("touches", "tasks", "audiences", "moves", "skips", "reports", "issues"):
        assert tuple(getattr(told, name)) == getattr(expected, name)
        assert len(getattr(told, name)) == len(getattr(expected, name))
    assert told.counts == expected.counts
    assert run.figures() == figures(schedule, expected)
    assert summarise(schedule, told) == summarise(schedule, expected)
