"""Law of execution: two processes give the same bytes, whatever the order in which Python keeps its sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given

from tests.laws.worlds import files
from tests.laws.worlds.plans import NAMES, OWN
from tests.laws.worlds.profile import LONG, tried
from tests.laws.worlds.world import World, worlds

ROOT = Path(__file__).parents[2]


def said(folder: Path, *seeds: str) -> list[list[str]]:
    """What processes of their own build and run, side by side; a line for each output."""
    command = [sys.executable, "-m", "tests.laws.worlds.files", str(folder)]
    started = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in seeds
    ]
    lines = [process.communicate()[0].splitlines() for process in started]
    assert [process.returncode for process in started] == [0] * len(seeds)
    return lines


def test_two_processes_say_the_same(tmp_path: Path) -> None:
    """Each target of every plan, and a run of several worlds of each, in every format."""
    drawn = _drawn(8 if LONG else 1)
    for number, world in enumerate(drawn):
        files.write(world, tmp_path / f"{number:03}")
    first, second = said(tmp_path, "1", "4711")
    assert len(first) > 10 * len(drawn)
    assert first == second


def _drawn(many: int) -> list[World]:
    """Worlds of each plan with something in them; the smallest, which Hypothesis draws first, are of little use."""
    plans = NAMES if LONG else OWN
    return [world for name in plans for world in sorted(_worlds_of(name, 4 * many), key=_fullness)[:many]]


def _fullness(world: World) -> int:
    return -len(world.events)


def _worlds_of(name: str, many: int) -> list[World]:
    found: list[World] = []

    @given(worlds(name))
    @tried(many)
    def draw(world: World) -> None:
        found.append(world)

    draw()
    return found
