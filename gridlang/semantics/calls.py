"""The functions of the language: has, age, ever, count, since, last; after `account.` over everybody in the account."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from gridlang.diagnostics.codes import types as codes
from gridlang.schedule import expressions as ex
from gridlang.schedule import model
from gridlang.semantics.scope import Declared, choose, near, write
from gridlang.semantics.typed import BOOL, Place, Typed, dates_of, name_of
from gridlang.semantics.types import Type, in_words
from gridlang.syntax import nodes

FUNCTIONS = {
    "has": "has(attribute)",
    "age": "age(date)",
    "ever": "ever(event [where …])",
    "count": "count(event [where …] [, within: 30d])",
    "since": "since(event [where …])",
    "last": "last(event [where …]).field",
}
"""Every function with its shape."""


def read_call(node: nodes.Call, place: Place) -> Typed | None:
    """Type a call; None after saying what is wrong with it."""
    parts = [part.text for part in node.function.parts]
    of_account = parts[0] == "account" and len(parts) == 2
    owner: ex.Owner = "account" if of_account else place.events_of
    name = parts[-1]
    if name not in FUNCTIONS or len(parts) > (2 if of_account else 1):
        meant = near(name, FUNCTIONS)
        place.here.complain(
            codes.UNKNOWN_FUNCTION.at(
                node.function.span,
                name=node.function.text,
                near=meant,
                functions=", ".join(FUNCTIONS.values()),
                fixes=write(node.function.parts[-1].span, meant) or choose(node.function.parts[-1].span, FUNCTIONS),
            )
        )
        return None
    positional = [argument for argument in node.arguments if argument.name is None]
    named = {argument.name.text: argument for argument in node.arguments if argument.name is not None}
    allowed = {"within"} if name == "count" else set()
    if len(positional) != 1 or set(named) - allowed or (node.field is None) == (name == "last"):
        return bad_shape(node, name, place)
    if name in ("has", "age"):
        return _HAS_AGE[name](node, positional[0].value, place)
    return _event_call(node, name, owner, positional[0], named, place)


def bad_shape(node: nodes.Call, name: str, place: Place, hint: str | None = None) -> None:
    """Say how a function is written; always None, for the reader to return."""
    place.here.complain(codes.WRONG_ARGUMENTS.at(node.span, function=name, shape=FUNCTIONS[name], hint=hint))


def _has(node: nodes.Call, operand: nodes.Expression, place: Place) -> Typed | None:
    from gridlang.semantics.predicates import read

    asked = attrs.evolve(place, known=place.known | {name_of(operand)}, wanted=None)
    typed = read(operand, asked)
    if typed is None:
        return None
    if not isinstance(typed.value, ex.Attribute | ex.Last):
        return bad_shape(node, "has", place, "only an attribute, or the field of an event, can be missing")
    return Typed(ex.Has(typed.value), BOOL, node)


def _age(node: nodes.Call, operand: nodes.Expression, place: Place) -> Typed | None:
    from gridlang.semantics.predicates import read

    typed = read(operand, attrs.evolve(place, wanted="Date"))
    if typed is None:
        return None
    if typed.type.name not in ("Date", "DateTime"):
        fixes = choose(operand.span, dates_of(place.here))
        place.here.complain(
            codes.NOT_A_DATE.at(operand.span, text=f"`{operand.span.text}`", type=in_words(typed.type), fixes=fixes)
        )
        return None
    return Typed(ex.Age(typed.value), Type("Duration", elapsed=True), node)


_HAS_AGE: dict[str, Callable[[nodes.Call, nodes.Expression, Place], Typed | None]] = {"has": _has, "age": _age}


def _event_call(
    node: nodes.Call,
    name: str,
    owner: ex.Owner,
    argument: nodes.Argument,
    named: dict[str, nodes.Argument],
    place: Place,
) -> Typed | None:
    from gridlang.semantics.predicates import condition

    if not isinstance(argument.value, nodes.Reference):
        return bad_shape(node, name, place)
    event = place.here.find("event", argument.value)
    if event is None:
        return None
    where = None
    if argument.where is not None:
        where = condition(argument.where, attrs.evolve(place, payload=payload(event, place)))
        if where is None:
            return None
    if name == "ever":
        return Typed(ex.Ever(owner, event.canonical, where), BOOL, node)
    if name == "since":
        made = ex.Since(owner, event.canonical, where)
        return Typed(made, Type("Duration", elapsed=True, optional=True), node)
    if name == "count":
        return _count(node, owner, event.canonical, where, named, place)
    return _last(node, owner, event, where, place)


def _count(
    node: nodes.Call,
    owner: ex.Owner,
    event: str,
    where: ex.Expression | None,
    named: dict[str, nodes.Argument],
    place: Place,
) -> Typed | None:
    within = named.get("within")
    if within is not None and not isinstance(within.value, nodes.Length):
        return bad_shape(node, "count", place, "`within` is a duration, as `30d`")
    length = str(within.value.value) if within and isinstance(within.value, nodes.Length) else None
    return Typed(ex.Count(owner, event, where, length), Type("Int"), node)


def _last(
    node: nodes.Call, owner: ex.Owner, event: Declared, where: ex.Expression | None, place: Place
) -> Typed | None:
    assert node.field is not None
    fields = payload(event, place)
    name = node.field.text
    if name == "at":
        made = ex.Last(owner, event.canonical, "at", "DateTime", where)
        return Typed(made, Type("DateTime", optional=True), node)
    if name not in fields:
        known = ", ".join(["at", *fields])
        return bad_shape(node, "last", place, f"`{event.name}` carries: {known}")
    type = attrs.evolve(Type.of_field(fields[name]), optional=True)
    return Typed(ex.Last(owner, event.canonical, name, type.name, where), type, node)


def payload(event: Declared, place: Place) -> dict[str, model.Field]:
    """What an event carries, its own fields and those of the events it starts from."""
    from gridlang.semantics.kinds.event import payload_of

    return payload_of(event, place.here.context)
