"""The disk: reading plans and tables, and writing outputs. Nobody else opens a file of the user's.

What a user can do wrong with files comes back as findings (G00xx), never as an exception.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import hashlib
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import attrs

from gridlang import resources, settings
from gridlang.diagnostics.codes import files as codes
from gridlang.diagnostics.codes import settings as settings_codes
from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.outputs import OutputFile, OutputStream
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
        folder = _resolved(Path(root))
        return cls(root, folder, _boundary_of(folder))

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        """The `.grid` files of a folder relative to the plan's (`""`, `"../house"`), by name; what is unreadable is a
        finding (G0001 to G0007) and the others are still there."""
        place, shown = _resolved(self._folder / folder), self._shown(folder)
        if blocked := self._blocked(folder, place, shown):
            return Outcome((), (blocked,))
        try:
            names = sorted(name for name in os.listdir(place) if name.endswith(SUFFIX) and not name.startswith("."))
        except OSError as error:
            return Outcome((), (_unreadable(shown, _reason(error)),))
        if not names:
            return Outcome((), (codes.EMPTY_FOLDER.at(None, path=shown),))
        read = [self._grid_file(place / name, f"{folder}/{name}" if folder else name) for name in names]
        problems = tuple(problem for outcome in read for problem in outcome.problems)
        return Outcome(tuple(outcome.value for outcome in read if outcome.value is not None), problems)

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        """The text of a file, as `file("messages/news.md")` in a declaration of that folder names it; a folder's texts
        stand in the folder itself."""
        home = _resolved(self._folder / folder)
        place, shown = _resolved(home / path), f"{folder}/{path}" if folder else path
        if not (home.is_relative_to(self._boundary) and place.is_relative_to(home)):
            return Outcome(None, (codes.LEAVES_WORKSPACE.at(None, path=shown),))
        return read_text(place, shown)

    def settings(self) -> Outcome[Settings]:
        """What the plan's `grid.toml` says (G09xx); a plan without one has the defaults."""
        place, shown = _resolved(self._folder / settings.NAME), self._shown(settings.NAME)
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
        target = _resolved(place)
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
        return Outcome(None, (_not_utf8(data, error.start, shown),))


def read_bytes(place: Path, shown: str) -> Outcome[bytes | None]:
    """The content of a file, or why there is none; a pipe or a device is no file."""
    try:
        if place.exists() and not place.is_file():
            return Outcome(None, (_no_file(place, shown),))
        return Outcome(place.read_bytes())
    except FileNotFoundError:
        return Outcome(None, (codes.MISSING_FILE.at(None, path=shown, near=_near(place)),))
    except (OSError, ValueError) as error:
        return Outcome(None, (_unreadable(shown, _reason(error)),))


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
        return Outcome((), (codes.MISSING_FILE.at(None, path=path, near=_near(path)),))
    found: list[Path] = []
    unreadable: list[Diagnostic] = []

    def told(error: OSError) -> None:
        unreadable.append(_unreadable(str(error.filename), _reason(error)))

    for folder, folders, names in os.walk(path, onerror=told):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in sorted(names) if name.endswith(SUFFIX) and not name.startswith(".")]
    return Outcome(tuple(found), tuple(unreadable))


# --- writing ---------------------------------------------------------------------------------------------------------


@attrs.frozen
class Written:
    """What became of the outputs: paths as in the outputs, in their order."""

    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    """What was written here before and is written no longer."""
    kept: tuple[str, ...] = ()
    """What would be removed, had somebody not changed it since."""


def inside(folder: Path, below: str) -> Outcome[Path]:
    """A folder of outputs that the plan in `folder` names itself; if a link leads elsewhere it is refused (G0910)."""
    place = folder / below
    if _resolved(place).is_relative_to(_resolved(folder)):
        return Outcome(place)
    return Outcome(place, (settings_codes.LEAVES_PLAN.at(None, path=place),))


Output: TypeAlias = OutputFile | OutputStream
Digests: TypeAlias = Mapping[str, str]
"""Of what was written, by its path."""


def write(folder: Path, outputs: Sequence[Output]) -> Outcome[Written]:
    """Put outputs into a folder: all are written beside their places first, then renamed, so that none is ever half
    there; a file that already has its content is not touched. Without room or right (G0008, G0009) nothing changes."""
    with contextlib.ExitStack() as hold:
        return _write(folder, outputs, hold)


