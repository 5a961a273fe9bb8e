"""The result of tests for programs.

    {"format": "gridlang.tests", "version": 1, "plan": …, "tests": [{"title", "file", "line", "holds", "failures":
    [{"file", "line", "expected", "happened": [{"sort", "row", "chain"}], "remark"}], "issues": [{"file", "line",
    "code", "reason"}]}], "untaken": null or [{"campaign", "step", "arm", "file", "line"}]}

`row` is a row as the tables of a run have it, moments in seconds UTC.
"""

from __future__ import annotations

import json
from typing import Any

import attrs

from gridlang.runtime.rows import Because
from gridlang.runtime.testing.arms import Arm
from gridlang.runtime.testing.result import Result
from gridlang.runtime.testing.rows import sort_of
from gridlang.runtime.testing.told import Failure, Happened, Told

FORMAT = "gridlang.tests"
VERSION = 1


def render(result: Result) -> str:
    """Ends with a newline."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "plan": result.schedule.plan.name,
        "tests": [_test(result, told) for told in result.told],
        "untaken": None if result.untaken is None else [_arm(result, each) for each in result.untaken],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _test(result: Result, told: Told) -> dict[str, object]:
    return {
        "title": told.story.title,
        **_place(result, told.story.place),
        "holds": told.holds,
        "failures": [_failure(result, each) for each in told.failures],
        "issues": [{**_place(result, each.place), "code": each.code, "reason": each.reason} for each in told.troubles],
    }


def _failure(result: Result, failure: Failure) -> dict[str, object]:
    return {
        **_place(result, failure.place),
        "expected": failure.expected,
        "happened": [_happened(each) for each in failure.happened],
        "remark": failure.remark,
    }


def _happened(happened: Happened) -> dict[str, object]:
    row = attrs.asdict(happened.row, recurse=False, value_serializer=_value)
    return {"sort": sort_of(happened.row), "row": row, "chain": happened.chain}


def _value(instance: object, field: object, value: Any) -> object:
    if isinstance(value, tuple):
        return [str(each) if isinstance(each, Because) else each for each in value]
    return value


def _arm(result: Result, arm: Arm) -> dict[str, object]:
    return {"campaign": arm.campaign, "step": arm.step, "arm": arm.said, **_place(result, arm.place)}


def _place(result: Result, place: int) -> dict[str, object]:
    found = result.schedule.places[place]
    return {"file": found.file, "line": found.line}
