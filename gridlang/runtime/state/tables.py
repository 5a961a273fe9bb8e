"""Rows of a run's tables as records of a state: what was put out is kept, to be told again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeAlias, TypeVar, assert_never

import attrs

from gridlang.runtime.rows import AudienceRow, Because, Execution, Issue, MoveRow, ReportRow, SkipRow, TaskRow, Touch
from gridlang.runtime.state.places import Places, links
from gridlang.runtime.state.records import DiaryRecord
from gridlang.schedule.model import Schedule

Row: TypeAlias = Touch | TaskRow | AudienceRow | MoveRow | SkipRow | ReportRow | Issue
Name = Literal["touches", "tasks", "audiences", "moves", "skips", "reports", "issues"]

TABLES: dict[Name, type[Any]] = {
    "touches": Touch,
    "tasks": TaskRow,
    "audiences": AudienceRow,
    "moves": MoveRow,
    "skips": SkipRow,
    "reports": ReportRow,
    "issues": Issue,
}
"""The class of each table's rows, in the order in which they are kept."""


@attrs.frozen(kw_only=True)
class KeptRow:
    """A row of a table, or a line of the diary; exactly one is there. Places are those of the schedule kept beside."""

    touches: Touch | None = None
    tasks: TaskRow | None = None
    audiences: AudienceRow | None = None
    moves: MoveRow | None = None
    skips: SkipRow | None = None
    reports: ReportRow | None = None
    issues: Issue | None = None
    diary: DiaryRecord | None = None

    @property
    def row(self) -> Row | DiaryRecord:
        """What is kept."""
        every = (getattr(self, field.name) for field in attrs.fields(KeptRow))
        found: Row | DiaryRecord = next(each for each in every if each is not None)
        return found


def kept(execution: Execution, diary: Iterable[DiaryRecord], *, but_issues: int = 0) -> Iterator[KeptRow]:
    """Everything of a stretch; the first `but_issues` issues were of the input, and every run says them itself."""
    for name in TABLES:
        rows: tuple[Any, ...] = getattr(execution, name)
        for row in rows[but_issues:] if name == "issues" else rows:
            yield KeptRow(**{name: row})
    for record in diary:
        yield KeptRow(diary=record)


def of_table(rows: Iterable[KeptRow], name: Name) -> tuple[Any, ...]:
    """The rows of one table."""
    return tuple(row for each in rows if (row := getattr(each, name)) is not None)


def together(parts: Iterable[Execution], last: Execution) -> Execution:
    """The tables of several stretches as one; of rows that are told again the later holds. Counts are of the last."""
    every = [*parts, last]
    return attrs.evolve(
        last,
        touches=tuple(row for part in every for row in part.touches),
        tasks=_latest(row for part in every for row in part.tasks),
        audiences=_latest(row for part in every for row in part.audiences),
        moves=tuple(row for part in every for row in part.moves),
        skips=_latest(row for part in every for row in part.skips),
        reports=tuple(row for part in every for row in part.reports),
        issues=tuple(row for part in every for row in part.issues),
    )


_WithId = TypeVar("_WithId", TaskRow, AudienceRow, SkipRow)


def _latest(rows: Iterable[_WithId]) -> tuple[_WithId, ...]:
    return tuple({row.id: row for row in rows}.values())


def execution_of(rows: Iterable[KeptRow], like: Execution, places: Places, schedule: Schedule) -> Execution:
    """Kept rows as an execution again; their places, which are those of `schedule`, as today's."""
    found = list(rows)
    tables = {name: tuple(_placed(row, places, schedule) for row in of_table(found, name)) for name in TABLES}
    return attrs.evolve(like, **tables)  # type: ignore[arg-type]


def _placed(row: Any, places: Places, schedule: Schedule) -> Any:
    match row:
        case Touch() | TaskRow() | AudienceRow() | MoveRow() | SkipRow():
            return attrs.evolve(row, because=tuple(places.chain(links(schedule, row.because))))
        case ReportRow():
            return attrs.evolve(row, place=places.chain(links(schedule, [Because("", row.place)]))[0].place)
        case Issue():
            return row
        case _:
            assert_never(row)
