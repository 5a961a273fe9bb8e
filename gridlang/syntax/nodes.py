"""What the parser builds: the plan as it was written, every node with its span.

Nothing is checked here: a kind, a field or a name may be unknown, a value of the wrong type. Spans and comments do not
count when two nodes are compared, so equal nodes mean the same text but for its layout.

Nodes are `define`d, not frozen: building a frozen attrs object costs almost three times as much, and a large plan has a
million of them. Nobody changes them after the parser.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal as OneOf
from typing import TypeAlias

import attrs

from gridlang.quantities import Duration, Money
from gridlang.records import Record
from gridlang.source import Source, Span


def _span() -> Span:
    return attrs.field(eq=False, repr=False)  # type: ignore[no-any-return]


def _comments() -> tuple[Comment, ...]:
    return attrs.field(default=(), eq=False, repr=False, kw_only=True)


@attrs.define(repr=False)
class Comment(Record):
    """`# …` to the end of its line, without the mark and the space after it.

    `own_line` when nothing stands before it on its line.
    """

    text: str
    span: Span = _span()
    own_line: bool = True


@attrs.define(repr=False)
class Name(Record):
    """One word of the author's."""

    text: str
    span: Span = _span()


# --- values ----------------------------------------------------------------------------------------------------------


@attrs.define(repr=False)
class Text(Record):
    """A text between quotes, its escapes resolved."""

    value: str
    span: Span = _span()


@attrs.define(repr=False)
class Number(Record):
    """`3`, `0.5` (Decimal) or `10%` (`percent`, value 10)."""

    value: int | Decimal
    span: Span = _span()
    percent: bool = False


@attrs.define(repr=False)
class Amount(Record):
    """`450 DKK`."""

    value: Money
    span: Span = _span()


@attrs.define(repr=False)
class Length(Record):
    """`60d`, `2 workdays`: a duration as written."""

    value: Duration
    span: Span = _span()


@attrs.define(repr=False)
class Date(Record):
    """`2027-03-01`."""

    value: dt.date
    span: Span = _span()


@attrs.define(repr=False)
class Moment(Record):
    """`2027-02-01 08:00`, on the clock of whom it is about."""

    value: dt.datetime
    span: Span = _span()


@attrs.define(repr=False)
class Time(Record):
    """`09:00`; `24:00` is the end of the day and kept as 00:00 with `midnight_end`."""

    value: dt.time
    span: Span = _span()
    midnight_end: bool = False
    impossible: bool = False
    """Whether no clock shows it: it is told, and the clause that it stands in counts as left out."""


@attrs.define(repr=False)
class Reference(Record):
    """`email`, `std.journeys.marketing_grid`, `account.children`."""

    parts: tuple[Name, ...]
    span: Span = _span()

    @property
    def text(self) -> str:
        return ".".join(part.text for part in self.parts)


@attrs.define(repr=False)
class Argument(Record):
    """`x`, `within: 30d`, or `purchase where amount > 500 DKK` in a call."""

    value: Expression
    span: Span = _span()
    name: Name | None = None
    where: Expression | None = None


@attrs.define(repr=False)
class Call(Record):
    """`ever(ordered)`, `account.count(purchase, within: 24mo)`, `file("x.md")`; `field` for `last(purchase).amount`."""

    function: Reference
    arguments: tuple[Argument, ...]
    span: Span = _span()
    field: Name | None = None


@attrs.define(repr=False)
class Not(Record):
    operand: Expression
    span: Span = _span()


@attrs.define(repr=False)
class Logic(Record):
    """`a and b and c`: one node for a whole run of the same word."""

    word: OneOf["and", "or"]
    operands: tuple[Expression, ...]
    span: Span = _span()


@attrs.define(repr=False)
class Comparison(Record):
    """`a >= b`, `a in b` (`b` a Listing, a Range, or one value), `a before b`."""

    sign: OneOf["==", "!=", "<", "<=", ">", ">=", "in", "before"]
    left: Expression
    right: Expression
    span: Span = _span()


@attrs.define(repr=False)
class Sum(Record):
    """`a + b` or `a - b`, left to right."""

    sign: OneOf["+", "-"]
    left: Expression
    right: Expression
    span: Span = _span()


@attrs.define(repr=False)
class Negative(Record):
    """`-3`."""

    operand: Expression
    span: Span = _span()


@attrs.define(repr=False)
class Listing(Record):
    """`("a", "b")`: values in round brackets, after `in` (one value in brackets is that value)."""

    values: tuple[Expression, ...]
    span: Span = _span()


@attrs.define(repr=False)
class Range(Record):
    """`a .. b`."""

    start: Expression
    end: Expression
    span: Span = _span()


@attrs.define(repr=False)
class Frequency(Record):
    """`3 per 7d across all`, `25 per calendar day`, `1 per 14d across email, sms per account`."""

    count: Expression
    span: Span = _span()
    duration: Length | None = None
    calendar: Name | None = None
    """day, week, month, quarter or year, unchecked."""
    across: tuple[Reference, ...] = ()
    per_account: bool = False


