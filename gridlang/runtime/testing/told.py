"""What came of a story."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from gridlang.runtime.explain import ChainRow
from gridlang.runtime.rows import MoveRow
from gridlang.schedule.model import Story

Took: TypeAlias = tuple[str, str, str]
"""Campaign, step, and the word before the arrow (`gridlang.runtime.reference.watching`)."""


@attrs.frozen(kw_only=True)
class Happened:
    """A row of the run that stands beside an expectation, and `chain`, its explanation with the because-chain."""

    row: ChainRow
    chain: str


@attrs.frozen(kw_only=True)
class Failure:
    """An expectation that did not come true. `place` is an index into the schedule's places.

    `happened` are the rows that say most about it: what should not have been, or what came nearest. `remark` says in a
    sentence what rows cannot: that there are none, that there are more.
    """

    place: int
    expected: str
    happened: tuple[Happened, ...]
    remark: str | None = None


@attrs.frozen(kw_only=True)
class Trouble:
    """Why a story could not be told as it stands: an issue of the run, with the line of the story it comes from."""

    place: int
    code: str
    reason: str


@attrs.frozen(kw_only=True)
class Told:
    """A story and what came of it; `taken` and `moves` say which ways it went."""

    story: Story
    failures: tuple[Failure, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    taken: frozenset[Took] = frozenset()
    moves: tuple[MoveRow, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything expected came true, and nothing went wrong."""
        return not self.failures and not self.troubles
