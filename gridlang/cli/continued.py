"""`grid run --state`: a run that takes up what others have left, and leaves what the next one needs.

The state is made to hold before its tables are put in their folder. A run that is killed between the two has moved on,
and the next finds that nobody was told, and tells it again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from gridlang import files, run_page
from gridlang.cli import engines, period, report
from gridlang.cli.period import Word
from gridlang.cli.progress import DAYS, progress
from gridlang.diagnostics.codes import state as codes
from gridlang.diagnostics.model import Outcome
from gridlang.outputs import OutputFile
from gridlang.runtime import outputs
from gridlang.runtime.outputs import lists as run_lists
from gridlang.runtime.rows import Execution, FileCount, Input
from gridlang.runtime.state import kept
from gridlang.runtime.state.manifest import Manifest, moment
from gridlang.runtime.state.today import Today
from gridlang.schedule import document
from gridlang.schedule.model import Schedule
from gridlang.settings.options import Options
from gridlang.store import Store

if TYPE_CHECKING:
    from gridlang.files import Written
    from gridlang.runtime.outputs import Format


@attrs.frozen(kw_only=True)
class Asked:
    """What the options say about the state and the time."""

    state: Path
    first: dt.date | None
    known: dt.datetime | Word | None
    until: dt.date | Word | None
    engine: engines.Engine | None
    style: report.Style
    lists: Mapping[str, Options]


@attrs.frozen
class Ran:
    """What came of it."""

    execution: Execution
    files: tuple[FileCount, ...]
    written: Outcome[Written]


def run(schedule: Schedule, today: Today, asked: Asked, folder: Path, format: Format) -> Ran:
    """Go on from the state, or begin one; put the tables into `folder`."""
    store = Store(asked.state)
    with store.held() as problem:
        if problem is not None:
            report.stop((problem,), asked.style)
        found = _manifest(store, schedule, asked)
        made = _made(schedule, today, store, found, asked)
        if problem := store.write(made.manifest, made.packed):
            report.stop((problem,), asked.style)
        written = _put(made, folder, format, asked.lists)
        if not written.failed and (problem := store.publish()):
            report.stop((problem,), asked.style)
        store.tidy()
        return Ran(made.execution, made.given.files, written)


def earlier_plans(schedule: Schedule, folder: Path) -> tuple[Schedule, ...]:
    """The plan as it was before edits, by the state in a folder. What is wrong with that is told by the run."""
    store = Store(folder)
    found = store.read().value
    try:
        return kept.earlier_plans(found, schedule, store.content) if found else ()
    except kept.DamagedError:
        return ()


def _manifest(store: Store, schedule: Schedule, asked: Asked) -> Manifest | None:
    """The state that is there, if it is one for this plan; None where a first one is to be made."""
    found = store.read()
    if found.failed:
        report.stop(found.problems, asked.style)
    if found.value is not None and found.value.plan != schedule.plan.name:
        problem = codes.OTHER_PLANS_STATE.at(None, path=store.folder, found=found.value.plan, plan=schedule.plan.name)
        report.stop((problem,), asked.style)
    return found.value


def _made(schedule: Schedule, today: Today, store: Store, found: Manifest | None, asked: Asked) -> kept.Made:
    plan, before = schedule.plan, None
    until_day = period.on_calendar(plan, asked.until)
    if found is None:
        _begins(schedule, asked, until_day)
        start, until = period.stretch(plan, asked.first, until_day)
    else:
        _ended(schedule, asked, found, store)
        start, until = period.going_on(plan, moment(found.known), asked.first, until_day)
    known = period.known_moment(plan, asked.known, start, until)
    if found is not None:
        taken = kept.take_up(found, store.content, published=store.is_published, known=known)
        if taken.value is None:
            report.stop(taken.problems, asked.style)
        before = taken.value
    advance = engines.advancing(schedule, asked.engine, asked.style)
    try:
        with progress("Running", shown=asked.style == "text", unit=DAYS) as step:
            return kept.run(
                schedule, today, before, start=start, known=known, until=until, progress=step, advance=advance
            )
    except kept.DamagedError as error:
        report.stop((error.problem,), asked.style)


def _begins(schedule: Schedule, asked: Asked, until: dt.date | None) -> None:
    """A run for today or tomorrow before the plan's period has nothing to do: a timer may be set early."""
    if isinstance(asked.until, str) and until is not None and until.isoformat() <= schedule.plan.starts:
        click.echo(f"The plan begins on {schedule.plan.starts}: there is nothing to run before.")
        raise click.exceptions.Exit(0)


def _ended(schedule: Schedule, asked: Asked, found: Manifest, store: Store) -> None:
    """A run for today or tomorrow after the plan's period, all of which has been told, has nothing to do either."""
    if isinstance(asked.until, str) and store.is_published and moment(found.known) >= period.end_of(schedule.plan):
        click.echo(f"The plan ended with {schedule.plan.ends}: there is nothing left to run.")
        raise click.exceptions.Exit(0)


def _put(made: kept.Made, folder: Path, format: Format, lists: Mapping[str, Options]) -> Outcome[Written]:
    """The tables, the page, and the schedule with every place that their chains name."""
    page = run_page.files(made.schedule, made.execution)
    plan = OutputFile("schedule.json", document.to_json(made.schedule).encode())
    files.sweep(folder)
    tables = outputs.files(made.schedule, made.execution, format, made.marks, lists, _asked_by(lists, made))
    return files.renew(folder, {"run": (*tables, *page, plan)})


def _asked_by(lists: Mapping[str, Options], made: kept.Made) -> Input | None:
    """The people that the lists for other systems ask for."""
    if not lists:
        return None
    if run_lists.ask_everybody(lists):
        return made.given.everything()
    about = {task.contact for task in made.execution.tasks}
    return made.given.people(lambda person, _: person in about)
