"""What comes with the program: the grammar, the library, the plan that `grid init` writes, the texts of the manual.

In a checkout they stand beside the package, where people look for them; in an installed package inside it.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import cache
from pathlib import Path

from gridlang.outputs import OutputFile
from gridlang.source import Source

_PACKAGE = Path(__file__).parent


def _folder(name: str, *, checkout: str | None = None) -> Path:
    installed = _PACKAGE / f"_{name}"
    return installed if installed.is_dir() else _PACKAGE.parent / (checkout or name)


@cache
def grammar() -> str:
    """The text of `grid.lark`."""
    return (_folder("grammar") / "grid.lark").read_text(encoding="utf-8")


def library_place(path: str) -> Path:
    """Where a file of the library (`std/channels.grid`) stands on this machine."""
    return _folder("stdlib") / path.removeprefix("std/")


@cache
def library() -> tuple[Source, ...]:
    """The sources of the library, `std/…`, by path."""
    folder = _folder("stdlib")
    paths = sorted(place.relative_to(folder).as_posix() for place in folder.rglob("*.grid"))
    return tuple(Source(f"std/{path}", (folder / path).read_text(encoding="utf-8")) for path in paths)


@cache
def version_of(package: str) -> str:
    """The version of an installed library, from the name of its folder of metadata.

    `importlib.metadata` says the same and is asked when there is no such folder, but importing it takes a twentieth of
    a whole `grid check`.
    """
    for folder in sys.path:
        with contextlib.suppress(OSError):
            for name in os.listdir(folder or "."):
                if name.startswith(f"{package}-") and name.endswith(".dist-info"):
                    return name.removeprefix(f"{package}-").removesuffix(".dist-info")
    from importlib.metadata import version

    return version(package)


def beginning() -> tuple[OutputFile, ...]:
    """The files of the plan that `grid init` writes."""
    folder = _PACKAGE / "cli" / "beginning"
    places = sorted(place for place in folder.rglob("*") if place.is_file())
    return tuple(OutputFile(place.relative_to(folder).as_posix(), place.read_bytes()) for place in places)


@cache
def cases() -> tuple[OutputFile, ...]:
    """The small plan and, for each code, a text that has the mistake and the same mended."""
    folder = _folder("cases", checkout="tests/cases")
    places = sorted(place for place in folder.rglob("*") if place.suffix in (".grid", ".txt"))
    return tuple(OutputFile(place.relative_to(folder).as_posix(), place.read_bytes()) for place in places)


@cache
def manual_text(name: str) -> str:
    """A part of the manual that people write, by the name of its file."""
    return (_PACKAGE / "manual" / "texts" / f"{name}.md").read_text(encoding="utf-8")
