"""`grid run`: a plan executed on people and events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, TypeVar

import attrs
import click

from gridlang.cli import engines, exits, options, period, report
from gridlang.cli.period import Word

if TYPE_CHECKING:
    from gridlang.cli.plan import Loaded
    from gridlang.diagnostics.model import Diagnostic, Outcome
    from gridlang.files import Output, Written
    from gridlang.outputs import OutputFile
    from gridlang.runtime.engine.large import LargeRun
    from gridlang.runtime.figures import Figures
    from gridlang.runtime.inputs import InputFiles
    from gridlang.runtime.rows import Input
    from gridlang.runtime.summary import Summary
    from gridlang.schedule.model import Schedule
    from gridlang.settings.options import Options

T = TypeVar("T")
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
    f"[default: compiled above {engines.MANY:,} rows of persons, where it is installed]",
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
    from gridlang.cli import rubbish
    from gridlang.cli.plan import load
    from gridlang.cli.settings import out_folder, run_lists
    from gridlang.targets.building import without_catalogue

    loaded = load(path)
    if loaded.schedule is None:
        report.stop(loaded.problems, wishes.style)
    asked = out_folder(loaded, wishes.out, run=True)
    chosen = run_lists(loaded.settings, loaded.schedule)
    if asked.failed or chosen.failed:
        report.stop((*loaded.problems, *asked.problems, *chosen.problems), wishes.style)
    with rubbish.kept():
        ran = (_alone if wishes.state is None else _on_state)(
            loaded, loaded.schedule, wishes, asked.value, chosen.value
        )
    problems = (*loaded.problems, *ran.problems)
    if ran.written.failed:
        _stop(problems, ran.written.problems, wishes.style)
    report.mention(problems, path, wishes.style, whole=tuple(without_catalogue(loaded.schedule)))
    _tell(loaded.schedule, ran, asked.value, wishes)


def _stop(aside: Sequence[Diagnostic], problems: Sequence[Diagnostic], style: report.Style) -> NoReturn:
    """A table or a folder that cannot be used ends the run. What there is `aside`, no error among it, a person is told
    when the run goes well; now it would hide the one thing that matters."""
    report.stop(problems if style == "text" else (*aside, *problems), style)


def _tell(schedule: Schedule, ran: _Ran, folder: Path, wishes: _Wishes) -> None:
    from gridlang.cli import tables

    tables.draw(ran.summary, schedule)
    click.echo(f"The tables stand in {folder}, and run.html tells them")
    report.tidied(folder, ran.written.value)
    refused = sum(line.refused for line in ran.summary.issues)
    if wishes.max_issues is not None and refused > wishes.max_issues:
        report.say(f"{refused} rows were refused, and --max-issues allows {wishes.max_issues}.", wishes.style)
        raise click.exceptions.Exit(exits.FINDINGS)


@attrs.frozen(kw_only=True)
class _Ran:
    """A run at a glance, the findings about its files, and what became of its outputs."""

    summary: Summary
    problems: tuple[Diagnostic, ...]
    written: Outcome[Written]


def _gathered(loaded: Loaded, wishes: _Wishes) -> InputFiles:
    """The files of the run."""
    from gridlang.cli import given
    from gridlang.runtime import outputs

    if problem := outputs.unavailable(wishes.tables):
        _stop(loaded.problems, (problem,), wishes.style)
    gathered = given.gather(loaded.folder, wishes.persons, wishes.events, wishes.accounts)
    if gathered.value is None:
        _stop(loaded.problems, gathered.problems, wishes.style)
    return gathered.value


def _usable(loaded: Loaded, read: Outcome[T], wishes: _Wishes) -> Outcome[T]:
    """What was read; what is wrong with files ends the run, what is wrong with rows does not."""
    if read.failed:
        _stop(loaded.problems, read.problems, wishes.style)
    return read


def _alone(loaded: Loaded, schedule: Schedule, wishes: _Wishes, folder: Path, lists: Mapping[str, Options]) -> _Ran:
    """A run that knows nothing of others."""
    from gridlang.runtime import inputs

    if wishes.known is not None:
        raise click.UsageError("--known says how far a state is kept: name its folder too, --state DIR.")
    given = _gathered(loaded, wishes)
    plan = schedule.plan
    start, until = period.stretch(plan, wishes.first, period.on_calendar(plan, wishes.until))
    large = engines.large(schedule, given, start, until, wishes.engine, wishes.style, everything=bool(lists))
    if large is None:
        read = _usable(loaded, inputs.read(schedule, given), wishes)
        return _in_rows(schedule, read, (start, until), wishes, folder, lists)
    if large.value is None:
        _stop(loaded.problems, large.problems, wishes.style)
    return _in_arrays(schedule, large.value, large.problems, given, wishes, folder, lists)


def _in_rows(
    schedule: Schedule,
    read: Outcome[Input],
    stretch: tuple[int, int],
    wishes: _Wishes,
    folder: Path,
    lists: Mapping[str, Options],
) -> _Ran:
    from gridlang import files
    from gridlang.runtime import outputs, summary
    from gridlang.runtime.figures import figures

    execution = engines.execute(schedule, read.value, *stretch, wishes.engine, wishes.style)
    counted = figures(schedule, execution)
    tables = outputs.files(schedule, execution, wishes.tables, lists=lists, given=read.value)
    written = files.renew(folder, {"run": (*tables, *_beside(schedule, counted))})
    told = summary.of_figures(schedule, counted, execution.issues, read.value.files)
    return _Ran(summary=told, problems=read.problems, written=written)


def _in_arrays(
    schedule: Schedule,
    run: LargeRun,
    problems: tuple[Diagnostic, ...],
    given: InputFiles,
    wishes: _Wishes,
    folder: Path,
    lists: Mapping[str, Options],
) -> _Ran:
    """Only after its tables are written a run knows which templates failed, so it is told then."""
    from gridlang import files
    from gridlang.runtime import summary

    counted = run.figures()
    tables: tuple[Output, ...] = (*run.files(wishes.tables), *_lists(schedule, run, given, lists))
    written = files.renew(folder, {"run": (*tables, *_beside(schedule, counted))})
    told = summary.of_figures(schedule, counted, run.issues(), run.columns.files)
    return _Ran(summary=told, problems=problems, written=written)


def _lists(
    schedule: Schedule, run: LargeRun, given: InputFiles, chosen: Mapping[str, Options]
) -> tuple[OutputFile, ...]:
    """The lists for other systems are made of rows: of those that they go through, and of the people of tasks; lists
    that ask what happened to people have the files read once more, as rows."""
    from gridlang.runtime import inputs
    from gridlang.runtime.outputs import lists

    if not chosen:
        return ()
    people = inputs.read(schedule, given).value if lists.ask_everybody(chosen) else run.people_of_tasks()
    execution = run.execution()
    return lists.files(lists.Ran(schedule=schedule, execution=execution, tasks=execution.tasks, given=people), chosen)


def _on_state(loaded: Loaded, schedule: Schedule, wishes: _Wishes, folder: Path, lists: Mapping[str, Options]) -> _Ran:
    """A run that goes on from what others have left (R26)."""
    from gridlang.cli import continued
    from gridlang.runtime.summary import summarise

    assert wishes.state is not None
    asked = continued.Asked(
        state=wishes.state,
        first=wishes.first,
        known=wishes.known,
        until=wishes.until,
        engine=wishes.engine,
        style=wishes.style,
        lists=lists,
    )
    earlier = continued.earlier_plans(schedule, wishes.state)
    today = engines.today(schedule, _gathered(loaded, wishes), earlier, wishes.engine)
    read = _usable(loaded, today, wishes)
    ran = continued.run(schedule, read.value, asked, folder, wishes.tables)
    told = summarise(schedule, ran.execution, ran.files)
    return _Ran(summary=told, problems=read.problems, written=ran.written)


def _beside(schedule: Schedule, counted: Figures) -> tuple[OutputFile, ...]:
    """The page, and the schedule, so that `grid explain ID` finds the places of their chains."""
    from gridlang import run_page
    from gridlang.outputs import OutputFile
    from gridlang.schedule import document

    return run_page.file(schedule, counted), OutputFile("schedule.json", document.to_json(schedule).encode())