def _write(
    folder: Path,
    outputs: Sequence[Output],
    hold: contextlib.ExitStack,
    listed: Callable[[Digests], Output] | None = None,
) -> Outcome[Written]:
    """As `write`; and the output that `listed` makes of the digests of the others. From the first change of a file on,
    a Ctrl-C waits for the end of `hold`."""
    beside: dict[str, Path] = {}
    digests: dict[str, str] = {}
    made: list[Path] = []

    def put(output: Output) -> None:
        place = _unlinked(folder, folder / _inside(output.path))
        made.extend(_missing_folders(place))
        temporary = beside[output.path] = _free_place(place, len(beside))
        digests[output.path] = _put(output, place, temporary)

    try:
        for output in outputs:
            put(output)
        if listed is not None:
            put(listed(digests))
        changed = [path for path, temporary in beside.items() if temporary.exists()]
        hold.enter_context(_to_the_end())
        for path in changed:
            os.replace(beside[path], folder / path)
    except OSError as error:
        return Outcome(Written(), (write_problem(folder, error),))
    finally:
        _remove(beside.values())
        _remove_empty(made)
    paths = [output.path for output in outputs]
    touched = tuple(path for path in paths if path in changed)
    return Outcome(Written(touched, tuple(path for path in paths if path not in touched)))


def _put(output: Output, place: Path, temporary: Path) -> str:
    """Write an output beside its place, unless it stands there already; gives its digest."""
    if isinstance(output, OutputFile):
        if not _has_content(place, output.content):
            temporary.write_bytes(output.content)
        return _digest(output.content)
    hashing = hashlib.sha256()
    with temporary.open("wb") as file:

        def sink(piece: bytes) -> None:
            hashing.update(piece)
            file.write(piece)

        output.write(sink)
    if place.is_file() and _digest_of(place) == hashing.hexdigest():
        temporary.unlink()
    return hashing.hexdigest()


_LINKED = "a link in it leads out of the folder of the outputs"


def replace_text(place: Path, text: str) -> Outcome[None]:
    """Put a text in the place of a file of the user's, whole or not at all; its rights, a link to it and a byte order
    mark stay. What has its content already is not touched."""
    target = _resolved(place)
    temporary = target.with_name(f".grid-{os.getpid()}-text.part")
    try:
        before = target.read_bytes()
        content = (codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b"") + text.encode("utf-8")
        if content == before:
            return Outcome(None)
        if not os.access(target, os.W_OK):
            return Outcome(None, (codes.NOT_REPLACED.at(None, path=place, reason=_REASONS[errno.EACCES]),))
        temporary.write_bytes(content)
        temporary.chmod(target.stat().st_mode & 0o7777)
        os.replace(temporary, target)
    except OSError as error:
        return Outcome(None, (codes.NOT_REPLACED.at(None, path=place, reason=_reason(error)),))
    finally:
        _remove([temporary])
    return Outcome(None)


WRITTEN = ".written"
"""The file that remembers what stands in a folder of outputs because a command wrote it."""
_WRITTEN_HEAD = "# What `grid` wrote into this folder, so that it can take away what it writes no longer.\n"


@attrs.frozen
class _Entry:
    """An output of `maker` and the digest of what was written."""

    digest: str
    maker: str
    path: str


def renew(folder: Path, made: Mapping[str, Sequence[Output]]) -> Outcome[Written]:
    """Put the outputs of each maker (a target, a run) into a folder, and take away what the same makers once wrote
    there and do not make any more. A file that somebody changed since stays, and is told once."""
    outputs = [output for each in made.values() for output in each]
    makers = {output.path: maker for maker, each in made.items() for output in each}
    before = _written_before(folder)
    stale = [entry for entry in before if entry.maker in made and entry.path not in makers]
    left = [entry for entry in before if entry.maker not in made and entry.path not in makers]

    def listed(digests: Digests) -> OutputFile:
        return _list_of((*(_Entry(digests[path], maker, path) for path, maker in makers.items()), *left))

    for place in {(folder / path).parent for path in makers}:
        _sweep_abandoned(place)
    with contextlib.ExitStack() as hold:
        written = _write(folder, outputs, hold, listed)
        if written.failed:
            return written
        removed, kept, problems = _take_away(folder, stale)
        return Outcome(attrs.evolve(written.value, removed=tuple(removed), kept=tuple(kept)), tuple(problems))


def _take_away(folder: Path, stale: Iterable[_Entry]) -> tuple[list[str], list[str], list[Diagnostic]]:
    """Remove files that still are what was written; those that are not; and what the disk did not allow."""
    removed: list[str] = []
    kept: list[str] = []
    problems: list[Diagnostic] = []
    for entry in stale:
        place = folder / entry.path
        if not place.resolve().is_relative_to(folder.resolve()) or not place.is_file():
            continue
        try:
            if _digest_of(place) != entry.digest:
                kept.append(entry.path)
                continue
            place.unlink()
            removed.append(entry.path)
        except OSError as error:
            problems.append(write_problem(folder, error))
        with contextlib.suppress(OSError):  # a folder in which something else stands stays
            if place.parent != folder:
                place.parent.rmdir()
    return removed, kept, problems


def _written_before(folder: Path) -> tuple[_Entry, ...]:
    """What the list of a folder says; a line that no command can have written is nothing."""
    text = read_text(folder / WRITTEN, WRITTEN).value or ""
    lines = (line.split(" ", 2) for line in text.splitlines() if not line.startswith("#"))
    entries = (_Entry(*line) for line in lines if len(line) == 3)
    return tuple(entry for entry in entries if not os.path.isabs(entry.path) and ".." not in entry.path.split("/"))


