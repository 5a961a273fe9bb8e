"""`execute`: the engine behind the signature of the reference."""

from __future__ import annotations

from collections.abc import Mapping

from gridlang.runtime.engine.as_rows import as_execution
from gridlang.runtime.engine.columns import from_input
from gridlang.runtime.engine.crowd import Progress, run
from gridlang.runtime.rows import Execution, Input
from gridlang.schedule import model


def execute(
    schedule: model.Schedule,
    given: Input,
    start: int,
    until: int,
    *,
    entries: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Execution:
    """What `gridlang.runtime.reference.execute` gives, row by row. `progress`: see `crowd`.

    Raises `lowering.Refused` for what `lowering.unsupported` names.
    """
    columns = from_input(given, {event.name: number for number, event in enumerate(schedule.events)})
    ran = run(schedule, columns, start, until, entries=entries, progress=progress)
    return as_execution(ran.lowered, ran.parts, ran.whole)
