"""A run's tables as files."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeAlias

from gridlang.diagnostics import Diagnostic
from gridlang.diagnostics.codes.rows import PARQUET_MISSING
from gridlang.outputs import OutputFile
from gridlang.runtime.outputs import lists as run_lists
from gridlang.runtime.outputs.encode import as_csv, as_jsonl, as_parquet
from gridlang.runtime.outputs.marks import Marks, withdrawn
from gridlang.runtime.outputs.table import Column, Table
from gridlang.runtime.outputs.tables import TABLES
from gridlang.runtime.rows import Execution, Input, TaskRow
from gridlang.schedule.model import Schedule
from gridlang.settings.options import Options

Format: TypeAlias = Literal["csv", "jsonl", "parquet"]
_ENCODERS: dict[Format, Callable[[tuple[Column, ...], Iterable[object]], bytes]] = {
    "csv": as_csv,
    "jsonl": as_jsonl,
    "parquet": as_parquet,
}


def files(
    schedule: Schedule,
    execution: Execution,
    format: Format,
    marks: Marks | None = None,
    lists: Mapping[str, Options] | None = None,
    given: Input | None = None,
) -> tuple[OutputFile, ...]:
    """Every table in one format, an empty one with its header, and the `lists` for other systems (by name, with their
    options; the usual ones if left out), which may ask for attributes of the people `given`.

    With `marks`, those of a run with a state, rows say whether they are planned and new, what was withdrawn is a table
    of its own, and CRMs, whose imports only make new tasks, get those that are. Parquet needs a library: ask
    `unavailable` before a run, not after it.
    """
    encode = _ENCODERS[format]
    tables = (
        OutputFile(f"{table.name}.{format}", encode(table.columns, table.rows(schedule, execution)))
        for table in _tables(marks)
    )
    ran = run_lists.Ran(schedule=schedule, execution=execution, tasks=_to_import(execution.tasks, marks), given=given)
    return (*tables, *run_lists.files(ran, run_lists.usual() if lists is None else lists))


def _tables(marks: Marks | None) -> tuple[Table, ...]:
    return TABLES if marks is None else (*map(marks.table, TABLES), withdrawn(marks.withdrawn))


def _to_import(tasks: tuple[TaskRow, ...], marks: Marks | None) -> tuple[TaskRow, ...]:
    return tasks if marks is None else tuple(task for task in tasks if marks.news["tasks", task.id] == "new")


def unavailable(format: Format) -> Diagnostic | None:
    """Why tables of this format cannot be written here, if they cannot."""
    if format == "parquet" and importlib.util.find_spec("pyarrow") is None:
        return PARQUET_MISSING.at(None, file="the output")
    return None
