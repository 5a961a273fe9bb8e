"""The fullest week of a flow: the most touches that one run of it can ask for within seven days.

It is what the flow asks for before any cap: everybody answers at once, and nothing is closed, so a touch is made when
it is ready. Waits count as they are written, a wait for an answer as none; `mo` and `y` as the shortest there are.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from typing import assert_never

import attrs

from gridlang.quantities import Duration
from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import (
    Ask,
    Choose,
    Jump,
    Move,
    Notify,
    Repeat,
    Send,
    Show,
    Split,
    Step,
    Stop,
    Task,
    Wait,
    WaitFor,
    WaitUntil,
)

DAY = 86_400
WEEK = 7 * DAY
MOST = 30
"""Touches of one flow in a week beyond which nobody counts on."""
PATIENCE = 20_000
"""How many states of a flow are looked at; a flow with more has no end that anybody could see either."""
SECONDS = {"min": 60, "h": 3600, "d": DAY, "w": WEEK, "mo": 28 * DAY, "y": 365 * DAY, "workdays": DAY}

Touch = Send | Task
ANY_DAY = frozenset(range(7))


@attrs.frozen
class Made:
    """A touch of the fullest week; `day` counts from its first touch, which is day 0."""

    step: Touch
    day: int


@attrs.frozen
class Fullest:
    """The touches in their order. `endless`: more than `MOST`, as often as somebody answers, or more than was found."""

    touches: tuple[Made, ...] = ()
    endless: bool = False


def seconds(duration: str) -> int:
    """The least that a duration can take."""
    parsed = Duration.parse(duration)
    return parsed.amount * SECONDS[parsed.unit]


def fullest(campaign: Campaign, counted: frozenset[str]) -> Fullest:
    """The fullest week of one run, of the touches whose steps (by id) are `counted`."""
    flow = _Flow.of(campaign)
    found = [_Search(flow, counted, weekday).run() for weekday in (range(7) if flow.weekdays else range(1))]
    return max(found, key=lambda each: (each.endless, len(each.touches)), default=Fullest())


# --- a flow, made ready to be walked ----------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class _Flow:
    """Steps by id; `around`: the repeats about each step, outermost first; `jumps`: counted arrows by their target."""

    steps: dict[str, Step]
    around: dict[str, tuple[Repeat, ...]]
    jumps: dict[str, tuple[Jump, ...]]
    weekdays: dict[str, frozenset[int]]
    """On which weekdays each step can come; empty where the flow waits for none, and all are alike."""
    since_turn: dict[str, dict[str, int]]
    """By repeat, then by step: how long after the turn began it can come at the latest; missing: nobody knows."""

    @classmethod
    def of(cls, campaign: Campaign) -> _Flow:
        steps = {step.id: step for step in campaign.steps}
        repeats = sorted(
            (step for step in campaign.steps if isinstance(step, Repeat)), key=lambda each: -len(each.body_steps)
        )
        jumps: dict[str, tuple[Jump, ...]] = {}
        for step in campaign.steps:
            if isinstance(step, Jump) and step.next is not None:
                jumps[step.next] = (*jumps.get(step.next, ()), step)
        return cls(
            steps,
            {name: tuple(each for each in repeats if name in each.body_steps and name != each.id) for name in steps},
            jumps,
            _weekdays(campaign, steps),
            {each.id: _since_turn(steps, each) for each in repeats},
        )


def _weekdays(campaign: Campaign, steps: dict[str, Step]) -> dict[str, frozenset[int]]:
    """Walked until no step can come on another day; behind an answer or work it is any."""
    if not any(isinstance(step, WaitUntil) and step.weekday is not None for step in campaign.steps):
        return {}
    found: dict[str, frozenset[int]] = {campaign.steps[0].id: ANY_DAY}
    work = [campaign.steps[0].id]
    while work:
        name = work.pop()
        leaving = _left_on(steps[name], found[name])
        for target, _, _ in ways(steps[name], 0):
            if target is not None and not leaving <= found.get(target, frozenset()):
                found[target] = leaving | found.get(target, frozenset())
                work.append(target)
    return found


def _left_on(step: Step, days: frozenset[int]) -> frozenset[int]:
    """The weekdays on which a step is left that comes on those days."""
    match step:
        case WaitUntil() | Repeat() if step.weekday is not None:
            return frozenset({step.weekday})
        case Wait() if Duration.parse(step.duration).unit in ("d", "w"):
            return frozenset((day + seconds(step.duration) // DAY) % 7 for day in days)
        case Send() | Show() | Choose() | Split() | Notify() | Jump():
            return days
        case _:
            return ANY_DAY


def _since_turn(steps: dict[str, Step], repeat: Repeat) -> dict[str, int]:
    """The longest way to each step of the body; a step in a loop, or behind work or another repeat, has none."""
    inside = [name for name in repeat.body_steps if name in steps and name != repeat.id]
    latest: dict[str, int] = {repeat.body: 0}
    unknown: set[str] = set()
    for _ in range(len(inside) + 1):
        before = (dict(latest), set(unknown))
        for name in inside:
            _forward(steps[name], latest, unknown, frozenset(inside))
        if before == (latest, unknown):
            return {name: at for name, at in latest.items() if name not in unknown}
    return {}


def _forward(step: Step, latest: dict[str, int], unknown: set[str], inside: frozenset[str]) -> None:
    """What the latest moment of a step means for those behind it."""
    if step.id not in latest:
        return
    lasts = _longest(step)
    for target, _, _ in ways(step, 0):
        if target in inside:
            latest[target] = max(latest.get(target, 0), latest[step.id] + (lasts or 0))
            if lasts is None or step.id in unknown:
                unknown.add(target)


def _longest(step: Step) -> int | None:
    """How long a run can stay at a step; None: nobody knows."""
    match step:
        case Wait():
            return seconds(step.duration)
        case Ask() | WaitFor():
            return seconds(step.within)
        case WaitUntil():
            return 6 * DAY if step.weekday is not None else None
        case Task() | Repeat():
            return None
        case Send() | Show() | Choose() | Split() | Notify() | Jump() | Move() | Stop():
            return 0
        case _:
            assert_never(step)


def ways(step: Step, weekday: int) -> Iterator[tuple[str | None, int, bool]]:
    """The arrows out of a step: where to, after how many seconds at the least, and whether the touch was made."""
    match step:
        case Send() | Task():
            yield from _after_touch(step)
        case Ask() | Choose() | Split():
            yield from _from_diamond(step)
        case Wait():
            yield step.next, seconds(step.duration), True
        case WaitUntil():
            yield step.next, 0 if step.weekday is None else (step.weekday - weekday) % 7 * DAY, True
        case Jump():
            yield from ((step.next, 0, True), (step.otherwise, 0, True))
        case Repeat():
            yield step.body, 0, True
        case Show() | WaitFor() | Notify():
            yield step.next, 0, True
        case Move() | Stop():
            return
        case _:
            assert_never(step)


def _from_diamond(step: Ask | Choose | Split) -> Iterator[tuple[str | None, int, bool]]:
    yield from ((arm.next, 0, True) for arm in step.arms)
    if isinstance(step, Ask):
        yield step.nothing, seconds(step.within), True
    if isinstance(step, Choose):
        yield step.otherwise, 0, True


def _after_touch(step: Touch) -> Iterator[tuple[str | None, int, bool]]:
    """One that was skipped is no touch, and goes on all the same."""
    if isinstance(step, Send):
        yield step.next, 0, True
        if step.skipped is not None:
            yield step.skipped, 0, False
        return
    yield from ((arm.next, 0, True) for arm in step.arms)
    yield step.next, 0, not step.arms
    if step.has_overdue:
        yield step.overdue, seconds(step.due), True


# --- the search -------------------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class _At:
    """Somebody on their way: `at` seconds after the first touch of the week, at a step.

    `turns`: the first moment of the next turn of each repeat they are in. `used`: how often counted arrows were taken.
    """

    at: int
    step: str
    turns: dict[str, int]
    used: dict[str, int]
    path: tuple[Made, ...]

    def as_good_as(self, other: _At) -> bool:
        """Whether whatever the other can still do, this one can too, and as early."""
        return (
            self.at <= other.at
            and all(self.turns.get(name, 0) <= moment for name, moment in other.turns.items())
            and self.turns.keys() <= other.turns.keys()
            and all(other.used.get(name, 0) >= times for name, times in self.used.items())
        )


@attrs.define(eq=False)
class _Search:
    """Touch by touch: of all who made so many, those whom nobody else outdoes go on to the next."""

    flow: _Flow
    counted: frozenset[str]
    weekday: int
    looked_at: int = 0
    order: Iterator[int] = attrs.field(factory=itertools.count)

    def run(self) -> Fullest:
        days = self.flow.weekdays
        standing = [
            self._first(name)
            for name in self.flow.steps
            if name in self.counted and (not days or self.weekday in days.get(name, ()))
        ]
        best: tuple[Made, ...] = ()
        while standing:
            best = min((each.path for each in standing), key=lambda path: path[-1].day)
            if len(best) > MOST:
                break
            standing = self._next(standing)
        return Fullest(best[:MOST], endless=len(best) > MOST or self.looked_at > PATIENCE)

    def _first(self, name: str) -> _At:
        turns = {
            repeat.id: max(0, seconds(repeat.every) - self.flow.since_turn[repeat.id][name])
            if name in self.flow.since_turn[repeat.id]
            else 0
            for repeat in self.flow.around[name]
        }
        return _At(0, name, turns, {}, (self._made(name, 0),))

    def _made(self, name: str, at: int) -> Made:
        step = self.flow.steps[name]
        assert isinstance(step, Send | Task)
        return Made(step, at // DAY)

    def _next(self, standing: list[_At]) -> list[_At]:
        """The next counted touch of everybody, within the week, and those only who are not outdone."""
        queue: list[tuple[int, int, _At]] = []
        for each in standing:
            self._leave(queue, each, made=True)
        seen: dict[str, list[_At]] = {}
        found = []
        while queue and self.looked_at <= PATIENCE:
            _, _, now = heapq.heappop(queue)
            self.looked_at += 1
            if any(each.as_good_as(now) for each in seen.get(now.step, ())):
                continue
            seen.setdefault(now.step, []).append(now)
            if now.step in self.counted:
                found.append(attrs.evolve(now, path=(*now.path, self._made(now.step, now.at))))
                self._leave(queue, now, made=False)
            else:
                self._leave(queue, now)
        return found

    def _leave(self, queue: list[tuple[int, int, _At]], now: _At, made: bool | None = None) -> None:
        """Go on by every arrow, or by those only that a made or a skipped touch takes."""
        step = self.flow.steps[now.step]
        for target, lasts, was_made in ways(step, (self.weekday + now.at // DAY) % 7):
            if made is None or made == was_made:
                onward = self._onward(now, step, target, now.at + lasts)
                if onward is not None and onward.at < WEEK:
                    heapq.heappush(queue, (onward.at, next(self.order), onward))

    def _onward(self, now: _At, step: Step, target: str | None, at: int) -> _At | None:
        turns, used = dict(now.turns), dict(now.used)
        if target is None:
            if not self.flow.around[step.id]:
                return None
            repeat = self.flow.around[step.id][-1]
            at = max(at, turns[repeat.id])
            target, step = repeat.body, repeat
        if isinstance(step, Repeat):
            turns[step.id] = at + seconds(step.every)
        for jump in self.flow.jumps.get(target, ()):
            used[jump.id] = used.get(jump.id, 0) + 1 if step.id == jump.id else 0
            if used[jump.id] > jump.times:
                return None
        inside = {repeat.id for repeat in self.flow.around[target]}
        return _At(at, target, {name: turns.get(name, 0) for name in inside}, used, now.path)
