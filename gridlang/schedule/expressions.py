"""Predicates and dates as the schedule holds them: small, typed, each with one meaning, ready for JSON.

A value that is missing makes every comparison false (and `has` false). Events are counted up to and including now.
`owner` says whose: `person` (this one) or `account` (anybody in it).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from gridlang.records import Record

Owner = Literal["person", "account"]
ValueType = Literal[
    "Text", "Int", "Decimal", "Percent", "Bool", "Money", "Date", "DateTime", "Time", "Duration", "List"
]


@attrs.frozen(repr=False)
class Value(Record):
    """A constant as written: `"x"`, `3`, `12.50`, `10` (percent), `true`, `450 DKK`, `2027-01-31`,
    `2027-01-31T08:00:00` (on the clock of whom it is about), `09:00`, `60d`. Several values only right of `in`."""

    type: ValueType
    value: str
    op: Literal["value"] = "value"


@attrs.frozen(repr=False)
class Attribute(Record):
    """A declared attribute of the person or the account, or the reserved `since`, `language`, `timezone`,
    `roles`, `id`."""

    owner: Owner
    name: str
    type: ValueType
    op: Literal["attribute"] = "attribute"


@attrs.frozen(repr=False)
class Payload(Record):
    """A payload field of the event that a `where` looks at."""

    name: str
    type: ValueType
    op: Literal["payload"] = "payload"


@attrs.frozen(repr=False)
class Not(Record):
    operand: Expression
    op: Literal["not"] = "not"


@attrs.frozen(repr=False)
class All(Record):
    """`a and b and …`."""

    operands: tuple[Expression, ...]
    op: Literal["and"] = "and"


@attrs.frozen(repr=False)
class AnyOf(Record):
    """`a or b or …`."""

    operands: tuple[Expression, ...]
    op: Literal["or"] = "or"


@attrs.frozen(repr=False)
class Compare(Record):
    """Both sides have one type (the checker saw to it); false when either is missing. Money has one currency."""

    sign: Literal["==", "!=", "<", "<=", ">", ">="]
    left: Expression
    right: Expression
    op: Literal["compare"] = "compare"


@attrs.frozen(repr=False)
class Among(Record):
    """`item in ("a", "b")`, or `item in list_attribute` (`options` then holds that one List expression)."""

    item: Expression
    options: tuple[Expression, ...]
    op: Literal["among"] = "among"


@attrs.frozen(repr=False)
class Between(Record):
    """`item in start .. end`: dates, numbers and levels with their end, times and moments without (`inclusive`
    says)."""

    item: Expression
    start: Expression
    end: Expression
    inclusive: bool
    op: Literal["between"] = "between"


@attrs.frozen(repr=False)
class Has(Record):
    """Whether an attribute has a value."""

    operand: Attribute | Last
    op: Literal["has"] = "has"


@attrs.frozen(repr=False)
class Age(Record):
    """Time since a date, only compared with a duration: `age(d) >= 6y` turns true at 00:00 of d + 6y (R9)."""

    operand: Expression
    op: Literal["age"] = "age"


@attrs.frozen(repr=False)
class Ever(Record):
    """Whether the event (or one that starts from it) happened."""

    owner: Owner
    event: str
    where: Expression | None = None
    op: Literal["ever"] = "ever"


@attrs.frozen(repr=False)
class Count(Record):
    """How many such events happened; with `within` those at s while s <= now < s + within (R9)."""

    owner: Owner
    event: str
    where: Expression | None = None
    within: str | None = None
    """A duration, `24mo`."""
    op: Literal["count"] = "count"


@attrs.frozen(repr=False)
class Since(Record):
    """Time since the latest such event, only compared with a duration; missing when there was none."""

    owner: Owner
    event: str
    where: Expression | None = None
    op: Literal["since"] = "since"


@attrs.frozen(repr=False)
class Last(Record):
    """A payload field of the latest such event, or its moment with field `at`; missing when there was none."""

    owner: Owner
    event: str
    field: str
    type: ValueType
    where: Expression | None = None
    op: Literal["last"] = "last"


@attrs.frozen(repr=False)
class Shift(Record):
    """A date or moment moved by a duration: `lease_ends - 120d` is `sign` -1."""

    operand: Expression
    sign: Literal[1, -1]
    duration: str
    op: Literal["shift"] = "shift"


@attrs.frozen(repr=False)
class Arithmetic(Record):
    """Numbers or money of one unit."""

    sign: Literal["+", "-"]
    left: Expression
    right: Expression
    op: Literal["arithmetic"] = "arithmetic"


Expression: TypeAlias = (
    Value
    | Attribute
    | Payload
    | Not
    | All
    | AnyOf
    | Compare
    | Among
    | Between
    | Has
    | Age
    | Ever
    | Count
    | Since
    | Last
    | Shift
    | Arithmetic
)
