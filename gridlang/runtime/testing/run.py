"""One story, told to the reference interpreter and judged."""

from __future__ import annotations

import datetime as dt

import attrs

from gridlang.runtime import reference
from gridlang.runtime.rows import Input
from gridlang.runtime.testing import given, times
from gridlang.runtime.testing.judge import Judge
from gridlang.runtime.testing.rows import Rows
from gridlang.runtime.testing.times import Clocks
from gridlang.runtime.testing.told import Told, Took, Trouble
from gridlang.schedule import clock
from gridlang.schedule.model import Schedule, Story


def run(schedule: Schedule, story: Story) -> Told:
    """Tell a story of the schedule from its `starts` to the end of the period, and judge what it expects.

    What went wrong on the way is `troubles`; nothing is raised for a mistake in the story.
    """
    start, until = times.moment(story.starts, schedule.plan.timezone), _end(schedule)
    if not times.moment(schedule.plan.starts, schedule.plan.timezone) <= start < until:
        reason = f"the story starts outside the plan's period, {schedule.plan.starts} .. {schedule.plan.ends}"
        return Told(story=story, troubles=(Trouble(place=story.place, code="outside_the_period", reason=reason),))
    read = given.read(schedule, story)
    if read.failed:
        unread = (Trouble(place=story.place, code=each.code.name, reason=each.message) for each in read.problems)
        return Told(story=story, troubles=tuple(unread))
    return _told(schedule, story, read.value, start, until)


def _told(schedule: Schedule, story: Story, rows: Input, start: int, until: int) -> Told:
    seen = _Seen()
    entries = {} if story.enter is None else dict.fromkeys(given.accounts(story), story.enter)
    execution = reference.execute(schedule, rows, start, until, entries=entries, watch=seen)
    found = Rows.of(schedule, story, execution)
    judge = Judge(schedule, execution, found, Clocks.of(schedule, rows), start, until)
    failures = map(judge.failure, story.expectations)
    return Told(
        story=story,
        failures=tuple(failure for failure in failures if failure is not None),
        troubles=tuple(
            Trouble(place=given.place_of(story, issue), code=issue.code, reason=issue.reason)
            for issue in execution.issues
        ),
        taken=frozenset(seen.taken),
        moves=execution.moves,
    )


def _end(schedule: Schedule) -> int:
    """The first moment after the period (R27)."""
    last = dt.date.fromisoformat(schedule.plan.ends)
    return clock.midnight(clock.next_date(last), schedule.plan.timezone)


@attrs.define
class _Seen:
    """The arrows that runs took (`reference.watching.Watch`)."""

    taken: set[Took] = attrs.field(factory=set)

    def took(self, campaign: str, step: str, word: str, contact: str, at: int) -> None:
        self.taken.add((campaign, step, word))
