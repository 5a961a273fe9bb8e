"""`grid run`: a plan executed on people and events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs
import click

from gridlang.cli import engines, exits, options, period, report
from gridlang.cli.period import Word

if TYPE_CHECKING:
    from gridlang.cli.plan import Loaded
    from gridlang.diagnostics.model import Outcome
    from gridlang.files import Written
    from gridlang.outputs import OutputFile
    from gridlang.runtime.rows import Execution, FileCount, Input
    from gridlang.schedule.model import Schedule
    from gridlang.settings.options import Options

Tables = Literal["csv", "jsonl", "parquet"]


@attrs.frozen(kw_only=True)
class _Wishes:
    """What the options ask for."""

    persons: Path | None
    events: Path | None
    accounts: Path | None
    first: dt.date | None
    until: dt.date | Word | None
    state: Path | None
    known: dt.datetime | Word | None
    engine: engines.Engine | None
    max_issues: int | None
    tables: Tables
    out: Path | None
    style: report.Style


_rows = click.Path(path_type=Path)


@click.command(
    epilog=options.example(
        "grid run examples/family_car",
        "grid run out/schedule.json --persons crm.parquet --events log.jsonl --until 2027-07-01 --out july",
        "grid run examples/family_car --state family_state --known now --until tomorrow",
    )
)
@options.plan_path
@click.option("--persons", type=_rows, metavar="FILE", help="The people.  [default: persons.* beside the plan]")
@click.option("--events", type=_rows, metavar="FILE", help="What happened.  [default: events.* beside the plan]")
@click.option(
    "--accounts", type=_rows, metavar="FILE", help="Households or firms.  [default: accounts.* beside the plan]"
)
@click.option(
    "--from", "first", type=period.day, metavar="DATE", help="First day of the run.  [default: of the plan's period]"
)
@click.option(
    "--until",
    type=period.last_day,
    metavar="DATE",
    help="The day before which the run ends; or today, tomorrow.  [default: after the plan's period]",
)
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Go on from what earlier runs left in this folder, and leave there what the next one needs.",
)
@click.option(
    "--known",
    type=period.known,
    metavar="MOMENT",
    help="With --state: events are complete before it, rows after it are planned; a date, a moment, today or now.  "
    "[default: the end of the run]",
)
@click.option(
    "--engine",
    type=click.Choice(engines.ENGINES),
    help="Which execution: the reference interpreter, the compiled engine (the extra `engine`), or that on Spark (the "
    "extra `spark`). All give the same rows.  "
    f"[default: compiled above {engines.MANY:,} persons, where it is installed]",
)
@click.option(
    "--max-issues",
    type=click.IntRange(min=0),
    metavar="N",
    help="Exit with 1 when more rows than this were refused; all is written all the same.  [default: any number]",
)
@click.option(
    "--tables",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default="csv",
    show_default=True,
    help="The format of the tables that are written.",
)
@options.out_folder
@options.findings_format
def command(path: str, **wishes: object) -> None:
    """Run a plan on people and events: who gets what, when, and why.

    PATH is the folder of a plan (the current one if left out) or a built schedule.json. Rows that cannot be used stand
    with their reason in the table of issues, and the rest runs. The same input gives the same output, to the byte.
    """
    _run(path, _Wishes(**wishes))  # type: ignore[arg-type]


def _run(path: str, wishes: _Wishes) -> None:
    from gridlang.cli.plan import load
    from gridlang.cli.settings import out_folder, run_lists

    loaded = load(path)
    if loaded.schedule is None:
        report.stop(loaded.problems, wishes.style)
    asked = out_folder(loaded, wishes.out, run=True)
    chosen = run_lists(loaded.settings, loaded.schedule)
    if asked.failed or chosen.failed:
        report.stop((*loaded.problems, *asked.problems, *chosen.problems), wishes.style)
    read = _given(loaded, loaded.schedule, wishes)
    problems = (*loaded.problems, *read.problems)
    folder = asked.value
    ran = _alone if wishes.state is None else _on_state
    execution, counted, written = ran(loaded.schedule, read.value, wishes, folder, chosen.value)
    if written.failed:
        report.stop((*problems, *written.problems), wishes.style)
    report.mention(problems, path, wishes.style)
    _summary(loaded.schedule, execution, counted)
    click.echo(f"The tables stand in {folder}, and run.html tells them")
    report.tidied(folder, written.value)
    refused = sum(issue.refused for issue in execution.issues)
    if wishes.max_issues is not None and refused > wishes.max_issues:
        report.say(f"{refused} rows were refused, and --max-issues allows {wishes.max_issues}.", wishes.style)
        raise click.exceptions.Exit(exits.FINDINGS)


def _given(loaded: Loaded, schedule: Schedule, wishes: _Wishes) -> Outcome[Input]:
    """The people and events of the run; what is wrong with their files ends it, what is wrong with rows does not."""
    from gridlang.cli import given
    from gridlang.runtime import inputs, outputs

    if problem := outputs.unavailable(wishes.tables):
        report.stop((*loaded.problems, problem), wishes.style)
    gathered = given.gather(loaded.folder, wishes.persons, wishes.events, wishes.accounts)
    if gathered.value is None:
        report.stop((*loaded.problems, *gathered.problems), wishes.style)
    read = inputs.read(schedule, gathered.value)
    if read.failed:
        report.stop((*loaded.problems, *read.problems), wishes.style)
    return read


_Ran: TypeAlias = "tuple[Execution, tuple[FileCount, ...], Outcome[Written]]"
"""What a run gave, what became of the rows of its files, and of its outputs."""


def _alone(schedule: Schedule, read: Input, wishes: _Wishes, folder: Path, lists: Mapping[str, Options]) -> _Ran:
    """A run that knows nothing of others."""
    from gridlang import files

    if wishes.known is not None:
        raise click.UsageError("--known says how far a state is kept: name its folder too, --state DIR.")
    execution = _executed(schedule, read, wishes)
    written = files.renew(folder, {"run": _outputs(schedule, execution, wishes.tables, lists, read)})
    return execution, read.files, written


def _on_state(schedule: Schedule, read: Input, wishes: _Wishes, folder: Path, lists: Mapping[str, Options]) -> _Ran:
    """A run that goes on from what others have left (R26)."""
    from gridlang.cli import continued

    engines.refuse_with_state(wishes.engine)
    assert wishes.state is not None
    asked = continued.Asked(
        state=wishes.state,
        first=wishes.first,
        known=wishes.known,
        until=wishes.until,
        style=wishes.style,
        lists=lists,
    )
    ran = continued.run(schedule, read, asked, folder, wishes.tables)
    return ran.execution, ran.files, ran.written


def _executed(schedule: Schedule, read: Input, wishes: _Wishes) -> Execution:
    plan = schedule.plan
    start, until = period.stretch(plan, wishes.first, period.on_calendar(plan, wishes.until))
    return engines.execute(schedule, read, start, until, wishes.engine, wishes.style)


def _outputs(
    schedule: Schedule, execution: Execution, format: Tables, lists: Mapping[str, Options], given: Input
) -> tuple[OutputFile, ...]:
    """The tables, the lists, the page, and the schedule, so that `grid explain ID` finds the places of their chains."""
    from gridlang import run_page
    from gridlang.outputs import OutputFile
    from gridlang.runtime import outputs
    from gridlang.schedule import document

    plan = OutputFile("schedule.json", document.to_json(schedule).encode())
    tables = outputs.files(schedule, execution, format, lists=lists, given=given)
    return (*tables, *run_page.files(schedule, execution), plan)


def _summary(schedule: Schedule, execution: Execution, files: tuple[FileCount, ...]) -> None:
    from gridlang.cli import tables
    from gridlang.runtime.summary import summarise

    tables.draw(summarise(schedule, execution, files), schedule)
