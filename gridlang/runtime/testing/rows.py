"""The rows of a run as a story speaks of them: of which sort, when, of whom."""

from __future__ import annotations

from typing import assert_never

import attrs

from gridlang.runtime.explain import ChainRow
from gridlang.runtime.rows import AudienceRow, Execution, MoveRow, SkipRow, TaskRow, Touch
from gridlang.runtime.testing import given
from gridlang.schedule.model import Expectation, Schedule, Story


@attrs.frozen
class Rows:
    """The rows of a told story. `channels`: by channel, itself and those it starts from."""

    all: tuple[ChainRow, ...]
    channels: dict[str, tuple[str, ...]]
    accounts: dict[str, str]

    @classmethod
    def of(cls, schedule: Schedule, story: Story, execution: Execution) -> Rows:
        moves = [row for row in execution.moves if row.source or story.enter is None]
        rows: list[ChainRow] = [*execution.touches, *execution.audiences, *execution.tasks, *execution.skips, *moves]
        return cls(
            tuple(sorted(rows, key=moment_of)),
            {channel.name: (channel.name, *channel.ancestors) for channel in schedule.channels},
            {person.name: given.account_of(person) for person in story.persons},
        )

    def fits(self, expectation: Expectation, row: ChainRow) -> bool:
        """Whether a row is what is expected, whenever it is."""
        return sort_of(row) in sorts(expectation) and all(self.agreements(expectation, row).values())

    def agreements(self, expectation: Expectation, row: ChainRow) -> dict[str, bool]:
        """For each word that is asked for, whether the row has it."""
        asked = {
            "person": expectation.person,
            "channel": expectation.channel,
            "message": expectation.message,
            "phase": expectation.phase,
            "team": expectation.team,
            "because": expectation.because,
        }
        return {name: word in self._words(name, row) for name, word in asked.items() if word is not None}

    def _words(self, name: str, row: ChainRow) -> tuple[str, ...]:
        """What a row answers to one of these words."""
        if isinstance(row, MoveRow):
            people = tuple(person for person, account in self.accounts.items() if account == row.account)
            return {"phase": (row.target,), "person": people}.get(name, ())
        answers = {
            "person": (row.contact,),
            "channel": self.channels.get(row.channel, (row.channel,)),
            "message": (row.message,),
            "team": (row.team,) if isinstance(row, TaskRow) else (),
            "because": (row.reason,) if isinstance(row, SkipRow) else (),
        }
        return answers.get(name, ())


def sorts(expectation: Expectation) -> tuple[str, ...]:
    """The sorts of rows of which one is expected, or none."""
    return ("send", "task") if expectation.verb == "no" else (expectation.verb,)


def sort_of(row: ChainRow) -> str:
    """The verb with which a story expects such a row."""
    match row:
        case Touch() | AudienceRow():
            return "send"
        case TaskRow():
            return "task" if row.kind == "task" else "notify"
        case SkipRow():
            return "skip"
        case MoveRow():
            return "move"
        case _:
            assert_never(row)


def moment_of(row: ChainRow) -> int:
    """When it happened."""
    match row:
        case Touch() | TaskRow():
            return row.due
        case AudienceRow():
            return row.start
        case MoveRow() | SkipRow():
            return row.at
        case _:
            assert_never(row)


def person_of(row: ChainRow) -> str | None:
    """On whose clock it happened; a move is on the plan's."""
    return None if isinstance(row, MoveRow) else row.contact
