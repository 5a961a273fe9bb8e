"""`go_on`: schedule x input x state x [from, until) -> rows and a state (R25, R26)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import attrs

from gridlang.runtime.reference import execution
from gridlang.runtime.reference.record import Record
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Execution, Input, Issue
from gridlang.runtime.state import restoring, saving, seen
from gridlang.runtime.state.accounts import Line, State
from gridlang.runtime.state.diary import Keeper
from gridlang.runtime.state.joining import Edited
from gridlang.runtime.state.places import Places
from gridlang.runtime.state.records import DiaryRecord
from gridlang.runtime.state.seen import Unseen
from gridlang.runtime.state.today import Rows, Today
from gridlang.schedule.model import Schedule

Progress: TypeAlias = execution.Progress
Advance: TypeAlias = Callable[[World, int, int, dict[str, str] | None, Progress | None], None]
"""Lives a world on, as `reference.execution.advance` does."""


@attrs.frozen(kw_only=True)
class Before:
    """A state with the schedule that was executed to make it."""

    state: State
    schedule: Schedule


@attrs.frozen(kw_only=True)
class Gone:
    """A run that took up a state, or made the first.

    `facts`: the rows from `since` up to `known`, as they stand then; tasks and audiences that were open when it began
    are among them. `planned`: the rows from `known` on, worked out by what is known today. `saved`: the state as of
    `known`; where that is the moment of the state before, nothing has been lived, and it is that. `given`: what had not
    been seen. `schedule`: the plan's, with the places of its past that chains still name.
    """

    since: int
    known: int
    facts: Execution
    planned: Execution
    diary: tuple[DiaryRecord, ...]
    foreseen: tuple[DiaryRecord, ...]
    """The diary of what is planned."""
    saved: Before
    given: Unseen
    schedule: Schedule


def go_on(
    schedule: Schedule,
    today: Today | Input,
    before: Before | None,
    *,
    start: int,
    known: int,
    until: int,
    fingerprint: str = "",
    progress: Progress | None = None,
    advance: Advance = execution.advance,
) -> Gone:
    """Live on from the state's moment, or from `start` where there is no state, to `until`.

    Events are complete before `known`: everything before it is a fact, and the state is saved as of it; `start` <=
    `known` <= `until`, and the period cuts all three (R27). `fingerprint` names the schedule in the state. `advance`:
    which execution lets the time pass.
    """
    keeper = Keeper()
    today = Rows(today) if isinstance(today, Input) else today
    carried: tuple[Line, ...] = ()
    if before is None:
        given = seen.everything(today)
        world = execution.begin(schedule, given.everything(), start, until)
        whole, change = schedule, _nothing
        world.diary = keeper
        since = max(start, world.plan.period[0])
    else:
        given = seen.sort_out(schedule, before.state, today)
        edited = Edited.of(before.schedule, schedule, edited=fingerprint != before.state.plan.schedule)
        places = Places(schedule, before.schedule) if edited.any else Places(before.schedule, None)
        restored = restoring.restore(schedule, before.state, given, until, places, edited, keeper)
        world, whole, change = restored.world, places.whole(), restored.change
        carried = restored.concern.carried
        since = before.state.plan.known
    known = min(max(known, since), world.moments.horizon)
    if before is not None and known == since:
        facts = execution.rows(world, since, known, given.issues)
        saved, world.record = before, Record()
        change()
    else:
        change()
        advance(world, known, since, None, progress)
        saved = Before(state=saving.save(world, known, whole, fingerprint, carried), schedule=whole)
        facts = _facts(world, since, known, given.issues)
    diary = keeper.taken()
    planned = _planned(world, known, until, progress, advance)
    return Gone(
        since=since,
        known=known,
        facts=facts,
        planned=planned,
        diary=diary,
        foreseen=keeper.taken(),
        saved=saved,
        given=given,
        schedule=whole,
    )


def _nothing() -> None:
    """A first run changes nothing that was."""


def _facts(world: World, since: int, known: int, issues: tuple[Issue, ...]) -> Execution:
    """The rows so far, as they stand; the record begins anew."""
    if known >= world.plan.period[1]:
        execution.close_period(world)
    facts = execution.rows(world, since, known, issues)
    world.record = Record()
    return facts


def _planned(world: World, known: int, until: int, progress: Progress | None, advance: Advance) -> Execution:
    """The rows from `known` on."""
    end = world.plan.period[1]
    advance(world, world.moments.horizon, known, None, progress)
    if known < end <= until:
        execution.close_period(world)
    return execution.rows(world, known, world.moments.horizon)
