"""What a run with a state says of its rows beside what stands in them (R26): which are planned, and which are news."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from gridlang.runtime.outputs.table import Column, Table
from gridlang.runtime.outputs.tables import AUDIENCES, MOVES, REPORTS, SKIPS, TASKS, TOUCHES
from gridlang.runtime.rows import Execution, News, WithdrawnRow
from gridlang.schedule.model import Schedule

PLANNED = Column("planned", "truth", "whether the row lies after what is known, and may still change (R26)", "planned")
NEWS = Column(
    "news", "name", "new; changed, since the run before said otherwise; or known, since it said the same", "news"
)
_MOMENTS = {
    TOUCHES.name: "due",
    TASKS.name: "due",
    AUDIENCES.name: "start",
    MOVES.name: "at",
    SKIPS.name: "at",
    REPORTS.name: "at",
}
"""Where the rows of a table say when they came to be."""
WITH_NEWS = (TOUCHES.name, TASKS.name, AUDIENCES.name)
"""What is handed out, so that it matters whether it has been before."""


@attrs.frozen(kw_only=True)
class Marks:
    """Rows from `known` on are planned; None: nothing is. `news` by table and id."""

    known: int | None
    news: Mapping[tuple[str, str], News]
    withdrawn: tuple[WithdrawnRow, ...]

    def table(self, table: Table) -> Table:
        """The table with its marks as columns."""
        if table.name not in _MOMENTS:
            return table
        extra = (PLANNED, NEWS) if table.name in WITH_NEWS else (PLANNED,)

        def rows(schedule: Schedule, execution: Execution) -> tuple[object, ...]:
            return tuple(self._marked(table.name, row) for row in table.rows(schedule, execution))

        return attrs.evolve(table, columns=(*table.columns, *extra), rows=rows)

    def _marked(self, table: str, row: Any) -> _Marked:
        at: int | None = getattr(row, _MOMENTS[table])
        planned = self.known is not None and at is not None and at >= self.known
        return _Marked(row, planned, self.news[table, row.id] if table in WITH_NEWS else None)


class _Marked:
    """A row with what is said of it."""

    __slots__ = ("news", "planned", "row")

    def __init__(self, row: object, planned: bool, news: News | None) -> None:
        self.row, self.planned, self.news = row, planned, news

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def _column(name: str, kind: Any, doc: str) -> Column:
    return Column(name, kind, doc, name)


def withdrawn(rows: Iterable[WithdrawnRow]) -> Table:
    """The table of what does not hold any more."""
    kept = tuple(rows)
    return attrs.evolve(WITHDRAWN, rows=lambda schedule, execution: kept)


WITHDRAWN = Table(
    name="withdrawn",
    doc="With a state: what an earlier run put out as planned, and what does not hold any more (R26).",
    row=WithdrawnRow,
    columns=(
        _column("id", "name", "the id under which it was put out"),
        _column("table", "name", "touches, tasks or audiences: where it stood"),
        _column("contact", "name", "the person's id"),
        _column("account", "name", "the person's account"),
        _column("channel", "name", "the channel"),
        _column("message", "name", "the message"),
        _column("due", "moment", "when it would have been, UTC"),
        _column("campaign", "name", "the campaign"),
        _column("step", "name", "the step's identity in the campaign (R24)"),
        _column("visit", "whole", "which of this contact's visits of the step it is, from 1"),
        _column("team", "name", "the team, of a task"),
        _column("member", "name", "who of the team had it"),
        _column("passed", "truth", "whether that moment lies before what is known now: it may have gone out"),
    ),
    rows=lambda schedule, execution: (),
)
