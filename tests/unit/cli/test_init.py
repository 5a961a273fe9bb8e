"""`grid init`: a plan that works, and nothing overwritten."""

from __future__ import annotations

from pathlib import Path

from gridlang import resources
from tests.unit.cli.shell import clean, grid


def test_a_new_folder_gets_the_plan_and_the_next_commands(tmp_path: Path) -> None:
    done = grid("init", "shops/first", cwd=tmp_path)
    assert done.returncode == 0
    written = {place.relative_to(tmp_path / "shops/first").as_posix() for place in (tmp_path / "shops").rglob("*.*")}
    assert written == {output.path for output in resources.beginning()}
    assert "grid check shops/first && grid build shops/first && grid run shops/first" in done.stdout


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
