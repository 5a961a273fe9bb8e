"""A run: one person on their way through one campaign."""

from __future__ import annotations

import datetime as dt

import attrs

from gridlang.runtime.reference.handouts import Handout
from gridlang.runtime.reference.order import Key
from gridlang.runtime.reference.people import Person
from gridlang.runtime.reference.prepare import Flow
from gridlang.runtime.rows import Because
from gridlang.schedule import steps as st


@attrs.define(eq=False)
class Waiting:
    """A touch or task that has not been made yet (R12 to R18).

    `chain` says why it waits; its delays sum to `moment` - `ready`. `earliest` is ready + lead; `deadline` ready +
    patience. `reached_desk`: patience has stopped.
    """

    channel: str
    ready: int
    earliest: int
    moment: int
    deadline: int
    chain: list[Because]
    at_desk: bool = False


@attrs.define(eq=False)
class Turn:
    """Where a `repeat` is (R22a): turn `number`, counted from `reached`, or from the wall clock `series`."""

    reached: int
    series: dt.datetime | None = None
    number: int = 0


@attrs.define(eq=False)
class Run:
    """`ready` is the moment the step was reached, `key` its place in the order (R17).

    `fresh`: the step was reached and nothing has been done about it. `stirred`: something happened that it may be
    waiting for. `wake`: when it goes on, or asks again, by itself.
    """

    flow: Flow
    person: Person
    started: int
    step: st.Step
    ready: int
    visit: int
    key: Key
    fresh: bool = True
    stirred: bool = False
    wake: int | None = None
    over: bool = False
    spins: int = 0
    """Steps entered since time last passed."""
    last_contact: int | None = None
    """The last touch or hand-out (R19)."""
    used: set[int] = attrs.field(factory=set)
    """Numbers of the events used up for this run (R19)."""
    jumps: dict[str, int] = attrs.field(factory=dict)
    """By counted arrow: how often taken since its step was last entered by another (R22)."""
    turns: dict[str, Turn] = attrs.field(factory=dict)
    turning: str | None = None
    """The `repeat` whose next turn the run waits for."""
    waiting: Waiting | None = None
    handout: Handout | None = None
