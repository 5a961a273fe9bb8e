"""The example plans, compiled and run on their own people; and which arrows of their flowcharts a run takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypeAlias

import attrs

from gridlang.cache import remembered
from gridlang.cli.period import stretch
from gridlang.compiler import compile_plan
from gridlang.diagnostics import Diagnostic
from gridlang.files import Workspace
from gridlang.runtime import inputs, reference
from gridlang.runtime.inputs import InputFile, InputFiles
from gridlang.runtime.reference.watching import Watch
from gridlang.runtime.rows import Execution, Input
from gridlang.schedule import steps as st
from gridlang.schedule.model import Schedule

EXAMPLES = Path(__file__).parents[3] / "examples"

Arrow: TypeAlias = tuple[str, str, str]
"""Campaign, step, and what stands before the arrow: an event, an outcome, `nothing`, the number of an arm, `next`."""


@attrs.frozen
class Compiled:
    schedule: Schedule
    problems: tuple[Diagnostic, ...]


@cache
def compiled(name: str) -> Compiled:
    """An example and what the checker says of it."""
    outcome = compile_plan(Workspace.at(str(EXAMPLES / name)), remembered)
    assert outcome.value is not None
    assert not outcome.failed, outcome.problems
    return Compiled(outcome.value.schedule, outcome.problems)


@cache
def given(name: str) -> Input:
    """The example's own people and events."""
    places = {table: EXAMPLES / name / f"{table}.csv" for table in ("persons", "accounts", "events")}
    files = {table: InputFile(place.name, place.read_bytes()) for table, place in places.items() if place.is_file()}
    read = inputs.read(compiled(name).schedule, InputFiles(**files))
    assert not read.failed, read.problems
    return read.value


def executed(name: str, watch: Watch | None = None) -> Execution:
    """The example's whole period."""
    schedule = compiled(name).schedule
    return reference.execute(schedule, given(name), *stretch(schedule.plan, None, None), watch=watch)


def arrows(schedule: Schedule) -> set[Arrow]:
    """Every arrow of every flowchart, and every arm of every diamond and task."""
    return {
        (campaign.name, step.id, word)
        for campaign in schedule.campaigns
        for step in campaign.steps
        for word in words(step)
    }


def words(step: st.Step) -> Iterator[str]:
    """The arrows that leave a step. A move and a stop end the flow."""
    match step:
        case st.Ask():
            yield from (event for arm in step.arms for event in arm.events)
            yield "nothing"
        case st.Task():
            yield from (outcome for arm in step.arms for outcome in arm.outcomes)
            yield from ["overdue"] if step.has_overdue else []
        case st.Choose() | st.Split():
            yield from map(str, range(len(step.arms)))
            yield from ["otherwise"] if isinstance(step, st.Choose) and step.otherwise_place is not None else []
        case st.Jump():
            yield from ("again", "else")
        case st.Repeat():
            yield "body"
        case st.Send() if step.skipped is not None:
            yield from ("next", "else")
        case _:
            yield from ["next"] if step.next is not None and not isinstance(step, st.Move | st.Stop) else []


@attrs.define
class Tracks:
    """Which arrows are taken while the interpreter runs."""

    taken: set[Arrow] = attrs.field(factory=set)

    def took(self, campaign: str, step: str, word: str, contact: str, at: int) -> None:
        self.taken.add((campaign, step, word))


def tracked(name: str) -> tuple[Execution, set[Arrow]]:
    """The example's whole period, and the arrows it takes."""
    tracks = Tracks()
    return executed(name, tracks), tracks.taken
