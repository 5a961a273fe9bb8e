"""The command `grid` as a shell calls it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

GRID = str(Path(sys.executable).parent / "grid")


def grid(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `grid` and wait for it; nobody sits at its streams."""
    return subprocess.run(
        [GRID, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def clean(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether nothing of Python's own was shown to the user."""
    return "Traceback" not in done.stderr + done.stdout and "mistake in gridlang" not in done.stderr
