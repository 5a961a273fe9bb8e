"""The example plans, compiled and run on their own people; and which arrows of their flowcharts a run takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import pytest

from gridlang.cache import remembered
from gridlang.cli.period import stretch
from gridlang.compiler import compile_plan
from gridlang.diagnostics import Diagnostic
from gridlang.files import Workspace
from gridlang.runtime import inputs, reference
from gridlang.runtime.inputs import InputFile, InputFiles
from gridlang.runtime.reference import flows
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
    files = {table: (EXAMPLES / name / f"{table}.csv").read_bytes() for table in ("persons", "events")}
    read = inputs.read(
        compiled(name).schedule,
        InputFiles(**{table: InputFile(f"{table}.csv", content) for table, content in files.items()}),
    )
    assert not read.failed, read.problems
    return read.value


def executed(name: str) -> Execution:
    """The example's whole period."""
    schedule = compiled(name).schedule
    return reference.execute(schedule, given(name), *stretch(schedule.plan, None, None))


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


class Tracks:
    """Which arrows are taken while the interpreter runs: it follows one by `flows.leave`, and a run that the journey
    takes out of its cell (`flows.end`) has taken the arm of that event."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.taken: set[Arrow] = set()
        self._used: dict[int, set[int]] = {}
        self._runs: list[Any] = []
        leave, end, repeat = flows.leave, flows.end, flows.begin_repeat

        def left(world: Any, run: Any, target: str | None, now: int, via: str | None = None) -> None:
            self._note(run, self._arm(run, target))
            leave(world, run, target, now, via)

        def ended(world: Any, run: Any, now: int, *, left: bool = False) -> None:
            if left and isinstance(run.step, st.Ask | st.Task):
                self._note(run, self._cut(world, run, now))
            end(world, run, now, left=left)

        def repeated(world: Any, run: Any, step: st.Repeat, now: int) -> None:
            self._note(run, "body")
            repeat(world, run, step, now)

        patch.setattr(flows, "leave", left)
        patch.setattr(flows, "end", ended)
        patch.setattr(flows, "begin_repeat", repeated)

    def _note(self, run: Any, word: str) -> None:
        self.taken.add((run.flow.campaign.name, run.step.id, word))

    def _arm(self, run: Any, target: str | None) -> str:
        match run.step:
            case st.Ask():
                return self._answer(run)
            case st.Task():
                return self._outcome(run)
            case st.Choose() | st.Split() as step:
                targets = [arm.next for arm in step.arms]
                numbers = {target: str(number) for number, target in enumerate(targets)}
                assert len(numbers) == len(step.arms), f"{step.id}: arms with one target cannot be told apart here"
                return numbers.get(target, "otherwise")
            case st.Jump() as step:
                return "again" if target == step.next else "else"
            case st.Send() as step if step.skipped is not None:
                return "next" if target == step.next else "else"
        return "next"

    def _answer(self, run: Any) -> str:
        """The event that this run used up last, by the name its arm gives it; `nothing` when there is no new one."""
        before = self._used.setdefault(id(run), set())
        self._runs.append(run)
        new = run.used - before
        before |= new
        events = [event for each in run.person.account.events.values() for event in each if event.number in new]
        return next(
            (name for arm in run.step.arms for name in arm.events for event in events if name in event.names), "nothing"
        )

    def _outcome(self, run: Any) -> str:
        if run.handout is None:
            return "skipped"
        return "overdue" if run.handout.withdrawn else str(run.handout.outcome)

    def _cut(self, world: Any, run: Any, now: int) -> str:
        """The journey's own edge took the account away: the arm of its event is drawn, and the edge goes along it."""
        if run.handout is not None and run.handout.closed == now:
            return str(run.handout.outcome)
        return str(world.record.moves[-1].why)


def tracked(name: str) -> tuple[Execution, set[Arrow]]:
    """The example's whole period, and the arrows it takes."""
    with pytest.MonkeyPatch.context() as patch:
        tracks = Tracks(patch)
        return executed(name), tracks.taken
