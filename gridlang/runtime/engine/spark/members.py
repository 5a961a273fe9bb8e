"""Who of a team takes a task (R18), when accounts were lived apart: chosen last, of all accounts in their order.

Without a capacity nobody waits at the desk for others, so an account lives the same whoever takes its task. It notes
where a member belongs by the number of its attempt; the one with the fewest hand-outs that day is found at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.askers import Askers
from gridlang.runtime.engine.columns import NONE, Array
from gridlang.runtime.engine.desk import Asked, in_turn
from gridlang.runtime.engine.driving import NOTHING, Answers, Driver
from gridlang.runtime.engine.kernel import layout
from gridlang.runtime.engine.lowering import Lowered
from gridlang.runtime.engine.meeting import Desk
from gridlang.runtime.engine.results import Part

ATTEMPTS = "attempts"
"""The attempts at the desk of a partition, sorted; in the columns of `layout.ATTEMPT`."""
_NO_MEMBERS = -2


@attrs.define(eq=False)
class Asking:
    """The accounts of a partition that asked for a member, once its driver has gone through all."""

    driver: Driver
    attempts: Array = attrs.field(factory=lambda: np.empty((0, layout.ATTEMPT), np.int64))
    """In order of time and R17."""

    def again(self) -> tuple[Driver, Answers]:
        """They are told that there is always room; where a member belongs stands the number of the attempt."""
        asked = Asked.of(self.driver)
        self.attempts = asked.attempts[in_turn(asked.columns)]
        taken = (self.attempts[:, layout.A_TAKES] != 0) & (self.attempts[:, layout.A_KNOWN] != _NO_MEMBERS)
        numbers = np.where(taken, np.arange(len(taken)), NONE)
        stretch = Askers.of([asked.accounts]).part(0)
        answers = Answers.of(self.attempts[:, layout.A_ROW], numbers, stretch.accounts)
        return Driver(self.driver.lowered, stretch, self.driver.memory, asked.left.kept()), answers


def takers(alone: Lowered, attempts: Sequence[Array]) -> list[Array]:
    """For each partition's attempts the member who takes it, in order of time and R17 over all accounts."""
    if not any(len(each) for each in attempts):
        return [NOTHING for _ in attempts]
    asked = np.concatenate(attempts)
    asked[:, [layout.A_ASKER, layout.A_LIFE]] = 0  # nobody is turned away: it does not matter whose attempts they are
    meeting, answers = Desk(alone, [*asked.T], 1), np.empty(len(asked), np.int64)
    away = meeting.turned_away()
    assert not len(away), "refused before: a team with a capacity"
    answers[meeting.order] = meeting.said
    return np.split(answers, np.cumsum([len(each) for each in attempts])[:-1])


def put(part: Part, taken: Array) -> Part:
    """The tasks of a part with the members who take them; `taken` is by attempt of its partition."""
    if not len(taken):
        return part
    member = part.tasks.member
    named = np.where(member == NONE, NONE, taken[member]).astype(np.int32)
    return attrs.evolve(part, tasks=attrs.evolve(part.tasks, member=named))
