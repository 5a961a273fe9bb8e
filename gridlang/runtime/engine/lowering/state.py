"""Accounts that have lived before, lowered: where they stand and what they have in flight (R25, R26).

The numbers are read by `kernel.restoring`, in this order; what it makes of them `kernel.saving` writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.living import Living, everybody
from gridlang.runtime.engine.lowering.lower import Lowered, lower
from gridlang.runtime.engine.lowering.rows import called, task_id
from gridlang.runtime.engine.lowering.stretch import Stretch
from gridlang.runtime.engine.results import RULES
from gridlang.runtime.reference.audiences import Audience
from gridlang.runtime.reference.handouts import Handout
from gridlang.runtime.reference.people import Account, Occurrence, Person
from gridlang.runtime.reference.running import Run, Turn, Waiting
from gridlang.runtime.reference.world import World
from gridlang.runtime.state.saving import in_time
from gridlang.schedule import steps as st

EPOCH = dt.datetime(1970, 1, 1)
GONE = -2
"""A level that the plan has no more."""
NEVER = -5
"""An event that the plan has no more: nothing is it."""


@attrs.frozen(eq=False)
class Restored:
    """Accounts of a world, as the kernel reads them; the plan itself stands behind them."""

    lowered: Lowered
    stretch: Stretch
    living: Living
    events: Mapping[str, tuple[Occurrence, ...]]
    """By account: what has happened to it, as it is numbered."""
    audiences: Mapping[str, list[Audience]]
    """By account, as they are numbered; those that come are put behind."""


def lower_world(
    world: World, accounts: Iterable[Account], looked_at: Mapping[str, int], start: int, until: int
) -> Restored:
    """Accounts to be lived from `start` up to `until`; `looked_at`: by id, the first moment that holds something.

    Raises `Refused` for a plan or values beyond the engine.
    """
    living = Living.of(accounts)
    columns = living.columns()
    lowered = lower(world.plan.schedule, columns, start, until)
    events = {account.id: tuple(in_time(account)) for account in living.accounts if account.entered}
    texts = _Texts.of(world, lowered, living.accounts)
    numbers_of_plan = texts.put(lowered)
    for field, value in ((k.H_KEEPS, 1), (k.H_CLOSES, 0), (k.H_SILENT, 1)):
        numbers_of_plan[field] = value
    stretch = lowered.stretch(0, len(living.accounts), everything=True)
    stretch.E[:, k.EV_COUNTED] = [living.rows[row][1].counted for row in stretch.row_of.tolist()]
    numbers = [0]
    every = (*living.accounts, *([world.mass] if world.mass else []))
    for number, account in enumerate(every):
        stretch.T[number, k.TA_ABSENT] = len(account.absent)
        stretch.T[number, k.TA_PEOPLE_N] = len(account.people)
        stretch.T[number, k.TA_ENTRY] = account.entry
        if account.entered or _is_known(account):
            stretch.T[number, k.TA_STATE] = len(numbers)
            making = _Account(world, lowered, account, events.get(account.id, ()), texts, numbers)
            making.put(k.MISS if looked_at.get(account.id) == start else start - 1)
    state = np.array(numbers, np.int64)
    audiences = {each.id: [one for who in everybody(each) for one in who.audiences] for each in every}
    return Restored(
        attrs.evolve(lowered, P=numbers_of_plan), attrs.evolve(stretch, state=state), living, events, audiences
    )


@attrs.frozen(eq=False)
class _Texts:
    """Which texts that name steps mean a task (R21): columns of the table `P_STEP_TEXTS`; tasks whose step is gone, or
    was called otherwise, have columns behind the plan's own."""

    world: World
    columns: dict[tuple[str, str], int]
    others: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, world: World, lowered: Lowered, accounts: Iterable[Account]) -> _Texts:
        columns: dict[tuple[str, str], int] = {}
        base = 0
        for flow in world.plan.flows:
            for number, step in enumerate(flow.campaign.steps):
                if isinstance(step, st.Task):
                    columns[flow.campaign.name, step.id] = base + number
            base += len(flow.campaign.steps) + 1
        said = {(each.row.campaign, each.row.step) for account in accounts for each in account.handouts.values()}
        others = tuple(sorted(said - columns.keys()))
        columns |= {name: base + number for number, name in enumerate(others)}
        return cls(world, columns, others)

    def put(self, lowered: Lowered) -> Array:
        """The plan, with those columns."""
        plan, texts = lowered.P.copy(), lowered.columns.events.step.values
        if not self.others:
            return plan
        begin, width = int(plan[k.P_STEP_TEXTS]), int(plan[k.H_TOTAL_STEPS])
        known = plan[begin : begin + width * len(texts)].reshape(len(texts), width)
        means = [[text in called(self.world.plan, *other) for other in self.others] for text in texts]
        beside = np.array(means, np.int64).reshape(len(texts), len(self.others))
        plan[k.P_STEP_TEXTS], plan[k.H_TOTAL_STEPS] = len(plan), width + len(self.others)
        return np.concatenate([plan, np.hstack([known, beside]).reshape(-1)])


