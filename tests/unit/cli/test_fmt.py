"""`grid fmt` as a person, an editor and a build step use it."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from tests.unit.cli.shell import GRID, clean, grid

UGLY = 'need   a "A"\nneed bbb    "B"  # why\n'
NEAT = 'need a   "A"\nneed bbb "B"  # why\n'


@pytest.fixture
def ugly(tmp_path: Path) -> Path:
    (tmp_path / "a.grid").write_text(UGLY)
    (tmp_path / "b.grid").write_text(NEAT)
    return tmp_path


def through(data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([GRID, "fmt", "-", *arguments], input=data, capture_output=True, check=False, timeout=60)


def test_a_folder_is_formatted_and_only_what_changes_is_written(ugly: Path) -> None:
    before = (ugly / "b.grid").stat()
    done = grid("fmt", ugly)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"formatted {ugly}/a.grid\n1 file formatted, 1 file already in the house style\n"
    assert (ugly / "a.grid").read_text() == NEAT
    after = (ugly / "b.grid").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert sorted(place.name for place in ugly.iterdir()) == ["a.grid", "b.grid"]
    assert grid("fmt", "--check", ugly).returncode == 0


def test_check_and_diff_write_nothing(ugly: Path) -> None:
    checked = grid("fmt", "--check", ugly)
    assert checked.returncode == 1
    assert "would format" in checked.stderr
    assert checked.stdout == ""
    shown = grid("fmt", "--diff", "a.grid", cwd=ugly)
    assert shown.returncode == 0
    assert shown.stdout.splitlines()[:2] == ["--- a.grid", "+++ a.grid"]
    assert "-need   a" in shown.stdout
    assert grid("fmt", "--check", "--diff", ugly).returncode == 1
    assert (ugly / "a.grid").read_text() == UGLY


def test_the_difference_can_be_applied(ugly: Path) -> None:
    (ugly / "a.grid").write_text(UGLY + "need c # no line end")
    shown = grid("fmt", "--diff", "a.grid", cwd=ugly).stdout
    subprocess.run(["patch", "-s", "-p0"], input=shown, text=True, cwd=ugly, check=True)
    applied = (ugly / "a.grid").read_text()
    grid("fmt", ugly)
    assert (ugly / "a.grid").read_text() == applied


def test_stdin_goes_to_stdout_with_its_line_ends_and_its_mark() -> None:
    done = through(b"\xef\xbb\xbf" + UGLY.replace("\n", "\r\n").encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode()
    assert through(done.stdout).stdout == done.stdout
    checked = through(UGLY.encode(), "--check")
    assert (checked.returncode, checked.stdout) == (1, b"")
    assert through(b"").stdout == b""


def test_a_mistake_stays_as_written_and_an_editor_gets_the_rest() -> None:
    done = through(b"need  a\n\nneed b  {\n x::y\n\nneed  c\n")
    assert done.returncode == 0
    assert done.stdout == b"need a\n\nneed b  {\n x::y\n\nneed c\n"
    assert b"stdin:3: left as written" in done.stderr


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.grid").write_bytes("need sø\n".encode("latin-1"))
    for done in (grid("fmt", tmp_path), grid("fmt", tmp_path / "nowhere.grid")):
        assert done.returncode == 2
        assert clean(done)
    assert through(b"\xff").returncode == 2
    assert through(b"\xff").stdout == b""


def test_other_files_are_never_touched(tmp_path: Path) -> None:
    place = tmp_path / "README.md"
    place.write_text("# A   plan\n\nneed   a\n")
    done = grid("fmt", place)
    assert done.returncode == 2
    assert place.read_text() == "# A   plan\n\nneed   a\n"


def test_the_other_files_are_formatted_all_the_same(ugly: Path) -> None:
    (ugly / "0.grid").write_bytes(b"\xff")
    assert grid("fmt", ugly).returncode == 2
    assert (ugly / "a.grid").read_text() == NEAT


def test_rights_and_links_stay(ugly: Path) -> None:
    real = ugly / "a.grid"
    real.chmod(0o640)
    (ugly / "link.grid").symlink_to(real)
    assert grid("fmt", ugly / "link.grid").returncode == 0
    assert (ugly / "link.grid").is_symlink()
    assert real.read_text() == NEAT
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_file_that_may_not_be_written_is_told(ugly: Path) -> None:
    (ugly / "a.grid").chmod(0o444)
    done = grid("fmt", ugly)
    assert done.returncode == 2
    assert "G0011" in done.stderr
    assert (ugly / "a.grid").read_text() == UGLY


def test_hidden_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.grid").write_text(UGLY)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.grid").write_text(UGLY)
    assert grid("fmt", cwd=tmp_path).returncode == 0
    assert (tmp_path / ".git" / "a.grid").read_text() == UGLY
    assert (tmp_path / "below" / "a.grid").read_text() == NEAT


def test_our_own_plans_are_in_the_house_style() -> None:
    checkout = Path(__file__).parents[3]
    done = grid("fmt", "--check", *(checkout / place for place in ("examples", "stdlib", "gridlang/cli/beginning")))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
