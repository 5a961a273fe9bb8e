"""`grid init`: a plan that works, and nothing overwritten."""

from __future__ import annotations

import subprocess
from pathlib import Path

from gridlang import resources
from tests.unit.cli.shell import GRID, clean, grid


def test_a_new_folder_gets_the_plan_and_the_next_commands(tmp_path: Path) -> None:
    done = grid("init", "shops/first", cwd=tmp_path)
    assert done.returncode == 0
    written = {place.relative_to(tmp_path / "shops/first").as_posix() for place in (tmp_path / "shops").rglob("*.*")}
    assert written == {output.path for output in resources.beginning()}
    named = (f"grid {command} shops/first" for command in ("check", "test", "build", "run"))
    assert " && ".join(named) in done.stdout


def test_the_next_commands_can_be_copied_whatever_the_folder_is_called(tmp_path: Path) -> None:
    done = grid("init", "Ny plan æ", cwd=tmp_path)
    commands = done.stdout.rpartition("Now: ")[2]
    shell = {"PATH": f"{Path(GRID).parent}:/usr/bin:/bin", "PYTHONUTF8": "1"}
    told = subprocess.run(["/bin/sh", "-c", commands], cwd=tmp_path, env=shell, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert (tmp_path / "Ny plan æ" / "out" / "run" / "touches.csv").exists()
    assert "3 tests: 3 held" in told.stdout


def test_a_place_where_nothing_can_be_written(tmp_path: Path) -> None:
    done = grid("init", "/proc/plan", cwd=tmp_path)
    assert done.returncode == 2
    assert "grid init DIR" in done.stderr
    assert "--out" not in done.stderr


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "persons.csv").write_text("mine")
    (tmp_path / "old.grid").write_text("mine")
    done = grid("init", cwd=tmp_path)
    assert done.returncode == 2
    assert "`persons.csv`, `old.grid`" in done.stderr
    assert sorted(place.name for place in tmp_path.iterdir()) == ["old.grid", "persons.csv"]
    assert (tmp_path / "persons.csv").read_text() == "mine"


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "plan").write_text("mine")
    done = grid("init", "plan", cwd=tmp_path)
    assert done.returncode == 2
    assert "G0008" in done.stderr
    assert clean(done)
