"""The rows of an execution as the arrays that the engine would give for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Columns
from gridlang.runtime.engine.results import (
    NEVER,
    NONE,
    REASONS,
    RULES,
    STATES,
    Audiences,
    Links,
    Moves,
    Orders,
    Part,
    Rows,
    Silences,
    Skips,
    Tasks,
)
from gridlang.runtime.rows import Because, Execution
from gridlang.schedule.model import Schedule


@attrs.define(slots=False)
class _Numbers:
    schedule: Schedule
    columns: Columns
    links: list[Because] = attrs.field(factory=list)

    def __attrs_post_init__(self) -> None:
        schedule = self.schedule
        self.person = {name: at for at, name in enumerate(self.columns.people.ids)}
        self.account = {name: at for at, name in enumerate(self.columns.accounts.ids)}
        self.campaign = {each.name: at for at, each in enumerate(schedule.campaigns)}
        self.steps = [{step.id: at for at, step in enumerate(each.steps)} for each in schedule.campaigns]
        self.channel = {each.name: at for at, each in enumerate(schedule.channels)}
        self.message = {each.name: at for at, each in enumerate(schedule.messages)}
        self.event = {each.name: at for at, each in enumerate(schedule.events)}
        self.phase = {each.name: at for at, each in enumerate(schedule.journey.phases)}
        self.team = {each.name: at for at, each in enumerate(schedule.teams)}
        self.outcome = {str(name): at for at, name in enumerate(self.columns.events.outcome.values)}

    def rows(self, rows: Sequence[Any], moment: str) -> Rows:
        chains = [self.chain(row.because) for row in rows]
        return Rows(
            person=_array(np.int32, (self.person.get(row.contact, NONE) for row in rows)),
            campaign=_array(np.int32, (self.campaign[row.campaign] for row in rows)),
            step=_array(np.int32, (self.steps[self.campaign[row.campaign]].get(row.step, NONE) for row in rows)),
            visit=_array(np.int32, (row.visit for row in rows)),
            channel=_array(np.int32, (self.channel.get(row.channel, NONE) for row in rows)),
            message=_array(np.int32, (self.message.get(row.message, NONE) for row in rows)),
            at=_array(np.int64, (getattr(row, moment) for row in rows)),
            ready=_array(np.int64, (getattr(row, moment) - _delay(row.because) for row in rows)),
            chain=_array(np.int64, (begin for begin, _ in chains)),
            links=_array(np.int32, (count for _, count in chains)),
            turn=_array(np.int32, range(len(rows))),
            lead=_array(np.int32, (NONE for _ in rows)),
        )

    def chain(self, because: tuple[Because, ...]) -> tuple[int, int]:
        self.links += because
        return len(self.links) - len(because), len(because)


def _delay(because: tuple[Because, ...]) -> int:
    return sum(link.delay for link in because)


def _array(kind: Any, values: Iterable[Any]) -> Any:
    return np.fromiter(values, kind)


def _moment(at: int | None) -> int:
    return NEVER if at is None else at


def part_of(schedule: Schedule, columns: Columns, execution: Execution) -> Part:
    """One part with everything but reports."""
    numbers = _Numbers(schedule, columns)
    touches = numbers.rows(execution.touches, "due")
    tasks, audiences, skips, moves = execution.tasks, execution.audiences, execution.skips, execution.moves
    members = {team.name: {name: at for at, name in enumerate(team.members)} for team in schedule.teams}
    why = [_why(numbers, move.why) for move in moves]
    none = np.empty(0, np.int64)
    return Part(
        touches=touches,
        tasks=Tasks(
            rows=numbers.rows(tasks, "due"),
            team=_array(np.int32, (numbers.team[row.team] for row in tasks)),
            member=_array(np.int32, (members[row.team].get(row.member, NONE) for row in tasks)),
            deadline=_array(np.int64, (_moment(row.deadline) for row in tasks)),
            state=_array(np.uint8, (STATES.index(row.state) for row in tasks)),
            outcome=_array(np.int32, (numbers.outcome[row.outcome] if row.outcome else NONE for row in tasks)),
            closed=_array(np.int64, (_moment(row.closed) for row in tasks)),
            notice=_array(np.bool_, (row.kind == "notice" for row in tasks)),
        ),
        audiences=Audiences(
            rows=numbers.rows(audiences, "start"), end=_array(np.int64, (_moment(row.end) for row in audiences))
        ),
        skips=Skips(rows=numbers.rows(skips, "at"), reason=_array(np.uint8, (REASONS.index(r.reason) for r in skips))),
        moves=Moves(
            account=_array(np.int32, (numbers.account[row.account] for row in moves)),
            source=_array(np.int32, (numbers.phase.get(row.source, NONE) for row in moves)),
            target=_array(np.int32, (numbers.phase[row.target] for row in moves)),
            at=_array(np.int64, (row.at for row in moves)),
            event=_array(np.int32, (event for event, _, _ in why)),
            campaign=_array(np.int32, (campaign for _, campaign, _ in why)),
            step=_array(np.int32, (step for _, _, step in why)),
            place=_array(np.int32, (row.because[0].place for row in moves)),
        ),
        silences=Silences(account=none, relation=none, since=none, at=none),
        orders=Orders(person=none, rule=none, number=none, at=none),
        links=Links(
            rule=_array(np.uint8, (RULES.index(link.rule) for link in numbers.links)),
            place=_array(np.int32, (link.place for link in numbers.links)),
            delay=_array(np.int64, (link.delay for link in numbers.links)),
        ),
        leads=np.empty((0, 6), np.int64),
    )


def _why(numbers: _Numbers, why: str) -> tuple[int, int, int]:
    if why == "entry":
        return NONE, NONE, NONE
    if why in numbers.event:
        return numbers.event[why], NONE, NONE
    _, campaign, step = why.split(" ", 2)
    at = numbers.campaign[campaign]
    return NONE, at, numbers.steps[at][step]


def shuffled(part: Part, seed: int) -> Part:
    """The rows of its tables in another order; moves of one account in one second keep theirs."""
    random = np.random.default_rng(seed)
    return attrs.evolve(
        part,
        touches=_shuffled(part.touches, random.permutation(part.touches.at.size)),
        tasks=_shuffled(part.tasks, random.permutation(part.tasks.rows.at.size)),
        audiences=_shuffled(part.audiences, random.permutation(part.audiences.rows.at.size)),
        skips=_shuffled(part.skips, random.permutation(part.skips.rows.at.size)),
    )


def _shuffled(table: Any, order: Any) -> Any:
    fields = [field.name for field in attrs.fields(type(table))]
    parts = {name: getattr(table, name) for name in fields}
    return type(table)(**{n: _shuffled(v, order) if attrs.has(type(v)) else v[order] for n, v in parts.items()})
