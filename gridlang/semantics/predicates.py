"""Expressions: from what was written to what the schedule holds, every value typed, units never mixed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import attrs

from gridlang.diagnostics.codes import types as codes
from gridlang.schedule import expressions as ex
from gridlang.semantics import calls
from gridlang.semantics.comparing import comparable, compares_with_nothing, mixed
from gridlang.semantics.context import Here
from gridlang.semantics.scope import choose
from gridlang.semantics.typed import (
    BOOL,
    Place,
    Typed,
    ask_optional,
    asked,
    asked_not,
    attribute_type,
    beside,
    dates_of,
    every_attribute,
    unknown,
    wanting,
)
from gridlang.semantics.types import Type, in_words
from gridlang.semantics.values import Reader, clock, same_currency
from gridlang.semantics.wanted import shown_by
from gridlang.syntax import nodes

MAX_SIZE = 2000
"""How many parts one condition may have, its `let`s spelled out."""
MAX_DEPTH = 120
"""How deep a condition may be nested, its `let`s spelled out."""


def predicate(node: nodes.Expression, here: Here) -> ex.Expression | None:
    """A condition, typed; None after saying what is wrong."""
    return condition(node, Place(here))


def arm(node: nodes.Expression, here: Here) -> ex.Expression | None:
    """A condition beside others: whether they leave out people with something missing is asked of all of them."""
    return condition(node, Place(here, known=every_attribute(here)))


def condition(node: nodes.Expression, place: Place) -> ex.Expression | None:
    """An expression that must be a condition; None after saying what is wrong."""
    typed = read(node, wanting("Bool", node, place))
    if typed is None:
        return None
    if typed.type.name != "Bool":
        fixes = choose(node.span, [f"has({node.span.text})"] if isinstance(node, nodes.Reference) else [])
        place.here.complain(
            codes.NOT_A_PREDICATE.at(node.span, text=node.span.text, type=in_words(typed.type), fixes=fixes)
        )
        return None
    return typed.value


def date(node: nodes.Expression, here: Here) -> ex.Expression | None:
    """A date or moment: a constant, an attribute, or one of these shifted."""
    typed = read(node, wanting("Date", node, Place(here, known=every_attribute(here))))
    if typed is None:
        return None
    if typed.type.name not in ("Date", "DateTime"):
        fixes = choose(node.span, dates_of(here))
        here.complain(
            codes.NOT_A_DATE.at(node.span, text=f"`{node.span.text}`", type=in_words(typed.type), fixes=fixes)
        )
        return None
    return typed.value


def _of_account(node: nodes.Expression, here: Here) -> ex.Expression | None:
    return condition(node, Place(here, events_of="account"))


CONDITION = ("attribute", "let")
"""What a name in a condition or a date can mean."""
ACCOUNT_PREDICATE = Reader("a condition, as `count(purchase) >= 1`", _of_account, CONDITION)
"""A condition on what everybody in the account has done."""
PREDICATE = Reader("a condition, as `children >= 1`", predicate, CONDITION)
DATE = Reader("a date, `2027-03-01` or `lease_ends - 90d`", date, CONDITION)


def read(node: nodes.Expression, place: Place) -> Typed | None:
    """Type one expression. Every kind of node has its reader; what is no expression is said to be none."""
    context = place.here.context
    place.spent.append(node)
    if len(place.spent) >= MAX_SIZE or context.depth >= MAX_DEPTH:
        if len(place.spent) <= MAX_SIZE:
            place.here.complain(codes.TOO_LARGE.at(place.spent[0].span, parts=MAX_SIZE, deep=MAX_DEPTH))
            place.spent.extend([node] * MAX_SIZE)  # once is enough
        return None
    reader = _READERS.get(type(node))
    if reader is None:
        place.here.complain(
            codes.WRONG_VALUE.at(
                node.span, field=place.here.field, expects="a condition", found=f"`{node.span.text}`", hint=None
            )
        )
        return None
    context.depth += 1
    typed = reader(node, place)
    context.depth -= 1
    return typed


# --- constants -------------------------------------------------------------------------------------------------------


def _constant(name: ex.ValueType, text: Callable[[Any], str]) -> Callable[..., Typed]:
    def make(node: nodes.Expression, place: Place) -> Typed:
        return Typed(ex.Value(name, text(node)), Type(name), node)

    return make


def _number(node: nodes.Number, place: Place) -> Typed:
    name: ex.ValueType = "Percent" if node.percent else "Int" if isinstance(node.value, int) else "Decimal"
    return Typed(ex.Value(name, str(node.value)), Type(name), node)


def _amount(node: nodes.Amount, place: Place) -> Typed | None:
    if not same_currency(node.value, node, place.here):
        return None
    return Typed(ex.Value("Money", str(node.value)), Type("Money"), node)


def _negative(node: nodes.Negative, place: Place) -> Typed | None:
    typed = read(node.operand, place)
    if typed is None or not isinstance(typed.value, ex.Value):
        return typed
    return attrs.evolve(typed, value=attrs.evolve(typed.value, value=f"-{typed.value.value}"), node=node)


# --- names -----------------------------------------------------------------------------------------------------------


def _reference(node: nodes.Reference, place: Place) -> Typed | None:
    words = tuple(part.text for part in node.parts)
    if len(words) == 1 and place.payload is not None and words[0] in place.payload:
        field = place.payload[words[0]]
        return Typed(ex.Payload(words[0], field.type), attrs.evolve(Type.of_field(field), optional=False), node)
    if words in (("yes",), ("no",), ("true",), ("false",)):
        truth = "true" if words[0] in ("yes", "true") else "false"
        return Typed(ex.Value("Bool", truth), BOOL, node)
    found = attribute_type(words, place.here)
    if found is None:
        return _let(node, place) if len(words) <= 2 and _names_let(node, place) else unknown(node, place)
    owner: ex.Owner = "account" if words[0] == "account" and len(words) == 2 else "person"
    ask_optional(node, found, place)
    return Typed(ex.Attribute(owner, words[-1], found.name), found, node)


def _names_let(node: nodes.Reference, place: Place) -> bool:
    parts = tuple(part.text for part in node.parts)
    return place.here.context.scope.find("let", parts, place.here.home) is not None


def _let(node: nodes.Reference, place: Place) -> Typed | None:
    context = place.here.context
    found = place.here.find("let", node)
    if found is None or not isinstance(found.node, nodes.Let):
        return None
    if found in context.lets:
        names = [let.name for let in context.lets[context.lets.index(found) :]] + [found.name]
        place.here.complain(codes.LET_CYCLE.at(node.span, name=found.name, cycle=" -> ".join(names)))
        return None
    context.lets.append(found)
    inside = attrs.evolve(place.here, home=found.folder)
    typed = read(found.node.value, attrs.evolve(place, here=inside))
    context.lets.pop()
    return attrs.evolve(typed, node=node) if typed else None


# --- logic -----------------------------------------------------------------------------------------------------------


def _not(node: nodes.Not, place: Place) -> Typed | None:
    value = condition(node.operand, place)
    return None if value is None else Typed(ex.Not(value), BOOL, node)


def _logic(node: nodes.Logic, place: Place) -> Typed | None:
    values: list[ex.Expression] = []
    failed = False
    for operand in node.operands:
        value = condition(operand, place)
        failed = failed or value is None
        if value is not None:
            values.append(value)
        learned = asked(operand) if node.word == "and" else asked_not(operand)
        place = attrs.evolve(place, known=place.known | learned)
    if failed:
        return None
    made = ex.All(tuple(values)) if node.word == "and" else ex.AnyOf(tuple(values))
    return Typed(made, BOOL, node)


# --- comparisons -----------------------------------------------------------------------------------------------------


def _comparison(node: nodes.Comparison, place: Place) -> Typed | None:
    if node.sign == "in":
        return _membership(node, place)
    if node.sign == "before":
        return _bad_before(node, place)
    if compares_with_nothing(node, place):
        return None
    left = read(node.left, beside(node.left, node.right, place))
    right = read(node.right, beside(node.right, node.left, place))
    if left is None or right is None:
        return None
    if not comparable(left, right, node.sign, place):
        return None
    return Typed(ex.Compare(node.sign, left.value, right.value), BOOL, node)


def _bad_before(node: nodes.Comparison, place: Place) -> None:
    place.here.complain(
        codes.WRONG_ARGUMENTS.at(
            node.span, function="before", shape="order: message before message", hint="compare dates with `<`"
        )
    )


def _membership(node: nodes.Comparison, place: Place) -> Typed | None:
    right = node.right
    if isinstance(right, nodes.Range):
        return _between(node, right, place)
    options = right.values if isinstance(right, nodes.Listing) else (right,)
    listed = None
    if not isinstance(right, nodes.Listing):
        listed = read(right, wanting(_list_of(node.left, place), right, place))
    if listed is not None and listed.type.name == "List":
        item = _list_item(node.left, listed.type.of, place)
        return None if item is None else Typed(ex.Among(item, (listed.value,)), BOOL, node)
    item_typed = read(node.left, beside(node.left, right, place))
    values = [listed] if listed else [read(option, place) for option in options]
    if item_typed is None or None in values:
        return None
    good = [comparable(item_typed, value, "==", place) for value in values if value]
    if not all(good):
        return None
    return Typed(ex.Among(item_typed.value, tuple(value.value for value in values if value)), BOOL, node)


def _list_of(item: nodes.Expression, place: Place) -> str:
    """The list that may hold a text, or the name of a channel or a role (`email in consent`)."""
    if not isinstance(item, nodes.Reference):
        return "List<Text>"
    scope, words = place.here.context.scope, tuple(part.text for part in item.parts)
    kinds = (kind for kind in ("channel", "role", "message") if scope.find(kind, words, place.here.home) is not None)
    return f"List<{next(kinds, 'text').capitalize()}>"


def _list_item(node: nodes.Expression, of: str | None, place: Place) -> ex.Expression | None:
    """Left of `in` before a list: a text, or the name of what the list holds (`email in consent`)."""
    if isinstance(node, nodes.Reference) and of in ("channel", "role", "message"):
        found = place.here.find(of, node)
        return ex.Value("Text", found.canonical) if found else None
    typed = read(node, place)
    return typed.value if typed else None


def _between(node: nodes.Comparison, span: nodes.Range, place: Place) -> Typed | None:
    item = read(node.left, beside(node.left, span, place))
    start, end = read(span.start, place), read(span.end, place)
    if item is None or start is None or end is None:
        return None
    if not (comparable(item, start, "<", place) and comparable(item, end, "<", place)):
        return None
    inclusive = item.type.name not in ("Time", "DateTime")  # 3 .. 8 is 8 too; 09:00 .. 17:00 ends at 17:00
    return Typed(ex.Between(item.value, start.value, end.value, inclusive), BOOL, node)


# --- sums ------------------------------------------------------------------------------------------------------------


def _sum(node: nodes.Sum, place: Place) -> Typed | None:
    moved = "Date" if isinstance(node.right, nodes.Length) else shown_by(node.right)
    left = read(node.left, wanting(moved, node.left, place))
    right = read(node.right, beside(node.right, node.left, place))
    if left is None or right is None:
        return None
    if left.type.name in ("Date", "DateTime") and isinstance(right.node, nodes.Length):
        sign: Literal[1, -1] = 1 if node.sign == "+" else -1
        return Typed(ex.Shift(left.value, sign, str(right.node.value)), left.type, node)
    numbers = {"Int", "Decimal"}
    same = left.type.name == right.type.name and left.type.name in {*numbers, "Money", "Percent"}
    if not same and not {left.type.name, right.type.name} <= numbers:
        mixed(left, right, place)
        return None
    name: ex.ValueType = left.type.name if same else "Decimal"
    return Typed(ex.Arithmetic(node.sign, left.value, right.value), Type(name), node)


def _call(node: nodes.Call, place: Place) -> Typed | None:
    return calls.read_call(node, place)


_READERS: dict[type, Callable[..., Typed | None]] = {
    nodes.Text: _constant("Text", lambda node: node.value),
    nodes.Number: _number,
    nodes.Amount: _amount,
    nodes.Length: _constant("Duration", lambda node: str(node.value)),
    nodes.Date: _constant("Date", lambda node: node.value.isoformat()),
    nodes.Moment: _constant("DateTime", lambda node: node.value.isoformat()),
    nodes.Time: _constant("Time", clock),
    nodes.Negative: _negative,
    nodes.Reference: _reference,
    nodes.Not: _not,
    nodes.Logic: _logic,
    nodes.Comparison: _comparison,
    nodes.Sum: _sum,
    nodes.Call: _call,
}
