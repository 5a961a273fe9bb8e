"""The folder of a state on the disk: held by one run at a time, whole whatever happens, and read by anybody.

What is written is named by its content and never changed; `manifest.json` says what of it holds, and is replaced in one
move, after everything that it names. So a run that is killed leaves the state of before, or its own, and what it wrote
in vain is taken away by the next. `published` says for which manifests the outputs have been put in their folder: they
are written after the manifest, and a run that finds that they were not tells them again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from gridlang import files
from gridlang.diagnostics.codes import state as codes
from gridlang.diagnostics.model import Diagnostic, Outcome

if TYPE_CHECKING:
    from gridlang.runtime.state.manifest import FileEntry, Manifest, Packed

MANIFEST, BEFORE, PUBLISHED, LOCK = "manifest.json", "manifest.before.json", "published", "lock"
_OWN = {MANIFEST, BEFORE, PUBLISHED, LOCK, "data"}
_PART = ".part"


@attrs.frozen
class Store:
    """The folder of a state, as the user named it."""

    folder: Path

    @contextlib.contextmanager
    def held(self) -> Iterator[Diagnostic | None]:
        """Nobody else runs on the state while the block lasts; or the finding that somebody does.

        The system holds the lock for the process: when that is gone, however it went, so is the lock.
        """
        import filelock

        if not (self.folder / MANIFEST).exists() and self._others():
            yield codes.NOT_A_STATE.at(None, path=self.folder)
            return
        lock = filelock.FileLock(self.folder / LOCK)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except filelock.Timeout:
            yield codes.STATE_IN_USE.at(None, path=self.folder)
            return
        except OSError as error:
            yield self._not_written(error)
            return
        try:
            yield None
        finally:
            lock.release()

    def read(self) -> Outcome[Manifest | None]:
        """The manifest; None without a finding where there is no state yet."""
        from gridlang.runtime.state import manifest

        place = self.folder / MANIFEST
        if not place.exists():
            return Outcome(None)
        try:
            return manifest.from_bytes(place.read_bytes(), str(place))
        except OSError as error:
            return Outcome(None, (manifest.damaged(str(place), error.strerror or str(error)),))

    def _others(self) -> list[str]:
        """What a state does not have in its folder; of its own files there are some before there is a manifest."""
        if not self.folder.is_dir():
            return [] if not self.folder.exists() else [self.folder.name]
        return [name for name in os.listdir(self.folder) if name not in _OWN and not name.endswith(_PART)]

    def content(self, entry: FileEntry) -> Outcome[bytes | None]:
        """What stands in a file of the state; one that is not as it was written is a finding."""
        from gridlang.runtime.state import manifest

        place = self.folder / manifest.DATA / entry.name
        try:
            packed = place.read_bytes()
        except OSError as error:
            return Outcome(None, (manifest.damaged(str(place), error.strerror or str(error)),))
        return manifest.unpack(packed, entry, str(place))

    def write(self, made: Manifest, packed: Iterable[Packed]) -> Diagnostic | None:
        """Make this the state. Nothing has changed when a finding comes back."""
        from gridlang.runtime.state import manifest

        content, place = manifest.to_bytes(made), self.folder / MANIFEST
        data = self.folder / manifest.DATA
        try:
            data.mkdir(exist_ok=True)
            for file in packed:
                self._put(data / file.entry.name, file.content)
            _settle(data)
            if not files.has_content(place, content):
                if place.exists():
                    self._put(self.folder / BEFORE, place.read_bytes())
                self._put(place, content)
                _settle(self.folder)
        except OSError as error:
            self.tidy()  # a disk that is full is not made fuller
            return self._not_written(error)
        return None

    def _not_written(self, error: OSError) -> Diagnostic:
        return codes.STATE_NOT_WRITTEN.at(None, path=self.folder, reason=files.write_reason(error))

    def _put(self, place: Path, content: bytes) -> None:
        """A whole file in one move."""
        if files.has_content(place, content):
            return
        part = place.with_name(place.name + _PART)
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, place)

    @property
    def is_published(self) -> bool:
        """Whether the outputs of the run that made this state are where they belong."""
        return self._mark() in self._marks()

    def _marks(self) -> list[str]:
        """The manifests whose outputs were put in their folder: the last two, since one may go back to the first."""
        try:
            return (self.folder / PUBLISHED).read_text("ascii").split()
        except (OSError, UnicodeDecodeError):
            return []

    def publish(self) -> Diagnostic | None:
        """The outputs are where they belong."""
        mark, marks = self._mark(), self._marks()
        kept = marks if mark in marks else [*marks[-1:], mark]
        try:
            self._put(self.folder / PUBLISHED, "".join(f"{each}\n" for each in kept).encode())
        except OSError as error:
            return self._not_written(error)
        return None

    def _mark(self) -> str:
        return hashlib.sha256((self.folder / MANIFEST).read_bytes()).hexdigest()

    def tidy(self) -> None:
        """Take away what no manifest names, of this state or the one before."""
        from gridlang.runtime.state import manifest

        named: set[str] = set()
        for name in (MANIFEST, BEFORE):
            with contextlib.suppress(OSError):
                read = manifest.from_bytes((self.folder / name).read_bytes(), name)
                if read.value is not None:
                    named |= {file.name for file in read.value.files}
        stale = [place for place in self._listed(self.folder / manifest.DATA) if place.name not in named]
        stale += [place for place in self._listed(self.folder) if place.name.endswith(_PART)]
        for place in stale:
            with contextlib.suppress(OSError):
                place.unlink()

    @staticmethod
    def _listed(folder: Path) -> list[Path]:
        return [place for place in folder.iterdir() if place.is_file()] if folder.is_dir() else []


def _settle(folder: Path) -> None:
    """Let the disk know of new names before anything relies on them; where folders cannot be asked, it does itself."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
