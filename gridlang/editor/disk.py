"""Where the editor's texts and the disk meet: addresses of files, and what a plan sees, open texts over files.

The only place of the editor that looks at files. It reads what `files.Workspace` allows: the plan's folder and those it
imports inside its workspace; opening a plan runs nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

import attrs
from pygls.uris import to_fs_path

from gridlang import resources, settings
from gridlang.diagnostics import Outcome
from gridlang.files import SUFFIX, Workspace, read_text
from gridlang.settings import Settings
from gridlang.source import Source

_USE = re.compile(r'^[ \t]*use[ \t]*"', re.MULTILINE)
MOST_FILES = 2_000
"""How many files are looked at in such a search."""
MOST_FOLDERS = 200
"""How many folders beside a plan's own are looked at for plans that import it."""


def path_of(uri: str) -> str | None:
    """The absolute path that a `file:` address means, links of its folder followed; None for any other address."""
    if not uri.startswith("file:"):
        return None
    try:
        path = to_fs_path(uri)
    except ValueError:
        return None
    if not path or "\0" in path or not os.path.isabs(path):
        return None
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))


def folder_of(path: str) -> str:
    """The folder that a file stands in."""
    return os.path.dirname(path)


def stands_under(path: str, folder: str) -> bool:
    """Whether a file stands in a folder, or in one of its folders."""
    return path.startswith(folder + os.sep)


def uri_of(path: str) -> str:
    """The address of an absolute path."""
    return Path(path).as_uri()


def in_library(path: str) -> bool:
    """Whether an absolute path is of a file of the library."""
    return Path(path).is_relative_to(resources.library_place("std/"))


@attrs.define(eq=False)
class PlanFiles:
    """What a plan sees: `gridlang.semantics.workspace.Workspace` with the open texts over the disk.

    `open` are the texts by absolute path. A file read once counts until `forget`; a source whose text is as before is
    the same object, so that nobody has to read it again.
    """

    folder: str
    open: Mapping[str, str]
    _disk: Workspace = attrs.field(init=False)
    _folders: dict[str, Outcome[tuple[Source, ...]]] = attrs.field(factory=dict)
    _texts: dict[tuple[str, str], Outcome[str | None]] = attrs.field(factory=dict)
    _sources: dict[str, Source] = attrs.field(factory=dict)
    _settings: Outcome[Settings] | None = None
    _places: dict[str, str] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._disk = Workspace.at(self.folder)

    def forget(self) -> None:
        """Look at the disk anew."""
        self._folders.clear()
        self._texts.clear()
        self._settings = None

    def place(self, path: str) -> str:
        """The absolute path of a source's path (`plan.grid`, `../house/brand.grid`, `std/roles.grid`)."""
        if path not in self._places:
            self._places[path] = self._place(path)
        return self._places[path]

    def _place(self, path: str) -> str:
        if path.startswith("std/") and path not in self._sources:
            return str(resources.library_place(path))
        return os.path.normpath(os.path.join(self.folder, path))

    def uri(self, path: str) -> str:
        """The address of a source's path."""
        return uri_of(self.place(path))

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        if folder not in self._folders:
            self._folders[folder] = self._disk.grid_files(folder)
        read = self._folders[folder]
        found = {source.path: source.text for source in read.value}
        home = self.place(folder)
        for path, text in self.open.items():
            if os.path.dirname(path) == home and path.endswith(SUFFIX):
                name = os.path.basename(path)
                found[f"{folder}/{name}" if folder else name] = text
        unread = () if found and not read.value else read.problems
        return Outcome(tuple(self._source(path, found[path]) for path in sorted(found)), unread)

    def _source(self, path: str, text: str) -> Source:
        known = self._sources.get(path)
        if known is None or known.text != text:
            known = self._sources[path] = Source(path, text)
        return known

    def settings(self) -> Outcome[Settings]:
        """What the plan's `grid.toml` says, as it stands in the editor or on the disk."""
        written = self.open.get(self.place(settings.NAME))
        if written is not None:
            return settings.read(Source(settings.NAME, written))
        if self._settings is None:
            self._settings = self._disk.settings()
        return self._settings

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        key = (folder, path)
        if key not in self._texts:
            self._texts[key] = self._disk.text(path, folder)
        read = self._texts[key]
        place = self.text_place(path, folder)
        if place in self.open and read.value is not None:
            return Outcome(self.open[place])
        return read

    def text_place(self, path: str, folder: str = "") -> str:
        """The absolute path of a text that a declaration in `folder` names."""
        return self.place(f"{folder}/{path}" if folder else path)

    def texts_beside(self, folder: str, ending: str = "") -> tuple[str, ...]:
        """The files under a folder that `file("…")` may name, relative to it; no `.grid` files, nothing hidden."""
        home = Path(self.place(folder))
        found = []
        for place in _walk(home, 3):
            name = place.relative_to(home).as_posix()
            if not name.endswith(SUFFIX) and name.endswith(ending):
                found.append(name)
        return tuple(sorted(found))

    def library(self) -> tuple[Source, ...]:
        return self._disk.library()


@attrs.define(eq=False)
class LooseText:
    """A text that stands in no folder (a new one that was never saved): it sees itself and the library."""

    open: Mapping[str, str]
    key: str
    _source: Source | None = None

    def forget(self) -> None:
        """There is nothing to look at anew."""

    def uri(self, path: str) -> str:
        return uri_of(self.place(path)) if path.startswith("std/") else self.key

    def place(self, path: str) -> str:
        return str(resources.library_place(path)) if path.startswith("std/") else self.key

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        text = self.open.get(self.key, "")
        if self._source is None or self._source.text != text:
            self._source = Source("untitled.grid", text)
        return Outcome((self._source,) if not folder else ())

    def settings(self) -> Outcome[Settings]:
        return Outcome(Settings())

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        return Outcome("")

    def texts_beside(self, folder: str, ending: str = "") -> tuple[str, ...]:
        return ()

    def library(self) -> tuple[Source, ...]:
        return resources.library()


def _walk(home: Path, deep: int) -> Iterator[Path]:
    """The files under a folder that do not begin with a dot, links not followed, at most so deep and so many."""
    return islice(_walked(home, deep), MOST_FILES)


def _walked(home: Path, deep: int) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(home), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
        elif deep > 1 and entry.is_dir(follow_symlinks=False):
            yield from _walked(Path(entry.path), deep - 1)


def importing_near(folder: str) -> tuple[str, ...]:
    """The folders beside a folder, or in one beside it, whose `.grid` files say `use`: plans that may import it."""
    found: list[str] = []
    seen: set[str] = {folder}
    for place in _walk(Path(folder).parent, 3):
        home = str(place.parent)
        if not place.name.endswith(SUFFIX) or home in found:
            continue
        seen.add(home)
        if len(seen) > MOST_FOLDERS:
            break
        if home != folder and _USE.search(read_text(place, place.name).value or ""):
            found.append(home)
    return tuple(found)


def table_beside(folder: str, name: str) -> bytes | None:
    """The content of a table that stands in a plan's folder itself; None when there is none, or it leads elsewhere."""
    place = Path(folder) / name
    try:
        return place.read_bytes() if place.is_file() and place.resolve().parent == Path(folder) else None
    except OSError:
        return None
