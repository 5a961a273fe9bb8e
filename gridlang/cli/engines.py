"""`grid run --engine`: which execution runs a plan. They give the same rows; two of them are for millions.

The compiled engine reads and writes files itself, in arrays (`large`); the others are given rows (`execute`).
"""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import click

from gridlang.cli import report

if TYPE_CHECKING:
    from gridlang.diagnostics.model import Outcome
    from gridlang.runtime.engine.large import LargeRun
    from gridlang.runtime.inputs import InputFiles, InputTable
    from gridlang.runtime.reference.world import World
    from gridlang.runtime.rows import Execution, Input
    from gridlang.runtime.state.continuing import Advance
    from gridlang.runtime.state.today import Today
    from gridlang.schedule.model import Schedule

Embedded = Literal["reference", "compiled"]
Engine = Literal[Embedded, "spark"]
ENGINES: tuple[Engine, ...] = ("reference", "compiled", "spark")
MANY = 20_000
"""From so many rows of persons on the compiled engine is worth its start."""
INSTALL = 'pip install "gridlang[engine]"'


def large(
    schedule: Schedule,
    given: InputFiles,
    start: int,
    until: int,
    asked: Engine | None,
    style: report.Style,
    *,
    everything: bool = False,
) -> Outcome[LargeRun | None] | None:
    """Execute a plan by the compiled engine, if it was asked for or suits so many people; None: somebody else has to.
    A file that cannot be used is a finding. `everything`: for lists that are made of it."""
    if asked == "spark" or _chosen(schedule, _rows(given.persons), asked, style) == "reference":
        return None
    found = _by_the_engine(schedule, given, start, until, style, everything=everything)
    if not isinstance(found, str):
        return found
    if asked == "compiled":
        raise click.UsageError(f"--engine compiled: {found}")
    report.say(f"Run by the reference interpreter, which takes its time: {found}", style)
    return None


def execute(
    schedule: Schedule, given: Input, start: int, until: int, asked: Engine | None, style: report.Style
) -> Execution:
    """Execute a plan on rows: on Spark if it was asked for, else by the reference."""
    if asked == "spark":
        from gridlang.cli import spark

        return spark.execute(schedule, given, start, until)
    return _by_the_reference(schedule, given, start, until, style)


def _rows(given: InputTable | None) -> int:
    """About how many rows a file has, before it is read: of texts its lines, of a file that cannot be read none."""
    from gridlang.runtime.inputs import InputFile

    if not isinstance(given, InputFile):
        return 0
    if not given.name.lower().endswith(".parquet"):
        return max(given.content.count(b"\n"), given.content.count(b"\r"))
    return _rows_of_parquet(given.content) if importlib.util.find_spec("pyarrow") is not None else 0


def _rows_of_parquet(content: bytes) -> int:
    import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]
    import pyarrow.parquet as parquet  # type: ignore[import-untyped, import-not-found, unused-ignore]

    try:
        return int(parquet.read_metadata(io.BytesIO(content)).num_rows)
    except (pyarrow.ArrowException, OSError, ValueError):  # whoever reads it says what is wrong
        return 0


def _by_the_reference(schedule: Schedule, given: Input, start: int, until: int, style: report.Style) -> Execution:
    from gridlang.cli.progress import DAYS, progress
    from gridlang.runtime import reference

    with progress("Running", shown=style == "text", unit=DAYS) as step:
        return reference.execute(schedule, given, start, until, progress=step)


def _by_the_engine(
    schedule: Schedule, given: InputFiles, start: int, until: int, style: report.Style, *, everything: bool
) -> Outcome[LargeRun | None] | str:
    """What a run gives; or why these values are beyond the engine, which shows only when they have been seen."""
    from gridlang.cli.progress import ACCOUNTS, progress
    from gridlang.runtime.engine.large import execute as compiled
    from gridlang.runtime.engine.lowering import Refused

    with progress("Running", shown=style == "text", unit=ACCOUNTS) as step:
        try:
            return compiled(schedule, given, start, until, everything=everything, progress=step)
        except Refused as refused:
            return f"it cannot execute {refused} yet; the reference interpreter can"


def today(schedule: Schedule, given: InputFiles, earlier: Sequence[Schedule], asked: Engine | None) -> Outcome[Today]:
    """The people and events of a run on a state, whose plan was that of `earlier` before; of many, the rows stay in
    columns until they are asked for, whichever execution lets the time pass."""
    from gridlang.diagnostics.model import Outcome

    many = asked == "compiled" or (asked is None and _rows(given.persons) > MANY)
    if many and _is_installed():
        from gridlang.runtime.engine.reading import read as read_columns
        from gridlang.runtime.engine.today import OfColumns

        columns = read_columns(schedule, given, earlier)
        return Outcome(OfColumns(columns.value), columns.problems)
    from gridlang.runtime import inputs
    from gridlang.runtime.state.today import Rows

    rows = inputs.read(schedule, given, earlier)
    return Outcome(Rows(rows.value), rows.problems)


def advancing(schedule: Schedule, asked: Engine | None, style: report.Style) -> Advance:
    """What lets the time pass in a run on a state, by how many people it concerns.

    What is kept, edited, late or withdrawn is worked out beside it, and is one for all of them.
    """
    from gridlang.runtime.reference import execution

    if asked == "spark":
        raise click.UsageError(
            "--engine spark keeps no state between runs yet: leave out --state, or take --engine compiled."
        )
    if asked is not None:
        chosen = _chosen(schedule, 0, asked, style)
        return execution.advance if chosen == "reference" else _else_by_the_reference(asked, style)
    suits: list[Advance] = []

    def advance(world: World, *given: Any) -> None:
        if not suits:
            concerned = sum(len(account.people) for account in world.accounts)
            chosen = _chosen(schedule, concerned, None, style)
            suits.append(execution.advance if chosen == "reference" else _else_by_the_reference(None, style))
        suits[0](world, *given)

    return advance


def _else_by_the_reference(asked: Engine | None, style: report.Style) -> Advance:
    """The compiled engine; what is beyond it, which shows only when values have been seen, is the reference's."""
    from gridlang.runtime.engine.lowering import Refused
    from gridlang.runtime.engine.state import advance as compiled
    from gridlang.runtime.reference import execution

    told: set[str] = set()

    def advance(*given: Any) -> None:
        try:
            compiled(*given)
        except Refused as refused:
            found = f"it cannot execute {refused} yet; the reference interpreter can"
            if asked == "compiled":
                raise click.UsageError(f"--engine compiled: {found}") from refused
            if found not in told:
                told.add(found)
                report.say(f"Run by the reference interpreter, which takes its time: {found}", style)
            execution.advance(*given)

    return advance


def _chosen(schedule: Schedule, rows: int, asked: Embedded | None, style: report.Style) -> Embedded:
    """The reference or the compiled engine."""
    if asked == "reference" or (asked is None and rows <= MANY):
        return "reference"
    hindered = _hindrance(schedule)
    if hindered is None:
        return "compiled"
    if asked == "compiled":
        raise click.UsageError(f"--engine compiled: {hindered}")
    report.say(f"{rows} rows of persons on the reference interpreter, which takes its time: {hindered}", style)
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
