"""`grid run --engine`: which execution runs a plan. They give the same rows; two of them are for millions."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import click

from gridlang.cli import report

if TYPE_CHECKING:
    from gridlang.runtime.rows import Execution, Input
    from gridlang.schedule.model import Schedule

Engine = Literal["reference", "compiled", "spark"]
ENGINES: tuple[Engine, ...] = ("reference", "compiled", "spark")
MANY = 20_000
"""From so many persons on the compiled engine is worth its start."""
INSTALL = 'pip install "gridlang[engine]"'


def execute(
    schedule: Schedule,
    given: Input,
    start: int,
    until: int,
    asked: Engine | None,
    style: report.Style,
) -> Execution:
    """Execute a plan by the engine that was asked for, or by the one that suits so many people."""
    from gridlang.cli.progress import ACCOUNTS, DAYS, progress

    if asked == "spark":
        from gridlang.cli import spark

        return spark.execute(schedule, given, start, until)
    chosen = _chosen(schedule, len(given.contacts), asked, style)
    with progress("Running", shown=style == "text", unit=DAYS if chosen == "reference" else ACCOUNTS) as step:
        if chosen == "reference":
            from gridlang.runtime import reference

            return reference.execute(schedule, given, start, until, progress=step)
        from gridlang.runtime.engine.execution import execute as compiled

        return _supported(lambda: compiled(schedule, given, start, until, progress=step))


def _supported(execute: Callable[[], Execution]) -> Execution:
    """What the values of a run are beyond is only known when they have been seen."""
    from gridlang.runtime.engine.lowering import Refused

    try:
        return execute()
    except Refused as refused:
        raise click.UsageError(f"the compiled engine cannot execute {refused}: take --engine reference") from None


def refuse_with_state(asked: Engine | None) -> None:
    """A run on a state is the reference's for now; somebody who asked for the other engine must know."""
    if asked in ("compiled", "spark"):
        raise click.UsageError(
            f"--engine {asked} keeps no state between runs yet: leave out --state, or take --engine reference."
        )


def _chosen(schedule: Schedule, persons: int, asked: Engine | None, style: report.Style) -> Engine:
    """The reference or the compiled engine."""
    if asked == "reference" or (asked is None and persons <= MANY):
        return "reference"
    hindered = _hindrance(schedule)
    if hindered is None:
        return "compiled"
    if asked == "compiled":
        raise click.UsageError(f"--engine compiled: {hindered}")
    report.say(f"{persons} persons on the reference interpreter, which takes its time: {hindered}", style)
    return "reference"


def _is_installed() -> bool:
    return importlib.util.find_spec("numba") is not None


def _hindrance(schedule: Schedule) -> str | None:
    """Why the compiled engine cannot run this plan here, with the way out."""
    if not _is_installed():
        return f"the compiled engine is not installed. {INSTALL}"
    from gridlang.runtime.engine.lowering import unsupported

    found = unsupported(schedule)
    return f"it cannot execute {'; '.join(found)} yet; the reference interpreter can" if found else None
