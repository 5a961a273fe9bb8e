"""What a person at a terminal sees, and what a pipe does not."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from pathlib import Path

from tests.unit.cli.shell import GRID


def at_a_terminal(*arguments: str | Path, environment: dict[str, str] | None = None) -> tuple[int, str]:
    """Run `grid` with a terminal at its streams; the exit code and everything that was shown."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm-256color", **(environment or {})}
    process = subprocess.Popen([GRID, *map(str, arguments)], stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    shown = b""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                shown += os.read(ours, 65536)
            except OSError:
                break
        elif process.poll() is not None:
            break
    os.close(ours)
    return process.wait(30), shown.decode("utf-8", "replace")


def test_findings_have_colours_unless_told_otherwise(broken: Path) -> None:
    code, shown = at_a_terminal("check", broken)
    assert code == 1
    assert "\x1b[" in shown
    code, shown = at_a_terminal("check", broken, environment={"NO_COLOR": "1"})
    assert code == 1
    assert "emial" in shown
    assert "\x1b[" not in shown


def test_a_run_shows_that_it_works(plan: Path) -> None:
    code, shown = at_a_terminal("run", plan)
    assert code == 0, shown
    assert "Running" in shown
    assert "Campaigns" in shown


def test_an_interrupt_leaves_nothing_half_done(plan: Path) -> None:
    rows = ["contact,at,event"]
    rows += [f"p{1 + 2 * (n % 3)},2027-03-{1 + n % 28:02} 10:{n % 60:02},visited" for n in range(200_000)]
    (plan / "events.csv").write_text("\n".join(rows) + "\n")
    process = subprocess.Popen([GRID, "run", plan], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, shown = process.communicate(timeout=60)
    assert process.returncode == 130, shown
    assert "Stopped" in shown
    assert "Traceback" not in shown
    assert not (plan / "out").exists()
