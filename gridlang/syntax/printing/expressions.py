"""Values as text: with the brackets they need, and no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from gridlang.quantities import Money
from gridlang.source import Span
from gridlang.syntax import nodes as n

VALUE, EITHER, BOTH, NEGATION, COMPARISON, SUM, TERM, PRIMARY = range(8)
"""How tightly a value binds, as the rules of the grammar stand in each other."""
GROUPED_FROM = 10_000
"""Numbers from here on are written in groups of three digits."""


def expression(value: n.Expression, least: int = VALUE) -> str:
    """A value as text, in brackets when it binds less tightly than its place demands."""
    level, write = _WRITERS[type(value)]
    if isinstance(value, n.Logic):
        level = BOTH if value.word == "and" else EITHER
    text = write(value)
    return f"({text})" if level < least else text


def listed(values: Iterable[n.Expression]) -> str:
    """Values with commas between them."""
    return ", ".join(parts(values))


def parts(values: Iterable[n.Expression]) -> list[str]:
    """Each of several values as text, to be put together with commas."""
    *before, last = [*values]
    return [*(expression(value, _least(value)) for value in before), expression(last)]


def _least(value: n.Expression) -> int:
    """How tightly a value must bind with a comma behind it: `1 per 7d across email, sms` is one value."""
    return VALUE + 1 if isinstance(value, n.Frequency) and value.across and not value.per_account else VALUE


def quoted(text: str) -> str:
    """A text between quotes, on one line."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def arguments(values: tuple[n.Argument, ...]) -> str:
    """What stands behind the name of a call or flow, brackets included."""
    shown = [_argument(value, last=at == len(values)) for at, value in enumerate(values, 1)]
    return f"({', '.join(shown)})"


def type_name(value: n.TypeName) -> str:
    """A type as it is spelled, `List<Channel>?`."""
    inner = [quoted(one.value) if isinstance(one, n.Text) else type_name(one) for one in value.arguments]
    if value.arguments and isinstance(value.arguments[0], n.TypeName):
        text = f"{value.name.text}<{', '.join(inner)}>"
    elif value.arguments or value.name.text == "OneOf":
        text = f"{value.name.text}({', '.join(inner)})"
    else:
        text = value.name.text
    return text + ("?" if value.optional else "")


# --- numbers, as their author wrote them -----------------------------------------------------------------------------


def _number(value: n.Number) -> str:
    return _plain(value.value) + "%" if value.percent else _digits(value.value, value.span)


def _amount(value: n.Amount) -> str:
    money: Money = value.value
    return f"{_digits(money.amount, value.span)} {money.currency}"


def _plain(value: int | Decimal) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _digits(value: int | Decimal, span: Span) -> str:
    """A number with the groups of digits that it was written with, or with those of the house."""
    raw = span.text.split()[0] if span.text.strip() else ""
    plain = _plain(value)
    if raw.replace("_", "") == plain:
        return raw
    if value < GROUPED_FROM:
        return plain
    whole, dot, decimals = plain.partition(".")
    return f"{int(whole):_}{dot}{decimals}"


def _date(value: n.Date) -> str:
    return value.value.isoformat()


def moment(value: dt.datetime) -> str:
    """`2027-02-01 08:00`."""
    return value.isoformat(" ", "minutes")


def _time(value: n.Time) -> str:
    return "24:00" if value.midnight_end else value.value.isoformat("minutes")


# --- everything else -------------------------------------------------------------------------------------------------


def _argument(value: n.Argument, *, last: bool) -> str:
    name = f"{value.name.text}: " if value.name else ""
    where = f" where {expression(value.where, EITHER)}" if value.where is not None else ""
    return name + expression(value.value, VALUE if last or where else _least(value.value)) + where


def _call(value: n.Call) -> str:
    return value.function.text + arguments(value.arguments) + (f".{value.field.text}" if value.field else "")


def operands(value: n.Logic) -> list[str]:
    """What `and` or `or` join; nobody has to know which of the two binds tighter."""
    return [expression(operand, NEGATION) for operand in value.operands]


def _logic(value: n.Logic) -> str:
    return f" {value.word} ".join(operands(value))


def _comparison(value: n.Comparison) -> str:
    ranged = value.sign == "in" and isinstance(value.right, n.Range)
    return f"{expression(value.left, SUM)} {value.sign} {expression(value.right, VALUE if ranged else SUM)}"


def _sum(value: n.Sum) -> str:
    # `09:00 - 17:00` is read as a range that somebody has written with a dash.
    least = PRIMARY + 1 if isinstance(value.right, n.Time) else TERM
    return f"{expression(value.left, SUM)} {value.sign} {expression(value.right, least)}"


def _frequency(value: n.Frequency) -> str:
    calendar = f"calendar {value.calendar.text}" if value.calendar else ""
    period = expression(value.duration) if value.duration is not None else calendar
    across = f" across {listed(value.across)}" if value.across else ""
    return f"{expression(value.count, SUM)} per {period}{across}{' per account' if value.per_account else ''}"


_Writers = dict[type, tuple[int, Callable[[Any], str]]]
_WRITERS: _Writers = {
    n.Text: (PRIMARY, lambda value: quoted(value.value)),
    n.Number: (PRIMARY, _number),
    n.Amount: (PRIMARY, _amount),
    n.Length: (PRIMARY, lambda value: str(value.value)),
    n.Date: (PRIMARY, _date),
    n.Moment: (PRIMARY, lambda value: moment(value.value)),
    n.Time: (PRIMARY, _time),
    n.Reference: (PRIMARY, lambda value: value.text),
    n.Call: (PRIMARY, _call),
    n.TypeName: (PRIMARY, type_name),
    n.Listing: (PRIMARY, lambda value: f"({listed(value.values)})"),
    n.Negative: (TERM, lambda value: "-" + expression(value.operand, TERM)),
    n.Sum: (SUM, _sum),
    n.Comparison: (COMPARISON, _comparison),
    n.Not: (NEGATION, lambda value: "not " + expression(value.operand, NEGATION)),
    n.Logic: (BOTH, _logic),
    n.Range: (VALUE, lambda value: f"{expression(value.start, SUM)} .. {expression(value.end, SUM)}"),
    n.Frequency: (VALUE, _frequency),
    n.Within: (VALUE, lambda value: f"{expression(value.value, SUM)} within {expression(value.duration, SUM)}"),
    n.After: (VALUE, lambda value: "after " + expression(value.duration, SUM)),
}
