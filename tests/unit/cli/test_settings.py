"""`grid.toml` from the shell: targets, options and folders; nothing outside the plan's folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.cli.shell import clean, grid


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    assert grid("init", "shop", cwd=tmp_path).returncode == 0
    return tmp_path / "shop"


def settings(plan: Path, text: str) -> None:
    (plan / "grid.toml").write_text(text, encoding="utf-8")


def files(folder: Path) -> set[str]:
    return {place.relative_to(folder).as_posix() for place in folder.rglob("*") if place.is_file()}


def test_targets_folders_and_a_run(plan: Path) -> None:
    build = '[build]\ntargets = ["calendar"]\nfolder = "made/here"\n'
    settings(plan, build + '[targets.calendar]\nfolder = "dates"\nteams = false\n')
    assert grid("build", plan).returncode == 0
    assert files(plan / "made") == {"here/.written", "here/schedule.json", "here/dates/calendar.ics"}
    assert grid("run", plan).returncode == 0
    assert (plan / "made" / "here" / "run" / "touches.csv").is_file()
    settings(plan, '[run]\nfolder = "ran"\n')
    assert grid("run", plan).returncode == 0
    assert (plan / "ran" / "touches.csv").is_file()


def test_the_command_line_has_the_last_word(plan: Path, tmp_path: Path) -> None:
    settings(plan, '[build]\ntargets = ["calendar"]\nfolder = "made"\n')
    assert grid("build", plan, "--target", "plan_md", "--out", tmp_path / "else").returncode == 0
    assert files(tmp_path / "else") == {".written", "plan.md", "schedule.json"}
    assert not (plan / "made").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[build]\nfolder = '../else'\n", "grid.toml:2:10: error[G0905]: `build.folder` cannot be `../else`"),
        ("[targets.plan_md]\nfolder = '/tmp'\n", "grid.toml:2:10: error[G0905]"),
        ("[targets.plan_mdd]\n", "grid.toml:1:10: error[G0906]: there is no target `plan_mdd`"),
        ("[build]\ntargets = ['os.system']\n", "grid.toml:2:12: error[G0906]: there is no target `os.system`"),
        ("[bulid]\n", "did you mean `build`?"),
        ("[build\n", "grid.toml:1:7: error[G0901]"),
        ("[run]\nlists = 'hubspot'\n", "grid.toml:2:9: error[G0903]"),
    ],
)
def test_what_is_wrong_is_told_by_check_and_build(plan: Path, text: str, words: str) -> None:
    settings(plan, text)
    for command in ("check", "build"):
        done = grid(command, plan)
        if not (command == "build" and "[run]" in text):
            assert done.returncode == 1, command
            assert words in done.stderr
        assert clean(done)


def test_settings_that_are_no_text(plan: Path) -> None:
    (plan / "grid.toml").write_bytes(b"\xff\xfe[build]")
    done = grid("check", plan)
    assert done.returncode == 2
    assert "grid.toml` is not UTF-8 text" in done.stderr


def test_settings_that_are_a_link_out_of_the_workspace(plan: Path, tmp_path: Path) -> None:
    (tmp_path.parent / "secret.toml").write_text("token = 'x'\n", encoding="utf-8")
    (plan / "grid.toml").symlink_to(tmp_path.parent / "secret.toml")
    done = grid("check", plan)
    assert done.returncode == 2
    assert "G0007" in done.stderr
    assert "token" not in done.stderr


def test_an_output_folder_that_is_a_link_elsewhere(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (plan / "out").symlink_to(tmp_path / "else")
    for command in ("build", "run"):
        done = grid(command, plan)
        assert done.returncode == 1
        assert "error[G0910]" in done.stderr
    assert not list((tmp_path / "else").iterdir())
    assert grid("build", plan, "--out", plan / "out").returncode == 0, "the user may say so"


def test_a_link_inside_the_outputs(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (plan / "out").mkdir()
    (plan / "out" / "print").symlink_to(tmp_path / "else")
    settings(plan, "[targets.plan_md]\nfolder = 'print'\n")
    done = grid("build", plan)
    assert done.returncode == 2
    assert "a link in it leads out of the folder of the outputs" in done.stderr
    assert not list((tmp_path / "else").iterdir())


def test_a_locale_without_catalogue(plan: Path) -> None:
    place = next(place for place in sorted(plan.glob("*.grid")) if "locale" in place.read_text("utf-8"))
    text = place.read_text("utf-8")
    place.write_text(re.sub(r"locale:(\s*)\w+", r"locale:\1fi", text), "utf-8")
    done = grid("build", plan)
    assert done.returncode == 0
    assert "warning[G0909]: no catalogue of words for the locale `fi`" in done.stderr


def test_settings_beside_a_built_schedule(plan: Path, tmp_path: Path) -> None:
    """What is deployed is the schedule with the settings beside it; its folders are its own."""
    assert grid("build", plan, "--target", "plan_md", "--out", tmp_path / "deployed").returncode == 0
    settings(tmp_path / "deployed", '[run]\nlists = ["dynamics"]\n[targets.dynamics]\nowner = "17"\n')
    for name in ("persons.csv", "events.csv"):
        (tmp_path / "deployed" / name).write_bytes((plan / name).read_bytes())
    done = grid("run", tmp_path / "deployed" / "schedule.json")
    assert done.returncode == 0, done.stderr
    made = {place.name for place in (tmp_path / "deployed" / "run").glob("tasks*")}
    assert made == {"tasks.csv", "tasks_dynamics.csv"}
    settings(tmp_path / "deployed", '[run]\nlist = ["dynamics"]\n')
    wrong = grid("run", tmp_path / "deployed" / "schedule.json")
    assert wrong.returncode == 1
    assert "did you mean `lists`?" in wrong.stderr


def test_lists_and_what_is_missing_for_them(plan: Path) -> None:
    settings(plan, '[run]\nlists = ["salesforce", "hubspott"]\n[targets.salesforce]\nowner = ""\n')
    for command in ("check", "run"):
        done = grid(command, plan)
        assert done.returncode == 1, command
        assert "grid.toml:2:24: error[G0904]: `run.lists` cannot be `hubspott`" in done.stderr
        assert "grid.toml:3:10: error[G0911]: Salesforce knows nobody for" in done.stderr
    assert not (plan / "out").exists()
