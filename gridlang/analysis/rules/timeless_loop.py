"""A loop in which no time must pass.

Why: it would do everything inside it without end in the same minute.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.flow import Graph, graph
from gridlang.analysis.mending import behind
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.schedule import steps
from gridlang.schedule.model import Campaign
from gridlang.semantics.model import Model

TIMELESS_LOOP = Code(
    "G0433",
    "timeless-loop",
    Level.ERROR,
    "this loop comes round without any time passing: {path}",
    why="it would run without end in the same minute",
    help="put a wait into the loop, or `repeat every 4w {{ … }}`",
)


LOOKS_AT = ()


def of_campaign(model: Model, campaign: Campaign) -> Iterator[Diagnostic]:
    found = graph(model, campaign)
    loop = _loop(found) if found is not None else None
    if found is not None and loop:
        path = " -> ".join([*loop, loop[0]])
        first = found.by_id[loop[0]]
        simple = isinstance(first, steps.Send | steps.Notify | steps.WaitUntil)
        fixes = (behind(model.span(first.place), " -> wait 1w", "wait a week behind this step"),) if simple else ()
        yield TIMELESS_LOOP.at(model.span(first.place), path=path, fixes=fixes)


def _loop(found: Graph) -> list[str] | None:
    """The first loop of arcs on which nothing waits and nothing is counted, walked without recursion."""
    done: set[str] = set()
    for first in found.by_id:
        if first in done or first not in found.reached:
            continue
        trail = [first]
        ways = [_timeless(found, first)]
        while trail:
            target = next(ways[-1], None)
            if target is None:
                done.add(trail.pop())
                ways.pop()
            elif target in trail:
                return trail[trail.index(target) :]
            elif target not in done:
                trail.append(target)
                ways.append(_timeless(found, target))
    return None


def _timeless(found: Graph, identity: str) -> Iterator[str]:
    for arc in found.arcs[identity]:
        if not arc.waits and not arc.bounded and arc.target in found.by_id:
            yield arc.target
