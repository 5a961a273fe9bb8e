"""Targets of a package that somebody else wrote: built as a wheel, installed, found by its entry point."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.shell import clean, grid

PACKAGE = Path(__file__).parents[2] / "packages" / "grid_postcards"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder in which the package is installed; nothing is fetched."""
    folder = tmp_path_factory.mktemp("package")
    source, wheels, place = folder / "source", folder / "wheels", folder / "site"
    shutil.copytree(PACKAGE, source, ignore=shutil.ignore_patterns("__pycache__"))
    pip = (sys.executable, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check")
    made = [*pip, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(source)]
    subprocess.run(made, check=True, capture_output=True, text=True)
    (wheel,) = wheels.glob("*.whl")
    put = [*pip, "install", "--no-index", "--no-deps", "--no-compile", "--target", str(place), str(wheel)]
    subprocess.run(put, check=True, capture_output=True, text=True)
    return str(place)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    assert grid("init", "shop", cwd=tmp_path).returncode == 0
    return tmp_path / "shop"


def settings(plan: Path, text: str) -> None:
    (plan / "grid.toml").write_text(text, encoding="utf-8")


def test_it_is_listed_with_its_options(installed: str) -> None:
    listed = {
        target["name"]: target
        for target in json.loads(grid("targets", "--format", "json", PYTHONPATH=installed).stdout)
        if not target.get("broken")
    }
    postcards = listed["postcards"]
    assert (postcards["package"], postcards["usual"]) == ("grid-postcards", False)
    assert {option["name"]: option["default"] for option in postcards["options"]} == {
        "folder": None,
        "paper": "matte",
        "greeting": "Hello",
    }
    assert listed["calendar"]["package"] is None
    shown = grid("targets", PYTHONPATH=installed).stdout
    assert "postcards  (package grid-postcards)\n  the letters of the plan" in shown
    assert 'paper: what they are printed on (one of "matte", "glossy"; "matte" if left out)' in shown
    assert "missing  (package grid-postcards)\n  cannot be used: the target `missing`" in shown
    assert "gridlang has a target of that name itself" in shown


def test_it_is_built_when_it_is_named_and_only_then(installed: str, plan: Path) -> None:
    assert grid("build", plan, PYTHONPATH=installed).returncode == 0
    assert not list(plan.rglob("postcards.txt"))
    settings(
        plan,
        '[build]\ntargets = ["plan_md", "postcards"]\nfolder = "made"\n'
        '[targets.postcards]\nfolder = "print"\npaper = "glossy"\ngreeting = "Hej"\n',
    )
    done = grid("build", plan, PYTHONPATH=installed)
    assert done.returncode == 0, done.stderr
    there = {place.relative_to(plan / "made").as_posix() for place in (plan / "made").rglob("*") if place.is_file()}
    assert there == {".written", "plan.md", "print/postcards.txt", "schedule.json"}
    assert grid("build", plan, "--target", "postcards", "--out", plan / "other", PYTHONPATH=installed).returncode == 0
    assert (plan / "other" / "print" / "postcards.txt").is_file()


def test_without_the_package_its_name_is_unknown(plan: Path) -> None:
    settings(plan, '[build]\ntargets = ["postcards"]\n')
    done = grid("build", plan)
    assert done.returncode == 1
    assert "grid.toml:2:12: error[G0906]: there is no target `postcards`" in done.stderr
    assert not (plan / "out").exists()


def test_its_options_are_checked_like_ours(installed: str, plan: Path) -> None:
    settings(plan, '[build]\ntargets = ["postcards"]\n[targets.postcards]\npaper = "matt"\ngreting = "Hi"\n')
    for command in ("build", "check"):
        done = grid(command, plan, PYTHONPATH=installed)
        assert done.returncode == 1
        assert "grid.toml:4:9: error[G0904]: `targets.postcards.paper` cannot be `matt`" in done.stderr
        assert "grid.toml:5:1: error[G0902]: `[targets.postcards]` has no `greting`" in done.stderr
        assert "did you mean `greeting`?" in done.stderr


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing", "ModuleNotFoundError: No module named 'grid_postcards.nowhere'"),
        ("nameless", "its `name` is not `nameless`"),
        ("failing", "RuntimeError: the printer is on fire"),
        ("escaping", "it would write outside the folder of the outputs: '../plan.grid'"),
        ("silent", "it gave tuple instead of an Outcome of files"),
    ],
)
def test_what_is_broken_is_told_and_writes_nothing(installed: str, plan: Path, name: str, words: str) -> None:
    before = {place: place.read_bytes() for place in plan.rglob("*") if place.is_file()}
    done = grid("build", plan, "--target", name, "--target", "plan_md", PYTHONPATH=installed)
    assert done.returncode == 1
    assert f"error[G0907]: the target `{name}` of the package `grid-postcards` does not work: {words}" in done.stderr
    assert clean(done)
    assert {place: place.read_bytes() for place in plan.rglob("*") if place.is_file()} == before


def test_a_name_of_ours_is_never_taken_over(installed: str, plan: Path) -> None:
    assert grid("build", plan, "--target", "calendar", PYTHONPATH=installed).returncode == 0
    assert (plan / "out" / "calendar.ics").is_file()
