"""What a target is: something that makes files of a schedule."""

from __future__ import annotations

from typing import Any, Protocol, TypeAlias

from gridlang.diagnostics.model import Outcome
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule
from gridlang.settings.options import Options

Files: TypeAlias = Outcome[tuple[OutputFile, ...]]
"""What a target gives: its files as bytes, and what it has to say about them."""


DEFAULTS = Options()

__all__ = ["DEFAULTS", "Files", "Options", "Target"]


class Target(Protocol):
    """A way to write a plan for somebody: a page, a calendar, task lists, another system's format.

    A folder in `gridlang/targets` whose package has it as `TARGET`, or an object that an installed package names under
    the entry point `gridlang.targets`. It returns files and never writes; `files` is a function of the schedule and
    the options alone: the same ones give the same bytes. What is wrong with the options is a finding of its outcome.
    """

    @property
    def name(self) -> str:
        """What `grid build --target NAME` takes: the name of the folder, or of the entry point."""

    @property
    def doc(self) -> str:
        """What it makes, on a line of `grid targets`."""

    @property
    def usual(self) -> bool:
        """Whether it is built when nobody names targets; for installed packages it never is."""

    @property
    def options(self) -> type[Options]:
        """The class of its options; called without arguments it gives the defaults."""

    def files(self, schedule: Schedule, options: Any) -> Files:
        """The files, with paths in the folder of the outputs; `options` is an instance of the class `options`."""
