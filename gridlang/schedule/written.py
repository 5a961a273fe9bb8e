"""Expressions of the schedule as an author writes them: `count(purchase, within: 24mo) >= 3`.

For messages and comparisons: one text a meaning, so that two expressions are written alike only when they are equal
(but for brackets that change nothing).
"""

from __future__ import annotations

from typing import assert_never

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
    Owner,
    Payload,
    Shift,
    Since,
    Value,
)


def written(expression: Expression) -> str:
    """The text of an expression in the language of plans."""
    match expression:
        case Value() | Attribute() | Payload():
            return _leaf(expression)
        case Not() | All() | AnyOf():
            return _joined(expression)
        case Compare() | Arithmetic():
            return f"{written(expression.left)} {expression.sign} {written(expression.right)}"
        case Among():
            return f"{written(expression.item)} in {_options(expression)}"
        case Between():
            return f"{written(expression.item)} in {written(expression.start)} .. {written(expression.end)}"
        case Has() | Age():
            return f"{expression.op}({written(expression.operand)})"
        case Shift():
            return f"{written(expression.operand)} {'+' if expression.sign > 0 else '-'} {expression.duration}"
        case Ever() | Count() | Since() | Last():
            return _of_events(expression)
        case _:
            assert_never(expression)


def _leaf(expression: Value | Attribute | Payload) -> str:
    if isinstance(expression, Attribute):
        return _owned(expression.owner, expression.name)
    if isinstance(expression, Payload):
        return expression.name
    match expression.type:
        case "Text":
            escaped = expression.value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            return f'"{escaped}"'
        case "Percent":
            return f"{expression.value}%"
        case "DateTime":
            return expression.value.replace("T", " ")
        case _:
            return expression.value


def _owned(owner: Owner, words: str) -> str:
    return f"account.{words}" if owner == "account" else words


def _joined(expression: Not | All | AnyOf) -> str:
    """`and` binds closer than `or`, `not` closest."""
    match expression:
        case Not():
            return f"not {_bracketed(expression.operand, All | AnyOf | Compare | Among | Between)}"
        case All():
            return " and ".join(_bracketed(operand, All | AnyOf) for operand in expression.operands)
        case AnyOf():
            return " or ".join(_bracketed(operand, AnyOf) for operand in expression.operands)
        case _:
            assert_never(expression)


def _bracketed(operand: Expression, loose: object) -> str:
    text = written(operand)
    return f"({text})" if isinstance(operand, loose) else text  # type: ignore[arg-type]


def _options(expression: Among) -> str:
    options = [written(option) for option in expression.options]
    is_list = len(options) == 1 and isinstance(expression.options[0], Attribute)
    return options[0] if is_list else f"({', '.join(options)})"


def _of_events(expression: Ever | Count | Since | Last) -> str:
    inside = expression.event
    if expression.where is not None:
        inside += f" where {written(expression.where)}"
    if isinstance(expression, Count) and expression.within:
        inside += f", within: {expression.within}"
    call = _owned(expression.owner, f"{expression.op}({inside})")
    return f"{call}.{expression.field}" if isinstance(expression, Last) else call
