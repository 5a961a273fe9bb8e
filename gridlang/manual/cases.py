"""Cases: for each code a text that has the mistake, and the same text mended.

A case stands in `tests/cases`, where tests compile it, and is shown by `grid explain`:

    plan story { perod: 2027-01-04 .. 2027-12-31 }  #! G0202 "did you mean `period`"
    # mended
    plan story { period: 2027-01-04 .. 2027-12-31 }

`#! CODE "words"` at the end of a line says what is found there; `#! above` and `#! below` what is found in the lines
around (where no remark can stand), `#! nowhere` what has no place. A line `# file PATH` begins another file of the
case. A case stands beside the small plan of `preamble.grid`, or alone when its first line is `# alone`. What no text of
a plan can show (a missing folder, a damaged table) is told in a `.txt` file with the same two parts.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

import attrs

from gridlang import resources
from gridlang.diagnostics.codes.files import MISSING_FOLDER
from gridlang.diagnostics.model import Outcome
from gridlang.outputs import OutputFile
from gridlang.source import Source

MARK = re.compile(r'[ \t]*#! (?P<where>above |below |nowhere )?(?P<code>[GL]\d{4})(?P<words>(?: "(?:[^"\\]|\\.)*")*)')
MAIN = "case.grid"
PREAMBLE = "preamble.grid"
_MENDED = re.compile(r"^# mended\n", re.MULTILINE)
_FILE = re.compile(r"^# file (?P<path>\S+)\n", re.MULTILINE)
_ALONE = "# alone\n"
_HERE = "# A case, or an example of the manual, stands here"


@attrs.frozen
class Side:
    """The broken or the mended part of a case. `files` are path and text; the first is the one that is shown first."""

    files: tuple[tuple[str, str], ...]
    alone: bool

    @property
    def unmarked(self) -> Side:
        """The same without the remarks that say what is found."""
        return attrs.evolve(self, files=tuple((path, _unmarked(text)) for path, text in self.files))


@attrs.frozen
class Case:
    """`code` is the id it is about; `told` when it is told in words, and nothing can be compiled."""

    code: str
    stem: str
    broken: Side
    mended: Side | None
    told: bool = False


@attrs.frozen(eq=False)
class Folder:
    """A side as a workspace that can be compiled. A `file(…)` that the case does not hold greets politely."""

    sources: tuple[Source, ...]

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        found = tuple(source for source in self.sources if posixpath.dirname(source.path) == folder)
        return Outcome(found, () if found else (MISSING_FOLDER.at(None, path=folder),))

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        return Outcome("Hello {{ first_name }}")

    def library(self) -> tuple[Source, ...]:
        return resources.library()


def folder(side: Side, preamble: str) -> Folder:
    """The side with the small plan around it, or alone."""
    sources = tuple(Source(path, text) for path, text in side.files)
    if side.alone:
        return Folder(sources)
    before, here, after = preamble.partition(_HERE)
    return Folder((Source(PREAMBLE, before), *sources, Source(f"end of {PREAMBLE}", here + after)))


def read(path: str, text: str) -> Case:
    """A case from the name and the text of its file."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    told = path.endswith(".txt")
    parts = _MENDED.split(text, maxsplit=1)
    alone = text.startswith(_ALONE)
    sides = [Side((("", part),) if told else tuple(_files(part)), alone or part.startswith(_ALONE)) for part in parts]
    return Case(stem.split("-")[0], stem, sides[0], sides[1] if len(sides) > 1 else None, told)


def _files(part: str) -> Iterator[tuple[str, str]]:
    first, *others = _FILE.split(part)
    if first or not others:
        yield MAIN, first
    yield from zip(others[::2], others[1::2], strict=True)


def _unmarked(text: str) -> str:
    lines = text.removeprefix(_ALONE).splitlines()
    kept = [cut for line in lines if (cut := MARK.sub("", line)) or not line]
    return "\n".join(kept).strip("\n") + "\n"


def find_all() -> dict[str, Case]:
    """The first case of each code, by code."""
    found: dict[str, Case] = {}
    for file in resources.cases():
        if file.path != PREAMBLE:
            case = read(file.path, _text(file))
            found.setdefault(case.code, case)
    return found


def preamble() -> str:
    """The small plan around the cases, and around the examples of the manual."""
    return next(_text(file) for file in resources.cases() if file.path == PREAMBLE)


def _text(file: OutputFile) -> str:
    return file.content.decode("utf-8")
