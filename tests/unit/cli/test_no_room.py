"""Where outputs cannot be written: one message, exit code 2, and what stood there before is as it was."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.unit.cli.shell import GRID, clean, grid

SETTINGS = """
[build]
targets = ["bpmn", "calendar", "dynamics", "hubspot", "pipedrive", "plan_html", "plan_md", "salesforce", "tasks"]
[run]
lists = ["hubspot", "salesforce", "dynamics", "pipedrive", "task_calendar"]
"""
COMMANDS = ("build", "run")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan that is built into every target."""
    folder = tmp_path_factory.mktemp("plans")
    assert grid("init", "shop", cwd=folder).returncode == 0
    owners = (f'[targets.{name}]\nowner = "1"\n' for name in ("hubspot", "salesforce", "dynamics", "pipedrive"))
    (folder / "shop" / "grid.toml").write_text(SETTINGS + "".join(owners), "utf-8")
    return folder / "shop"


def standing(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below a folder."""
    return {str(place): place.read_bytes() if place.is_file() else None for place in sorted(folder.rglob("*"))}


def refused(done: subprocess.CompletedProcess[str], code: str, *words: str) -> None:
    """Whether a command said one thing, and nothing that only Python understands."""
    assert done.returncode == 2, done.stderr
    assert clean(done)
    assert done.stderr.count("error[") == 1
    assert f"error[{code}]" in done.stderr
    assert "= help: " in done.stderr
    assert not [word for word in words if word not in done.stderr]
    assert "out" not in done.stdout, "nothing was written, so no file is named"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("below", ["", "deep/er"])
def test_the_folder_is_a_file(plan: Path, tmp_path: Path, command: str, below: str) -> None:
    (tmp_path / "out").write_text("mine")
    before = standing(tmp_path)
    refused(grid(command, plan, "--out", tmp_path / "out" / below), "G0008", "a file of that name is in the way")
    assert standing(tmp_path) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_one_of_the_outputs_is_a_folder(plan: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "out" / "schedule.json").mkdir(parents=True)
    before = standing(tmp_path)
    refused(grid(command, plan, "--out", tmp_path / "out"), "G0008", "a folder of that name is in the way")
    assert standing(tmp_path) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever is root may write everywhere")
@pytest.mark.parametrize("command", COMMANDS)
def test_the_folder_belongs_to_somebody_else(plan: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "theirs").mkdir(mode=0o555)
    refused(grid(command, plan, "--out", tmp_path / "theirs" / "out"), "G0008", "you have no right to")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder here in which nobody can make one")
@pytest.mark.parametrize("command", COMMANDS)
def test_nobody_may_write_there(plan: Path, command: str) -> None:
    refused(grid(command, plan, "--out", "/proc/gridlang"), "G0008", "no folder can be made there")


# --- too little room --------------------------------------------------------------------------------------------------


def _limited(most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def within(most: int, command: str, plan: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """A command that may write no file of more bytes; its cache is elsewhere, and remembers nothing."""
    return subprocess.run(
        [GRID, command, str(plan), "--out", str(out)],
        env={**os.environ, "XDG_CACHE_HOME": "/nowhere"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        preexec_fn=_limited(most),
    )


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("most", [0, 100, 4_000])
def test_a_file_would_be_too_large(plan: Path, tmp_path: Path, command: str, most: int) -> None:
    refused(within(most, command, plan, tmp_path / "new" / "out"), "G0008", "larger than you may write")
    assert standing(tmp_path) == {}


@pytest.mark.parametrize("command", COMMANDS)
def test_what_an_earlier_one_wrote_stays(plan: Path, tmp_path: Path, command: str) -> None:
    assert grid(command, plan, "--out", tmp_path / "out").returncode == 0
    for place in (tmp_path / "out").rglob("*.csv"):
        place.write_text("mine", "utf-8")
    before = standing(tmp_path)
    refused(within(100, command, plan, tmp_path / "out"), "G0008")
    assert standing(tmp_path) == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where somebody may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("no small disk can be made here; tests/unit/test_files.py has a full one too")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_disk_is_full(plan: Path, small_disk: Path, command: str) -> None:
    refused(grid(command, plan, "--out", small_disk / "out"), "G0009", "no room left on the disk")
    assert standing(small_disk) == {}


# --- languages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_a_language_without_words(tmp_path: Path, command: str) -> None:
    """It falls back on English, and says so at the terminal and on the page."""
    assert grid("init", "shop", cwd=tmp_path).returncode == 0
    place = tmp_path / "shop" / "plan.grid"
    text = place.read_text("utf-8")
    assert "locale:    en_GB" in text
    place.write_text(text.replace("locale:    en_GB", "locale:    sv"), "utf-8")
    done = grid(command, tmp_path / "shop")
    assert done.returncode == 0
    assert done.stderr.count("warning[G0909]") == 1
    page = next((tmp_path / "shop" / "out").rglob("plan.html" if command == "build" else "run.html")).read_text("utf-8")
    assert '<html lang="en"' in page
    assert "This page is in English" in page
