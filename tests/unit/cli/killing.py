"""Runs of `grid` that are killed (signal 9) at a moment of somebody's choice: on the disk, in time, or within a file.

The process is forked from this one, in which a run has been before (`warm`): what was imported is there, and so is what
is worked out without touching the disk, the plan, the rows that were read, the page of the same figures. A run begins
at once, and a kill meets its work.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn
from unittest import mock

from gridlang import cli

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


def _remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    known: list[tuple[tuple[Any, ...], Any]] = []

    def remembered(*given: Any) -> Any:
        for before, value in known:
            if before == given:
                return value
        value = function(*given)
        known.append((given, value))
        return value

    return remembered


@contextlib.contextmanager
def remembering() -> Iterator[None]:
    """While the block lasts, the plan, its rows and the page are worked out once for the same arguments."""
    with contextlib.ExitStack() as stack:
        for module, name in (
            ("gridlang.cli.plan", "load"),
            ("gridlang.runtime.inputs", "read"),
            ("gridlang.run_page", "file"),
        ):
            holder = importlib.import_module(module)
            stack.enter_context(mock.patch.object(holder, name, _remembered(getattr(holder, name))))
        yield


KILLED = -signal.SIGKILL
TORN = -signal.SIGXFSZ
_DISK = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}
"""What of the disk an audit hook is told of; beside these, every `fsync` is a moment."""


def warm(arguments: list[str]) -> None:
    """Run `grid` to its end in this process: what it remembers, its children have from the beginning."""
    from gridlang.cli.root import grid

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as told:
        code = grid.main(arguments, standalone_mode=False)
    assert not code, told.getvalue()


def run(
    arguments: list[str],
    *,
    step: int | None = None,
    seconds: float | None = None,
    torn: int | None = None,
    room: int | None = None,
    counted: Path | None = None,
    by: signal.Signals = signal.SIGKILL,
) -> int:
    """Run `grid` and give its exit code; ended by the signal before the disk's moment `step` (from 1), or killed after
    some seconds, or when `torn` bytes of a file are written and more are to come.

    `counted`: a file for the number of the disk's moments.
    """
    child = os.fork()
    if child == 0:
        _live(arguments, step, torn, room, counted, by)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _live(
    arguments: list[str],
    step: int | None,
    torn: int | None,
    room: int | None,
    counted: Path | None,
    by: signal.Signals,
) -> NoReturn:
    """The child's whole life."""
    code, moments = 70, [0]
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        if torn is not None:
            _tear(torn)
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        _count(step, moments, by)
        sys.argv = ["grid", *arguments]
        code = cli._guarded()
        if counted is not None:
            counted.write_text(str(moments[0]), "ascii")
    finally:
        os._exit(code)


def _tear(size: int) -> None:
    """No file may grow beyond so many bytes: the system writes that much of it, then ends this process."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _count(step: int | None, moments: list[int], by: signal.Signals) -> None:
    """Count how often the disk is touched, and send this process a signal before the time `step`."""

    def touched(fsync: Callable[[int], None] | None = None, handle: int = 0) -> None:
        moments[0] += 1
        if moments[0] == step:
            os.kill(os.getpid(), by)
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
