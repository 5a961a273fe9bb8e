"""A task that has been handed out, and what became of it (R18, R21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from gridlang.runtime.rows import TaskRow

if TYPE_CHECKING:
    from gridlang.runtime.reference.order import Key
    from gridlang.runtime.reference.running import Run


@attrs.define(eq=False)
class Handout:
    """`row` is as it was handed out; the other fields are what happened since.

    `run` waits for the outcome; None for a notice, and for a task of the past that was closed in an earlier run.
    """

    row: TaskRow
    key: Key
    run: Run | None
    withdrawn: bool = False
    outcome: str = ""
    closed: int | None = None

    @property
    def open(self) -> bool:
        return self.closed is None
