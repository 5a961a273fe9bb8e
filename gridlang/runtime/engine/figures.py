"""The figures of a run from its arrays: what `gridlang.runtime.figures` counts of rows, without making one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.results import NONE, REASONS, RULES, STATES, Links, Rows
from gridlang.runtime.engine.writing import Run
from gridlang.runtime.engine.writing.clocks import offsets
from gridlang.runtime.engine.writing.tables import cut
from gridlang.runtime.figures import BOUNDS, Delayed, Figures, Made, Skipped
from gridlang.runtime.rows import Execution
from gridlang.schedule.clock import DAY

_CAPACITY = RULES.index("capacity")


def figures(run: Run, told: Execution) -> Figures:
    """What `gridlang.runtime.figures.figures` gives for the run; `told` has its counts, reports and issues."""
    return _Counting(run).figures(told)


@attrs.define(eq=False)
class _Counting:
    run: Run
    delayed: Counter[Delayed] = attrs.field(factory=Counter)
    seconds: Counter[Delayed] = attrs.field(factory=Counter)

    def figures(self, told: Execution) -> Figures:
        merged, phases = self.run.merged, [phase.name for phase in self.run.schedule.journey.phases]
        tasks = merged.tasks
        handed = np.flatnonzero(~tasks.notice)
        teams, team = [team.name for team in self.run.schedule.teams], tasks.team[handed]
        weeks = self._weeks(tasks.rows.at[handed])
        waited = _waited(tasks.rows, merged.links)[handed]
        self._delays(merged.touches, made=True)
        self._delays(_some(tasks.rows, handed), made=True)
        self._delays(merged.skips.rows, made=False)
        return Figures(
            counts=told.counts,
            made=self._made(),
            skipped=self._skipped(),
            delayed=dict(self.delayed),
            seconds=dict(self.seconds),
            weeks=self._reached(handed),
            desk={(teams[who], week): n for (who, week), n in _counted(team, weeks)},
            crowded={(teams[who], week): n for (who, week), n in _counted(team[waited], weeks[waited])},
            tasks={(teams[who], STATES[state]): n for (who, state), n in _counted(team, tasks.state[handed])},
            moves={
                (_name(phases, source), phases[target]): n
                for (source, target), n in _counted(merged.moves.source, merged.moves.target)
            },
            reports=dict(Counter(row.check for row in told.reports)),
            refused=sum(issue.refused for issue in told.issues),
        )

    def _made(self) -> dict[Made, int]:
        merged, found = self.run.merged, Counter[Made]()
        tables = (
            (("touch",), merged.touches, np.zeros(merged.touches.at.size, np.int64)),
            (("task", "notice"), merged.tasks.rows, merged.tasks.notice),
            (("audience",), merged.audiences.rows, np.zeros(merged.audiences.rows.at.size, np.int64)),
        )
        for kinds, rows, kind in tables:
            for (which, campaign, step, channel), n in _counted(kind, rows.campaign, self._steps(rows), rows.channel):
                found[Made(kinds[which], *self._step(campaign, step), self._channel(channel))] += n
        return dict(found)

    def _skipped(self) -> dict[Skipped, int]:
        rows, reason = self.run.merged.skips.rows, self.run.merged.skips.reason
        return {
            Skipped(*self._step(campaign, step), self._channel(channel), REASONS[why]): n
            for (campaign, step, channel, why), n in _counted(rows.campaign, self._steps(rows), rows.channel, reason)
        }

    def _reached(self, handed: Array) -> dict[tuple[str, int], int]:
        """Channel and week of whatever reached a person."""
        merged, found = self.run.merged, Counter[tuple[str, int]]()
        for rows in (merged.touches, _some(merged.tasks.rows, handed), merged.audiences.rows):
            person = rows.person != NONE
            for (channel, week), n in _counted(rows.channel[person], self._weeks(rows.at[person])):
                found[self._channel(channel), week] += n
        return dict(found)

    def _delays(self, rows: Rows, *, made: bool) -> None:
        """A rule may have moved a row several times: its delays are one then."""
        for part in cut(rows, rows.at.size):
            row, link = _links(part)
            links = self.run.merged.links
            moved = links.delay[link] != 0
            row, link = row[moved], link[moved]
            first, group = _groups(row, links.rule[link], links.place[link])
            delay = np.zeros(first.size, np.int64)
            np.add.at(delay, group, links.delay[link])
            row, link, delay = row[first][delay != 0], link[first][delay != 0], delay[delay != 0]
            sort = np.searchsorted(BOUNDS, delay)
            keys = (links.rule[link], links.place[link], part.channel[row], sort)
            first, group = _groups(*keys)
            times, seconds = np.bincount(group, minlength=first.size), np.zeros(first.size, np.int64)
            np.add.at(seconds, group, delay)
            for number, at in enumerate(first.tolist()):
                rule, place, channel, size = (int(key[at]) for key in keys)
                told = Delayed(RULES[rule], place, self._channel(channel), made, size)
                self.delayed[told] += int(times[number])
                self.seconds[told] += int(seconds[number])

    # --- names -------------------------------------------------------------------------------------------------------

    def _steps(self, rows: Rows) -> Array:
        return self.run.names.step(rows)

    def _step(self, campaign: int, step: int) -> tuple[str, str]:
        return self.run.schedule.campaigns[campaign].name, self.run.names.steps[step]

    def _channel(self, number: int) -> str:
        return "" if number == NONE else self.run.schedule.channels[number].name

    def _weeks(self, moments: Array) -> Array:
        """The Monday of each moment's week on the plan's clock, counted in days from 1970."""
        moments = moments.astype(np.int64)
        day = (moments + offsets(moments, self.run.schedule.plan.timezone)) // DAY
        return day - (day + 3) % 7  # 1970 began on a Thursday


def _name(names: list[str], number: int) -> str:
    return "" if number == NONE else names[number]


def _some(rows: Rows, chosen: Array) -> Rows:
    return Rows(**{name: column[chosen] for name, column in attrs.asdict(rows, recurse=False).items()})


def _waited(rows: Rows, links: Links) -> Array:
    """bool: which rows had to wait for a place (R18)."""
    found = np.zeros(rows.at.size, np.bool_)
    row, link = _links(rows)
    found[row[links.rule[link] == _CAPACITY]] = True
    return found


def _links(rows: Rows) -> tuple[Array, Array]:
    """Every link of the rows' chains: whose it is, and which."""
    ends = np.cumsum(rows.links, dtype=np.int64)
    row = np.repeat(np.arange(rows.at.size), rows.links)
    before = np.repeat(ends - rows.links, rows.links)
    return row, np.arange(row.size) - before + np.repeat(rows.chain, rows.links)


def _counted(*columns: Array) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Every combination of numbers that occurs, and how often."""
    first, group = _groups(*columns)
    times = np.bincount(group, minlength=first.size)
    for at, n in zip(first.tolist(), times.tolist(), strict=True):
        yield tuple(int(column[at]) for column in columns), n


def _groups(*columns: Array) -> tuple[Array, Array]:
    """The first row of each combination of numbers that occurs, and of each row which combination it is."""
    key = np.zeros(columns[0].size, np.int64)
    for column in columns if key.size else ():
        code = column.astype(np.int64) - int(column.min())
        key = key * (int(code.max()) + 1) + code
    _, first, group = np.unique(key, return_index=True, return_inverse=True)
    return first, group
