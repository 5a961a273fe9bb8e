"""Outputs, and texts of the user's: written whole or not at all."""

from __future__ import annotations

import codecs
import contextlib
import errno
import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import attrs

from gridlang.diagnostics.codes import files as codes
from gridlang.diagnostics.codes import settings as settings_codes
from gridlang.diagnostics.model import Outcome
from gridlang.files.places import free_place, missing_folders, remove, remove_empty, resolved, to_the_end
from gridlang.files.reasons import LINKED, REASONS, reason, write_problem
from gridlang.outputs import OutputFile, OutputStream


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
    if resolved(place).is_relative_to(resolved(folder)):
        return Outcome(place)
    return Outcome(place, (settings_codes.LEAVES_PLAN.at(None, path=place),))


Output: TypeAlias = OutputFile | OutputStream
Digests: TypeAlias = Mapping[str, str]
"""Of what was written, by its path."""


def write(folder: Path, outputs: Sequence[Output]) -> Outcome[Written]:
    """Put outputs into a folder: all are written beside their places first, then renamed, so that none is ever half
    there; a file that already has its content is not touched. Without room or right (G0008, G0009) nothing changes."""
    with contextlib.ExitStack() as hold:
        return write_listed(folder, outputs, hold)


def write_listed(
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
        made.extend(missing_folders(place))
        temporary = beside[output.path] = free_place(place, len(beside))
        digests[output.path] = _put(output, place, temporary)

    try:
        for output in outputs:
            put(output)
        if listed is not None:
            put(listed(digests))
        changed = [path for path, temporary in beside.items() if temporary.exists()]
        hold.enter_context(to_the_end())
        for path in changed:
            os.replace(beside[path], folder / path)
    except OSError as error:
        return Outcome(Written(), (write_problem(folder, error),))
    finally:
        remove(beside.values())
        remove_empty(made)
    paths = [output.path for output in outputs]
    touched = tuple(path for path in paths if path in changed)
    return Outcome(Written(touched, tuple(path for path in paths if path not in touched)))


def _put(output: Output, place: Path, temporary: Path) -> str:
    """Write an output beside its place, unless it stands there already; gives its digest."""
    if isinstance(output, OutputFile):
        if not has_content(place, output.content):
            temporary.write_bytes(output.content)
        return _digest(output.content)
    hashing = hashlib.sha256()
    with temporary.open("wb") as file:

        def sink(piece: bytes) -> None:
            hashing.update(piece)
            file.write(piece)

        output.write(sink)
    if place.is_file() and digest_of(place) == hashing.hexdigest():
        temporary.unlink()
    return hashing.hexdigest()


def _inside(path: str) -> str:
    """The path itself; an output that would leave its folder is a mistake of the target that made it."""
    if os.path.isabs(path) or ".." in path.split("/"):
        raise ValueError(f"an output would leave its folder: {path!r}")
    return path


def _unlinked(folder: Path, place: Path) -> Path:
    """The place itself; a folder in it that is a link out of the outputs may be a trap that came with the plan."""
    if resolved(place.parent).is_relative_to(resolved(folder)):
        return place
    raise OSError(errno.EPERM, LINKED, str(place))


def has_content(place: Path, content: bytes) -> bool:
    """Whether a file stands there and has exactly this content."""
    try:
        return place.stat().st_size == len(content) and place.read_bytes() == content
    except OSError:
        return False


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest_of(place: Path) -> str:
    """SHA-256 of what stands there, in hex digits."""
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_text(place: Path, text: str) -> Outcome[None]:
    """Put a text in the place of a file of the user's, whole or not at all; its rights, a link to it and a byte order
    mark stay. What has its content already is not touched."""
    target = resolved(place)
    temporary = target.with_name(f".grid-{os.getpid()}-text.part")
    try:
        before = target.read_bytes()
        content = (codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b"") + text.encode("utf-8")
        if content == before:
            return Outcome(None)
        if not os.access(target, os.W_OK):
            return Outcome(None, (codes.NOT_REPLACED.at(None, path=place, reason=REASONS[errno.EACCES]),))
        temporary.write_bytes(content)
        temporary.chmod(target.stat().st_mode & 0o7777)
        os.replace(temporary, target)
    except OSError as error:
        return Outcome(None, (codes.NOT_REPLACED.at(None, path=place, reason=reason(error)),))
    finally:
        remove([temporary])
    return Outcome(None)
