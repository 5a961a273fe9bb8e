"""Ways that nobody can go: `LABEL` behind what has ended the run. (Steps behind it are found by their graph, G0434.)"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from gridlang.diagnostics import Diagnostic
from gridlang.diagnostics.codes import flows as codes
from gridlang.semantics.flows.naming import inner_flows
from gridlang.syntax import nodes


def lost_jumps(flow: nodes.Flow) -> Iterator[Diagnostic]:
    """The jumps of one run of steps that stand behind something that never goes on."""
    for before, jump in itertools.pairwise(flow.steps):
        if isinstance(jump, nodes.Jump) and jump.times is None and not _goes_on(before):
            because, hint = _why(before)
            yield codes.UNREACHABLE_JUMP.at(jump.span, label=jump.target.text, because=because, hint=hint)


def _goes_on(step: nodes.Statement) -> bool:
    """Whether a run can come to what stands behind a step."""
    match step:
        case nodes.Move() | nodes.Stop() | nodes.Repeat():
            return False
        case nodes.Jump():
            return step.times is not None and step.otherwise is None
        case nodes.Ask() | nodes.Choose() | nodes.Split() | nodes.Task():
            return not step.arms or any(not flow.steps or _goes_on(flow.steps[-1]) for flow in inner_flows(step))
        case _:
            return True


def _why(before: nodes.Statement) -> tuple[str, str]:
    if isinstance(before, nodes.Move):
        return (
            f": the account has just left for {before.phase.text}",
            "choose one of the two: the move, or the way on",
        )
    if isinstance(before, nodes.Stop):
        return ": the run has just stopped", "delete the `stop`, or the way on"
    return "", "delete it, or let what stands before it go on"
