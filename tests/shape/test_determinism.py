"""The same plan gives the same bytes, whatever the order in which Python keeps its sets, the time zone of the machine
and the language of its user."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shape.house import ROOT
from tests.unit.cli.shell import grid

WORLDS = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4711", "TZ": "America/Lima", "LANG": "da_DK.UTF-8", "LC_ALL": "", "LANGUAGE": "da"},
)


def outputs(folder: Path) -> dict[str, bytes]:
    return {str(place.relative_to(folder)): place.read_bytes() for place in folder.rglob("*") if place.is_file()}


@pytest.mark.parametrize("command", ["build", "run"])
@pytest.mark.parametrize("example", ["family_car", "holiday_trip"])
def test_two_worlds_one_output(example: str, command: str, tmp_path: Path) -> None:
    made = []
    for number, world in enumerate(WORLDS):
        out, cache = tmp_path / str(number), str(tmp_path / f"cache{number}")
        done = grid(command, ROOT / "examples" / example, "--out", out, XDG_CACHE_HOME=cache, **world)
        assert done.returncode == 0, done.stderr
        made.append(outputs(out))
    assert made[0]
    assert made[0] == made[1]
