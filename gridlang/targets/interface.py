"""What a target is: something that makes files of a schedule."""

from __future__ import annotations

from typing import Protocol

from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule


class Target(Protocol):
    """A way to write a plan for somebody: a page, a calendar, task lists, another system's format.

    `name` is what `grid build --target NAME` takes, and the name of the target's folder. `files` is a function of the
    schedule alone: the same schedule gives the same bytes.
    """

    @property
    def name(self) -> str: ...

    def files(self, schedule: Schedule) -> tuple[OutputFile, ...]: ...
