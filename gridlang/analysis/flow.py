"""One campaign's flow as a graph: where each step can go on, whether time must pass, what was used on the way.

All rules about flows read it here, so that they agree on what a flow can do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import assert_never

import attrs

from gridlang.schedule import steps
from gridlang.schedule.model import Campaign
from gridlang.semantics.model import Model


@attrs.frozen
class Arc:
    """From a step to the next. `waits`: time must pass on the way; `bounded`: it can be taken only so many times;
    `answer`: the events or outcomes that lead this way."""

    target: str | None
    place: int
    waits: bool = False
    bounded: bool = False
    answer: tuple[str, ...] = ()


def arcs(step: steps.Step) -> tuple[Arc, ...]:  # noqa: C901 (one case a verb)
    """Every way a run can leave a step. A turn of a `repeat` that ends is the repeat's own business."""
    match step:
        case steps.Send():
            on = Arc(step.next, step.place)
            return (on, Arc(step.skipped, step.place)) if step.skipped is not None else (on,)
        case steps.Show() | steps.Notify():
            return (Arc(step.next, step.place),)
        case steps.Wait() | steps.WaitFor():
            return (Arc(step.next, step.place, waits=True),)
        case steps.WaitUntil():
            return (Arc(step.next, step.place),)
        case steps.Task():
            return tuple(_task(step))
        case steps.Ask():
            asked = (Arc(arm.next, arm.place, waits=True, answer=arm.events) for arm in step.arms)
            return (*asked, Arc(step.nothing, step.nothing_place, waits=True))
        case steps.Choose():
            taken = tuple(Arc(arm.next, arm.place) for arm in step.arms)
            rest = (Arc(step.otherwise, step.otherwise_place),) if step.otherwise_place is not None else ()
            return (*taken, *rest)
        case steps.Split():
            return tuple(Arc(arm.next, arm.place) for arm in step.arms)
        case steps.Repeat():
            return (Arc(step.body, step.place),)
        case steps.Jump():
            return (Arc(step.next, step.place, bounded=True), Arc(step.otherwise, step.place))
        case steps.Move() | steps.Stop():
            return ()
        case _:
            assert_never(step)


def _task(step: steps.Task) -> Iterator[Arc]:
    if not step.arms:
        yield Arc(step.next, step.place, waits=True)
    for arm in step.arms:
        yield Arc(arm.next, arm.place, waits=True, answer=arm.outcomes)
    if step.has_overdue:
        yield Arc(step.overdue, step.overdue_place or step.place, waits=True)


@attrs.frozen(eq=False)
class Graph:
    """A campaign's steps by id, the ways out of each, and what can be reached."""

    campaign: Campaign
    by_id: dict[str, steps.Step]
    arcs: dict[str, tuple[Arc, ...]]
    reached: frozenset[str]

    def used_before(self) -> dict[str, frozenset[str]]:
        """For each step: the channels that some path to it has used, and the outcomes that some path has taken."""
        used: dict[str, frozenset[str]] = {self.campaign.steps[0].id: frozenset()}
        work = [self.campaign.steps[0].id]
        while work:
            step = self.by_id[work.pop()]
            here = used[step.id] | _uses(step)
            for arc in self.arcs[step.id]:
                if arc.target is None or arc.target not in self.by_id:
                    continue
                gained = here | frozenset(arc.answer if isinstance(step, steps.Task) else ())
                before = used.get(arc.target)
                if before is None or not gained <= before:
                    used[arc.target] = gained | (before or frozenset())
                    work.append(arc.target)
        return used


def _uses(step: steps.Step) -> frozenset[str]:
    if isinstance(step, steps.Send):
        return frozenset(step.channels)
    if isinstance(step, steps.Task | steps.Show):
        return frozenset({step.channel})
    return frozenset()


def uses_of(campaign: Campaign) -> frozenset[str]:
    """The channels that a campaign uses anywhere, and the outcomes of its tasks."""
    outcomes = (arc.answer for step in campaign.steps if isinstance(step, steps.Task) for arc in arcs(step))
    return frozenset().union(*map(_uses, campaign.steps), *outcomes)


def graph(model: Model, campaign: Campaign) -> Graph | None:
    """The graph of a campaign; None when its flow could not be joined, and nobody can say what it reaches."""
    if not campaign.steps or campaign.name in model.broken:
        return None
    return model.memory.of("graph", (campaign,), partial(_graph, campaign))


def _graph(campaign: Campaign) -> Graph:
    by_id = {step.id: step for step in campaign.steps}
    out = {step.id: arcs(step) for step in campaign.steps}
    reached: set[str] = set()
    work = [campaign.steps[0].id]
    while work:
        identity = work.pop()
        if identity in reached or identity not in by_id:
            continue
        reached.add(identity)
        work.extend(arc.target for arc in out[identity] if arc.target is not None)
    return Graph(campaign, by_id, out, frozenset(reached))
