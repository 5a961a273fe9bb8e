"""`grid lint` as a person and a build step use it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import junitparser
import pytest

from tests.unit.cli.shell import clean, grid

SCHEMA = Path(__file__).parents[1] / "diagnostics" / "sarif-2.1.0.schema.json"
SPARE = '\nneed spare "Spare"\n'


@pytest.fixture
def linted(plan: Path) -> Path:
    """A plan with one warning of its own."""
    place = plan / "messages.grid"
    place.write_text(place.read_text("utf-8") + SPARE, "utf-8")
    return plan


def codes(folder: Path, *arguments: str) -> list[str]:
    return [found["name"] for found in json.loads(grid("lint", folder, "--format", "json", *arguments).stdout)]


def test_findings_stand_on_stdout_and_only_errors_count(linted: Path) -> None:
    done = grid("lint", linted)
    assert done.returncode == 0
    assert "warning[L0107]: nothing uses the need `spare`" in done.stdout
    assert "1 warning" in done.stderr
    assert grid("lint", linted, "--strict").returncode == 1


def test_settings_weigh_findings_for_every_command(linted: Path) -> None:
    (linted / "grid.toml").write_text('[lint.rules]\nunused-declaration = "error"\n')
    assert grid("lint", linted).returncode == 1
    assert grid("check", linted).returncode == 1
    assert grid("build", linted).returncode == 1
    (linted / "grid.toml").write_text('[lint.rules]\nunused-declaration = "off"\n')
    assert "unused-declaration" not in codes(linted)
    assert grid("check", linted).returncode == 0
    (linted / "grid.toml").write_text('[lint.rules]\nunused = "off"\n')
    done = grid("check", linted)
    assert done.returncode == 1
    assert "G0902" in done.stderr


def test_what_is_known_is_left_out_and_new_is_not(linted: Path) -> None:
    known = linted.parent / "known.json"
    assert grid("lint", linted, "--write-baseline", known).returncode == 0
    assert codes(linted, "--baseline", str(known)) == []
    place = linted / "plan.grid"
    place.write_text("# a line more\n" + place.read_text("utf-8") + '\nneed another "Another"\n', "utf-8")
    assert codes(linted, "--baseline", str(known)) == ["unused-declaration"]
    told = grid("lint", linted, "--baseline", known, "--strict")
    assert told.returncode == 1
    assert "known from before" in told.stderr


def test_a_baseline_of_the_settings_counts_for_check_too(linted: Path) -> None:
    assert grid("lint", linted, "--write-baseline", linted / "known.json").returncode == 0
    (linted / "grid.toml").write_text('[lint]\nbaseline = "known.json"\n')
    assert "L0107" not in grid("check", linted).stderr
    assert codes(linted) == []
    (linted / "known.json").write_text("nonsense")
    done = grid("check", linted)
    assert done.returncode == 2
    assert "G0012" in done.stderr
    assert "L0107" in done.stderr


def test_a_baseline_that_is_missing_is_told(linted: Path) -> None:
    done = grid("lint", linted, "--baseline", "nowhere.json")
    assert done.returncode == 2
    assert clean(done)


def test_safe_ways_out_are_taken_and_nothing_else(linted: Path) -> None:
    place = linted / "messages.grid"
    before = place.read_text("utf-8")
    place.write_text(before + "\n// “for” us;\nneed more “More”;\n/// of nothing\n", "utf-8")
    done = grid("lint", "--fix", linted)
    assert done.returncode == 0, done.stdout
    assert place.read_text("utf-8") == before + '\n# “for” us;\nneed more "More"\n# of nothing\n'
    assert "mended semicolon at 1 place" in done.stderr
    assert "G0122" not in done.stdout
    assert "L0107" in done.stdout


def test_a_remark_allows_with_a_reason(linted: Path) -> None:
    place = linted / "messages.grid"
    text = place.read_text("utf-8")
    place.write_text(text.replace(SPARE, "\n# grid: allow(unused-declaration) for the autumn" + SPARE), "utf-8")
    assert codes(linted) == []


def test_sarif_and_junit_of_a_whole_plan(linted: Path) -> None:
    done = grid("lint", linted.name, "--format", "sarif", cwd=linted.parent)
    log = json.loads(done.stdout)
    jsonschema.Draft4Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(log)
    (run,) = log["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["L0107"]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == f"{linted.name}/messages.grid"
    assert "Mended:" in run["tool"]["driver"]["rules"][0]["help"]["text"]
    again = json.loads(grid("lint", linted.name, "--format", "sarif", cwd=linted.parent).stdout)
    assert again == log
    (suite,) = junitparser.JUnitXml.fromstring(grid("lint", linted, "--format", "junit").stdout.encode())
    assert suite.failures == 1
    annotated = grid("lint", linted.name, "--format", "github", cwd=linted.parent).stdout
    assert annotated.startswith(f"::warning file={linted.name}/messages.grid,line=")


def test_a_file_cannot_be_mended(linted: Path) -> None:
    done = grid("lint", "--fix", linted / "plan.grid")
    assert done.returncode == 2
    assert clean(done)
