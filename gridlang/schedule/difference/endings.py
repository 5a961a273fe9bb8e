"""R4, R25: who in flight cannot stay where they stand, when the new plan takes the old one's place."""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.schedule import steps as st
from gridlang.schedule.difference import cells
from gridlang.schedule.difference.cells import Block
from gridlang.schedule.difference.changes import Ending
from gridlang.schedule.difference.pairs import Flow, Pairs
from gridlang.schedule.model import Campaign, Schedule

STANDS = (st.Send, st.Task, st.Wait, st.WaitUntil, st.WaitFor, st.Ask, st.Repeat)
"""Steps at which time passes, so that somebody can stand there; every other is left in the second it is reached."""

WITHDRAWN = "open tasks and audiences are withdrawn"


def endings(old: Schedule, new: Schedule, pairs: Pairs) -> Iterator[Ending]:
    """Phases and campaigns that are gone, steps that are gone, cells that a campaign has left."""
    yield from _phases(old, new)
    yield from _campaigns(pairs)
    for flow in pairs.flows:
        yield from _steps(flow)
    for flow in pairs.flows:
        if not flow.old.mass and not flow.new.mass:
            yield from _cells(old, new, flow)


def _phases(old: Schedule, new: Schedule) -> Iterator[Ending]:
    left = {phase.name for phase in new.journey.phases}
    for phase in old.journey.phases:
        if phase.name not in left:
            yield Ending(
                what="phase",
                campaign="",
                step=phase.name,
                rule="R25",
                happens=f"accounts in phase {phase.name} go to {new.journey.start}, with an issue; what ran there ends",
                way_out=f"keep the phase {phase.name} until nobody is in it",
                place=phase.place,
            )


def _campaigns(pairs: Pairs) -> Iterator[Ending]:
    fresh = [new for old, new in pairs.all if old is None and new is not None]
    for old, new in pairs.all:
        if old is not None and new is None:
            yield Ending(
                what="campaign",
                campaign=old.name,
                step="",
                rule="R25",
                happens=f"every run of campaign {old.name} ends where it is, with an issue `step_gone`; {WITHDRAWN}",
                way_out=_same_campaign(old, fresh),
                place=old.place,
            )


def _same_campaign(old: Campaign, fresh: list[Campaign]) -> str | None:
    """A new campaign with most of the same steps is probably the old one under a new name."""
    mine = {step.id for step in old.steps}
    near = [each for each in fresh if len(mine & {step.id for step in each.steps}) * 2 > len(mine)]
    return f"is campaign {near[0].name} the same? Then write `was: {old.name}` in it" if len(near) == 1 else None


def _steps(flow: Flow) -> Iterator[Ending]:
    gone = [old for old, new in flow.steps if old is not None and new is None]
    fresh = [new for old, new in flow.steps if new is not None and old is None]
    for step in gone:
        if isinstance(step, STANDS):
            yield Ending(
                what="step",
                campaign=flow.old.name,
                step=step.id,
                rule="R25",
                happens=f"whoever stands at {step.id} of campaign {flow.old.name} stops there: the run ends, with an "
                f"issue `step_gone`; {WITHDRAWN}",
                way_out=_same_step(step, gone, fresh),
                place=step.place,
            )


def _same_step(step: st.Step, gone: list[st.Step], fresh: list[st.Step]) -> str | None:
    """The one new step of this verb is probably the one gone under a new name."""
    alike = [[each for each in some if each.verb == step.verb] for some in (gone, fresh)]
    if len(alike[0]) != 1 or len(alike[1]) != 1:
        return None
    found, (prefix, name) = alike[1][0], _in_flow(step.id)
    if _in_flow(found.id)[0] != prefix:
        return None
    was = f"was: {name}" if name.isidentifier() else f"was: {_quoted(name)}"
    before = f"{found.label}: {was}" if found.label else was
    return f"is {found.id} the same step? Then write `{before} {found.verb.replace('_', ' ')} …`"


def _in_flow(step: str) -> tuple[str, str]:
    """A step's id, apart from the names of the flows that it was run through (R24)."""
    runs, slash, _ = step.partition(":")[0].rpartition("/")
    return runs, step.removeprefix(runs + slash)


def _quoted(name: str) -> str:
    """What identifies a step without a label, as `was` takes it: a question may hold quotes."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _cells(old: Schedule, new: Schedule, flow: Flow) -> Iterator[Ending]:
    """R4: cells that the campaign no longer has, in phases that are still there."""
    before, after = cells.stands(old, flow.old), cells.stands(new, flow.new)
    left = {phase.name for phase in new.journey.phases}
    for block in before.minus(after):
        segments, phases, roles, relations = block.axes
        there = tuple(phase for phase in phases if phase in left)
        if there:
            where = cells.in_words(old, Block((segments, there, roles, relations)))
            yield Ending(
                what="cell",
                campaign=flow.old.name,
                step="",
                rule="R4",
                happens=f"runs of campaign {flow.old.name} end for {where}; {WITHDRAWN}",
                way_out=None,
                place=flow.old.place,
            )
