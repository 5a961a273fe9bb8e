"""The outputs of the example plans are as they were when somebody last read them. `pytest --update` writes them anew.

A short output is kept whole, and so is the schedule, in which every change of the compiler is to be read; of another
long one the beginning is kept, with its length and its digest.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gridlang.files import WRITTEN
from tests.unit.cli.shell import grid

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent
PLANS = ROOT / "examples"
EXAMPLES = sorted(place.parent.relative_to(PLANS).as_posix() for place in PLANS.glob("**/persons.*"))
"""The folders of the plans; one that shares a house with another stands beside it: `two_brands/bikes`."""
WHOLE = 24_000
"""Bytes up to which an output is kept whole."""
SCHEDULE = b'{\n "format": "gridlang.schedule"'
LARGEST = 1_000_000
"""Bytes that a page of an example must not reach."""
HEAD = 25
"""Lines that are kept of a longer one."""


def kept(content: bytes, whole: int = WHOLE) -> bytes:
    """What is kept of an output."""
    if len(content) <= whole or content.startswith(SCHEDULE):
        return content
    head = b"".join(line[:400].rstrip(b"\r\n") + b"\n" for line in content.splitlines(keepends=True)[:HEAD])
    lines = content.count(b"\n")
    end = f"… {len(content)} bytes, {lines} lines, sha256 {hashlib.sha256(content).hexdigest()}\n"
    return head + end.encode()


def outputs(folder: Path, whole: int = WHOLE) -> dict[str, bytes]:
    places = sorted(place for place in folder.rglob("*") if place.is_file() and place.name != WRITTEN)
    return {place.relative_to(folder).as_posix(): kept(place.read_bytes(), whole) for place in places}


def rewrite(folder: Path, contents: dict[str, bytes]) -> None:
    for place in folder.rglob("*"):
        if place.is_file() and place.relative_to(folder).as_posix() not in contents:
            place.unlink()
    for path, content in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def compare(folder: Path, made: dict[str, bytes], update: bool) -> None:
    if update:
        rewrite(folder, made)
    golden = {
        place.relative_to(folder).as_posix(): place.read_bytes() for place in folder.rglob("*") if place.is_file()
    }
    assert sorted(made) == sorted(golden)
    for path, content in made.items():
        assert content.decode() == golden[path].decode(), f"{path} is not as it was; pytest --update if that is right"


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("command", ["build", "run"])
def test_outputs_are_as_they_were(example: str, command: str, tmp_path: Path, update: bool) -> None:
    done = grid(command, ROOT / "examples" / example, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(page.stat().st_size < LARGEST for page in tmp_path.rglob("*.html")), "a page is opened from a mail"
    made = outputs(tmp_path)
    if command == "run":
        built = GOLDEN / example / "build" / "schedule.json"
        assert made.pop("schedule.json") == built.read_bytes(), "a run carries the schedule that build makes"
    compare(GOLDEN / example / command, made, update)


@pytest.mark.parametrize("example", EXAMPLES)
def test_findings_are_as_they_were(example: str, tmp_path: Path, update: bool) -> None:
    done = grid("check", example, cwd=ROOT / "examples")
    assert done.returncode == 0, done.stderr
    place = GOLDEN / example / "check.txt"
    if update:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(done.stderr, encoding="utf-8")
    assert done.stderr == place.read_text(encoding="utf-8")


def test_a_long_output_that_changes_is_seen() -> None:
    long = b"a line\n" * 10_000
    assert len(kept(long)) < 1_000
    assert kept(long) != kept(long[:-2] + b"x\n")
    assert kept(b"short") == b"short"
