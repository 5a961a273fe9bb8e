"""The steps of a flow as the schedule holds them: a graph, every step with its identity (R24) and its place.

`next` is the id of the step that follows, None at the end of the flow (the run ends there; in the body of a `repeat`
the turn ends). Steps stand in order of declaration; the first is where a run begins.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from gridlang.records import Record
from gridlang.schedule.expressions import Expression


@attrs.frozen(kw_only=True, repr=False)
class _Step(Record):
    """`id` is unique in its campaign; `place` is an index into the schedule's places; `was` the id it had before."""

    id: str
    place: int
    next: str | None = None
    was: str | None = None
    label: str | None = None
    doc: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class EventArm(Record):
    """`events` (any of them) -> `next`. Names as declared; an event that starts from one of them counts too."""

    events: tuple[str, ...]
    next: str | None
    place: int


@attrs.frozen(kw_only=True, repr=False)
class OutcomeArm(Record):
    """`outcomes` (any of them) of a task -> `next`."""

    outcomes: tuple[str, ...]
    next: str | None
    place: int


@attrs.frozen(kw_only=True, repr=False)
class PredicateArm(Record):
    when: Expression
    next: str | None
    place: int


@attrs.frozen(kw_only=True, repr=False)
class ShareArm(Record):
    """`share` in hundredths of a percent (5000 is 50 %); the arms of a split sum to 10,000 (R20)."""

    share: int
    next: str | None
    place: int


@attrs.frozen(kw_only=True, repr=False)
class Send(_Step):
    """One touch to one person: the first channel whose consent and address allow it (R12-R16)."""

    channels: tuple[str, ...]
    message: str
    at: str | None = None
    """A time of day, `09:00` (R11)."""
    duration: str | None = None
    """On an audience channel: how long the person stays in the audience."""
    skipped: str | None = None
    """`else`: where the run goes when the touch is skipped; None: to `next`."""
    verb: Literal["send"] = "send"


@attrs.frozen(kw_only=True, repr=False)
class Show(_Step):
    """A flight on a mass medium (of the plan, for no person); goes on at once."""

    channel: str
    message: str
    duration: str
    budget: str | None = None
    verb: Literal["show"] = "show"


@attrs.frozen(kw_only=True, repr=False)
class Task(_Step):
    """Work for a colleague (R18, R21). Without an arm for an outcome the run goes to `next`."""

    channel: str
    message: str | None
    team: str
    due: str
    arms: tuple[OutcomeArm, ...]
    has_overdue: bool = False
    overdue: str | None = None
    overdue_place: int | None = None
    verb: Literal["task"] = "task"


@attrs.frozen(kw_only=True, repr=False)
class Wait(_Step):
    duration: str
    verb: Literal["wait"] = "wait"


@attrs.frozen(kw_only=True, repr=False)
class WaitUntil(_Step):
    """Exactly one of `weekday` (0 is Monday), `day` (dates of a named day, ascending) and `when` (a date)."""

    weekday: int | None = None
    days: tuple[str, ...] = ()
    when: Expression | None = None
    at: str | None = None
    verb: Literal["wait_until"] = "wait_until"


@attrs.frozen(kw_only=True, repr=False)
class WaitFor(_Step):
    event: str
    role: str | None
    within: str
    verb: Literal["wait_for"] = "wait_for"


@attrs.frozen(kw_only=True, repr=False)
class Ask(_Step):
    """R19. `nothing`: where the run goes when no arm's event came within the time."""

    question: str
    within: str
    arms: tuple[EventArm, ...]
    nothing: str | None
    nothing_place: int
    of_account: bool = False
    verb: Literal["ask"] = "ask"


@attrs.frozen(kw_only=True, repr=False)
class Choose(_Step):
    question: str
    arms: tuple[PredicateArm, ...]
    otherwise: str | None
    otherwise_place: int | None
    verb: Literal["choose"] = "choose"


@attrs.frozen(kw_only=True, repr=False)
class Split(_Step):
    question: str
    arms: tuple[ShareArm, ...]
    verb: Literal["split"] = "split"


@attrs.frozen(kw_only=True, repr=False)
class Repeat(_Step):
    """R22a. `body` is the first step of a turn; a body whose path ends (`next` None) waits for the next turn."""

    every: str
    body: str
    body_steps: tuple[str, ...]
    """The ids of the steps inside, so that an end inside is told from the end of the flow."""
    weekday: int | None = None
    at: str | None = None
    start: str | None = None
    verb: Literal["repeat"] = "repeat"


@attrs.frozen(kw_only=True, repr=False)
class Move(_Step):
    phase: str
    verb: Literal["move"] = "move"


@attrs.frozen(kw_only=True, repr=False)
class Stop(_Step):
    verb: Literal["stop"] = "stop"


@attrs.frozen(kw_only=True, repr=False)
class Notify(_Step):
    """A note to a team: a row of kind notice among the tasks; no outcome, no channel, no wait."""

    team: str
    text: str
    verb: Literal["notify"] = "notify"


@attrs.frozen(kw_only=True, repr=False)
class Jump(_Step):
    """A counted arrow, `LABEL max N times else OTHER` (R22): `next` is the label. Uncounted arrows are no steps."""

    times: int
    otherwise: str | None
    verb: Literal["jump"] = "jump"


Step: TypeAlias = (
    Send | Show | Task | Wait | WaitUntil | WaitFor | Ask | Choose | Split | Repeat | Move | Stop | Notify | Jump
)
