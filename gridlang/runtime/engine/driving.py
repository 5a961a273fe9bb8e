"""A run: all accounts through the kernel, part by part, and what is of the run as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.kernel import driving, layout, reading
from gridlang.runtime.engine.lowering import Lowered
from gridlang.runtime.engine.results import (
    NEVER,
    STATES,
    Audiences,
    Links,
    Moves,
    Orders,
    Part,
    Rows,
    Silences,
    Skips,
    Tasks,
)

_FIRST_MEMORY = 1 << 15
_FIRST_LOG = 1 << 20
MOST_LOG = 1 << 25
"""So many numbers a part's log has room for, unless one account alone needs more."""
_NOTHING = np.zeros(0, np.int64)
_NOWHERE = np.zeros(2, np.int64)
_NO_ROWS = np.zeros((0, 2), np.int64)


@attrs.define(eq=False)
class Memory:
    """The memory of the account that lives, and the log; both grow when an account does not fit."""

    account: Array = attrs.field(factory=lambda: np.zeros(_FIRST_MEMORY, np.int64))
    log: Array = attrs.field(factory=lambda: np.zeros(_FIRST_LOG, np.int64))

    def grow(self) -> None:
        """More memory for an account."""
        self.account = np.zeros(2 * len(self.account), np.int64)

    def grow_log(self) -> None:
        """More room for rows."""
        grown = np.zeros(2 * len(self.log), np.int64)
        grown[: len(self.log)] = self.log
        self.log = grown


@attrs.define(eq=False)
class Log:
    """A part's log as tables: what `Part` has, and what only the whole needs."""

    part: Part
    issues: Array
    mass: Array
    goals: Array
    accounts: Array
    peaks: Array
    happened: Array
    arrows: Array
    """int64 (arrows,): how often runs took each."""


