"""What a run gave as figures: plain counters whose keys are the plan's own words, and never a person's.

Everything that is told of a run as a whole (the summary at a terminal, `run.html`) is told of these, so nobody who
tells it can give a person away. They are sums over rows: whoever has the rows as columns gets the same figures by
grouping, and figures of parts add up.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Hashable, Iterable
from typing import TypeVar

import attrs

from gridlang.runtime.rows import AudienceRow, Counts, Execution, SkipRow, TaskRow, Touch
from gridlang.schedule import clock
from gridlang.schedule.model import Cap, Channel, Rule, Schedule

HOUR, DAY, WEEK = 3_600, 86_400, 7 * 86_400
BOUNDS = (HOUR, DAY, 3 * DAY, WEEK)
"""Delays fall into five sorts: up to each of these, included, and longer."""
Key = TypeVar("Key", bound=Hashable)


@attrs.frozen
class Made:
    """Key of rows that were made: `kind` is touch, task, notice or audience; a notice has no channel."""

    kind: str
    campaign: str
    step: str
    channel: str


@attrs.frozen
class Skipped:
    """Key of rows that were not made; a run that was held out has no channel, and `holdout` for a step."""

    campaign: str
    step: str
    channel: str
    reason: str


@attrs.frozen
class Delayed:
    """Key of rows that a rule moved: the rule, its place in the schedule, the row's channel, whether the row
    was made in the end, and the sort of delay (0 to 4, by `BOUNDS`)."""

    rule: str
    place: int
    channel: str
    made: bool
    sort: int


@attrs.frozen(kw_only=True)
class Figures:
    """The figures of a run. Days are counted from 1970, weeks named by their Monday; both on the plan's clock."""

    counts: Counts
    made: dict[Made, int]
    skipped: dict[Skipped, int]
    delayed: dict[Delayed, int]
    """How many rows."""
    seconds: dict[Delayed, int]
    """By how many seconds, all rows together."""
    weeks: dict[tuple[str, int], int]
    """By channel and week: touches, hand-outs and new members of audiences; flights of the plan are none of them."""
    desk: dict[tuple[str, int], int]
    """By team and week: tasks handed out."""
    crowded: dict[tuple[str, int], int]
    """By team and week: of those, the ones that had waited for a place (R18)."""
    tasks: dict[tuple[str, str], int]
    """By team and state: tasks, without notices."""
    moves: dict[tuple[str, str], int]
    """By phase left (empty: entered the plan) and phase entered: moves of accounts."""
    reports: dict[str, int]
    refused: int
    """Rows of the input that were left out."""


def figures(schedule: Schedule, execution: Execution) -> Figures:
    """Count an execution."""
    zone = schedule.plan.timezone
    touches, handed = execution.touches, [row for row in execution.tasks if row.kind == "task"]
    delays = [*_delays(touches, True), *_delays(handed, True), *_delays(execution.skips, False)]
    crowded = [row for row in handed if any(link.rule == "capacity" for link in row.because)]
    return Figures(
        counts=execution.counts,
        made=_counted(_made(execution)),
        skipped=_counted(Skipped(row.campaign, row.step, row.channel, row.reason) for row in execution.skips),
        delayed=_counted(key for key, _ in delays),
        seconds=_summed(delays),
        weeks=_counted(_reached(execution, zone)),
        desk=_counted((row.team, week_of(row.due, zone)) for row in handed),
        crowded=_counted((row.team, week_of(row.due, zone)) for row in crowded),
        tasks=_counted((row.team, row.state) for row in handed),
        moves=_counted((row.source, row.target) for row in execution.moves),
        reports=_counted(row.check for row in execution.reports),
        refused=sum(issue.refused for issue in execution.issues),
    )


def week_of(moment: int, zone: str) -> int:
    """The Monday of a moment's week on a clock, counted in days from 1970."""
    day = clock.day_of(moment, zone)
    return day - (day + 3) % 7  # 1970 began on a Thursday


def caps_of(schedule: Schedule) -> tuple[tuple[Channel | Rule, Cap], ...]:
    """The caps of a plan by their number (`Counts.pressure`), each with the declaration whose it is."""
    channels = [(channel, channel.cap) for channel in schedule.channels if channel.cap is not None]
    return (*channels, *((rule, rule.cap) for rule in schedule.rules if rule.cap is not None))


def _counted(keys: Iterable[Key]) -> dict[Key, int]:
    return dict(Counter(keys))


def _made(execution: Execution) -> Iterable[Made]:
    for touch in execution.touches:
        yield Made("touch", touch.campaign, touch.step, touch.channel)
    for task in execution.tasks:
        yield Made(task.kind, task.campaign, task.step, task.channel)
    for audience in execution.audiences:
        yield Made("audience", audience.campaign, audience.step, audience.channel)


def _reached(execution: Execution, zone: str) -> Iterable[tuple[str, int]]:
    """Channel and week of whatever reached a person."""
    handed = (row for row in execution.tasks if row.kind == "task")
    rows: Iterable[Touch | TaskRow | AudienceRow] = (*execution.touches, *handed, *execution.audiences)
    for row in rows:
        if row.contact:
            yield row.channel, week_of(row.start if isinstance(row, AudienceRow) else row.due, zone)


def _delays(rows: Iterable[Touch | TaskRow | SkipRow], made: bool) -> Iterable[tuple[Delayed, int]]:
    """A rule may have moved a row several times: its delays are one then."""
    for row in rows:
        delays: Counter[tuple[str, int]] = Counter()
        for link in row.because:
            delays[link.rule, link.place] += link.delay
        for (rule, place), delay in delays.items():
            if delay:
                yield Delayed(rule, place, row.channel, made, bisect.bisect_left(BOUNDS, delay)), delay


def _summed(delays: Iterable[tuple[Delayed, int]]) -> dict[Delayed, int]:
    sums: Counter[Delayed] = Counter()
    for key, delay in delays:
        sums[key] += delay
    return dict(sums)
