"""`execute`: the engine behind the signature of the reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gridlang.runtime.engine.as_rows import as_execution
from gridlang.runtime.engine.columns import from_input
from gridlang.runtime.engine.driving import Driver
from gridlang.runtime.engine.lowering import lower
from gridlang.runtime.engine.whole import Gathering
from gridlang.runtime.rows import Execution, Input
from gridlang.schedule import model


def execute(
    schedule: model.Schedule,
    given: Input,
    start: int,
    until: int,
    *,
    entries: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Execution:
    """What `gridlang.runtime.reference.execute` gives, row by row. `progress` is told (accounts executed, accounts).

    Raises `lowering.Refused` for what `lowering.unsupported` names.
    """
    columns = from_input(given, {event.name: number for number, event in enumerate(schedule.events)})
    lowered = lower(schedule, columns, start, until, entries)
    gathering, parts = Gathering(lowered), []
    for log in Driver(lowered).logs(progress):
        gathering.add(log)
        parts.append(log.part)
    return as_execution(lowered, parts, gathering.whole(parts))