def _list_of(entries: Iterable[_Entry]) -> OutputFile:
    lines = sorted((entry.path, f"{entry.digest} {entry.maker} {entry.path}\n") for entry in entries)
    return OutputFile(WRITTEN, (_WRITTEN_HEAD + "".join(line for _, line in lines)).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _inside(path: str) -> str:
    """The path itself; an output that would leave its folder is a mistake of the target that made it."""
    if os.path.isabs(path) or ".." in path.split("/"):
        raise ValueError(f"an output would leave its folder: {path!r}")
    return path


def _unlinked(folder: Path, place: Path) -> Path:
    """The place itself; a folder in it that is a link out of the outputs may be a trap that came with the plan."""
    if _resolved(place.parent).is_relative_to(_resolved(folder)):
        return place
    raise OSError(errno.EPERM, _LINKED, str(place))


def _has_content(place: Path, content: bytes) -> bool:
    try:
        return place.stat().st_size == len(content) and place.read_bytes() == content
    except OSError:
        return False


def _free_place(place: Path, number: int) -> Path:
    """Where the content of `place` is written before it is renamed: beside it, since only there a rename is whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder of that name is in the way", str(place))
    return place.with_name(f".grid-{os.getpid()}-{number}.part")


def _remove(places: Iterable[Path]) -> None:
    for place in places:
        # What cannot be removed is a hidden `.part` file; the first trouble is the one that is told.
        with contextlib.suppress(OSError):
            place.unlink(missing_ok=True)


def _missing_folders(place: Path) -> list[Path]:
    """The folders above a place that are not there yet, the outermost first."""
    return [each for each in reversed(place.parents) if not each.exists()]


def _remove_empty(folders: Sequence[Path]) -> None:
    """Take away the folders that were made for nothing; one in which something stands stays."""
    for folder in reversed(folders):
        with contextlib.suppress(OSError):
            folder.rmdir()


@contextlib.contextmanager
def _to_the_end() -> Iterator[None]:
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


def _sweep_abandoned(folder: Path) -> None:
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


def write_problem(folder: Path, error: OSError) -> Diagnostic:
    """Why something could not be written into a folder."""
    if error.errno in _FULL:
        return codes.DISK_FULL.at(None, path=folder)
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return codes.OUTPUT_BLOCKED.at(None, path=folder, reason=write_reason(error))
    return codes.OUTPUT_BLOCKED.at(None, path=error.filename or folder, reason=write_reason(error))


def write_reason(error: OSError) -> str:
    """Why something could not be written, in words."""
    if error.errno in _FULL:
        return "no room left on the disk"
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return "a file of that name is in the way"
    if error.errno == errno.ENOENT:
        return "no folder can be made there"
    return _LINKED if error.strerror == _LINKED else _reason(error)


# --- small help ------------------------------------------------------------------------------------------------------

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REASONS: dict[int | None, str] = {
    errno.EACCES: "you have no right to",
    errno.EPERM: "you have no right to",
    errno.EROFS: "the disk is read-only",
    errno.ELOOP: "its links run in a circle",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EFBIG: "a file in it would be larger than you may write (`ulimit -f`)",
    errno.EISDIR: "a folder of that name is in the way",
}


def _resolved(path: Path) -> Path:
    """The path with its links followed; one that runs in a circle stays as it is, and reading it then tells."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return Path(os.path.abspath(path))


def _boundary_of(folder: Path) -> Path:
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), folder.parent)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return _REASONS.get(error.errno) or error.strerror or str(error)
    return str(error)


def _unreadable(shown: str, reason: str) -> Diagnostic:
    return codes.UNREADABLE.at(
        None, path=shown, reason=reason, way_out="see that the file exists and that you may read it"
    )


def _no_file(place: Path, shown: str) -> Diagnostic:
    """A folder, a pipe or a device stands where a file should."""
    if place.is_dir():
        return codes.UNREADABLE.at(None, path=shown, reason="it is a folder", way_out="name the file in it")
    return codes.UNREADABLE.at(None, path=shown, reason="it is not a file", way_out="name a file")


def _not_utf8(data: bytes, at: int, shown: str) -> Diagnostic:
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        guess = "UTF-16, which Windows calls Unicode"
    elif data.count(0) > 0:
        guess = "no text at all"
    else:
        guess = "Windows-1252 or ISO 8859-1"
    line = data.count(b"\n", 0, at) + 1
    return codes.NOT_UTF8.at(None, path=shown, line=line, byte=f"0x{data[at]:02X}", guess=guess)


def _near(place: Path) -> str:
    """`; did you mean …?` when a file of nearly that name stands there."""
    import difflib

    try:
        found = difflib.get_close_matches(place.name, os.listdir(place.parent), n=1, cutoff=0.75)
    except (OSError, ValueError):
        return ""
    return f"; did you mean `{found[0]}`?" if found else ""
