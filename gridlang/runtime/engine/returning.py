"""From what the kernel saved of accounts (`kernel.saving`) to the accounts of the world, as the reference has them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias, TypeVar

import attrs

from gridlang.runtime.engine.driving import Log
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.living import everybody
from gridlang.runtime.engine.lowering.state import EPOCH, Restored
from gridlang.runtime.engine.results import RULES
from gridlang.runtime.reference import happenings
from gridlang.runtime.reference.audiences import Audience
from gridlang.runtime.reference.people import Account, GoalWatch, Occurrence, Person
from gridlang.runtime.reference.running import Run, Turn, Waiting
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Because
from gridlang.schedule import steps as st

T = TypeVar("T")


def take_back(world: World, restored: Restored, log: Log) -> None:
    """What has become of the accounts of a part, and what the world counts."""
    _count(world, restored, log)
    reading = _Reading(log.states.tolist())
    steps = _steps(world)
    while reading.at < len(reading.numbers):
        number = reading.one()
        account = world.mass if number < 0 else restored.living.accounts[number]
        assert account is not None
        if reading.one():
            _Returning(world, restored, account, reading, steps).take()
        reading.some(2)  # the log's own


Steps: TypeAlias = list[list[tuple[str, str]]]
"""Of each flow its steps, by campaign and id, and behind them who was held out."""


def _steps(world: World) -> Steps:
    campaigns = [flow.campaign for flow in world.plan.flows]
    return [[(each.name, step) for step in (*(step.id for step in each.steps), "holdout")] for each in campaigns]


def _count(world: World, restored: Restored, log: Log) -> None:
    for arrow, times in zip(restored.lowered.arrows, log.arrows.tolist(), strict=True):
        if times:
            world.arrows[arrow] = world.arrows.get(arrow, 0) + times
    for flow, reached, begun, *_ in log.goals.tolist():
        for count, kept in ((reached, world.reached), (begun, world.begun)):
            if count:
                kept[flow] = kept.get(flow, 0) + count
    names = list(restored.lowered.names.events)
    for name, day, *_ in log.happened.tolist():
        world.happened[names[name], day] = world.happened.get((names[name], day), 0) + 1


@attrs.define(eq=False)
class _Reading:
    """One number after the other."""

    numbers: list[int]
    at: int = 0

    def one(self) -> int:
        self.at += 1
        return self.numbers[self.at - 1]

    def some(self, n: int) -> list[int]:
        self.at += n
        return self.numbers[self.at - n : self.at]

    def several(self) -> list[int]:
        """How many, and they."""
        return self.some(self.one())

    def each(self, make: Callable[[], T]) -> list[T]:
        """How many records, and they."""
        return [make() for _ in range(self.one())]


@attrs.define(eq=False)
class _Returning:
    """Reads one account."""

    world: World
    restored: Restored
    account: Account
    reading: _Reading
    steps: Steps
    events: list[Occurrence] = attrs.field(factory=list)

    def take(self) -> None:
        account, reading, schedule = self.account, self.reading, self.world.plan.schedule
        phase, segment, relation, turns, asked, moved, read = reading.some(7)
        account.entered = True
        account.phase = account.phase if phase < 0 else schedule.journey.phases[phase].name
        account.segment = None if segment < 0 else schedule.segments[segment]
        if relation >= -1:
            account.relation = None if relation < 0 else schedule.relations[relation].name
        account.relation_turns = _moment(turns)
        account.relation_asked, account.moved, account.read = bool(asked), bool(moved), read
        account.asked_again.clear()
        account.unstarted.clear()
        found = reading.several()
        levels = [None if level < 0 else schedule.relations[level].name for level in found[1::2]]
        account.levels += list(zip(found[::2], levels, strict=True))[len(account.levels) :]
        account.touched += reading.several()[len(account.touched) :]
        account.counted, account.peaks = self._caps()
        self._events()
        self._handouts()
        for person in everybody(account):
            self._person(person)
        for person in everybody(account):
            person.runs = {}
        for run in reading.each(self._run):
            run.person.runs[run.flow.index] = run

    def _caps(self) -> tuple[dict[int, list[tuple[int, int]]], dict[int, int]]:
        caps = range(len(self.world.plan.caps))
        counted = {
            cap: list(zip(found[::2], found[1::2], strict=True)) for cap in caps if (found := self.reading.several())
        }
        return counted, {cap: peak for cap in caps if (peak := self.reading.one())}

    def _events(self) -> None:
        """New ones, in the order in which they happened."""
        people, names = everybody(self.account), list(self.restored.lowered.names.events)
        self.events = list(self.restored.events.get(self.account.id, ()))
        for at, who, name, row, taken in self.reading.each(lambda: self.reading.some(5)):
            happened = None
            if row >= 0:
                _, happened = self.account.inbox[row]
            said = names[name]
            event = Occurrence(
                number=self.world.number(),
                person=people[who],
                at=at,
                names=self.world.plan.events.get(said, (said,)),
                payload={} if happened is None else happened.payload,
                taken=bool(taken),
                row=happened,
            )
            happenings.keep(event)
            self.events.append(event)

    def _handouts(self) -> None:
        words = self.restored.lowered.columns.events.outcome.values
        handouts = list(self.account.handouts.values())
        for number, closed, outcome, withdrawn in self.reading.each(lambda: self.reading.some(4)):
            handout = handouts[number]
            if handout.closed is None and closed != k.MISS:
                handout.closed, handout.withdrawn = closed, bool(withdrawn)
                handout.outcome = "" if outcome < 0 else str(words[outcome])

    # --- people ------------------------------------------------------------------------------------------------------

    def _person(self, person: Person) -> None:
        reading, plan = self.reading, self.world.plan
        flows = plan.flows
        played = reading.one()
        person.figures = tuple(each.name for bit, each in enumerate(plan.schedule.persons) if played >> bit & 1)
        person.standing = tuple(reading.several())
        for flow, ended in zip(flows, reading.some(len(flows)), strict=True):
            if ended != k.MISS:
                person.ended[flow.campaign.name] = ended
        starts = zip(flows, reading.some(len(flows)), strict=True)
        person.starts = {flow.index: _moment(moment) for flow, moment in starts if moment != k.MISS}
        for steps in self.steps:
            times = reading.some(len(steps))
            if any(times):
                person.visits.update((step, n) for step, n in zip(steps, times, strict=True) if n)
        truths = reading.some(len(plan.predicates))
        if person in self.account.people and self.account is not self.world.mass:
            person.truths = {each.name: bool(truth) for each, truth in zip(plan.predicates, truths, strict=True)}
        asked = (*plan.predicates, *plan.dates)
        turns = zip(asked, reading.some(len(asked)), strict=True)
        person.turns = {each.name: moment for each, moment in turns if moment != k.FAR}
        words = reading.some(len(plan.schedule.messages) // 62 + 1)
        messages = enumerate(plan.schedule.messages)
        person.received |= {message.name for n, message in messages if words[n // 62] >> (n % 62) & 1}
        person.counted, person.peaks = self._caps()
        person.goals = self._goals(person)
        person.audiences = self._audiences()

    def _goals(self, person: Person) -> list[GoalWatch]:
        """The latest is said first. What the plan has no event for any more cannot happen, and is as it was."""
        names = {number: name for name, number in self.restored.lowered.names.events.items()}
        gone = {goal.campaign: goal for goal in person.goals if goal.event not in self.restored.lowered.names.events}
        found = reversed(self.reading.each(lambda: self.reading.some(3)))
        return [
            GoalWatch(flow, names[event] if event in names else gone[flow].event, _moment(until))
            for flow, until, event in found
        ]

    def _audiences(self) -> list[Audience]:
        known = self.restored.audiences[self.account.id]
        return [known[number] for number, _, _ in reversed(self.reading.each(lambda: self.reading.some(3)))]

    # --- runs --------------------------------------------------------------------------------------------------------

    def _run(self) -> Run:
        reading, plan = self.reading, self.world.plan
        flow, person = plan.flows[reading.one()], everybody(self.account)[reading.one()]
        started, step, ready, visit, fresh, stirred, wake, last_contact, turning = reading.some(9)
        steps = flow.campaign.steps
        run = Run(
            flow=flow,
            person=person,
            started=started,
            step=steps[step],
            ready=ready,
            visit=visit,
            key=self.world.key(flow, person, steps[step].id, ready, visit),
            fresh=bool(fresh),
            stirred=bool(stirred),
            wake=_moment(wake),
            last_contact=None if last_contact == k.MISS else last_contact,
            turning=None if turning < 0 else steps[turning].id,
        )
        jumps = ((each.id, reading.one()) for each in steps if isinstance(each, st.Jump))
        run.jumps = {each: times for each, times in jumps if times}
        turns = {each.id: reading.some(4) for each in steps if isinstance(each, st.Repeat)}
        run.turns = {each: _turn(turn) for each, turn in turns.items() if turn[0]}
        run.used = {self.events[number].number for number in reading.several()}
        self._handout(run, reading.one())
        if reading.one():
            run.waiting = self._waiting()
        return run

    def _handout(self, run: Run, number: int) -> None:
        if number >= 0:
            run.handout = list(self.account.handouts.values())[number]
            run.handout.run = run

    def _waiting(self) -> Waiting:
        channel, earliest, moment, deadline, at_desk, ready = self.reading.some(6)
        chain = self.reading.each(lambda: self.reading.some(3))
        return Waiting(
            channel=self.world.plan.schedule.channels[channel].name,
            ready=ready,
            earliest=earliest,
            moment=moment,
            deadline=deadline,
            chain=[Because(RULES[rule], place, delay) for rule, place, delay in chain],
            at_desk=bool(at_desk),
        )


def _turn(numbers: list[int]) -> Turn:
    _, reached, series, number = numbers
    return Turn(reached, None if series == k.MISS else EPOCH + dt.timedelta(seconds=series), number)


def _moment(number: int) -> int | None:
    return None if number == k.FAR else number
