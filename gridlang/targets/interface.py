"""What a target is: something that makes files of a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeAlias, runtime_checkable

from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule
from gridlang.settings.options import Options

Files: TypeAlias = Outcome[tuple[OutputFile, ...]]
"""What a target gives: its files as bytes, and what it has to say about them."""


DEFAULTS = Options()

__all__ = ["DEFAULTS", "Files", "Options", "ShowsFindings", "Target"]


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


@runtime_checkable
class ShowsFindings(Protocol):
    """A target that also shows what the check has found; then this is called in place of `files`."""

    def files_with_findings(self, schedule: Schedule, options: Any, findings: Sequence[Diagnostic] | None) -> Files:
        """The files. `findings`: the warnings and notes of the plan, by file and place; None when the schedule was
        built before, and nobody has checked its plan now."""
