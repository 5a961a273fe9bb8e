"""Doing something again whenever a file of the plan changes: what was read is looked at every moment.

Asking the disk is slower than being told by it, and works on every disk: shared folders and containers tell nothing.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from pathlib import Path

import attrs

from gridlang.diagnostics.model import Outcome
from gridlang.files import SUFFIX, Workspace
from gridlang.settings import NAME, Settings
from gridlang.source import Source

EVERY = 0.3
"""Seconds between two looks."""

State = dict[str, tuple[int, int, int] | None]
"""For each file its time, size and number; None when it is not there."""


@attrs.define(eq=False)
class Seen:
    """A workspace that remembers what was asked of it, and how it stood on the disk just before it was read."""

    there: Workspace
    before: State = attrs.field(factory=dict)
    folders: set[Path] = attrs.field(factory=set)
    files: set[Path] = attrs.field(factory=set)

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        place = Path(self.there.root, folder)
        self.folders.add(place)
        self.before = _of_folder(place) | self.before
        return self.there.grid_files(folder)

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        self._file(Path(self.there.root, folder, path))
        return self.there.text(path, folder)

    def settings(self) -> Outcome[Settings]:
        self._file(Path(self.there.root, NAME))
        return self.there.settings()

    def library(self) -> tuple[Source, ...]:
        return self.there.library()

    def _file(self, place: Path) -> None:
        self.files.add(place)
        self.before.setdefault(str(place), _stamp(place))

    def now(self) -> State:
        """How everything that was asked for stands on the disk, new files of the folders included."""
        found = {str(place): _stamp(place) for place in self.files}
        for folder in self.folders:
            found |= _of_folder(folder)
        return found


def _of_folder(folder: Path) -> State:
    try:
        places = [Path(entry.path) for entry in os.scandir(folder) if entry.name.endswith(SUFFIX)]
    except OSError:
        places = []
    return {str(place): _stamp(place) for place in (folder, *places)}


def _stamp(place: Path) -> tuple[int, int, int] | None:
    try:
        known = place.stat()
    except OSError:
        return None
    # The time of a folder changes with every file in it, also with those that are nobody's business.
    return (0, 0, known.st_ino) if place.is_dir() else (known.st_mtime_ns, known.st_size, known.st_ino)


def again_and_again(root: str, act: Callable[[Seen], None]) -> None:
    """Act now, and whenever something has changed of what was read; until the user interrupts."""
    while True:
        gc.unfreeze()  # what an earlier compilation has left is rubbish now
        gc.collect()
        seen = Seen(Workspace.at(root))
        act(seen)
        while (now := seen.now()) == seen.before:
            time.sleep(EVERY)
        while (later := seen.now()) != now:  # an editor that writes several files is let finish
            now = later
            time.sleep(EVERY / 3)
