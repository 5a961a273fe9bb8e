"""`grid check --watch`: what changes is seen, what does not is left alone, and Ctrl-C ends it."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.cli.shell import GRID, grid

WAIT = 60


class Watching:
    """A `grid check --watch` whose summaries are read as they come."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen([GRID, "check", "--watch", folder], stderr=subprocess.PIPE, text=True)
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.put(line.rstrip("\n"))

    def summary(self, wait: float = WAIT) -> str:
        """The last line of the next check."""
        while True:
            line = self.lines.get(timeout=wait)
            if line.startswith("plan: "):
                return line


@pytest.fixture
def watching(plan: Path) -> Iterator[Watching]:
    found = Watching(plan)
    yield found
    found.process.kill()
    found.process.wait(30)


def rewrite(place: Path, old: str, new: str) -> None:
    """As editors do: a new file in the place of the old."""
    text = place.read_text("utf-8")
    assert old in text
    beside = place.with_suffix(".part")
    beside.write_text(text.replace(old, new), "utf-8")
    os.replace(beside, place)


def test_every_kind_of_change_is_seen(plan: Path, watching: Watching) -> None:
    assert "error" not in watching.summary()
    rewrite(plan / "campaigns.grid", "send email try_one", "send emial try_one")
    assert "1 error" in watching.summary()
    rewrite(plan / "campaigns.grid", "send emial try_one", "send email try_one")
    assert "error" not in watching.summary()
    (plan / "more.grid").write_text('need spare "Spare"\n')
    assert "1 warning" in watching.summary()
    (plan / "grid.toml").write_text('[lint.rules]\nunused-declaration = "error"\n')
    assert "1 error" in watching.summary()
    (plan / "more.grid").unlink()
    assert "error" not in watching.summary()
    (text,) = list((plan / "messages").glob("news*"))
    text.write_text("{{ nobody }}")
    assert "error" in watching.summary()


def test_what_is_no_part_of_the_plan_is_left_alone_and_ctrl_c_ends_it(plan: Path, watching: Watching) -> None:
    watching.summary()
    (plan / "notes.txt").write_text("not of the plan")
    with pytest.raises(queue.Empty):
        watching.summary(1.5)
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(30) == 130


def test_only_a_folder_can_be_watched(plan: Path) -> None:
    done = grid("check", "--watch", plan / "plan.grid")
    assert done.returncode == 2
    assert "--watch" in done.stderr
