"""Words, values and expressions as they were written, and what every node has."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal as OneOf
from typing import TypeAlias

import attrs

from gridlang.quantities import Duration, Money
from gridlang.records import Record
from gridlang.source import Span


def written_at() -> Span:
    """The span of a node: it does not count when two nodes are compared."""
    return attrs.field(eq=False, repr=False)  # type: ignore[no-any-return]


def written_beside() -> tuple[Comment, ...]:
    """The comments of a node: they do not count either."""
    return attrs.field(default=(), eq=False, repr=False, kw_only=True)


@attrs.define(repr=False)
class Comment(Record):
    """`# …` to the end of its line, without the mark and the space after it.

    `own_line` when nothing stands before it on its line.
    """

    text: str
    span: Span = written_at()
    own_line: bool = True


@attrs.define(repr=False)
class Name(Record):
    """One word of the author's."""

    text: str
    span: Span = written_at()


@attrs.define(repr=False)
class Text(Record):
    """A text between quotes, its escapes resolved."""

    value: str
    span: Span = written_at()


@attrs.define(repr=False)
class Number(Record):
    """`3`, `0.5` (Decimal) or `10%` (`percent`, value 10)."""

    value: int | Decimal
    span: Span = written_at()
    percent: bool = False


@attrs.define(repr=False)
class Amount(Record):
    """`450 DKK`."""

    value: Money
    span: Span = written_at()


@attrs.define(repr=False)
class Length(Record):
    """`60d`, `2 workdays`: a duration as written."""

    value: Duration
    span: Span = written_at()


@attrs.define(repr=False)
class Date(Record):
    """`2027-03-01`."""

    value: dt.date
    span: Span = written_at()


@attrs.define(repr=False)
class Moment(Record):
    """`2027-02-01 08:00`, on the clock of whom it is about."""

    value: dt.datetime
    span: Span = written_at()


@attrs.define(repr=False)
class Time(Record):
    """`09:00`; `24:00` is the end of the day and kept as 00:00 with `midnight_end`."""

    value: dt.time
    span: Span = written_at()
    midnight_end: bool = False
    impossible: bool = False
    """Whether no clock shows it: it is told, and the clause that it stands in counts as left out."""


@attrs.define(repr=False)
class Reference(Record):
    """`email`, `std.journeys.marketing_grid`, `account.children`."""

    parts: tuple[Name, ...]
    span: Span = written_at()

    @property
    def text(self) -> str:
        return ".".join(part.text for part in self.parts)


@attrs.define(repr=False)
class Argument(Record):
    """`x`, `within: 30d`, or `purchase where amount > 500 DKK` in a call."""

    value: Expression
    span: Span = written_at()
    name: Name | None = None
    where: Expression | None = None


@attrs.define(repr=False)
class Call(Record):
    """`ever(ordered)`, `account.count(purchase, within: 24mo)`, `file("x.md")`; `field` for `last(purchase).amount`."""

    function: Reference
    arguments: tuple[Argument, ...]
    span: Span = written_at()
    field: Name | None = None


@attrs.define(repr=False)
class Not(Record):
    operand: Expression
    span: Span = written_at()


@attrs.define(repr=False)
class Logic(Record):
    """`a and b and c`: one node for a whole run of the same word."""

    word: OneOf["and", "or"]
    operands: tuple[Expression, ...]
    span: Span = written_at()


@attrs.define(repr=False)
class Comparison(Record):
    """`a >= b`, `a in b` (`b` a Listing, a Range, or one value), `a before b`."""

    sign: OneOf["==", "!=", "<", "<=", ">", ">=", "in", "before"]
    left: Expression
    right: Expression
    span: Span = written_at()


@attrs.define(repr=False)
class Sum(Record):
    """`a + b` or `a - b`, left to right."""

    sign: OneOf["+", "-"]
    left: Expression
    right: Expression
    span: Span = written_at()


@attrs.define(repr=False)
class Negative(Record):
    """`-3`."""

    operand: Expression
    span: Span = written_at()


@attrs.define(repr=False)
class Listing(Record):
    """`("a", "b")`: values in round brackets, after `in` (one value in brackets is that value)."""

    values: tuple[Expression, ...]
    span: Span = written_at()


@attrs.define(repr=False)
class Range(Record):
    """`a .. b`."""

    start: Expression
    end: Expression
    span: Span = written_at()


@attrs.define(repr=False)
class Frequency(Record):
    """`3 per 7d across all`, `25 per calendar day`, `1 per 14d across email, sms per account`."""

    count: Expression
    span: Span = written_at()
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
    span: Span = written_at()


@attrs.define(repr=False)
class After(Record):
    """`after 30d`."""

    duration: Expression
    span: Span = written_at()


@attrs.define(repr=False)
class TypeName(Record):
    """A type: `Text`, `Text?`, `List<Channel>`, `OneOf("a", "b")`."""

    name: Name
    span: Span = written_at()
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
