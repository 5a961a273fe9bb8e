"""The arrows of a drawing beside the counters of an execution: which of them counted what is drawn as one arrow."""

from __future__ import annotations

from typing import assert_never

from gridlang.run_page import small
from gridlang.runtime.figures import Figures
from gridlang.runtime.reference import watching
from gridlang.runtime.rows import BEGINS
from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import Choose, EventArm, OutcomeArm, PredicateArm, Send, ShareArm, Split, Step
from gridlang.targets.views import flow as views

Ends = tuple[str, str]
"""Source and target of an arrow of a flowchart's graph."""


def taken_along(campaign: Campaign, graph: views.Flow, figures: Figures) -> dict[Ends, int]:
    """How often each arrow of the drawing was taken; several arms to one step are one arrow there."""
    steps = {step.id: step for step in campaign.steps}
    return {
        (arrow.source, arrow.target): sum(
            figures.counts.arrows.get((campaign.name, *key), 0)
            for key in {key for meaning in arrow.meanings for key in keys(steps.get(arrow.source), meaning)}
        )
        for arrow in graph.arrows
    }


def keys(step: Step | None, meaning: views.Meaning) -> list[tuple[str, str]]:
    """Step and words by which `Counts.arrows` knows an arrow of this meaning out of a step; None: the start."""
    return [BEGINS] if step is None else [(step.id, word) for word in _words(step, meaning)]


def _words(step: Step, meaning: views.Meaning) -> tuple[str, ...]:
    match meaning:
        case EventArm():
            return meaning.events
        case OutcomeArm():
            return meaning.outcomes
        case PredicateArm():
            return (str(step.arms.index(meaning)),) if isinstance(step, Choose) else ()
        case ShareArm():
            return (str(step.arms.index(meaning)),) if isinstance(step, Split) else ()
        case views.Again():
            return _words(step, meaning.after)
        case _:
            return (_word(step, meaning),)


def _word(step: Step, meaning: views.Plain) -> str:
    match meaning:
        case views.Then() | views.Done():
            return watching.NEXT
        case views.Skipped():
            return watching.ELSE if isinstance(step, Send) else watching.NEXT
        case views.Nothing():
            return watching.NOTHING
        case views.Otherwise():
            return watching.OTHERWISE
        case views.Overdue():
            return watching.OVERDUE
        case views.Times():
            return watching.AGAIN
        case views.Afterwards():
            return watching.ELSE
        case views.Turn():
            return watching.BODY
        case _:
            assert_never(meaning)


def weight(part: int, most: int) -> int:
    """How heavy an arrow is drawn, from 0 to 4."""
    if part == 0:
        return 0
    if small.is_small(part):
        return 1
    return 1 + sum(part * 100 >= most * bound for bound in (10, 30, 60))
