"""Flows as they were written: the steps, their arms, and the chains that they stand in."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from gridlang.records import Record
from gridlang.source import Span
from gridlang.syntax.nodes.values import (
    Amount,
    Argument,
    Comment,
    Date,
    Expression,
    Length,
    Name,
    Number,
    Reference,
    Text,
    Time,
    written_at,
    written_beside,
)


@attrs.define(repr=False)
class Flow(Record):
    """`flow { … }` in a campaign, and a chain of steps wherever one stands."""

    steps: tuple[Statement, ...]
    span: Span = written_at()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


@attrs.define(kw_only=True, repr=False)
class _Step(Record):
    """What every step has: its label, what it was known by before (`was:`), whether `->` stands before it."""

    span: Span = written_at()
    label: Name | None = None
    was: Name | None = None
    arrow: bool = False
    doc: str | None = None
    comments: tuple[Comment, ...] = written_beside()


@attrs.define(kw_only=True, repr=False)
class Jump(_Step):
    """After an arrow: `LABEL`, or `LABEL max 3 times else OTHER`."""

    target: Name
    times: Number | None = None
    otherwise: Name | None = None


@attrs.define(kw_only=True, repr=False)
class Send(_Step):
    channels: tuple[Reference, ...]
    message: Reference | Text
    at: Time | Reference | None = None
    duration: Length | Reference | None = None
    otherwise: Name | None = None


@attrs.define(kw_only=True, repr=False)
class Show(_Step):
    channel: Reference
    message: Reference | Text
    duration: Length | Reference | None
    budget: Amount | Reference | None = None


@attrs.define(kw_only=True, repr=False)
class Task(_Step):
    channel: Reference
    message: Reference | Text | None
    team: Reference | None
    due: Length | Reference | None
    arms: tuple[Arm, ...] = ()


@attrs.define(kw_only=True, repr=False)
class Wait(_Step):
    duration: Length | Reference


@attrs.define(kw_only=True, repr=False)
class WaitUntil(_Step):
    """A weekday or a named day (a Reference), or a date expression."""

    when: Expression
    at: Time | Reference | None = None


@attrs.define(kw_only=True, repr=False)
class WaitFor(_Step):
    event: Reference
    role: Reference | None
    within: Length | Reference | None


@attrs.define(kw_only=True, repr=False)
class Ask(_Step):
    question: Text | None
    within: Length | Reference | None
    arms: tuple[Arm, ...]
    of_account: bool = False


@attrs.define(kw_only=True, repr=False)
class Choose(_Step):
    question: Text | None
    arms: tuple[Arm, ...]


@attrs.define(kw_only=True, repr=False)
class Split(_Step):
    question: Text | None
    arms: tuple[Arm, ...]


@attrs.define(kw_only=True, repr=False)
class Repeat(_Step):
    """`repeat every 2w on tuesday at 10:00 from DATE { … }`."""

    every: Length | Reference
    body: Flow
    weekday: Name | None = None
    at: Time | Reference | None = None
    start: Date | None = None


@attrs.define(kw_only=True, repr=False)
class Move(_Step):
    phase: Reference


@attrs.define(kw_only=True, repr=False)
class Stop(_Step):
    pass


@attrs.define(kw_only=True, repr=False)
class Notify(_Step):
    team: Reference
    text: Text


@attrs.define(kw_only=True, repr=False)
class Run(_Step):
    flow: Reference
    arguments: tuple[Argument, ...] = ()


@attrs.define(kw_only=True, repr=False)
class Stray(_Step):
    """A step whose first word is no verb: kept, so that the checker can say what was meant."""

    words: tuple[Expression, ...]
    arms: tuple[Arm, ...] = ()


@attrs.define(repr=False)
class Arm(Record):
    """`condition -> steps`: an event or outcome, a predicate, a share.

    `nothing`, `overdue` and `otherwise` are References. Several conditions of one arm are separated
    by commas. `braces` when the steps stood in a block; if not, the first one has `arrow` too.
    """

    conditions: tuple[Expression, ...]
    flow: Flow
    span: Span = written_at()
    braces: bool = False
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = written_beside()


Statement: TypeAlias = (
    Jump
    | Send
    | Show
    | Task
    | Wait
    | WaitUntil
    | WaitFor
    | Ask
    | Choose
    | Split
    | Repeat
    | Move
    | Stop
    | Notify
    | Run
    | Stray
)
