"""Constants read, and values compared. A value that is missing is None, and every comparison with it is false."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from gridlang.quantities import Duration, Money
from gridlang.runtime.rows import AttributeValue
from gridlang.schedule.expressions import Value, ValueType

Answer: TypeAlias = AttributeValue | None

_READERS: dict[ValueType, Callable[[str], AttributeValue]] = {
    "Text": str,
    "Int": lambda text: int(text.replace("_", "")),
    "Decimal": lambda text: Decimal(text.replace("_", "")),
    "Percent": lambda text: Decimal(text.rstrip("% ").replace("_", "")),
    "Bool": lambda text: text in ("true", "yes"),
    "Money": Money.parse,
    "Date": dt.date.fromisoformat,
    "DateTime": dt.datetime.fromisoformat,
    "Time": dt.time.fromisoformat,
    "Duration": Duration.parse,
    "List": lambda text: tuple(part.strip() for part in text.split(";") if part.strip()),
}

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

_SECONDS = {"min": 60, "h": 3600, "d": 86_400, "w": 604_800, "mo": 2_629_746, "y": 31_556_952, "workdays": 86_400}


def constant(value: Value) -> AttributeValue:
    """A constant as the schedule writes it, typed."""
    return _READERS[value.type](value.value)


def compare(sign: str, left: Answer, right: Answer) -> bool:
    """Whether the comparison holds; false when either side is missing."""
    if left is None or right is None:
        return False
    return _SIGNS[sign](*_alike(left, right))


def _alike(left: AttributeValue, right: AttributeValue) -> tuple[Any, Any]:
    """Both sides as what can be compared: a date beside a wall clock is its 00:00."""
    if isinstance(left, dt.date) and isinstance(right, dt.date):
        return (left, right) if type(left) is type(right) else (wall_clock(left), wall_clock(right))
    if isinstance(left, Duration) and isinstance(right, Duration):
        return _length(left), _length(right)
    if isinstance(left, Money) and isinstance(right, Money):
        return (left.amount, right.amount) if left.currency == right.currency else (left, right)
    return left, right


def _length(duration: Duration) -> int:
    """Seconds, for ordering two durations; a month is a twelfth of the mean year."""
    return duration.amount * _SECONDS[duration.unit]


def wall_clock(value: dt.date) -> dt.datetime:
    """A date as its 00:00, a wall clock as it is."""
    return value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)


def between(item: Answer, start: Answer, end: Answer, inclusive: bool) -> bool:
    """`item in start .. end`; a wall clock within an inclusive range of dates lies in its last day too."""
    if inclusive and isinstance(item, dt.datetime) and not isinstance(end, dt.datetime):
        item = item.date()
    return compare("<=", start, item) and compare("<=" if inclusive else "<", item, end)


def sum_of(sign: str, left: Answer, right: Answer) -> Answer:
    """Numbers or money of one currency, added or subtracted."""
    if left is None or right is None:
        return None
    calculate: Callable[[Any, Any], Any] = operator.add if sign == "+" else operator.sub
    if isinstance(left, Money) and isinstance(right, Money):
        return Money(calculate(left.amount, right.amount), left.currency)
    result: Answer = calculate(left, right)
    return result