@attrs.define(eq=False)
class Driver:
    """Runs a lowered plan."""

    lowered: Lowered
    memory: Memory = attrs.field(factory=Memory)
    told: Array = attrs.field(factory=lambda: _NOTHING)
    answers: Array = attrs.field(factory=lambda: _NOTHING)
    arrows: Array = attrs.field(init=False)
    """How often runs took each arrow."""

    def __attrs_post_init__(self) -> None:
        self.arrows = np.zeros(len(self.lowered.arrows), np.int64)

    def logs(self, progress: Callable[[int, int], None] | None = None) -> Iterator[Log]:
        """Every part; the last is of the plan itself."""
        n = len(self.lowered.T) - 1
        self._meet_at_the_desk()
        mode = layout.MODE_TOLD if len(self.told) else layout.MODE_FREE
        mass = []
        at = np.zeros(2, np.int64)
        while at[0] < n:
            at[1] = layout.LOG_BEGINS
            self._live(at, n, 1, mode)
            log = self._read(int(at[1]))
            mass.append(log.mass)
            if progress is not None:
                progress(int(at[0]), n)
            yield log
        if self._has_mass():
            yield self._mass(np.concatenate([*mass, np.zeros((0, 9), np.int64)]))

    def _has_mass(self) -> bool:
        return bool(self.lowered.P[layout.H_MASS_FLOWS])

    def _world(self) -> Array:
        """The addresses that the kernel reads; what stands there is held by this object."""
        low, found = self.lowered, np.zeros(layout.WORLD, np.int64)
        for field, array in (
            (layout.W_PLAN, low.P),
            (layout.W_PEOPLE, low.S),
            (layout.W_ACCOUNTS, low.T),
            (layout.W_EVENTS, low.E),
            (layout.W_BYTES, low.B),
            (layout.W_ANSWERS, self.answers),
            (layout.W_MEMORY, self.memory.account),
            (layout.W_LOG, self.memory.log),
        ):
            found[field] = array.ctypes.data
        found[layout.W_MEMORY_SIZE], found[layout.W_LOG_SIZE] = len(self.memory.account), len(self.memory.log)
        return found

    def _drive(
        self,
        wanted: int,
        at: Array,
        *,
        last: int = 0,
        emit: int = 1,
        mode: int = 0,
        rows: Array | None = None,
        most: int = 0,
    ) -> tuple[Array, Array]:
        found: tuple[Array, Array] = driving.drive(
            wanted,
            self._world(),
            self.told,
            at,
            last,
            emit,
            mode,
            self.arrows,
            _NO_ROWS if rows is None else rows,
            most,
        )
        return found

    def _live(self, at: Array, last: int, emit: int, mode: int) -> None:
        while True:
            memory = self.memory
            if len(memory.log) < MOST_LOG and last > 4096:
                memory.log = np.zeros(MOST_LOG, np.int64)
            try:
                self._drive(layout.RUN_ACCOUNTS, at, last=last, emit=emit, mode=mode)
            except MemoryError:
                memory.grow()
            except IndexError:
                if at[1] > layout.LOG_BEGINS:
                    return
                memory.grow_log()
            else:
                return

    def _mass(self, happened: Array) -> Log:
        """The plan itself, to whom events of all accounts happened."""
        order = np.argsort(happened[:, 0], kind="stable")
        events, at = np.ascontiguousarray(happened[order][:, :2]), np.zeros(2, np.int64)
        while True:
            at[:] = 0, layout.LOG_BEGINS
            try:
                self._drive(layout.RUN_MASS, at, last=len(self.lowered.T) - 1, rows=events)
            except MemoryError:
                self.memory.grow()
            except IndexError:
                self.memory.grow_log()
            else:
                return self._read(int(at[1]))

    # --- the desk (R18) ----------------------------------------------------------------------------------------------

    def _meet_at_the_desk(self) -> None:
        """What the desk says to each account, attempt by attempt; nothing when no task asks it."""
        low = self.lowered
        tasks = any(step.verb == "task" for each in low.plan.schedule.campaigns for step in each.steps)
        teams = [team for team in low.plan.schedule.teams if team.members or team.capacity]
        n = len(low.T) - 1
        if not tasks or not teams or not n:
            return
        attempts = self._attempts(n)
        most = max(len(team.members) for team in teams)
        while True:
            try:
                accounts, answers = self._drive(layout.MEET, _NOWHERE, last=n + 1, rows=attempts, most=most)
            except MemoryError:
                self.memory.grow()
            else:
                break
        order = np.argsort(accounts, kind="stable")
        self.answers = np.ascontiguousarray(answers[order])
        self.told = np.searchsorted(accounts[order], np.arange(n + 1)).astype(np.int64)

    def _attempts(self, n: int) -> Array:
        """The attempts of all accounts, each as if there were always room, in order of time and R17."""
        parts, at = [], np.zeros(2, np.int64)
        while at[0] < n:
            at[1] = layout.LOG_BEGINS
            self._live(at, n, 0, layout.MODE_FREE)
            parts.append(self.memory.log[layout.LOG_BEGINS : at[1]].reshape(-1, layout.ATTEMPT).copy())
        found = np.concatenate(parts)
        return np.ascontiguousarray(found[np.lexsort(tuple(found[:, key] for key in range(7, -1, -1)))])

    def _taken(self) -> Array:
        """The arrows of a part; those of the next begin anew."""
        taken, self.arrows = self.arrows, np.zeros(len(self.arrows), np.int64)
        return taken

    # --- tables ------------------------------------------------------------------------------------------------------

    def _read(self, end: int) -> Log:
        log = self.memory.log
        n = reading.counts(log, end)
        kinds = (layout.L_TOUCH, layout.L_TASK, layout.L_NOTICE, layout.L_AUDIENCE, layout.L_SKIP)
        links, first, tables = np.zeros((int(n[-1]), 3), np.int64), 0, []
        for kind in kinds:
            table = reading.rows(log, end, kind, n[kind], links, first)
            first += int(table[:, 16].sum())
            tables.append(table)
        touches, tasks, notices, audiences, skips = tables

        def others(kind: int, width: int) -> Array:
            return reading.records(log, end, kind, n[kind], width)

        part = Part(
            touches=_rows(touches),
            tasks=_tasks(np.concatenate([tasks, notices]), len(tasks), self.lowered.horizon),
            audiences=_audiences(audiences, self.lowered.horizon),
            skips=Skips(rows=_rows(skips), reason=skips[:, 9].astype(np.uint8)),
            moves=_moves(others(layout.L_MOVE, 8)),
            silences=_silences(others(layout.L_SILENCE, 4)),
            orders=_orders(others(layout.L_ORDER, 9)),
            links=Links(links[:, 0].astype(np.uint8), links[:, 1].astype(np.int32), links[:, 2].copy()),
            leads=others(layout.L_LEAD, 6)[:, :6],
        )
        return Log(
            part, others(layout.L_ISSUE, 9), others(layout.L_MASS, 7), others(layout.L_GOALS, 3),
            others(layout.L_ACCOUNT, 3), others(layout.L_PEAK, 2), others(layout.L_HAPPENED, 2),
            self._taken(),
        )  # fmt: skip


