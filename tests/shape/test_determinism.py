"""The same plan gives the same bytes, whatever the order in which Python keeps its sets, the time zone of the machine,
the language of its user, the folder in which it stands, and when it was written: for every target and every list."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from gridlang.files import WRITTEN
from gridlang.runtime.outputs import lists
from gridlang.targets import discover
from tests.shape.house import ROOT
from tests.unit.cli.shell import grid

WORLDS = (
    ("plan", 0, {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}),
    (
        "æ b/else/wherever",
        1_900_000_000,
        {"PYTHONHASHSEED": "4711", "TZ": "America/Lima", "LANG": "da_DK.UTF-8", "LC_ALL": "", "LANGUAGE": "da"},
    ),
)
"""Where the plan stands, when its files were written, and the environment."""
OWNED = ("hubspot", "salesforce", "dynamics", "pipedrive")


def moved(example: str, to: Path, written: int) -> Path:
    """The example elsewhere, written at another time, built into everything."""
    shutil.copytree(ROOT / "examples" / example, to, ignore=shutil.ignore_patterns("out", "data"))
    ads = "email: " in (to / "plan.grid").read_text("utf-8")
    listed = [name for name in lists.known() if ads or not name.endswith("_ads")]
    owners = "".join(f'[targets.{name}]\nowner = "1"\n' for name in OWNED)
    (to / "grid.toml").write_text(f"[build]\ntargets = {list(discover())}\n[run]\nlists = {listed}\n{owners}", "utf-8")
    for place in to.rglob("*"):
        os.utime(place, (written, written))
    return to


def outputs(folder: Path) -> dict[str, bytes]:
    return {str(place.relative_to(folder)): place.read_bytes() for place in folder.rglob("*") if place.is_file()}


@pytest.mark.parametrize("command", ["build", "run"])
@pytest.mark.parametrize("example", ["family_car", "holiday_trip"])
def test_two_worlds_one_output(example: str, command: str, tmp_path: Path) -> None:
    made = []
    for number, (name, written, world) in enumerate(WORLDS):
        plan = moved(example, tmp_path / str(number) / name, written)
        done = grid(command, plan, XDG_CACHE_HOME=str(tmp_path / f"cache{number}"), **world)
        assert done.returncode == 0, done.stderr
        made.append(outputs(plan / "out"))
    assert len([path for path in made[0] if Path(path).name != WRITTEN]) > 15
    assert made[0] == made[1]


def test_every_target_and_every_list_is_among_them(tmp_path: Path) -> None:
    plan = moved("holiday_trip", tmp_path / "plan", 0)
    for command in ("build", "run"):
        assert grid(command, plan).returncode == 0
    written = (plan / "out" / WRITTEN).read_text("utf-8")
    assert {line.split(" ")[1] for line in written.splitlines() if not line.startswith("#")} >= set(discover())
    there = " ".join(outputs(plan / "out" / "run"))
    assert all(f"{name}." in there for name in lists.known() if name != "task_calendar"), there
