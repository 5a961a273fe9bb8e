"""The rows of an execution as they come, each with its place in the order."""

from __future__ import annotations

from typing import TypeVar

import attrs

from gridlang.runtime.reference.audiences import Audience
from gridlang.runtime.reference.handouts import Handout
from gridlang.runtime.reference.order import Key
from gridlang.runtime.rows import AudienceRow, Issue, MoveRow, ReportRow, SkipRow, TaskRow, Touch

Row = TypeVar("Row", Touch, SkipRow)


@attrs.define(eq=False)
class Record:
    """Tables in the order in which they came to be; `sorted_…` give them by moment, R17 and id."""

    touches: list[tuple[Key, Touch]] = attrs.field(factory=list)
    handouts: list[Handout] = attrs.field(factory=list)
    audiences: list[Audience] = attrs.field(factory=list)
    moves: list[MoveRow] = attrs.field(factory=list)
    skips: list[tuple[Key, SkipRow]] = attrs.field(factory=list)
    reports: list[ReportRow] = attrs.field(factory=list)
    issues: list[Issue] = attrs.field(factory=list)

    @property
    def rows(self) -> int:
        """How many there are of touches, tasks, audiences, moves and skips."""
        made = len(self.touches) + len(self.handouts) + len(self.audiences)
        return made + len(self.moves) + len(self.skips)

    def sorted_touches(self) -> tuple[Touch, ...]:
        return tuple(row for _, row in sorted(self.touches, key=lambda each: (each[1].due, each[0], each[1].id)))

    def sorted_skips(self) -> tuple[SkipRow, ...]:
        return tuple(row for _, row in sorted(self.skips, key=lambda each: (each[1].at, each[0], each[1].id)))

    def sorted_moves(self) -> tuple[MoveRow, ...]:
        """Moves of one account in one second stay in the order in which they were made."""
        return tuple(sorted(self.moves, key=lambda move: (move.at, move.account)))

    def sorted_tasks(self, horizon: int) -> tuple[TaskRow, ...]:
        """Tasks as they stand when the execution ends."""
        ordered = sorted(self.handouts, key=lambda each: (each.row.due, each.key, each.row.id))
        return tuple(_as_it_stands(each, horizon) for each in ordered)

    def sorted_audiences(self, horizon: int) -> tuple[AudienceRow, ...]:
        """Whose end lies at the horizon or later is still in it."""
        ordered = sorted(self.audiences, key=lambda each: (each.row.start, each.key, each.row.id))
        return tuple(attrs.evolve(each.row, end=_end(each, horizon)) for each in ordered)


def _as_it_stands(handout: Handout, horizon: int) -> TaskRow:
    row = handout.row
    if row.kind == "notice":
        return row
    if handout.closed is not None:
        closed = attrs.evolve(row, outcome=handout.outcome, closed=handout.closed)
        return attrs.evolve(closed, state="withdrawn" if handout.withdrawn else "done")
    late = row.deadline is not None and row.deadline < horizon
    return attrs.evolve(row, state="overdue" if late else "open")


def _end(audience: Audience, horizon: int) -> int | None:
    ends = [end for end in (audience.end, audience.until) if end is not None and end < horizon]
    return min(ends, default=None)
