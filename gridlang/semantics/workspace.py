"""Where a plan's texts come from: the one door through which semantics asks for files."""

from __future__ import annotations

from typing import Protocol

from gridlang.diagnostics import Outcome
from gridlang.source import Source


class Workspace(Protocol):
    """A plan's folder and what it may reach. Folders and paths are relative to the plan's folder, with forward slashes.

    An implementation never leaves its workspace, links included; what it refuses or cannot read is a problem.
    """

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        """All `.grid` files of a folder (`""` is the plan's own, `../house` another), ordered by name."""
        ...

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        """The text of a file in a folder, by its path from there; None with a problem when it cannot be had."""
        ...

    def library(self) -> tuple[Source, ...]:
        """The library's files, paths `std/<module>.grid`."""
        ...
