"""`grid test`: exit codes and formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from junitparser import JUnitXml
from lxml import etree

from tests.shape.house import ROOT
from tests.unit.cli.shell import clean, grid

FAMILY_CAR = ROOT / "examples" / "family_car"


@pytest.fixture
def failing(plan: Path) -> Path:
    """The plan of `grid init` with a test that fails and one that holds."""
    text = (plan / "campaigns.grid").read_text("utf-8")
    assert "try_one" in text
    (plan / "tests.grid").write_text(_STORIES, "utf-8")
    return plan


_STORIES = """
test "Nobody is called" {
  starts: 2027-02-01 08:00
  person ann { first_name: "Ann"  household_role: "parent" }
  expect no phone to ann
}

test "Ann is called" {
  starts: 2027-02-01 08:00
  person ann { first_name: "Ann"  household_role: "parent" }
  expect 2027-02-01 task phone to ann
}
"""


def test_all_tests_of_an_example_hold() -> None:
    done = grid("test", FAMILY_CAR)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("ok      Den travle far")
    assert "0 failed." in done.stdout
    assert "arms are taken by no test; --arms lists them." in done.stdout.splitlines()[-1]
    assert clean(done)


def test_the_arms_that_no_test_takes_are_listed_on_request() -> None:
    done = grid("test", FAMILY_CAR, "--arms")
    assert done.returncode == 0
    assert "No test takes these arms" in done.stdout
    assert "std/" not in done.stdout, "nobody tests the library's journey in a plan of their own"
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert 'campaigns.grid:24 campaign invite_to_meeting, "Booker han selv et møde?": meeting_booked' in lines
    assert clean(done)


def test_some_fail(failing: Path) -> None:
    done = grid("test", cwd=failing)
    assert done.returncode == 1
    assert "ok      Nobody is called (tests.grid:2)" in done.stdout
    assert "FAILED  Ann is called (tests.grid:8)" in done.stdout
    assert "tests.grid:11: expected\n            task phone to ann, Mon 1 Feb 2027" in done.stdout
    assert "2 tests: 1 held, 1 failed." in done.stdout
    nothing = "nothing of the kind happened to ann; then home stands in awareness, segment families; campaigns there:"
    assert nothing in done.stdout


def test_only_some_are_told(failing: Path) -> None:
    done = grid("test", failing, "--only", "NOBODY")
    assert done.returncode == 0
    assert "1 test: 1 held" in done.stdout
    assert "No test takes" not in done.stdout, "what is not told takes nothing"
    unknown = grid("test", failing, "--only", "xyz")
    assert unknown.returncode == 2
    assert "Ann is called" in unknown.stderr
    (failing / "tests.grid").unlink()
    assert "This plan has no tests yet" in grid("test", failing, "--only", "xyz").stderr


def test_formats(failing: Path) -> None:
    done = grid("test", failing, "--format", "json")
    assert done.returncode == 1
    assert [test["holds"] for test in json.loads(done.stdout)["tests"]] == [True, False]
    done = grid("test", failing, "--format", "junit")
    assert done.returncode == 1
    (suite,) = JUnitXml.fromroot(etree.fromstring(done.stdout.encode()))
    assert (suite.tests, suite.failures) == (2, 1)


def test_a_built_schedule_holds_its_tests(tmp_path: Path) -> None:
    assert grid("build", FAMILY_CAR, "--out", tmp_path).returncode == 0
    done = grid("test", tmp_path / "schedule.json")
    assert (done.returncode, done.stdout) == (0, grid("test", FAMILY_CAR).stdout)


def test_a_plan_that_cannot_be_told(broken: Path, tmp_path: Path) -> None:
    assert grid("test", broken).returncode == 1
    assert "emial" in grid("test", broken).stderr
    done = grid("test", tmp_path / "nowhere")
    assert done.returncode == 2
    assert clean(done)


def test_two_runs_say_the_same() -> None:
    first = grid("test", FAMILY_CAR, "--format", "junit", PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    assert first.stdout == grid("test", FAMILY_CAR, "--format", "junit", PYTHONHASHSEED="2", TZ="UTC").stdout
