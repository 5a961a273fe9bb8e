"""Places beside those that are written: where contents stand until all of them can be put in their places at once."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path


def resolved(path: Path) -> Path:
    """The path with its links followed; one that runs in a circle stays as it is, and reading it then tells."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return Path(os.path.abspath(path))


def free_place(place: Path, number: int) -> Path:
    """Where the content of `place` is written before it is renamed: beside it, since only there a rename is whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder of that name is in the way", str(place))
    return place.with_name(f".grid-{os.getpid()}-{number}.part")


def remove(places: Iterable[Path]) -> None:
    """Take away what was written beside its place and is not needed."""
    for place in places:
        # What cannot be removed is a hidden `.part` file; the first trouble is the one that is told.
        with contextlib.suppress(OSError):
            place.unlink(missing_ok=True)


def missing_folders(place: Path) -> list[Path]:
    """The folders above a place that are not there yet, the outermost first."""
    return [each for each in reversed(place.parents) if not each.exists()]


def remove_empty(folders: Sequence[Path]) -> None:
    """Take away the folders that were made for nothing; one in which something stands stays."""
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            folder.rmdir()


@contextlib.contextmanager
def to_the_end() -> Iterator[None]:
    """Somebody's Ctrl-C is heard after the block: files that belong together change together."""
    if threading.current_thread() is not threading.main_thread():  # which is the only one that hears it
        yield
        return
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)
        if heard:
            signal.raise_signal(signal.SIGINT)


def sweep_abandoned(folder: Path) -> None:
    """Take away what processes left half-written here that were killed."""
    for place in folder.glob(".grid-*.part") if folder.is_dir() else ():
        process = place.name.split("-")[1]
        if process.isdecimal() and not _lives(int(process)):
            with contextlib.suppress(OSError):
                place.unlink()


def _lives(process: int) -> bool:
    """Whether there is such a process, for all that one may know."""
    if os.name != "posix":  # elsewhere asking would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def sweep(folder: Path) -> None:
    """Take away the half-written files of a run that was killed; only whoever knows that it is alone may do so."""
    for place in folder.glob(".grid-*.part") if folder.is_dir() else ():
        with contextlib.suppress(OSError):
            place.unlink()
