"""Who of a team takes a task (R18), when accounts were lived apart: chosen last, of all accounts in their order.

Without a capacity nobody waits at the desk for others, so an account lives the same whoever takes its task. It notes
where a member belongs by the number of its attempt; the one with the fewest hand-outs that day is found at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from gridlang.runtime.engine.columns import NONE, Array
from gridlang.runtime.engine.driving import Driver, Log
from gridlang.runtime.engine.kernel import layout
from gridlang.runtime.engine.results import Part

ATTEMPTS = "attempts"
"""The attempts at the desk of a partition, sorted; in the columns of `layout.ATTEMPT`."""
_ACCOUNT, _TAKES, _KNOWN, _ORDER = 8, 10, 11, 8
_NO_MEMBERS = -2


@attrs.define(eq=False)
class Asking(Driver):
    """Lives accounts apart: there is always room at the desk, and no plan of its own."""

    attempts: Array = attrs.field(factory=lambda: np.empty((0, layout.ATTEMPT), np.int64))

    def _has_mass(self) -> bool:
        return False

    def _meet_at_the_desk(self) -> None:
        n = len(self.lowered.T) - 1
        schedule = self.lowered.plan.schedule
        with_members = {team.name for team in schedule.teams if team.members}
        steps = (step for campaign in schedule.campaigns for step in campaign.steps)
        if not n or not any(step.verb == "task" and step.team in with_members for step in steps):
            return
        self.attempts = self._attempts(n)
        accounts = self.attempts[:, _ACCOUNT]
        taken = (self.attempts[:, _TAKES] != 0) & (self.attempts[:, _KNOWN] != _NO_MEMBERS)
        numbers = np.where(taken, np.arange(len(accounts)), NONE)
        order = np.argsort(accounts, kind="stable")
        self.answers = np.ascontiguousarray(numbers[order])
        self.told = np.searchsorted(accounts[order], np.arange(n + 1)).astype(np.int64)


@attrs.define(eq=False)
class Together(Driver):
    """Of a plan lowered without people: what is of the plan itself."""

    @property
    def has_flights(self) -> bool:
        """Whether a campaign is one run for the plan."""
        return self._has_mass()

    def flights(self, happened: Array) -> Log:
        """The plan itself; `happened`: (moment, name) of events of accounts, in their order."""
        return self._mass(happened)

    def takers(self, attempts: Sequence[Array]) -> list[Array]:
        """For each partition's attempts the member who takes it, in order of time and R17 over all accounts."""
        found = np.concatenate([*attempts, np.empty((0, layout.ATTEMPT), np.int64)])
        if not len(found):
            return [np.empty(0, np.int64) for _ in attempts]
        order = np.lexsort(tuple(found[:, key] for key in range(_ORDER - 1, -1, -1)))
        asked = np.ascontiguousarray(found[order])
        asked[:, _ACCOUNT] = 0
        answers = np.empty(len(found), np.int64)
        answers[order] = self._answers(asked)
        return np.split(answers, np.cumsum([len(each) for each in attempts])[:-1])

    def _answers(self, asked: Array) -> Array:
        """Nobody is turned away, so it does not matter whose attempts they are."""
        most = max(len(team.members) for team in self.lowered.plan.schedule.teams)
        while True:
            try:
                return self._drive(layout.MEET, np.zeros(2, np.int64), rows=asked, most=most)[1]
            except MemoryError:
                self.memory.grow()


def put(part: Part, taken: Array) -> Part:
    """The tasks of a part with the members who take them; `taken` is by attempt of its partition."""
    if not len(taken):
        return part
    member = part.tasks.member
    named = np.where(member == NONE, NONE, taken[member]).astype(np.int32)
    return attrs.evolve(part, tasks=attrs.evolve(part.tasks, member=named))
