"""The answers somebody could give, tried one after the other: each script is told by the reference interpreter."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import attrs

from gridlang.rehearsal.casting import NOBODY, WHO
from gridlang.runtime.reference import execute
from gridlang.runtime.rows import Execution, Happening, Input, TaskRow, Touch
from gridlang.schedule import steps
from gridlang.schedule.model import Schedule

HOUR = 3600
MOST_SCRIPTS = 40
"""How many scripts are tried in one cell."""
MOST_ANSWERS = 6
"""How many answers one script may hold."""


@attrs.frozen(eq=False)
class Told:
    """A script and what came of it."""

    answers: tuple[Happening, ...]
    execution: Execution


def tell(schedule: Schedule, given: Input, phase: str, start: int, until: int) -> Iterator[Told]:
    """Every script in turn, those with few answers first; an answer comes an hour after what asks for it."""
    waiting: deque[tuple[Happening, ...]] = deque([()])
    tried: set[tuple[tuple[object, ...], ...]] = set()
    left = MOST_SCRIPTS
    while waiting and left:
        answers = waiting.popleft()
        key = tuple(
            sorted((answer.at, answer.event or "", answer.outcome or "", answer.task or "") for answer in answers)
        )
        if key in tried:
            continue
        tried.add(key)
        left -= 1
        story = attrs.evolve(given, happenings=(*given.happenings, *answers))
        told = Told(answers, execute(schedule, story, start, until, entries={WHO: phase}))
        yield told
        if len(answers) < MOST_ANSWERS:
            latest = max((answer.at for answer in answers), default=start)
            waiting.extend((*answers, answer) for answer in _next_answers(schedule, told.execution, latest))


def _next_answers(schedule: Schedule, execution: Execution, latest: int) -> Iterator[Happening]:
    """What could be answered to the first thing that nothing has answered yet."""
    asking = {(campaign.name, step.id): step for campaign in schedule.campaigns for step in campaign.steps}
    rows: list[Touch | TaskRow] = [row for row in execution.touches if row.due >= latest]
    rows += [row for row in execution.tasks if row.due >= latest and row.kind == "task" and row.state != "done"]
    for row in sorted(rows, key=lambda row: (row.due, row.id)):
        found = list(_answers(asking, row))
        yield from found
        if found:
            return


def _answers(asking: dict[tuple[str, str], steps.Step], row: Touch | TaskRow) -> Iterator[Happening]:
    at = row.due + HOUR
    if isinstance(row, TaskRow):
        for outcome in row.outcomes:
            yield Happening(contact=WHO, at=at, outcome=outcome, task=row.id, origin=NOBODY)
        return
    step = asking.get((row.campaign, row.step))
    after = asking.get((row.campaign, step.next or "")) if step is not None else None
    if isinstance(after, steps.Ask):
        for arm in after.arms:
            yield Happening(contact=WHO, at=at, event=arm.events[0], origin=NOBODY)
