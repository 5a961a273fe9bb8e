"""Every kind of person that some conditions can tell apart: for deciding whether arms cover everybody, or overlap.

Conditions compare what is known of somebody (an attribute, an age, a count of events) with constants. Between two
neighbouring constants all people are alike, so a few values of each stand for all there can be, `None` for a missing
one. Where that would not be exact (two attributes compared with each other, the same thing measured in two ways), there
is no answer, and nobody claims one.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

import attrs

from gridlang.quantities import Duration, Money
from gridlang.schedule import expressions as ex
from gridlang.schedule.model import Schedule

KNOWN = "\0known"
"""A value of which only is asked whether it is there."""
MAX_KINDS = 20_000
"""How many kinds of person are looked at before it is given up."""
MAX_WORK = 400_000
"""How many parts of conditions are looked at for all kinds together."""
Term: TypeAlias = ex.Attribute | ex.Age | ex.Count | ex.Since | ex.Last
Sort: TypeAlias = dict[Term, Any]
"""One kind of person: a value for everything the conditions look at, None for missing."""
_DAYS: dict[str, Decimal] = {
    "min": Decimal(1) / 1440,
    "h": Decimal(1) / 24,
    "d": Decimal(1),
    "w": Decimal(7),
    "mo": Decimal("30.4375"),
    "y": Decimal("365.25"),
}


class Unclear(Exception):  # noqa: N818 - no error: it says that there is no exact answer
    """These conditions cannot be decided exactly."""


@attrs.frozen(eq=False)
class People:
    """All kinds of person that some conditions can tell apart."""

    terms: tuple[Term, ...]
    values: tuple[tuple[Any, ...], ...]

    def kinds(self) -> Iterator[Sort]:
        for chosen in itertools.product(*self.values):
            yield dict(zip(self.terms, chosen, strict=True))


def tell_apart(schedule: Schedule, conditions: Sequence[ex.Expression]) -> People | None:
    """All kinds of person these conditions can tell apart; None when that cannot be said exactly."""
    constants: dict[Term, set[Any]] = {}
    try:
        for condition in conditions:
            _gather(condition, constants)
        for term in [term for term in constants if isinstance(term, ex.Attribute) and ex.Age(term) in constants]:
            if not constants[term]:
                del constants[term]  # only asked whether it is there: its age says that too
        _independent(constants)
        values = tuple(_values(schedule, term, found) for term, found in constants.items())
    except Unclear:
        return None
    kinds = math.prod(len(found) for found in values)
    if kinds > MAX_KINDS or kinds * sum(map(_size, conditions)) > MAX_WORK:
        return None
    return People(tuple(constants), values)


def _size(condition: ex.Expression) -> int:
    """How many parts a condition has."""
    if isinstance(condition, ex.All | ex.AnyOf):
        return 1 + sum(map(_size, condition.operands))
    return 1 + _size(condition.operand) if isinstance(condition, ex.Not) else 1


# --- what the conditions look at -------------------------------------------------------------------------------------


def _gather(condition: ex.Expression, into: dict[Term, set[Any]]) -> None:  # noqa: C901 (one case a node)
    match condition:
        case ex.All() | ex.AnyOf():
            for operand in condition.operands:
                _gather(operand, into)
        case ex.Not():
            _gather(condition.operand, into)
        case ex.Has():
            into.setdefault(condition.operand, set())
        case ex.Ever():
            into.setdefault(_count_of(condition), set()).add(1)
        case ex.Compare():
            term, constant = _sides(condition)
            into.setdefault(term, set()).add(constant)
        case ex.Among():
            found = into.setdefault(_term(condition.item), set())
            found.update(_constant(option) for option in condition.options)
        case ex.Between():
            found = into.setdefault(_term(condition.item), set())
            found.update((_constant(condition.start), _constant(condition.end)))
        case ex.Attribute() if condition.type == "Bool":
            into.setdefault(condition, set())
        case ex.Value() if condition.type == "Bool":
            return
        case _:
            raise Unclear


def _count_of(condition: ex.Ever) -> ex.Count:
    return ex.Count(condition.owner, condition.event, condition.where)


def _sides(condition: ex.Compare) -> tuple[Term, Any]:
    if isinstance(condition.right, ex.Value):
        return _term(condition.left), _constant(condition.right)
    return _term(condition.right), _constant(condition.left)


def _term(expression: ex.Expression) -> Term:
    if isinstance(expression, ex.Attribute | ex.Age | ex.Count | ex.Since | ex.Last):
        return expression
    raise Unclear


@lru_cache(maxsize=4096)
def _constant(expression: ex.Expression) -> Any:
    if not isinstance(expression, ex.Value):
        raise Unclear
    text = expression.value
    match expression.type:
        case "Int" | "Decimal" | "Percent":
            return Decimal(text)
        case "Money":
            return Money.parse(text).amount
        case "Date":
            return Decimal(dt.date.fromisoformat(text).toordinal())
        case "Duration":
            return _days(Duration.parse(text))
        case "Bool":
            return text == "true"
        case "Text":
            return text
        case _:
            raise Unclear


def _days(length: Duration) -> Decimal:
    if length.unit == "workdays":
        raise Unclear
    return Decimal(length.amount) * _DAYS[length.unit]


def _independent(constants: dict[Term, set[Any]]) -> None:
    """Give up where two things looked at depend on each other: then not every combination is a person."""
    seen: set[object] = set()
    for term in constants:
        if isinstance(term, ex.Age):
            about: object = term.operand
        elif isinstance(term, ex.Count | ex.Since | ex.Last):
            about = (term.owner, term.event)
        else:
            about = term
        if about in seen:
            raise Unclear
        seen.add(about)


# --- the values that stand for all -----------------------------------------------------------------------------------


def _values(schedule: Schedule, term: Term, constants: set[Any]) -> tuple[Any, ...]:
    if isinstance(term, ex.Count):
        found = {constant + step for constant in constants for step in (-1, 0, 1)} | {Decimal(0)}
        return tuple(sorted(value for value in found if value >= 0))
    if isinstance(term, ex.Age | ex.Since):
        missing: tuple[Any, ...] = (None,) if isinstance(term, ex.Since) or _optional(schedule, term.operand) else ()
        return (*_between(constants), *missing)
    options = _options(schedule, term)
    if options is not None:
        values: tuple[Any, ...] = options
    elif term.type == "Bool":
        values = (True, False)
    elif not constants:
        values = (KNOWN,)
    elif term.type in ("Int", "Date"):
        values = tuple(sorted({c + step for c in constants for step in (-1, 0, 1)}))
    elif term.type in ("Decimal", "Percent", "Money"):
        values = _between(constants)
    elif term.type == "Text":
        values = (*sorted(constants), "\0anything else")
    else:
        raise Unclear
    return (*values, None) if _optional(schedule, term) else values


def _between(constants: set[Any]) -> tuple[Any, ...]:
    """The constants, and a value below, between and above them."""
    ordered = sorted(constants)
    if not ordered:
        return (Decimal(1),)
    halves = [(low + high) / 2 for low, high in itertools.pairwise(ordered)]
    return tuple(sorted({*ordered, *halves, ordered[0] - 1, ordered[-1] + 1}))


def _field(schedule: Schedule, term: ex.Expression) -> Any:
    if not isinstance(term, ex.Attribute):
        return None
    fields = schedule.account_fields if term.owner == "account" else schedule.person_fields
    return next((field for field in fields if field.name == term.name), None)


def _optional(schedule: Schedule, term: ex.Expression) -> bool:
    if isinstance(term, ex.Last):
        return True
    field = _field(schedule, term)
    return field is None or bool(field.optional)


def _options(schedule: Schedule, term: Term) -> tuple[str, ...] | None:
    field = _field(schedule, term)
    return tuple(field.options) if field is not None and field.options else None


# --- whether a condition holds for a kind of person ------------------------------------------------------------------


def holds(condition: ex.Expression, kind: Sort) -> bool:  # noqa: C901 (one case a node)
    """Whether a condition holds for a kind of person; a comparison with a missing value is false."""
    match condition:
        case ex.All():
            return all(holds(operand, kind) for operand in condition.operands)
        case ex.AnyOf():
            return any(holds(operand, kind) for operand in condition.operands)
        case ex.Not():
            return not holds(condition.operand, kind)
        case ex.Has():
            operand = condition.operand
            return kind[operand if operand in kind else ex.Age(operand)] is not None
        case ex.Ever():
            return bool(kind[_count_of(condition)] >= 1)
        case ex.Compare():
            return _compare(condition, kind)
        case ex.Among():
            return kind[_term(condition.item)] in [_constant(option) for option in condition.options]
        case ex.Between():
            return _between_holds(condition, kind)
        case ex.Attribute():
            return kind[condition] is True
        case ex.Value():
            return condition.value == "true"
        case _:
            raise Unclear


def _between_holds(condition: ex.Between, kind: Sort) -> bool:
    value = kind[_term(condition.item)]
    if value is None:
        return False
    start, end = _constant(condition.start), _constant(condition.end)
    return bool(start <= value <= end if condition.inclusive else start <= value < end)


_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def _compare(condition: ex.Compare, kind: Sort) -> bool:
    term, constant = _sides(condition)
    value = kind[term]
    if value is None:
        return False
    sign = condition.sign if isinstance(condition.right, ex.Value) else _FLIPPED[condition.sign]
    if sign in ("==", "!="):
        return bool((value == constant) is (sign == "=="))
    order = (value > constant) - (value < constant)
    return bool({"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[sign])


# --- in words --------------------------------------------------------------------------------------------------------


def in_words(kind: Sort) -> str:
    """Somebody of a kind, for a message: `car_age 9, no email`."""
    return ", ".join(_word(term, value) for term, value in kind.items()) or "everybody"


def _word(term: Term, value: Any) -> str:
    match term:
        case ex.Count():
            event = term.event + (f" within {term.within}" if term.within else "")
            return f"no {event}" if value == 0 else f"{value:f} times {event}"
        case ex.Age():
            return f"no {_name(term.operand)}" if value is None else f"{_name(term.operand)} {_length(value)} ago"
        case ex.Since():
            return f"no {term.event}" if value is None else f"the last {term.event} {_length(value)} ago"
        case ex.Last():
            name = f"last({term.event}).{term.field}"
            return f"no {name}" if value is None else f"{name} {_plain(term, value)}"
        case ex.Attribute():
            return f"no {_name(term)}" if value is None else f"{_name(term)} {_plain(term, value)}"


def _name(term: ex.Expression) -> str:
    if isinstance(term, ex.Attribute):
        return f"account.{term.name}" if term.owner == "account" else term.name
    return "the date"


def _plain(term: ex.Attribute | ex.Last, value: Any) -> str:
    if value == KNOWN:
        return "known"
    if term.type == "Date":
        return dt.date.fromordinal(int(value)).isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "anything else" if value.startswith("\0") else f'"{value}"'


def _length(days: Decimal) -> str:
    for unit, name in (("y", "years"), ("mo", "months"), ("d", "days")):
        if days >= _DAYS[unit]:
            amount = (days / _DAYS[unit]).quantize(Decimal("0.1")).normalize()
            return f"{amount:f} {name if amount != 1 else name[:-1]}"
    return "less than a day"
