"""The tables of a run in chunks: for each chunk the cells of every column that `outputs.tables` declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Columns
from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.engine.reading.cells import texts_of
from gridlang.runtime.engine.results import REASONS, RULES, STATES, Audiences, Moves, Rows, Skips, Stamp, Tasks
from gridlang.runtime.engine.writing import formatting
from gridlang.runtime.engine.writing.clocks import Clocks
from gridlang.runtime.engine.writing.columns import Cells, Moments, Named, Numbers, Own
from gridlang.runtime.engine.writing.ids import Names
from gridlang.runtime.engine.writing.merged import Merged, T, taken, wide
from gridlang.runtime.engine.writing.wording import Texts, Use
from gridlang.runtime.outputs.table import Table
from gridlang.runtime.outputs.tables import AUDIENCES, MOVES, SKIPS, TASKS, TOUCHES
from gridlang.schedule.model import Schedule
from gridlang.schedule.steps import Notify, Task

CHUNK = 1 << 16
"""Rows whose texts are in memory at once."""
Chunk = dict[str, Cells]
"""The columns of a stretch of rows, by the attribute that a row of the table has."""


@attrs.frozen(eq=False)
class Run:
    """A run that is over, and what its rows are told with."""

    schedule: Schedule
    columns: Columns
    merged: Merged
    names: Names
    clocks: Clocks
    texts: Texts
    _lists: dict[str, list[str | tuple[str, ...]]] = attrs.field(factory=dict)

    @classmethod
    def of(cls, schedule: Schedule, columns: Columns, merged: Merged, stamp: Callable[[Rows, int], Stamp]) -> Run:
        """The rows of a run, ready to be told; `stamp` says when, in the order of the execution, a row was made."""
        names, clocks = Names.of(schedule, columns), Clocks.of(columns, schedule.plan.timezone)
        return cls(schedule, columns, merged, names, clocks, Texts.of(schedule, columns, stamp))

    def chunks(self) -> Iterator[tuple[Table, Callable[[], Iterator[Chunk]], int]]:
        """Every table with rows in arrays: its chunks, and how many rows it has."""
        made: tuple[tuple[Table, Callable[[Any], Chunk]], ...] = (
            (TOUCHES, self.touches),
            (TASKS, self.tasks),
            (AUDIENCES, self.audiences),
            (MOVES, self.moves),
            (SKIPS, self.skips),
        )
        for table, chunk in made:
            rows, order = getattr(self.merged, table.name), self.merged.order[table.name]
            yield table, partial(_chunks, chunk, rows, order), order.size

    # --- a chunk of each table ---------------------------------------------------------------------------------------

    def touches(self, rows: Rows) -> Chunk:
        """Of `Touch`."""
        return {**self._common(rows), **self._subject(rows), **self._due(rows)}

    def tasks(self, tasks: Tasks) -> Chunk:
        """Of `TaskRow`."""
        rows = tasks.rows
        teams = self.schedule.teams
        first = np.cumsum([0, *(len(team.members) for team in teams)])
        members = self._list("members", lambda: [member for team in teams for member in team.members])
        return {
            **self._common(rows),
            **self._subject(rows, tasks),
            **self._due(rows),
            "team": self._named("team", tasks.team, [team.name for team in teams]),
            "member": Named(np.where(tasks.member == NONE, NONE, first[tasks.team] + tasks.member), members),
            "deadline": Moments(tasks.deadline),
            "script": self.texts.cells(rows, self.texts.of_messages("script", rows)),
            "outcomes": self._outcomes(rows),
            "state": self._named("state", tasks.state, STATES),
            "outcome": Named(tasks.outcome, self._list("outcome", self._answers)),
            "closed": Moments(tasks.closed),
            "kind": self._named("kind", tasks.notice.astype(np.int64), ("task", "notice")),
        }

    def _answers(self) -> list[str]:
        return [str(word) for word in self.columns.events.outcome.values]

    def audiences(self, audiences: Audiences) -> Chunk:
        """Of `AudienceRow`."""
        rows = audiences.rows
        return {**self._common(rows), "start": Moments(rows.at), "end": Moments(audiences.end)}

    def skips(self, skips: Skips) -> Chunk:
        """Of `SkipRow`."""
        reason = self._named("reason", skips.reason, REASONS)
        return {**self._common(skips.rows), "at": Moments(skips.rows.at), "reason": reason}

    def moves(self, moves: Moves) -> Chunk:
        """Of `MoveRow`."""
        phases = [phase.name for phase in self.schedule.journey.phases]
        why, rule = self._why(moves)
        links = np.arange(moves.at.size)
        none = np.zeros(moves.at.size, np.int64)
        return {
            "account": Own(self.names.accounts.take(pyarrow.array(moves.account))),
            "source": self._named("phase", moves.source, phases),
            "target": self._named("phase", moves.target, phases),
            "at": Moments(moves.at),
            "why": why,
            "because": _chains(links, none + 1, rule, moves.place, none),
        }

    def _why(self, moves: Moves) -> tuple[Cells, Array]:
        """Why an account moved, and the rule that says so."""
        events = [event.name for event in self.schedule.events]
        flows = [
            f"move {campaign.name} {step}"
            for at, campaign in enumerate(self.schedule.campaigns)
            for step in self.names.steps[self.names.first[at] - 1 : self.names.first[at] + len(campaign.steps)]
        ]
        told = self._list("why", lambda: ["entry", *events, *flows])
        by_flow = 1 + len(events) + self.names.first[moves.campaign] + moves.step
        codes = np.where(moves.event != NONE, 1 + moves.event, np.where(moves.campaign != NONE, by_flow, 0))
        rules = [RULES.index(rule) for rule in ("entry", "event", "move")]
        kind = np.where(moves.event != NONE, 1, np.where(moves.campaign != NONE, 2, 0))
        return Named(codes, told), np.array(rules)[kind]

    # --- cells -------------------------------------------------------------------------------------------------------

    def _common(self, rows: Rows) -> Chunk:
        """What every row of touches, tasks, audiences and skips says."""
        contacts, links = self.names.contacts(rows.person), self.merged.links
        schedule = self.schedule
        return {
            "id": Own(self.names.ids(contacts, rows)),
            "contact": Own(contacts),
            "account": Own(self.names.houses(rows.person)),
            "channel": self._named("channel", rows.channel, [channel.name for channel in schedule.channels]),
            "message": self._named("message", rows.message, [message.name for message in schedule.messages]),
            "campaign": self._named("campaign", rows.campaign, [campaign.name for campaign in schedule.campaigns]),
            "step": Named(self.names.step(rows), self._list("step", lambda: self.names.steps)),
            "visit": Numbers(rows.visit),
            "because": _chains(rows.chain, rows.links, links.rule, links.place, links.delay),
        }

    def _due(self, rows: Rows) -> Chunk:
        return {"due": Moments(rows.at), "local": Own(self.clocks.texts(rows.at, rows.person))}

    def _subject(self, rows: Rows, tasks: Tasks | None = None) -> Chunk:
        """The message's subject; of a note to a team its text."""
        notes = () if tasks is None else self._notes(rows, np.flatnonzero(tasks.notice))
        return {"subject": self.texts.cells(rows, (*self.texts.of_messages("subject", rows), *notes))}

    def _notes(self, rows: Rows, notes: Array) -> Iterator[Use]:
        steps = self.names.step(rows)[notes]
        for number in np.unique(steps).tolist():
            chosen = notes[steps == number]
            campaign = self.schedule.campaigns[int(rows.campaign[chosen[0]])]
            step = campaign.steps[int(rows.step[chosen[0]])]
            assert isinstance(step, Notify)
            yield Use(step.text, f"notify {step.team} in {campaign.name}", chosen)

    def _outcomes(self, rows: Rows) -> Cells:
        """The answers that a task's step waits for; a note waits for none."""

        def every() -> list[str | tuple[str, ...]]:
            told: list[str | tuple[str, ...]] = []
            for campaign in self.schedule.campaigns:
                told.append(())
                for step in campaign.steps:
                    arms = step.arms if isinstance(step, Task) else ()
                    told.append(tuple(outcome for arm in arms for outcome in arm.outcomes))
            return told

        return Named(self.names.step(rows), self._list("outcomes", every))

    def _named(self, name: str, codes: Array, values: Sequence[str]) -> Named:
        return Named(codes, self._list(name, lambda: list(values)))

    def _list(self, name: str, make: Callable[[], Sequence[str | tuple[str, ...]]]) -> list[str | tuple[str, ...]]:
        """The same list for every chunk, so that its cells are made once."""
        if name not in self._lists:
            self._lists[name] = list(make())
        return self._lists[name]


def _chunks(chunk: Callable[[Any], Chunk], rows: Any, order: Array) -> Iterator[Chunk]:
    return map(chunk, ordered(rows, order))


def cut(table: T, rows: int) -> Iterator[T]:
    """A table of so many rows, chunk by chunk."""
    for begin in range(0, rows, CHUNK):
        yield wide(taken(table, slice(begin, begin + CHUNK)))


def ordered(table: T, order: Array) -> Iterator[T]:
    """The rows of a table in an order, chunk by chunk."""
    for begin in range(0, order.size, CHUNK):
        yield wide(taken(table, order[begin : begin + CHUNK]))


_WORDS = "".join(RULES).encode()
_CUTS = np.concatenate([[0], np.cumsum([len(rule) for rule in RULES])]).astype(np.int64)


def _chains(begins: Array, counts: Array, rule: Array, place: Array, delay: Array) -> Own:
    words = np.frombuffer(_WORDS, np.uint8)
    return Own(texts_of(*formatting.chains(begins, counts, rule, place, delay, words, _CUTS)))
