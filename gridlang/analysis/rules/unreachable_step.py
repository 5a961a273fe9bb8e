"""A step that no path of the flow reaches.

Why: it stands in the flowchart, people count on it, and it never happens.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.flow import graph
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign
from gridlang.semantics.model import Model

UNREACHABLE_STEP = Code(
    "G0434",
    "unreachable-step",
    Level.ERROR,
    "this step is never reached{because}",
    why="people who read the flowchart would count on it",
    help="{hint}",
)


LOOKS_AT = ()


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    found = graph(model, campaign)
    if found is None:
        return
    lost = [step for step in campaign.steps if step.id not in found.reached]
    led = {arc.target for step in lost for arc in found.arcs[step.id]}
    for step in lost:
        if step.id not in led:
            yield _complaint(model, campaign, step)


def _complaint(model: Model, campaign: Campaign, step: steps.Step) -> Diagnostic:
    before = campaign.steps[campaign.steps.index(step) - 1] if campaign.steps[0] is not step else None
    because, hint = "", "lead an arrow to it by a label, or delete it"
    if isinstance(before, steps.Move):
        because, hint = f": the account has just left for {before.phase}", "put it before the move"
    elif isinstance(before, steps.Stop):
        because, hint = ": the run has just stopped", "put it before the stop"
    return UNREACHABLE_STEP.at(model.span(step.place), because=because, hint=hint)
