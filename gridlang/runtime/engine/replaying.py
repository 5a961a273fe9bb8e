"""What the kernel did to accounts of a world, done again in the order of the reference: rows, issues, the diary.

In that order texts are made and money is spent, so that what fails first, and who passes the budget (R28), is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias

import attrs

from gridlang.runtime.engine import stamps
from gridlang.runtime.engine.as_rows import Telling, moves
from gridlang.runtime.engine.driving import Log
from gridlang.runtime.engine.kernel import layout
from gridlang.runtime.engine.lowering import Stretch
from gridlang.runtime.engine.lowering.state import Restored
from gridlang.runtime.engine.results import NEVER, STATES, Part, Rows, Stamp, Whole
from gridlang.runtime.engine.whole import issue_of
from gridlang.runtime.engine.writing.reports import reports
from gridlang.runtime.reference import cells, diary
from gridlang.runtime.reference import reports as spending
from gridlang.runtime.reference.audiences import Audience
from gridlang.runtime.reference.handouts import Handout
from gridlang.runtime.reference.order import Key
from gridlang.runtime.reference.people import Account, Person
from gridlang.runtime.reference.prepare import Flow
from gridlang.runtime.reference.timing import duration
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Counts, Happening, Issue
from gridlang.schedule import clock
from gridlang.schedule import steps as st

Deed: TypeAlias = tuple[Stamp, Callable[[], None]]
_OF_ROWS = (layout.ISSUE_LATE, layout.ISSUE_UNASKED, layout.ISSUE_OFFERED)


def replay(world: World, restored: Restored, logs: Sequence[tuple[Stretch, Log]]) -> None:
    """Everything that was put out or told, into the record of the world."""
    replaying = _Replaying(world, restored)
    deeds = [deed for stretch, log in logs for deed in replaying.deeds(stretch, log)]
    for stamp, do in sorted(deeds, key=lambda each: each[0]):
        world.moments.now = stamp[0]
        do()
    parts = [log.part for _, log in logs]
    world.record.moves += moves(restored.lowered, parts)
    world.record.reports += _orders(restored, parts)


def _orders(restored: Restored, parts: Sequence[Part]) -> Iterator[Any]:
    """The world itself tells of the budget, and of silences."""
    lowered = restored.lowered
    nothing = Whole(issues=(), stamps=(), budget=None, counts=Counts(accounts=0, contacts=0, by_segment={}, goals={}))
    yield from reports(lowered.plan.schedule, lowered.columns, parts, nothing)


@attrs.define(eq=False)
class _Replaying:
    world: World
    restored: Restored
    telling: Telling = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.telling = Telling(self.restored.lowered)
        self.telling.wordings = self.world.wordings
        self.telling.people = dict(enumerate(self.restored.living.people))
        if self.world.mass is not None:
            self.telling.people[-1] = self.world.mass.people[0]

    def deeds(self, stretch: Stretch, log: Log) -> Iterator[Deed]:
        part = log.part
        for rows, do in (
            (part.touches, self._touch),
            (part.tasks.rows, self._task),
            (part.audiences.rows, self._audience),
            (part.skips.rows, self._skip),
        ):
            for number in range(len(rows.at)):
                yield stamps.of_row(self.restored.lowered, part, rows, number), partial(do, part, number)
        for table, tell in ((log.issues, partial(self._issue, stretch)), (log.diary, self._diary)):
            for record in table.tolist():
                *said, account, lead, last, turn = record
                at = stamps.of(said[1], last if lead == -3 else lead, account, turn, part.leads)
                yield at, partial(tell, account, said)

    # --- rows --------------------------------------------------------------------------------------------------------

    def _key(self, rows: Rows, number: int, step: str) -> tuple[Key, Flow, Person]:
        flow, person = self.world.plan.flows[int(rows.campaign[number])], self.telling.people[int(rows.person[number])]
        return self.world.key(flow, person, step, int(rows.ready[number]), int(rows.visit[number])), flow, person

    def _touch(self, part: Part, number: int) -> None:
        row = self.telling.touch(part, number)
        key, flow, _ = self._key(part.touches, number, row.step)
        self.world.record.touches.append((key, row))
        step = flow.steps[row.step]
        cost = step.budget if isinstance(step, st.Show) else self.world.plan.channels[row.channel].channel.cost
        spending.spend(self.world, cost, row.due)

    def _task(self, part: Part, number: int) -> None:
        tasks, world = part.tasks, self.world
        row = self.telling.task(part, number)
        key, _, person = self._key(tasks.rows, number, row.step)
        if row.kind == "notice":
            world.record.handouts.append(Handout(row, key, None))
            return
        closed, withdrawn = int(tasks.closed[number]), STATES[int(tasks.state[number])] == "withdrawn"
        handed = Handout(attrs.evolve(row, state="open", outcome="", closed=None), key, None)
        if closed != NEVER:
            handed.withdrawn, handed.outcome, handed.closed = withdrawn, row.outcome, closed
        world.record.handouts.append(handed)
        person.account.handouts[row.id] = handed
        world.desk.handed.setdefault(row.team, []).append(row.due)
        load = world.desk.loads.setdefault((row.team, clock.local(row.due, world.plan.timing.zone).date()), {})
        load[row.member] = load.get(row.member, 0) + 1
        spending.spend(world, world.plan.channels[row.channel].channel.cost, row.due)

    def _audience(self, part: Part, number: int) -> None:
        row = attrs.evolve(self.telling.audience(part, number), end=None)
        key, flow, person = self._key(part.audiences.rows, number, row.step)
        step = flow.steps[row.step]
        assert isinstance(step, st.Send)
        later = self.world.plan.timing.later
        until = later(row.start, duration(step.duration), person.zone) if step.duration else None
        audience = Audience(row, key, flow.index, until)
        self.world.record.audiences.append(audience)
        self.restored.audiences[person.account.id].append(audience)

    def _skip(self, part: Part, number: int) -> None:
        row = self.telling.skip(part, number)
        key, _, _ = self._key(part.skips.rows, number, row.step)
        self.world.record.skips.append((key, row))

    # --- what is told ------------------------------------------------------------------------------------------------

    def _issue(self, stretch: Stretch, number: int, said: list[int]) -> None:
        kind, at, *of = said
        issue = issue_of(self.restored.lowered, stretch, kind, at, number, tuple(of))
        if kind in _OF_ROWS:
            _, row = self.restored.living.rows[int(stretch.row_of[of[0]])]
            issue = self._of_row(issue, row, kind, number, of)
        self.world.record.issues.append(issue)

    def _of_row(self, issue: Issue, row: Happening, kind: int, number: int, of: list[int]) -> Issue:
        """Rows of a world may be of several files, and a task may be called what its step was called before."""
        issue = attrs.evolve(issue, file=row.origin.file)
        if kind == layout.ISSUE_OFFERED:
            handouts = list(self.restored.living.accounts[number].handouts.values())
            asked = handouts[of[3]].row
            offered = ", ".join(asked.outcomes)
            issue = attrs.evolve(issue, reason=f"the task {asked.step} offers {offered}, not {row.outcome}")
        return issue

    def _account(self, number: int) -> Account:
        if number >= 0:
            return self.restored.living.accounts[number]
        assert self.world.mass is not None
        return self.world.mass

    def _diary(self, number: int, said: list[int]) -> None:
        what, now, who, *of = said
        account = self._account(number)
        if what == layout.DIARY_AUDIENCE:
            self.restored.audiences[account.id][who].end = now
        elif what == layout.DIARY_CELL:
            self._cell(account, now, who, of)
        elif self.world.diary is not None:
            person, campaign = account.people[who], self.world.plan.flows[of[0]].campaign.name
            if what == layout.DIARY_BEGINS:
                self.world.diary.began(person, campaign, now)
            else:
                self.world.diary.ended(person, campaign, now, diary.LEFT if of[1] else diary.AT_ITS_END)

    def _cell(self, account: Account, now: int, who: int, of: list[int]) -> None:
        """Each of the account's people in turn; with the last of them it is known how all of them stand."""
        schedule, person = self.world.plan.schedule, account.people[who]
        played, segment, phase, relation = of
        account.segment = None if segment < 0 else schedule.segments[segment]
        account.phase = schedule.journey.phases[phase].name
        account.relation = None if relation < 0 else schedule.relations[relation].name
        person.figures = tuple(each.name for bit, each in enumerate(schedule.persons) if played >> bit & 1)
        person.roles = cells.roles(self.world, person, account.segment.name) if account.segment else ()
        if self.world.diary is not None and who == len(account.people) - 1:
            self.world.diary.stands(account, now)
