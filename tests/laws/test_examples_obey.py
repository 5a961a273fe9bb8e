"""The example plans over their whole periods, looked over by the independent checker."""

from __future__ import annotations

import json

import pytest

from gridlang.runtime import outputs
from gridlang.schedule.document import to_json
from tests.laws.checker import check
from tests.laws.populations import as_rows
from tests.unit.examples.plans import EXAMPLES, compiled, executed


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("family_car", 1000),
        ("holiday_trip", 1000),
        ("record_shop", 1000),
        ("canteen_dishwasher", 1000),
        ("two_brands/bikes", 250),
        ("two_brands/boats", 250),
    ],
)
def test_no_row_of_an_example_breaks_a_rule(name: str, least: int) -> None:
    schedule = compiled(name).schedule
    files = {file.path: file.content for file in outputs.files(schedule, executed(name), "csv")}
    touches, tasks, moves = (as_rows(files[f"{table}.csv"]) for table in ("touches", "tasks", "moves"))
    persons, events = (as_rows((EXAMPLES / name / f"{table}.csv").read_bytes()) for table in ("persons", "events"))
    beside = EXAMPLES / name / "accounts.csv"
    accounts = as_rows(beside.read_bytes()) if beside.is_file() else []
    assert len(touches) > least
    assert check(json.loads(to_json(schedule)), persons, events, touches, tasks, moves, accounts) == []
