"""Targets are found by their folders."""

from __future__ import annotations

import subprocess
import sys

import attrs
import pytest

from gridlang.targets import discover
from gridlang.targets.building import Chosen, build
from gridlang.targets.interface import Options
from tests.unit.schedule import sample


def test_every_folder_with_a_target_is_found() -> None:
    found = discover()
    assert {"calendar", "plan_html", "plan_md", "tasks"} <= set(found)
    assert not {"drawing", "pages", "views", "words"} & set(found)
    assert list(found) == sorted(found)


@pytest.mark.parametrize("name", ["plan_html", "plan_md"])
def test_a_target_is_named_as_its_folder_and_gives_one_file(name: str) -> None:
    target = discover()[name]
    assert target.name == name
    assert [file.path for file in target.files(sample.schedule(), target.options()).value] == [name.replace("_", ".")]


def test_discovering_loads_no_heavy_library() -> None:
    """`grid build --help` and `--target` ask for names; they must not pay for Graphviz, Jinja2 or Babel."""
    code = "import sys; from gridlang.targets import discover; discover(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pygraphviz", "jinja2", "babel", "icalendar", "holidays"} & set(loaded)


def test_two_targets_may_not_write_one_file() -> None:
    """Names that differ in capitals only are one file on many disks."""
    plan = discover()["plan_md"]
    upper = Chosen(plan, Options(folder="Print"))
    lower = Chosen(attrs.evolve(plan, name="other"), Options(folder="print"))  # type: ignore[misc]
    outcome = build(sample.schedule(), (upper, lower))
    assert [problem.message for problem in outcome.problems if problem.code.id == "G0908"] == [
        "`print/plan.md` would be written twice: by plan_md and by other"
    ]
