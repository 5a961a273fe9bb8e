"""A run from files to files, in arrays all the way: for people whom no list of objects can hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

import attrs

from gridlang.diagnostics import Outcome
from gridlang.outputs import OutputStream
from gridlang.runtime.engine import stamps
from gridlang.runtime.engine.columns import Columns
from gridlang.runtime.engine.crowd import Progress, run
from gridlang.runtime.engine.figures import figures
from gridlang.runtime.engine.reading import read
from gridlang.runtime.engine.results import Rows, Stamp, Whole
from gridlang.runtime.engine.today import people_of
from gridlang.runtime.engine.together import Ran
from gridlang.runtime.engine.writing import Run, files, merged
from gridlang.runtime.engine.writing.reports import reports
from gridlang.runtime.engine.writing.rows import rows
from gridlang.runtime.engine.writing.tables import Chunk
from gridlang.runtime.figures import Figures
from gridlang.runtime.inputs import InputFiles
from gridlang.runtime.outputs import Format
from gridlang.runtime.outputs.table import Table
from gridlang.runtime.rows import Execution, Input, Issue
from gridlang.schedule.model import Schedule


@attrs.frozen(eq=False)
class RowsOf(Collection[Any]):
    """The rows of a table, made when they are gone through."""

    table: Table
    chunks: Callable[[], Iterator[Chunk]]
    size: int

    def __iter__(self) -> Iterator[Any]:
        for chunk in self.chunks():
            yield from rows(self.table, chunk)

    def __len__(self) -> int:
        return self.size

    def __contains__(self, row: object) -> bool:
        return any(row == each for each in self)


@attrs.frozen(eq=False)
class LargeRun:
    """A run that is over: its tables as arrays, and what is of the whole."""

    columns: Columns
    run: Run
    whole: Whole
    told: Execution
    """Its reports and counts; the tables of people's rows are empty here, and so are the issues before `issues`."""

    def issues(self) -> tuple[Issue, ...]:
        """The issues of reading and running; of templates, those that failed in the texts made so far."""
        if not self.run.texts.failures:
            return (*self.columns.issues, *self.whole.issues)
        found = [*zip(self.whole.stamps, self.whole.issues, strict=True), *self.run.texts.failures.values()]
        return (*self.columns.issues, *(issue for _, issue in sorted(found, key=lambda each: each[0])))

    def execution(self) -> Execution:
        """The run as whoever counts it or makes lists of it reads it: its tables give their rows one after the other,
        each time they are gone through, and hold none of them."""
        chunks = {table.name: (table, made, rows) for table, made, rows in self.run.chunks()}
        tables: dict[str, Any] = {name: RowsOf(*each) for name, each in chunks.items()}
        return attrs.evolve(self.told, issues=self.issues(), **tables)

    def figures(self) -> Figures:
        """The run, counted in its arrays."""
        return figures(self.run, attrs.evolve(self.told, issues=self.issues()))

    def people_of_tasks(self) -> Input:
        """Whom tasks and notes are about, and their accounts, as rows; without what happened to them. Of a run that was
        told to keep everything."""
        return people_of(self.columns, self.run.merged.tasks.rows.person)

    def files(self, format: Format) -> tuple[OutputStream, ...]:
        """The tables, the same bytes as `gridlang.runtime.outputs.files`, to be written in this order."""
        return files(self.run, lambda: attrs.evolve(self.told, issues=self.issues()), format)


def execute(
    schedule: Schedule,
    given: InputFiles,
    start: int,
    until: int,
    *,
    everything: bool = False,
    progress: Progress | None = None,
) -> Outcome[LargeRun | None]:
    """What `gridlang.runtime.reference.execute` gives for what `gridlang.runtime.inputs.read` reads.

    `everything`: keep what the run itself does not ask for too, for `people_of_tasks`.
    None where a file cannot be used, with the findings.
    Raises `lowering.Refused` for what `lowering.unsupported` names.
    """
    outcome = read(schedule, given, everything=everything)
    if outcome.failed:
        return Outcome(None, outcome.problems)
    problems, columns = outcome.problems, [outcome.value]
    del outcome  # what happened to people is let go when they have been executed
    return Outcome(finished(run(schedule, columns.pop(), start, until, progress=progress)), problems)


def finished(ran: Ran) -> LargeRun:
    """What a run comes to; its parts are used up."""
    lowered, whole = ran.lowered, ran.whole
    schedule, columns = lowered.plan.schedule, lowered.columns
    told = reports(schedule, columns, ran.parts, whole)
    found = merged(schedule, ran.parts)

    def stamp(rows: Rows, row: int) -> Stamp:
        return stamps.of_row(lowered, found, rows, row)

    execution = Execution(
        touches=(),
        tasks=(),
        audiences=(),
        moves=(),
        skips=(),
        reports=told,
        issues=(),
        counts=whole.counts,
    )
    return LargeRun(columns, Run.of(schedule, columns, found, stamp), whole, execution)