@attrs.define(eq=False)
class _Account:
    """Writes one account."""

    world: World
    lowered: Lowered
    account: Account
    events: tuple[Occurrence, ...]
    texts: _Texts
    numbers: list[int]
    people: dict[int, int] = attrs.field(init=False)
    contacts: dict[str, int] = attrs.field(init=False)
    rows: dict[int, int] = attrs.field(init=False)
    handouts: dict[int, int] = attrs.field(init=False)
    number_of: dict[int, int] = attrs.field(init=False)
    levels: dict[str | None, int] = attrs.field(init=False)
    audiences: int = 0

    def __attrs_post_init__(self) -> None:
        schedule, those = self.world.plan.schedule, everybody(self.account)
        self.people = {id(person): number for number, person in enumerate(those)}
        self.contacts = {person.id: number for number, person in enumerate(those)}
        self.rows = {id(row): number for number, (_, row) in enumerate(self.account.inbox)}
        self.handouts = {id(each): number for number, each in enumerate(self.account.handouts.values())}
        self.number_of = {event.number: number for number, event in enumerate(self.events)}
        self.levels = {None: -1, **{level.name: number for number, level in enumerate(schedule.relations)}}

    def put(self, now: int) -> None:
        account, plan = self.account, self.world.plan
        segment = -1 if account.segment is None else _index(plan.schedule.segments, account.segment.name)
        phase = self.lowered.names.phase(account.phase) if account.phase else -1
        asked = [not each.mentions.isdisjoint(account.asked_again) for each in plan.predicates]
        turns = _or(account.relation_turns, k.FAR)
        self.numbers += [account.entered, now, phase, segment, self.levels.get(account.relation, GONE), turns]
        self.numbers += [account.relation_asked, bool(account.asked_again), account.moved, account.read, *asked]
        self._list([number for at, level in account.levels for number in (at, self.levels.get(level, GONE))])
        self._list(account.touched)
        self._caps(account.counted, account.peaks)
        self._list_of([self._event(event) for event in self.events])
        self._list_of([self._handout(each) for each in account.handouts.values()])
        for person in everybody(account):
            self._person(person)
        runs = [run for person in everybody(account) for run in person.runs.values()]
        self.numbers.append(len(runs))
        for run in runs:
            self._run(run)

    def _list(self, numbers: Iterable[int]) -> None:
        found = list(numbers)
        self.numbers += [len(found), *found]

    def _list_of(self, records: list[list[int]]) -> None:
        self.numbers.append(len(records))
        for record in records:
            self.numbers += record

    def _caps(self, counted: Mapping[int, list[tuple[int, int]]], peaks: Mapping[int, int]) -> None:
        caps = range(len(self.world.plan.caps))
        for cap in caps:
            self._list(number for pair in counted.get(cap, ()) for number in pair)
        self.numbers += [peaks.get(cap, 0) for cap in caps]

    def _event(self, event: Occurrence) -> list[int]:
        name = self.lowered.names.events.get(event.name, -1)
        row = -1 if event.row is None else self.rows[id(event.row)]
        return [event.at, self.people[id(event.person)], name, row, event.taken]

    def _handout(self, handout: Handout) -> list[int]:
        row = handout.row
        priority, ready, flow, step, _, _, visit = handout.key
        text = self.texts.columns[row.campaign, row.step]
        closed = _or(handout.closed, k.MISS)
        who = self.contacts[row.contact]
        found = [who, flow, step, visit, ready, row.due, closed, *task_id(row.id), -priority, text]
        offered = self._offered(handout)
        return [*found, 0] if offered is None else [*found, 1, len(offered), *offered]

    def _offered(self, handout: Handout) -> list[int] | None:
        """What a task offers that was handed out before an edit of its outcomes; None: what its step does."""
        if not handout.open or handout.run is None or not isinstance(handout.run.step, st.Task):
            return None
        offered = tuple(word for arm in handout.run.step.arms for word in arm.outcomes)
        if handout.row.outcomes == offered:
            return None
        return [self.lowered.names.outcome(word) for word in handout.row.outcomes]

    def _person(self, person: Person) -> None:
        plan, names = self.world.plan, self.lowered.names
        flows = plan.flows
        figures = sum(1 << number for number, each in enumerate(plan.schedule.persons) if each.name in person.figures)
        roles = sum(1 << number for number, each in enumerate(plan.schedule.roles) if each.name in person.roles)
        self.numbers += [figures, roles]
        self._list(person.standing)
        self.numbers += [person.ended.get(flow.campaign.name, k.MISS) for flow in flows]
        self.numbers += [_or(person.starts[f.index], k.FAR) if f.index in person.starts else k.MISS for f in flows]
        for flow in flows:
            steps = [person.visits.get((flow.campaign.name, step.id), 0) for step in flow.campaign.steps]
            held = 0 if "holdout" in flow.numbers else person.visits.get((flow.campaign.name, "holdout"), 0)
            self.numbers += [*steps, held]
        self.numbers += [person.truths.get(each.name, False) for each in plan.predicates]
        self.numbers += [person.turns.get(each.name, k.FAR) for each in (*plan.predicates, *plan.dates)]
        words = [0] * (len(plan.schedule.messages) // 62 + 1)
        for number, message in enumerate(plan.schedule.messages):
            words[number // 62] |= (message.name in person.received) << (number % 62)
        self.numbers += words
        self._caps(person.counted, person.peaks)
        self.numbers.append(_or(person.lived, k.MISS))
        dated = person.dated or {}
        channels = plan.schedule.channels
        self._list_of([[n, dated[c.consent]] for n, c in enumerate(channels) if c.consent in dated])
        self._list_of(
            [[goal.campaign, _or(goal.until, k.FAR), names.events.get(goal.event, NEVER)] for goal in person.goals]
        )
        self._list_of([[each.campaign, _or(each.until, k.FAR), self._audience()] for each in person.audiences])

    def _audience(self) -> int:
        self.audiences += 1
        return self.audiences - 1

    def _run(self, run: Run) -> None:
        numbers, steps = run.flow.numbers, run.flow.campaign.steps
        turning = -1 if run.turning is None else numbers[run.turning]
        stands = [run.started, numbers[run.step.id], run.ready, run.visit, run.fresh, run.stirred]
        self.numbers += [run.flow.index, self.people[id(run.person)], *stands, _or(run.wake, k.FAR)]
        self.numbers += [_or(run.last_contact, k.MISS), turning]
        self.numbers += [run.jumps.get(step.id, 0) for step in steps if isinstance(step, st.Jump)]
        for step in steps:
            if isinstance(step, st.Repeat):
                self.numbers += _turn(run.turns.get(step.id))
        self._list(self.number_of[number] for number in sorted(run.used) if number in self.number_of)
        self.numbers.append(-1 if run.handout is None else self.handouts[id(run.handout)])
        self.numbers.append(run.waiting is not None)
        if run.waiting is not None:
            self._waiting(run.waiting)

    def _waiting(self, waiting: Waiting) -> None:
        channel = self.lowered.names.channel(waiting.channel)
        moments = [waiting.earliest, waiting.moment, waiting.deadline, waiting.at_desk, waiting.ready]
        self.numbers += [channel, *moments]
        self._list_of([[RULES.index(link.rule), link.place, link.delay] for link in waiting.chain])


def _is_known(account: Account) -> bool:
    """Whether somebody brings a past of their own into an account that has not entered."""
    return bool(account.handouts) or any(any(_past(person)) for person in everybody(account))


def _past(person: Person) -> Iterator[object]:
    """What a person has wherever they live (`state.restoring`)."""
    yield from (person.visits, person.ended, person.received, person.goals)
    yield from (person.standing, person.starts, person.runs, person.audiences)
    yield from (person.counted, person.peaks, person.dated, person.lived is not None)


def _turn(turn: Turn | None) -> list[int]:
    if turn is None:
        return [0, 0, 0, 0]
    series = k.MISS if turn.series is None else (turn.series - EPOCH) // dt.timedelta(seconds=1)
    return [1, turn.reached, series, turn.number]


def _or(moment: int | None, otherwise: int) -> int:
    return otherwise if moment is None else moment


def _index(declared: Iterable[object], name: str) -> int:
    return next(number for number, each in enumerate(declared) if each.name == name)  # type: ignore[attr-defined]


__all__ = ["EPOCH", "Restored", "lower_world"]