def _rows(table: Array) -> Rows:
    person, campaign, step, visit, channel, message = (table[:, each].astype(np.int32) for each in range(6))
    return Rows(
        person=person,
        campaign=campaign,
        step=step,
        visit=visit,
        channel=channel,
        message=message,
        at=table[:, 6].copy(),
        ready=table[:, 7].copy(),
        chain=table[:, 15].copy(),
        links=table[:, 16].astype(np.int32),
        turn=table[:, 17].astype(np.int32),
        lead=table[:, 8].astype(np.int32),
    )


def _tasks(table: Array, real: int, horizon: int) -> Tasks:
    """Tasks, then notices."""
    notice = np.arange(len(table)) >= real
    closed, deadline = table[:, 12], table[:, 11]
    late = deadline < horizon
    state = np.where(
        closed != layout.MISS,
        np.where(table[:, 14] != 0, STATES.index("withdrawn"), STATES.index("done")),
        np.where(late, STATES.index("overdue"), STATES.index("open")),
    )
    return Tasks(
        rows=_rows(table),
        team=table[:, 9].astype(np.int32),
        member=np.where(notice, -1, table[:, 10]).astype(np.int32),
        deadline=np.where(notice, NEVER, deadline),
        state=np.where(notice, STATES.index("done"), state).astype(np.uint8),
        outcome=np.where(notice, -1, table[:, 13]).astype(np.int32),
        closed=np.where(notice, NEVER, closed),
        notice=notice,
    )


def _audiences(table: Array, horizon: int) -> Audiences:
    """Whose end lies at the horizon or later is still in it."""
    ended = np.where(table[:, 10] == layout.MISS, layout.FAR, table[:, 10])
    end = np.minimum(ended, table[:, 9])
    return Audiences(rows=_rows(table), end=np.where(end < horizon, end, NEVER))


def _moves(table: Array) -> Moves:
    account, source, target = (table[:, each].astype(np.int32) for each in range(3))
    why = table[:, 4]
    return Moves(
        account=account,
        source=source,
        target=target,
        at=table[:, 3].copy(),
        event=np.where(why == 1, table[:, 5], -1).astype(np.int32),
        campaign=np.where(why == 2, table[:, 5], -1).astype(np.int32),
        step=np.where(why == 2, table[:, 6], -1).astype(np.int32),
        place=table[:, 7].astype(np.int32),
    )


def _silences(table: Array) -> Silences:
    return Silences(
        account=table[:, 0].astype(np.int32),
        relation=table[:, 1].astype(np.int32),
        since=table[:, 2].copy(),
        at=table[:, 3].copy(),
    )


def _orders(table: Array) -> Orders:
    return Orders(
        person=table[:, 0].astype(np.int32),
        rule=table[:, 1].astype(np.int32),
        number=table[:, 2].astype(np.int32),
        at=table[:, 3].copy(),
    )
