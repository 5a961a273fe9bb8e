"""Who of a team takes a task (R18), when accounts were lived apart: chosen last, of all accounts in their order.

Without a capacity nobody waits at the desk for others, so an account lives the same whoever takes its task. It notes
where a member belongs by the number of its attempt; the one with the fewest hand-outs that day is found at the end.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import numpy as np

from gridlang.runtime.engine import desk
from gridlang.runtime.engine.columns import NONE, Array
from gridlang.runtime.engine.driving import NOTHING, Answers, Driver
from gridlang.runtime.engine.kernel import layout
from gridlang.runtime.engine.lowering import Lowered, Stretch
from gridlang.runtime.engine.results import Part
from gridlang.schedule.model import Schedule

ATTEMPTS = "attempts"
"""The attempts at the desk of a partition, sorted; in the columns of `layout.ATTEMPT`."""
_TAKES, _KNOWN = 10, 11
_NO_MEMBERS = -2


def attempts_of(driver: Driver) -> Array:
    """What the accounts of a partition ask of teams whose members take turns, in order of time and R17."""
    if not _is_asked(driver.lowered.plan.schedule):
        return np.empty((0, layout.ATTEMPT), np.int64)
    found = driver.attempts()
    return found[desk.in_turn([found])]


def _is_asked(schedule: Schedule) -> bool:
    with_members = {team.name for team in schedule.teams if team.members}
    steps = (step for campaign in schedule.campaigns for step in campaign.steps)
    return any(step.verb == "task" and step.team in with_members for step in steps)


def answers_to(attempts: Array, stretch: Stretch) -> Answers:
    """There is always room; where a member belongs stands the number of the attempt."""
    taken = (attempts[:, _TAKES] != 0) & (attempts[:, _KNOWN] != _NO_MEMBERS)
    numbers = np.where(taken, np.arange(len(attempts)), NONE)
    return Answers.of(attempts[:, desk.ACCOUNT], numbers, stretch.T[:-1, layout.TA_NUMBER])


def takers(alone: Lowered, attempts: Sequence[Array]) -> list[Array]:
    """For each partition's attempts the member who takes it, in order of time and R17 over all accounts."""
    if not any(len(each) for each in attempts):
        return [NOTHING for _ in attempts]
    order = desk.in_turn(attempts)
    asked = np.ascontiguousarray(np.concatenate(attempts)[order])
    asked[:, desk.ACCOUNT] = 0  # nobody is turned away, so it does not matter whose attempts they are
    answers = np.empty(len(asked), np.int64)
    answers[order] = desk.met(alone, [alone.stretch(0, 0)], asked, np.zeros((len(asked), 2), np.int64), 1)[1]
    return np.split(answers, np.cumsum([len(each) for each in attempts])[:-1])


def put(part: Part, taken: Array) -> Part:
    """The tasks of a part with the members who take them; `taken` is by attempt of its partition."""
    if not len(taken):
        return part
    member = part.tasks.member
    named = np.where(member == NONE, NONE, taken[member]).astype(np.int32)
    return attrs.evolve(part, tasks=attrs.evolve(part.tasks, member=named))
