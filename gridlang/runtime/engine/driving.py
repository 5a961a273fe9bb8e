"""The accounts of a lowered plan through the kernel, and what they leave in the log as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.kernel import driving, layout, reading
from gridlang.runtime.engine.lowering import Lowered, Stretch
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
    small,
)

T = TypeVar("T")
HAPPENED = [0, 1, 7]
"""Of what happened to the plan itself, `Log.mass`: moment, name, account."""
_FIRST_MEMORY = 1 << 15
_KEPT = 160
"""Numbers for each account to keep in what it leaves: only few ask the desk, and these need about as many."""
_FIRST_LOG = 1 << 20
MOST_LOG = 1 << 22
"""So many numbers a part's log has room for, unless one account alone needs more."""
NOTHING = np.zeros(0, np.int64)


@attrs.define(eq=False)
class Memory:
    """The memory of the account that lives, the log, and what is asked of the desk; they grow when an account does not
    fit."""

    account: Array = attrs.field(factory=lambda: np.zeros(_FIRST_MEMORY, np.int64))
    log: Array = attrs.field(factory=lambda: np.zeros(_FIRST_LOG, np.int64))
    asks: Array = attrs.field(factory=lambda: np.zeros(_FIRST_LOG // 4, np.int64))
    kept: Array = attrs.field(factory=lambda: np.zeros(0, np.int32))

    def keeping(self, accounts: int) -> Array:
        """Room for what so many accounts leave."""
        if len(self.kept) < room_for(accounts):
            self.kept = np.zeros(room_for(accounts), np.int32)
        return self.kept

    def put(self, world: Array) -> None:
        """The addresses of this memory into a world that is lived in it."""
        for array, field, size in (
            (self.account, layout.W_MEMORY, layout.W_MEMORY_SIZE),
            (self.log, layout.W_LOG, layout.W_LOG_SIZE),
            (self.asks, layout.W_ASKS, layout.W_ASKS_SIZE),
        ):
            world[field], world[size] = array.ctypes.data, len(array)

    def enough_for(self, live: Callable[[], T]) -> T:
        """What `live` gives, with as much memory as it needs."""
        while True:
            try:
                return live()
            except MemoryError:
                self.account = np.zeros(2 * len(self.account), np.int64)
            except IndexError:
                self.log = np.concatenate([self.log, np.zeros(len(self.log), np.int64)])
                self.asks = np.concatenate([self.asks, np.zeros(len(self.asks), np.int64)])


def room_for(accounts: int) -> int:
    """How many numbers so many accounts may leave that ask the desk."""
    return _KEPT * accounts


@attrs.frozen(eq=False)
class Kept:
    """What accounts that ask the desk have left, until it has answered (`kernel.keeping`)."""

    content: Array
    """int32."""
    at: Array
    """int64 (accounts,): the address of that of each; 0: it is not kept."""

    @classmethod
    def room(cls, content: Array, accounts: int) -> Kept:
        """Room for what so many accounts leave."""
        return cls(content, np.zeros(accounts, np.int64))


@attrs.define(eq=False)
class Log:
    """A part's log as tables: what `Part` has, and what only the whole needs."""

    part: Part
    issues: Array
    """int64 (n, 11): kind, moment, what it names (of an event: its row of E), in 7 the account."""
    mass: Array
    """int64 (n, 11): moment, name; and in 7 the account."""
    goals: Array
    accounts: Array
    """int64 (n, 6): account, whether it entered, segment, how many people."""
    peaks: Array
    happened: Array
    arrows: Array
    """int64 (arrows,): how often runs took each."""
    diary: Array
    """int64 (n, 11): what is told to who keeps a diary (`layout.DIARY_CELL` ...)."""
    states: Array
    """int64 (n,): what has become of each account (`kernel.saving`), one after the other."""


@attrs.frozen(eq=False)
class Answers:
    """What the desk (R18) says to accounts, to each attempt for which it has a place."""

    answers: Array
    """int64: a member's number, -1 for nobody."""
    told: Array
    """int64 (accounts + 1,): where those to each account begin."""
    full: Array = NOTHING
    """When teams were full (`layout.X_TIMES` ...)."""

    @classmethod
    def of(cls, asker: Array, answers: Array, accounts: int) -> Answers:
        """Of so many accounts, from answers in the order in which they came to each; `asker`: to whom."""
        order = np.argsort(asker, kind="stable")
        told = np.append(0, np.cumsum(np.bincount(asker, minlength=accounts)))
        return cls(np.ascontiguousarray(answers[order]), told.astype(np.int64))

    def part(self, first: int, last: int) -> Answers:
        """Those to the accounts from `first` up to, not with, `last`."""
        told = self.told[first : last + 1]
        return attrs.evolve(self, answers=self.answers[told[0] : told[-1]], told=told - told[0])


NO_ANSWERS = Answers(NOTHING, NOTHING)


@attrs.define(eq=False)
class Driver:
    """Lives a stretch of the accounts of a lowered plan."""

    lowered: Lowered
    stretch: Stretch
    memory: Memory = attrs.field(factory=Memory)
    kept: Kept = attrs.field(
        default=attrs.Factory(lambda self: Kept.room(np.zeros(0, np.int32), self.stretch.accounts), takes_self=True)
    )
    """What the accounts left when they asked, for who is told the answers."""
    _attempts: list[Array] = attrs.field(factory=list)

    def logs(self, answers: Answers | None = None) -> Iterator[Log]:
        """What accounts leave, part by part.

        Without the desk's answers, those that ask it anything leave only their `attempts`, each as if there were always
        room, and what is `kept` of them; with them all accounts must be such.
        """
        at, n = np.zeros(4, np.int64), self.stretch.accounts
        if answers is None:
            self.kept = Kept.room(self.memory.keeping(n), n)
        while at[0] < n:
            first = at[0]
            arrows = self._live(at, answers)
            self._attempts.append(self.memory.asks[: at[2]].reshape(-1, layout.ATTEMPT).copy())
            yield self._read(
                int(at[1]), arrows, None if answers is None else self._told(int(first), int(at[0]), answers)
            )
        if answers is None:
            self.kept = Kept(self.kept.content[: at[3]], self.kept.at)

    def attempts(self) -> Array:
        """int64 (n, ATTEMPT): what accounts asked of the desk, in their order."""
        return np.concatenate([np.zeros((0, layout.ATTEMPT), np.int64), *self._attempts])

    def has_flights(self) -> bool:
        """Whether a campaign is one run for the plan."""
        return bool(self.lowered.P[layout.H_MASS_FLOWS])

    def flights(self, happened: Array) -> Log:
        """The plan itself; `happened`, int64 (n, 3): moment, name and account of events of all accounts, those of one
        in their order."""
        order = np.lexsort((happened[:, 2], happened[:, 0]))
        events = np.ascontiguousarray(happened[order][:, :2])
        at, arrows = np.zeros(4, np.int64), self._no_arrows()

        def live() -> None:
            at[:], arrows[:] = (0, layout.LOG_BEGINS, 0, 0), 0
            self.drive(layout.LIVE_MASS, self.world(), at=at, last=self.stretch.accounts, arrows=arrows, rows=events)

        self.memory.enough_for(live)
        return self._read(int(at[1]), arrows)

    # --- the kernel --------------------------------------------------------------------------------------------------

    def world(self, answers: Answers = NO_ANSWERS) -> Array:
        """int64 (WORLD,): the addresses that the kernel reads; they hold as long as this object, its memory and the
        answers."""
        low, mine, found = self.lowered, self.stretch, np.zeros(layout.WORLD, np.int64)
        for field, array in (
            (layout.W_PLAN, low.P),
            (layout.W_PEOPLE, mine.S),
            (layout.W_ACCOUNTS, mine.T),
            (layout.W_EVENTS, mine.E),
            (layout.W_BYTES, low.B),
            (layout.W_ANSWERS, answers.answers),
            (layout.W_STATE, mine.state),
            (layout.W_KEPT, self.kept.content),
            (layout.W_KEPT_AT, self.kept.at),
        ):
            found[field] = array.ctypes.data
        found[layout.W_KEPT_SIZE] = len(self.kept.content)
        found[layout.W_FULL] = answers.full.ctypes.data if len(answers.full) else 0
        self.memory.put(found)
        return found

    @staticmethod
    def drive(
        wanted: int,
        world: Array,
        *,
        desk: Array = NOTHING,
        told: Array = NOTHING,
        at: Array = NOTHING,
        last: int = 0,
        arrows: Array = NOTHING,
        rows: Array = NOTHING,
    ) -> None:
        """Into the kernel (`kernel.driving.drive`)."""
        driving.drive(wanted, world, desk, told, at, last, arrows, rows.reshape(-1))

    def _live(self, at: Array, answers: Answers | None) -> Array:
        """Accounts from at[0] on until the log is full; how often they took each arrow."""
        memory, arrows, n = self.memory, self._no_arrows(), self.stretch.accounts
        said, wanted = (NO_ANSWERS, layout.LIVE) if answers is None else (answers, layout.TELL)
        if n > 1 << 12 and len(memory.log) < MOST_LOG:
            memory.log = np.zeros(MOST_LOG, np.int64)
        at[1], at[2] = layout.LOG_BEGINS, 0

        def live() -> None:
            try:
                self.drive(wanted, self.world(said), told=said.told, at=at, last=n, arrows=arrows)
            except IndexError:
                if at[1] == layout.LOG_BEGINS and at[2] == 0:
                    raise

        memory.enough_for(live)
        return arrows

    def _no_arrows(self) -> Array:
        return np.zeros(len(self.lowered.arrows), np.int64)

    # --- tables ------------------------------------------------------------------------------------------------------

    def _told(self, first: int, last: int, answers: Answers) -> tuple[Array, Array, Array]:
        """Of the accounts from `first` up to, not with, `last` that are kept: the addresses, and where in the answers,
        which are the third, those to each begin."""
        rows = first + np.flatnonzero(self.kept.at[first:last])
        return self.kept.at[rows], answers.told[rows], answers.answers

    def _read(self, end: int, arrows: Array, told: tuple[Array, Array, Array] | None = None) -> Log:
        log, told = self.memory.log, told or (NOTHING, NOTHING, NOTHING)
        n = reading.counts(log, end, told[0])
        sizes = n[: reading.LINKS] * reading.WIDTHS
        begins = np.concatenate([[0], np.cumsum(sizes)])
        found, links = np.empty(int(begins[-1]), np.int64), np.empty((int(n[reading.LINKS]), 3), np.int64)
        reading.sort_out(log, end, *told, arrows, begins[:-1].copy(), found, links)

        def table(kind: int) -> Array:
            return found[begins[kind] : begins[kind + 1]].reshape(n[kind], reading.WIDTHS[kind])

        tasks, skips = table(layout.L_TASK), table(layout.L_SKIP)
        part = Part(
            touches=_rows(table(layout.L_TOUCH)),
            tasks=_tasks(np.concatenate([tasks, table(layout.L_NOTICE)]), len(tasks), self.lowered.horizon),
            audiences=_audiences(table(layout.L_AUDIENCE), self.lowered.horizon),
            skips=Skips(rows=_rows(skips), reason=skips[:, 9].astype(np.uint8)),
            moves=_moves(table(layout.L_MOVE)),
            silences=_silences(table(layout.L_SILENCE)),
            orders=_orders(table(layout.L_ORDER)),
            links=Links(links[:, 0].astype(np.uint8), small(links[:, 1]), small(links[:, 2])),
            leads=table(layout.L_LEAD)[:, :6].copy(),
        )
        return Log(
            part, self._issues(table(layout.L_ISSUE)), table(layout.L_MASS).copy(), table(layout.L_GOALS),
            table(layout.L_ACCOUNT), table(layout.L_PEAK), table(layout.L_HAPPENED), arrows,
            table(layout.L_DIARY), table(layout.L_STATE).reshape(-1),
        )  # fmt: skip

    def _issues(self, table: Array) -> Array:
        """With the rows of events as this stretch counts them."""
        found, accounts = table.copy(), self.stretch.T
        names_row = np.isin(found[:, 0], (layout.ISSUE_LATE, layout.ISSUE_UNASKED, layout.ISSUE_OFFERED))
        account = np.searchsorted(accounts[:-1, layout.TA_NUMBER], found[names_row, 7])
        found[names_row, 2] += accounts[account, layout.TA_EVENTS]
        return found


_COLUMNS = {
    "person": 0, "campaign": 1, "step": 2, "visit": 3, "channel": 4, "message": 5, "at": 6, "ready": 7, "lead": 8,
    "chain": 15, "links": 16, "turn": 17,
}  # fmt: skip
"""Where the numbers of a row stand."""


def _rows(table: Array) -> Rows:
    return Rows(**{name: small(table[:, column]) for name, column in _COLUMNS.items()})


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
        team=small(table[:, 9]),
        member=small(np.where(notice, -1, table[:, 10])),
        deadline=np.where(notice, NEVER, deadline),
        state=np.where(notice, STATES.index("done"), state).astype(np.uint8),
        outcome=small(np.where(notice, -1, table[:, 13])),
        closed=np.where(notice, NEVER, closed),
        notice=notice,
    )


def _audiences(table: Array, horizon: int) -> Audiences:
    """Whose end lies at the horizon or later is still in it."""
    ended = np.where(table[:, 10] == layout.MISS, layout.FAR, table[:, 10])
    end = np.minimum(ended, table[:, 9])
    return Audiences(rows=_rows(table), end=np.where(end < horizon, end, NEVER))


def _moves(table: Array) -> Moves:
    why = table[:, 4]
    return Moves(
        account=small(table[:, 0]),
        source=small(table[:, 1]),
        target=small(table[:, 2]),
        at=small(table[:, 3]),
        event=small(np.where(why == 1, table[:, 5], -1)),
        campaign=small(np.where(why == 2, table[:, 5], -1)),
        step=small(np.where(why == 2, table[:, 6], -1)),
        place=small(table[:, 7]),
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
