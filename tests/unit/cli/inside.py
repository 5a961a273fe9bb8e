"""The command `grid` within this process: the same words and exit code as from a shell, without its start."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from pathlib import Path
from unittest import mock

from gridlang import cli


def grid(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `grid` and wait for it; nobody sits at its streams."""
    words = ["grid", *map(str, arguments)]
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.object(sys, "argv", words), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli._guarded()
    return subprocess.CompletedProcess(words, code, out.getvalue(), err.getvalue())
