"""Accounts meet at the desk (R18): it decides what each attempt comes to, and those whom it turns away are lived again.

The desk decides in the order of time and R17, by itself. Whoever finds it full is lived again from the start, with what
is known of the desk by then, and asks anew from there on; all whom it turns away one after the other at a time, which
may be a day's, by all threads. The last of such lives is what they leave.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import attrs
import numpy as np

from gridlang.runtime.engine.askers import Askers
from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.crew import Crew
from gridlang.runtime.engine.desk import Asked, Packed, in_turn
from gridlang.runtime.engine.driving import NO_ANSWERS, NOTHING, Answers, Driver, Kept, Memory, room_for
from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering import Lowered

ONCE = -1
"""Of an account that has had but one life."""
_FEW = 32
"""So few are lived by one thread: to wake another takes longer."""
_SHARE = 4
"""Of those who are lived again all ask, and with room to spare for a later life."""
_BLOCK = 1 << 18
_SHOWN = 1 << 16
_FIRST_ROOM = 1 << 12
_FIRST_TIMES = 16


@attrs.frozen(eq=False)
class Met:
    """What has become of those who ask the desk."""

    lowered: Lowered
    _askers: Askers
    _answers: Answers
    _left: list[Packed | None]
    """Of each stretch, what its accounts leave who have lived but once."""
    _later: Array
    """int64 (askers,): the address of what each has left in a later life, 0: it is not kept, ONCE."""
    _held: list[Array]
    """What stands at these addresses."""

    def told(self, number: int, memory: Memory) -> tuple[Driver, Answers]:
        """Who tells the accounts of a stretch the answers of the desk, and these. Only once, and while this lives."""
        part, packed = slice(*self._askers.begins[number : number + 2]), self._left[number]
        assert packed is not None
        kept, later, self._left[number] = packed.kept(), self._later[part], None
        kept = attrs.evolve(kept, at=np.where(later == ONCE, kept.at, later))
        answers = self._answers.part(part.start, part.stop)
        return Driver(self.lowered, self._askers.part(number), memory, kept), answers


def meet(lowered: Lowered, asked: Sequence[Asked], crew: Crew, handed: Array = NOTHING) -> Met:
    """What the desk says to all who ask; these are used up. `handed`: what was handed out before
    (`kernel.meeting.put_before`)."""
    askers, left = Askers.of([each.accounts for each in asked]), [each.left for each in asked]
    desk = Desk(lowered, _columns(asked, askers.begins), askers.size, handed)
    lives = _Lives(lowered, askers, crew)
    while len(away := desk.turned_away()):
        desk.hear(lives.again(away, desk))
    return Met(lowered, askers, desk.answers(), [*left], lives.at, lives.left)


def _columns(asked: Sequence[Asked], begins: Array) -> list[Array]:
    """The columns of the attempts of first lives."""
    sizes = [len(each.columns[0]) for each in asked]
    if not any(sizes):
        return [NOTHING for _ in range(k.ATTEMPT)]
    columns = [np.concatenate([each.columns.pop() for each in asked]) for _ in range(k.ATTEMPT)][::-1]
    columns[k.A_ASKER] = columns[k.A_ASKER] + np.repeat(begins[:-1], sizes)
    columns[k.A_LIFE] = np.zeros(sum(sizes), np.int8)
    return columns


@attrs.define(eq=False)
class Desk:
    """What the desk knows: which attempts come, and what it has decided."""

    lowered: Lowered
    columns: list[Array]
    """Of the attempts of first lives."""
    askers: int
    _handed: Array = NOTHING
    _D: Array = attrs.field(factory=lambda: np.zeros(k.DESK, np.int64))
    _arrays: dict[int, Array] = attrs.field(factory=dict)
    """What stands at the addresses of D."""
    _world: Driver = attrs.field(init=False)
    order: Array = attrs.field(init=False)
    """Where the attempts of first lives stand in their columns, in their order."""
    said: Array = attrs.field(init=False)
    """int64 (n,): what it said to each of these, in order; MISS: that life did not count any longer."""
    _shown: int = 0
    """So many of them the kernel has seen."""
    _given: list[tuple[Array, Array]] = attrs.field(factory=list)
    """Of attempts of later lives that are decided and put away: who asked, and what was said."""

    def __attrs_post_init__(self) -> None:
        teams = self.lowered.plan.schedule.teams
        members = max([1, *(len(team.members) for team in teams)])
        self._world = Driver(self.lowered, self.lowered.stretch(0, 0))
        self.order = in_turn(self.columns)
        self.said = np.full(len(self.order), k.MISS, np.int64)
        self._D[k.D_MEMBERS] = members
        self._show()
        for field in (k.D_LIFE, k.D_DECIDED):
            self._put(field, np.zeros(self.askers, np.int64))
        self._put(k.D_AGAIN, np.zeros((self.askers, k.AWAY), np.int64))
        counts, ring = self._counts()
        self._put(k.D_TEAMS, counts)
        self._put(k.D_BUSY, np.zeros(ring, np.int64))
        self._put(k.D_LOADS, np.zeros(members * len(teams), np.int64))
        self._room_for_times(_FIRST_TIMES)
        self._room_for_later(np.zeros((0, k.ATTEMPT), np.int64), _FIRST_ROOM)

    def _put(self, field: int, array: Array) -> None:
        self._arrays[field], self._D[field] = array, array.ctypes.data

    def _counts(self) -> tuple[Array, int]:
        """What is counted of each team; a ring of moments for each whose capacity rolls, with room also for what was
        handed out before, and how much room all need."""
        P, size = self.lowered.P, 0
        counts = np.full((len(self.lowered.plan.schedule.teams), k.COUNTS), k.MISS, np.int64)
        for team, count in enumerate(counts):
            entry = P[k.P_TEAMS] + team * k.TEAM
            rolls = P[entry + k.G_CAPACITY] >= 0 and P[entry + k.G_CALENDAR] < 0
            room = int(P[entry + k.G_CAPACITY]) + len(self._handed) // 4 + 1 if rolls else 0
            count[k.BUSY_AT :], size = (size, room, 0, 0, 0, 0), size + room
        return counts, size

    # --- deciding ----------------------------------------------------------------------------------------------------

    def turned_away(self) -> Array:
        """Decide until somebody must be lived again: int64 (n, AWAY), in the order of those who ask; none when all is
        decided."""
        D = self._D
        D[k.D_AGAIN_N] = 0
        while not D[k.D_AGAIN_N] and self._is_more():
            if D[k.D_FIRST_AT] == D[k.D_FIRST_N] and not D[k.D_FIRST_LAST]:
                self._show()
            Driver.drive(k.MEET, self._world.world(), desk=D, rows=self._handed)
            self._handed = NOTHING
            times = self._heads(self.full)
            if (times[:, k.X_TIMES] == times[:, k.X_ROOM]).any():
                self._room_for_times(2 * int(times[0, k.X_ROOM]))
        away = self._arrays[k.D_AGAIN][: D[k.D_AGAIN_N]]
        return away[np.argsort(away[:, 0])]

    def _is_more(self) -> bool:
        D = self._D
        is_first = D[k.D_FIRST_AT] < D[k.D_FIRST_N] or not D[k.D_FIRST_LAST]
        return bool(is_first or D[k.D_LATER_AT] < D[k.D_LATER_N] or D[k.D_HEAP_N])

    def _show(self) -> None:
        """The next attempts of first lives to the kernel: as rows they take much room, and it needs few at a time."""
        D, begin = self._D, self._shown
        rows = self.order[begin : begin + _SHOWN]
        first = np.empty((len(rows), k.ATTEMPT), np.int64)
        for number, column in enumerate(self.columns):
            first[:, number] = column[rows]
        self._shown += len(rows)
        self._put(k.D_FIRST, first)
        D[k.D_FIRST_N], D[k.D_FIRST_AT], D[k.D_FIRST_LAST] = len(first), 0, self._shown == len(self.order)
        D[k.D_FIRST_SAID] = self.said[begin:].ctypes.data

    @property
    def full(self) -> Array:
        """int64 (n,): when teams were full (`layout.X_TIMES` ...)."""
        return self._arrays[k.D_FULL]

    @property
    def decided(self) -> Array:
        """int64 (askers,): how many places each had been given when it was turned away last."""
        return self._arrays[k.D_DECIDED]

    def _heads(self, full: Array) -> Array:
        return full[: k.TIMES * len(self._arrays[k.D_TEAMS])].reshape(-1, k.TIMES)

    def _room_for_times(self, room: int) -> None:
        """So many times for each team, with those that are known."""
        teams = len(self._arrays[k.D_TEAMS])
        found, before = np.zeros(k.TIMES * teams + k.FULL * room * teams, np.int64), self._arrays.get(k.D_FULL)
        heads = self._heads(found)
        heads[:, k.X_ROOM] = room
        heads[:, k.X_BEGINS] = k.TIMES * teams + k.FULL * room * np.arange(teams)
        if before is not None:
            for head, old in zip(heads, self._heads(before), strict=True):
                head[k.X_TIMES], size = old[k.X_TIMES], k.FULL * old[k.X_TIMES]
                old_at, at = old[k.X_BEGINS], head[k.X_BEGINS]
                found[at : at + size] = before[old_at : old_at + size]
        self._put(k.D_FULL, found)

    # --- attempts of later lives -------------------------------------------------------------------------------------

    def hear(self, attempts: Array) -> None:
        """What those ask who were lived again: int64 (n, ATTEMPT)."""
        D, later = self._D, self._arrays[k.D_LATER]
        attempts[:, k.A_LIFE] = self._arrays[k.D_LIFE][attempts[:, k.A_ASKER]]
        n = int(D[k.D_LATER_N])
        if n + len(attempts) > len(later):
            self._put_away()
            n = int(D[k.D_LATER_N])
            self._room_for_later(self._arrays[k.D_LATER][:n], max(len(later), 2 * (n + len(attempts))))
        self._arrays[k.D_LATER][n : n + len(attempts)] = attempts
        D[k.D_LATER_N] = n + len(attempts)

    def _put_away(self) -> None:
        """Only attempts that still come stay."""
        assert self._D[k.D_LATER_AT] == self._D[k.D_LATER_N], "all are in the heap or decided"
        D, later, heap = self._D, self._arrays[k.D_LATER], self._arrays[k.D_HEAP]
        n, said = int(D[k.D_LATER_N]), self._arrays[k.D_LATER_SAID]
        given = np.flatnonzero(said[:n] != k.MISS)
        self._given.append((later[given, k.A_ASKER], said[given]))
        come = np.sort(heap[: D[k.D_HEAP_N]])
        come = come[later[come, k.A_LIFE] == self._arrays[k.D_LIFE][later[come, k.A_ASKER]]]
        later[: len(come)] = later[come]
        D[k.D_LATER_N], D[k.D_LATER_AT], D[k.D_HEAP_N] = len(come), 0, 0
        said[:] = k.MISS

    def _room_for_later(self, come: Array, room: int) -> None:
        later = np.empty((room, k.ATTEMPT), np.int64)
        later[: len(come)] = come
        self._put(k.D_LATER, later)
        self._put(k.D_LATER_SAID, np.full(room, k.MISS, np.int64))
        self._put(k.D_HEAP, np.zeros(room, np.int64))

    # --- what it said ------------------------------------------------------------------------------------------------

    def answers(self) -> Answers:
        """What it said to all who ask."""
        self._put_away()
        given = self.said != k.MISS
        found = [(self.columns[k.A_ASKER][self.order[given]], self.said[given]), *self._given]
        asker, said = (np.concatenate(each) for each in zip(*found, strict=True))
        return attrs.evolve(Answers.of(asker, said, self.askers), full=self.full)


@attrs.define(eq=False)
class _Lives:
    """Those who ask, lived again by all threads."""

    lowered: Lowered
    askers: Askers
    crew: Crew
    at: Array = attrs.field(init=False)
    """int64 (askers,): the address of what each has left in a later life; 0: it is not kept; ONCE."""
    left: list[Array] = attrs.field(factory=list)
    """What stands there."""
    _rooms: dict[Memory, tuple[Array, int]] = attrs.field(factory=dict)
    """Of each thread's memory, the last of these and how much of it is used."""

    def __attrs_post_init__(self) -> None:
        self.at = np.full(self.askers.size, ONCE, np.int64)

    def again(self, away: Array, desk: Desk) -> Array:
        """What those whom the desk has turned away ask after what it has decided: int64 (n, ATTEMPT)."""
        who = away[:, 0]
        self.at[who] = np.maximum(self.at[who], 0)
        rows = np.column_stack([np.zeros_like(who), who, desk.decided[who], away[:, 1:]])
        live = partial(self._live, desk.full)
        if len(rows) <= _FEW:
            return live(rows)
        return np.concatenate([*self.crew.map(live, np.array_split(rows, self.crew.size))])

    def _live(self, full: Array, rows: Array) -> Array:
        memory, at = self.crew.memory(), np.zeros(4, np.int64)
        room, at[3] = self._room(memory, _SHARE * room_for(len(rows)))
        rows[:, 0] = np.arange(len(rows))
        driver = Driver(self.lowered, self.askers.only(rows[:, 1]), memory, Kept(room, self.at))

        def live() -> None:
            world = driver.world(attrs.evolve(NO_ANSWERS, full=full))
            Driver.drive(k.LIVE_AGAIN, world, at=at, rows=rows)

        memory.enough_for(live)
        self._rooms[memory] = room, int(at[3])
        return memory.asks[: at[2]].reshape(-1, k.ATTEMPT).copy()

    def _room(self, memory: Memory, size: int) -> tuple[Array, int]:
        """Room in which a thread keeps what is left, and how much of it is used."""
        room, used = self._rooms.get(memory, (NOTHING, 0))
        if used + size <= len(room):
            return room, used
        self.left.append(room := np.empty(max(size, _BLOCK), np.int32))
        return room, 0
