"""`run.html`: what a run gave, as one self-contained page beside its tables.

It is told of the schedule and of `Figures`, which hold counters with keys of the plan only: no row of a person ever
comes here. What people are and do (segments, answers, moves, reasons, pressure) is told from five up; of one to four it
is told that they are so few (`small`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gridlang.outputs import OutputFile

if TYPE_CHECKING:
    from gridlang.runtime.figures import Figures
    from gridlang.runtime.rows import Execution
    from gridlang.schedule.model import Schedule


def files(schedule: Schedule, execution: Execution) -> tuple[OutputFile, ...]:
    """One file, `run.html`; the same execution gives the same bytes."""
    from gridlang.runtime.figures import figures

    return (file(schedule, figures(schedule, execution)),)


def file(schedule: Schedule, figures: Figures) -> OutputFile:
    """`run.html` of a run that is counted already."""
    from gridlang.run_page.page import page

    return OutputFile("run.html", page(schedule, figures).encode())
