"""A campaign's flow as the graph that people see: steps, the ends of the flow, and arrows with their meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, assert_never

import attrs

from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import (
    Ask,
    Choose,
    EventArm,
    Jump,
    Move,
    Notify,
    OutcomeArm,
    PredicateArm,
    Repeat,
    Send,
    ShareArm,
    Show,
    Split,
    Step,
    Stop,
    Task,
    Wait,
    WaitFor,
    WaitUntil,
)

START = "start"


@attrs.frozen
class Then:
    """The next pearl on the string."""


@attrs.frozen
class Nothing:
    """No answer came in time."""


@attrs.frozen
class Otherwise:
    """None of the predicates holds."""


@attrs.frozen
class Overdue:
    """Nobody told an outcome by the deadline."""


@attrs.frozen
class Skipped:
    """The touch could not be made."""


@attrs.frozen
class Done:
    """A task without outcomes is done."""


@attrs.frozen
class Times:
    """A counted arrow, taken at most so many times."""

    times: int


@attrs.frozen
class Afterwards:
    """The counted arrow is used up."""


@attrs.frozen
class Turn:
    """Each turn of a `repeat`."""


@attrs.frozen
class Again:
    """The turn is over, by an arrow of this meaning; the next one comes."""

    after: Meaning


Plain: TypeAlias = Then | Nothing | Otherwise | Overdue | Skipped | Done | Times | Afterwards | Turn
"""An arrow that is no arm of the author's, and no end of a turn."""
Meaning: TypeAlias = Plain | Again | EventArm | OutcomeArm | PredicateArm | ShareArm


@attrs.frozen
class Start:
    """Where a run begins."""

    id: str = START


@attrs.frozen
class End:
    """The flow ends without a word."""

    id: str


Node: TypeAlias = Start | End | Step


@attrs.frozen
class Arrow:
    """`meanings` of one arrow: several arms may lead from one diamond to the same step. `back` goes up the text."""

    source: str
    target: str
    meanings: tuple[Meaning, ...]
    back: bool


@attrs.frozen
class Flow:
    """Nodes as they are written, the start first; every step once."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]


def flow(campaign: Campaign) -> Flow:
    """The graph of a campaign. Ids of nodes are ids of steps; ids of ends are made so that no step can have them."""
    order = {step.id: number for number, step in enumerate(campaign.steps)}
    ends: list[End] = []
    found: dict[tuple[str, str], list[Meaning]] = {}
    for source, target, meaning in _arrows(campaign):
        if target is None:
            ends.append(End(f"{source}\x1fend{len(ends)}"))
            target = ends[-1].id
        found.setdefault((source, target), []).append(meaning)
    arrows = tuple(
        Arrow(source, target, tuple(meanings), back=order.get(target, len(order)) <= order.get(source, -1))
        for (source, target), meanings in found.items()
    )
    return Flow((Start(), *campaign.steps, *ends), arrows)


def _arrows(campaign: Campaign) -> Iterator[tuple[str, str | None, Meaning]]:
    if campaign.steps:
        yield START, campaign.steps[0].id, Then()
    around = _innermost_repeats(campaign)
    for step in campaign.steps:
        turns = around.get(step.id)
        for target, meaning in _leaving(step):
            yield (step.id, turns, Again(meaning)) if target is None and turns else (step.id, target, meaning)


def _innermost_repeats(campaign: Campaign) -> dict[str, str]:
    """The `repeat` around each step of a body."""
    repeats = [step for step in campaign.steps if isinstance(step, Repeat)]
    around: dict[str, str] = {}
    for repeat in sorted(repeats, key=lambda repeat: -len(repeat.body_steps)):
        around.update({inside: repeat.id for inside in repeat.body_steps if inside != repeat.id})
    return around


def _leaving(step: Step) -> Iterator[tuple[str | None, Meaning]]:
    """The arrows out of a step; a target None is the end of the flow or of the turn."""
    match step:
        case Show() | Wait() | WaitUntil() | WaitFor() | Notify():
            yield step.next, Then()
        case Send():
            yield from _after_send(step)
        case Task():
            yield from _after_task(step)
        case Ask() | Choose() | Split():
            yield from _from_diamond(step)
        case Repeat():
            yield step.body, Turn()
        case Jump():
            yield step.next, Times(step.times)
            yield step.otherwise, Afterwards()
        case Move() | Stop():
            return
        case _:
            assert_never(step)


def _from_diamond(step: Ask | Choose | Split) -> Iterator[tuple[str | None, Meaning]]:
    yield from ((arm.next, arm) for arm in step.arms)
    if isinstance(step, Ask):
        yield step.nothing, Nothing()
    if isinstance(step, Choose) and step.otherwise_place is not None:
        yield step.otherwise, Otherwise()


def _after_send(send: Send) -> Iterator[tuple[str | None, Meaning]]:
    yield send.next, Then()
    if send.skipped is not None:
        yield send.skipped, Skipped()


def _after_task(task: Task) -> Iterator[tuple[str | None, Meaning]]:
    if not task.arms:
        yield task.next, Done()
    yield from ((arm.next, arm) for arm in task.arms)
    # Without consent, address or room (R13-R16) there is no task, and the run goes on behind it.
    if task.arms and task.next is not None:
        yield task.next, Skipped()
    if task.has_overdue:
        yield task.overdue, Overdue()
