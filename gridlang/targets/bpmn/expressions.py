"""Predicates as Python, where a process can know the answer by itself: attributes of the person and the account.

The process has them as `person` and `account`, tables by name; dates are texts, `2027-01-31`, money is a number in its
currency. What looks at events or at the passing of time only the plan's own engine knows: such a predicate is None
here, and the process asks for the answer.
"""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from gridlang.quantities import Money
from gridlang.schedule.expressions import (
    Age,
    All,
    Among,
    AnyOf,
    Arithmetic,
    Attribute,
    Between,
    Compare,
    Count,
    Ever,
    Expression,
    Has,
    Last,
    Not,
    Payload,
    Shift,
    Since,
    Value,
)

_KNOWN = ("Text", "Int", "Decimal", "Percent", "Bool", "Money", "Date", "List")
"""Types that are alike in Python, or whose texts compare as they do."""


def python(expression: Expression) -> str | None:
    """The predicate as an expression of Python; a comparison with what is missing is false."""
    match expression:
        case Not():
            inner = python(expression.operand)
            return None if inner is None else f"not ({inner})"
        case All() | AnyOf():
            parts = [python(part) for part in expression.operands]
            word = " and " if isinstance(expression, All) else " or "
            return None if None in parts else word.join(f"({part})" for part in parts)
        case Compare():
            return _compared(expression.sign, expression.left, expression.right)
        case Among():
            return _among(expression)
        case Has():
            found = _term(expression.operand)
            return None if found is None else f"{found} is not None"
        case Attribute() if expression.type == "Bool":
            found = _term(expression)
            return None if found is None else f"{found} is True"
        case _:
            return None


def _compared(sign: str, left: Expression, right: Expression) -> str | None:
    sides = [_term(left), _term(right)]
    if None in sides:
        return None
    there = [
        f"{text} is not None" for text, side in zip(sides, (left, right), strict=True) if not isinstance(side, Value)
    ]
    return " and ".join([*there, f"{sides[0]} {sign} {sides[1]}"])


def _among(expression: Among) -> str | None:
    item, options = _term(expression.item), [_term(option) for option in expression.options]
    if item is None or None in options:
        return None
    if len(options) == 1 and isinstance(expression.options[0], Attribute):
        return f"{item} in ({options[0]} or [])"
    return f"{item} in ({', '.join(map(str, options))},)"


def _term(expression: Expression) -> str | None:
    match expression:
        case Attribute():
            known = expression.type in _KNOWN and expression.name not in ("since", "roles")
            return f"{expression.owner}.get({expression.name!r})" if known else None
        case Value():
            return _value(expression) if expression.type in _KNOWN else None
        case (
            Payload() | Not() | All() | AnyOf() | Compare() | Among() | Between() | Has() | Age() | Ever() | Count()
            | Since() | Last() | Shift() | Arithmetic()
        ):  # fmt: skip
            return None
        case _:
            assert_never(expression)


def _value(constant: Value) -> str:
    match constant.type:
        case "Bool":
            return str(constant.value == "true")
        case "Money":
            return _number(Money.parse(constant.value).amount)
        case "Int" | "Decimal" | "Percent":
            return _number(Decimal(constant.value))
        case _:
            return repr(constant.value)


def _number(value: Decimal) -> str:
    return f"{value:f}"
