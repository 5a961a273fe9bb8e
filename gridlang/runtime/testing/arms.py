"""The forks of a plan: every arm of its flowcharts, and every edge that it gives its journey; which the tests take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from gridlang.runtime.reference import watching
from gridlang.runtime.testing.told import Told
from gridlang.schedule import steps as st
from gridlang.schedule.model import Schedule
from gridlang.schedule.written import written

_LIBRARY = "std/"


@attrs.frozen(kw_only=True)
class Arm:
    """One way on from a step, or an edge of the journey (`campaign` is empty, and `step` the phase it leaves).

    `words` are what an execution says when it takes it, any of them; `said` is what the plan says there.
    """

    campaign: str
    step: str
    said: str
    words: tuple[str, ...]
    place: int
    shown: str
    """What people call the step: its id, a counted arrow what it says; a diamond without a label its question, behind
    the `run` that it came by."""

    @property
    def text(self) -> str:
        """`campaign invite, call: no_time`, `campaign pay, "Is it paid?": paid`, `journey, contact: -> sale`."""
        return f"{f'campaign {self.campaign}' if self.campaign else 'journey'}, {self.shown}: {self.said}"


def arms(schedule: Schedule) -> tuple[Arm, ...]:
    """Every arm of the plan: of campaigns in order of declaration, then the journey's edges, of which those of the
    library are not the plan's to change or to test."""
    flows = (arm for campaign in schedule.campaigns for step in campaign.steps for arm in _of(campaign.name, step))
    edges = (
        Arm(
            campaign="",
            step=edge.source,
            shown=edge.source,
            said=f"-> {edge.target}",
            words=(edge.target,),
            place=edge.place,
        )
        for edge in schedule.journey.transitions
        if not schedule.places[edge.place].file.startswith(_LIBRARY)
    )
    return (*flows, *edges)


def untaken(schedule: Schedule, stories: Iterable[Told]) -> tuple[Arm, ...]:
    """The arms that none of these stories takes."""
    told = list(stories)
    taken = {took for each in told for took in each.taken}
    taken |= {("", move.source, move.target) for each in told for move in each.moves}
    return tuple(
        arm for arm in arms(schedule) if not any((arm.campaign, arm.step, word) in taken for word in arm.words)
    )


def _of(campaign: str, step: st.Step) -> Iterator[Arm]:
    for said, words, place in _ways(step):
        yield Arm(campaign=campaign, step=step.id, said=said, words=words, place=place, shown=_shown(step))


def _shown(step: st.Step) -> str:
    match step:
        case st.Ask() | st.Choose() | st.Split() if step.label is None:
            runs = step.id.partition(":")[0].rpartition("/")[0]  # a question may hold a slash
            return f'{f"run {runs}, " if runs else ""}"{step.question}"'
        case st.Jump():
            return f"-> {step.next} max {step.times} times"
        case _:
            return step.id


def _ways(step: st.Step) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """What stands before each arrow, the words an execution has for it, and the place."""
    match step:
        case st.Ask():
            yield from ((", ".join(arm.events), arm.events, arm.place) for arm in step.arms)
            yield watching.NOTHING, (watching.NOTHING,), step.nothing_place
        case st.Task():
            yield from ((", ".join(arm.outcomes), arm.outcomes, arm.place) for arm in step.arms)
            if step.overdue_place is not None:
                yield watching.OVERDUE, (watching.OVERDUE,), step.overdue_place
        case st.Choose():
            yield from ((written(arm.when), (str(number),), arm.place) for number, arm in enumerate(step.arms))
            if step.otherwise_place is not None:
                yield watching.OTHERWISE, (watching.OTHERWISE,), step.otherwise_place
        case st.Split():
            shares = enumerate(step.arms)
            yield from ((f"{arm.share / 100:g}%", (str(number),), arm.place) for number, arm in shares)
        case st.Jump():
            yield watching.AGAIN, (watching.AGAIN,), step.place
            yield watching.ELSE, (watching.ELSE,), step.place
        case st.Send() if step.skipped is not None:
            yield watching.ELSE, (watching.ELSE,), step.place
