"""Plans and tables, read: nothing outside what a plan may see of the disk."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable
from pathlib import Path

import attrs

from gridlang import resources, settings
from gridlang.diagnostics.codes import files as codes
from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.files.places import resolved
from gridlang.files.reasons import near, no_file, not_utf8, reason, unreadable
from gridlang.settings import Settings
from gridlang.source import Source

SUFFIX = ".grid"


@attrs.frozen
class Workspace:
    """What a plan may see of the disk: its folder, and with `use` the folders of its workspace.

    The workspace is the Git checkout around the plan, without Git the folder that holds the plan's folder. Links count
    as what they point to, so nothing outside is ever read.
    """

    root: str
    """The plan's folder, as the user named it."""
    _folder: Path = attrs.field(repr=False)
    _boundary: Path = attrs.field(repr=False)

    @classmethod
    def at(cls, root: str) -> Workspace:
        """The workspace of the plan in folder `root`; whether there is such a folder, `grid_files` tells."""
        folder = resolved(Path(root))
        return cls(root, folder, _boundary_of(folder))

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        """The `.grid` files of a folder relative to the plan's (`""`, `"../house"`), by name; what is unreadable is a
        finding (G0001 to G0007) and the others are still there."""
        place, shown = resolved(self._folder / folder), self._shown(folder)
        if blocked := self._blocked(folder, place, shown):
            return Outcome((), (blocked,))
        try:
            names = sorted(name for name in os.listdir(place) if name.endswith(SUFFIX) and not name.startswith("."))
        except OSError as error:
            return Outcome((), (unreadable(shown, reason(error)),))
        if not names:
            return Outcome((), (codes.EMPTY_FOLDER.at(None, path=shown),))
        read = [self._grid_file(place / name, f"{folder}/{name}" if folder else name) for name in names]
        problems = tuple(problem for outcome in read for problem in outcome.problems)
        return Outcome(tuple(outcome.value for outcome in read if outcome.value is not None), problems)

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        """The text of a file, as `file("messages/news.md")` in a declaration of that folder names it; a folder's texts
        stand in the folder itself."""
        home = resolved(self._folder / folder)
        place, shown = resolved(home / path), f"{folder}/{path}" if folder else path
        if not (home.is_relative_to(self._boundary) and place.is_relative_to(home)):
            return Outcome(None, (codes.LEAVES_WORKSPACE.at(None, path=shown),))
        return read_text(place, shown)

    def settings(self) -> Outcome[Settings]:
        """What the plan's `grid.toml` says (G09xx); a plan without one has the defaults."""
        place, shown = resolved(self._folder / settings.NAME), self._shown(settings.NAME)
        if not place.is_relative_to(self._boundary):
            return Outcome(Settings(), (codes.LEAVES_WORKSPACE.at(None, path=shown),))
        if not os.path.lexists(self._folder / settings.NAME):
            return Outcome(Settings())
        text = read_text(place, shown)
        return (
            Outcome(Settings(), text.problems)
            if text.value is None
            else settings.read(Source(settings.NAME, text.value))
        )

    def library(self) -> tuple[Source, ...]:
        """The library's files, `std/…`; they come with the program, not with the plan."""
        return resources.library()

    def _blocked(self, folder: str, place: Path, shown: str) -> Diagnostic | None:
        """Why a folder is not for this plan to read, if it is not."""
        if os.path.isabs(folder) or not place.is_relative_to(self._boundary):
            return codes.LEAVES_WORKSPACE.at(None, path=shown)
        if place.is_dir():
            return None
        if place.exists():
            return codes.NOT_A_FOLDER.at(None, path=shown, folder=os.path.dirname(shown) or ".")
        return codes.MISSING_FOLDER.at(None, path=shown)

    def _grid_file(self, place: Path, path: str) -> Outcome[Source | None]:
        target = resolved(place)
        if not target.is_relative_to(self._boundary):
            return Outcome(None, (codes.LEAVES_WORKSPACE.at(None, path=path),))
        if target.is_dir():
            return Outcome(None, (codes.FOLDER_AS_FILE.at(None, path=path),))
        read = read_text(target, path)
        return Outcome(None if read.value is None else Source(path, read.value), read.problems)

    def _shown(self, folder: str) -> str:
        return os.path.normpath(os.path.join(self.root, folder)) if folder else self.root


def read_text(place: Path, shown: str) -> Outcome[str | None]:
    """The text of a UTF-8 file without its byte order mark, line ends as written; messages name it as `shown`."""
    read = read_bytes(place, shown)
    if read.value is None:
        return Outcome(None, read.problems)
    return decoded(read.value.removeprefix(codecs.BOM_UTF8), shown)


def decoded(data: bytes, shown: str) -> Outcome[str | None]:
    """The text in these bytes, if they are UTF-8."""
    try:
        return Outcome(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return Outcome(None, (not_utf8(data, error.start, shown),))


def read_bytes(place: Path, shown: str) -> Outcome[bytes | None]:
    """The content of a file, or why there is none; a pipe or a device is no file."""
    try:
        if place.exists() and not place.is_file():
            return Outcome(None, (no_file(place, shown),))
        return Outcome(place.read_bytes())
    except FileNotFoundError:
        return Outcome(None, (codes.MISSING_FILE.at(None, path=shown, near=near(place)),))
    except (OSError, ValueError) as error:
        return Outcome(None, (unreadable(shown, reason(error)),))


def listed(folder: Path) -> tuple[Path, ...]:
    """The files that stand in a folder, by name."""
    return tuple(sorted(place for place in folder.iterdir() if place.is_file()))


def tables_beside(folder: Path, stem: str, suffixes: Iterable[str]) -> tuple[Path, ...]:
    """The files `stem.*` of a folder whose ending is one of `suffixes`, in the order of the suffixes."""
    return tuple(found for suffix in suffixes if (found := folder / f"{stem}{suffix}").is_file())


def grid_places(path: Path) -> Outcome[tuple[Path, ...]]:
    """The `.grid` file at a path, or all in a folder and those below it, by name; hidden folders are left alone."""
    if path.is_file():
        return Outcome((path,))
    if not path.is_dir():
        return Outcome((), (codes.MISSING_FILE.at(None, path=path, near=near(path)),))
    found: list[Path] = []
    problems: list[Diagnostic] = []

    def told(error: OSError) -> None:
        problems.append(unreadable(str(error.filename), reason(error)))

    for folder, folders, names in os.walk(path, onerror=told):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in sorted(names) if name.endswith(SUFFIX) and not name.startswith(".")]
    return Outcome(tuple(found), tuple(problems))


def _boundary_of(folder: Path) -> Path:
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder.parent)