@attrs.define(repr=False)
class Within(Record):
    """`ordered within 90d`."""

    value: Expression
    duration: Expression
    span: Span = _span()


@attrs.define(repr=False)
class After(Record):
    """`after 30d`."""

    duration: Expression
    span: Span = _span()


@attrs.define(repr=False)
class TypeName(Record):
    """A type: `Text`, `Text?`, `List<Channel>`, `OneOf("a", "b")`."""

    name: Name
    span: Span = _span()
    arguments: tuple[TypeName | Text, ...] = ()
    optional: bool = False


Expression: TypeAlias = (
    Text
    | Number
    | Amount
    | Length
    | Date
    | Moment
    | Time
    | Reference
    | Call
    | Not
    | Logic
    | Comparison
    | Sum
    | Negative
    | Listing
    | Range
    | Frequency
    | Within
    | After
    | TypeName
)

# --- items of a block ------------------------------------------------------------------------------------------------


@attrs.define(repr=False)
class Field(Record):
    """`name: value, value`."""

    name: Name
    values: tuple[Expression, ...]
    span: Span = _span()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


@attrs.define(repr=False)
class Edge(Record):
    """`a, b -> c: label, label`."""

    sources: tuple[Reference, ...]
    targets: tuple[Reference, ...]
    labels: tuple[Reference, ...]
    span: Span = _span()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


@attrs.define(repr=False)
class Flow(Record):
    """`flow { … }` in a campaign, and a chain of steps wherever one stands."""

    steps: tuple[Statement, ...]
    span: Span = _span()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


@attrs.define(repr=False)
class Block(Record):
    """`kind name: parent "Title" { … }`: a declaration of the file, or a block in one.

    `header` is the span of everything before the brace. `doc` is the text of the `///` lines before it. `broken` when
    a mistake that has been told cost it the rest of its items: nothing can be said about what it lacks.
    """

    kind: Name
    name: Name | None
    parent: Reference | None
    title: Text | None
    items: tuple[Item, ...]
    span: Span = _span()
    header: Span = _span()
    broken: bool = attrs.field(default=False, eq=False, repr=False, kw_only=True)
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


# --- flows -----------------------------------------------------------------------------------------------------------


@attrs.define(kw_only=True, repr=False)
class _Step(Record):
    """What every step has: its label, what it was known by before (`was:`), whether `->` stands before it."""

    span: Span = _span()
    label: Name | None = None
    was: Name | None = None
    arrow: bool = False
    doc: str | None = None
    comments: tuple[Comment, ...] = _comments()


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
    span: Span = _span()
    braces: bool = False
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


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

# --- test blocks -----------------------------------------------------------------------------------------------------


@attrs.define(repr=False)
class Enter(Record):
    """`enter PHASE`."""

    phase: Reference
    span: Span = _span()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


@attrs.define(repr=False)
class Happens(Record):
    """`on MOMENT PERSON EVENT [(field: value, …)]`, or `on MOMENT PERSON answers OUTCOME to STEP`."""

    at: Moment
    person: Reference
    event: Reference
    span: Span = _span()
    arguments: tuple[Argument, ...] = ()
    step: Reference | None = None
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


@attrs.define(repr=False)
class Expect(Record):
    """`expect [MOMENT] VERB words [to PERSON] [by TEAM] [because REASON] [before|after M | between M and M]`.

    `verb` is send, show, task, move, skip, notify or no; `words` are the channel, the message or the phase.
    """

    verb: Name
    words: tuple[Reference, ...]
    span: Span = _span()
    at: Moment | Date | None = None
    person: Reference | None = None
    team: Reference | None = None
    because: Name | None = None
    after: Moment | Date | None = None
    before: Moment | Date | None = None
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


Item: TypeAlias = Field | Edge | Flow | Block | Enter | Happens | Expect

# --- files -----------------------------------------------------------------------------------------------------------


@attrs.define(repr=False)
class Parameter(Record):
    """`name: Type = default` of a reusable flow."""

    name: Name
    type: TypeName
    default: Expression | None
    span: Span = _span()


@attrs.define(repr=False)
class FlowDeclaration(Record):
    """`flow name(param: Type = default) { … }`."""

    name: Name
    parameters: tuple[Parameter, ...]
    flow: Flow
    span: Span = _span()
    header: Span = _span()
    broken: bool = attrs.field(default=False, eq=False, repr=False, kw_only=True)
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


@attrs.define(repr=False)
class Let(Record):
    """`let name = expression`."""

    name: Name
    value: Expression
    span: Span = _span()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


@attrs.define(repr=False)
class Use(Record):
    """`use "../house" as house`."""

    path: Text
    name: Name | None
    span: Span = _span()
    doc: str | None = attrs.field(default=None, kw_only=True)
    comments: tuple[Comment, ...] = _comments()


Declaration: TypeAlias = Block | FlowDeclaration | Let | Use


@attrs.define(repr=False)
class File(Record):
    """One parsed file: its declarations in order, and every comment of it (those inside nodes are there too)."""

    source: Source = attrs.field(eq=False, repr=False)
    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = attrs.field(default=(), eq=False)
