"""Runs of `grid` that are killed (signal 9) at a moment of somebody's choice, on the disk or in time.

The process is forked, so that what is imported is there already: a run begins at once, and a kill meets its work.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

_LATE = (
    "cli.commands.run",
    "cli.continued",
    "cli.given",
    "cli.progress",
    "cli.settings",
    "cli.tables",
    "compiler",
    "manual",
    "runtime.summary",
    "schedule.converter",
    "schedule.references",
)
for _name in _LATE:  # what a run imports late, so that every child has it from the beginning
    importlib.import_module(f"gridlang.{_name}")

KILLED = -signal.SIGKILL
_DISK = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}
"""What of the disk an audit hook is told of; beside these, every `fsync` is a moment."""


def run(
    arguments: list[str], *, step: int | None = None, seconds: float | None = None, counted: Path | None = None
) -> int:
    """Run `grid` and give its exit code; killed before the disk's moment `step` (from 1), or after some seconds.

    `counted`: a file for the number of the disk's moments.
    """
    child = os.fork()
    if child == 0:
        _live(arguments, step, counted)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _live(arguments: list[str], step: int | None, counted: Path | None) -> None:
    """The child's whole life."""
    code, moments = 70, [0]
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        _count(step, moments)
        from gridlang.cli.root import grid

        grid.main(arguments, standalone_mode=False)
        code = 0
        if counted is not None:
            counted.write_text(str(moments[0]), "ascii")
    except BaseException as error:
        code = getattr(error, "exit_code", None) or getattr(error, "code", None) or 1
    finally:
        os._exit(code if isinstance(code, int) else 1)


def _count(step: int | None, moments: list[int]) -> None:
    """Count how often the disk is touched, and kill this process before the time `step`."""

    def touched(fsync: Callable[[int], None] | None = None, handle: int = 0) -> None:
        moments[0] += 1
        if moments[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)
        if fsync is not None:
            fsync(handle)

    def hook(event: str, details: tuple[object, ...]) -> None:
        if event in _DISK and (event != "open" or _writes(details)):
            touched()

    settle = os.fsync
    os.fsync = lambda handle: touched(settle, handle)  # type: ignore[assignment, arg-type]
    sys.addaudithook(hook)


def _writes(details: tuple[object, ...]) -> bool:
    """Whether a file is opened for writing."""
    _, mode, flags = details[:3]
    return any(letter in str(mode or "") for letter in "wax+") or bool(
        isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but locks, by its path."""
    return {
        place.relative_to(folder).as_posix(): place.read_bytes()
        for place in sorted(folder.rglob("*"))
        if place.is_file() and place.name != "lock"
    }
