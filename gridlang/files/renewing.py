"""A folder of outputs made anew: what its makers once wrote there and make no more is taken away."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import attrs

from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.files.places import sweep_abandoned
from gridlang.files.reading import read_text
from gridlang.files.reasons import write_problem
from gridlang.files.writing import Digests, Output, Written, digest_of, write_listed
from gridlang.outputs import OutputFile

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
        sweep_abandoned(place)
    with contextlib.ExitStack() as hold:
        written = write_listed(folder, outputs, hold, listed)
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
            if digest_of(place) != entry.digest:
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
