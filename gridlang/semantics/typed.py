"""What an expression is read to, and what is known where it stands: the names it may use and the types they have."""

from __future__ import annotations

import attrs

from gridlang.diagnostics import Edit, Fix, Related
from gridlang.diagnostics.codes import types as codes
from gridlang.schedule import expressions as ex
from gridlang.schedule import model
from gridlang.semantics.context import Here
from gridlang.semantics.scope import near
from gridlang.semantics.types import Type
from gridlang.semantics.wanted import declaration, declaring, shown_by
from gridlang.syntax import nodes

BOOL = Type("Bool")

RESERVED = {
    "id": Type("Text"),
    "account": Type("Text"),
    "roles": Type("List", of="role"),
    "timezone": Type("Text", optional=True),
    "language": Type("Text", optional=True),
    "since": Type("Date", optional=True),
    "salesperson": Type("Text", optional=True),
}
"""Attributes that every person has without declaring them."""


@attrs.frozen
class Typed:
    """An expression of the schedule, its type and how it was written."""

    value: ex.Expression
    type: Type
    node: nodes.Expression


@attrs.frozen(eq=False)
class Place:
    """Where an expression stands: `payload` are the fields of the event that a `where` looks at; `known` are the
    optional attributes that `has` has asked about on the way here."""

    here: Here
    payload: dict[str, model.Field] | None = None
    known: frozenset[str] = frozenset()
    events_of: ex.Owner = "person"
    """Whose events `ever(…)` and its like mean: in `relations` they are the account's."""
    wanted: str | None = None
    """The type that a name nobody knows should have here, as far as what stands beside it shows."""
    spent: list[nodes.Expression] = attrs.field(factory=list)
    """The parts of the whole condition read so far, its `let`s spelled out."""


def attribute_type(words: tuple[str, ...], here: Here) -> Type | None:
    """The type of `children` or `account.turnover`; None when nobody has it."""
    if len(words) == 1:
        field = here.context.person_fields.get(words[0])
        return Type.of_field(field) if field else RESERVED.get(words[0])
    if len(words) == 2 and words[0] == "account":
        field = here.context.account_fields.get(words[1])
        return Type.of_field(field) if field else None
    return None


def every_attribute(here: Here) -> frozenset[str]:
    """A date expression over a missing attribute simply gives no date, so nobody needs to ask `has` first."""
    return (
        frozenset(here.context.person_fields)
        | {f"account.{name}" for name in here.context.account_fields}
        | {*RESERVED}
    )


def ask_optional(node: nodes.Reference, type: Type, place: Place) -> None:
    """Say that an attribute may be missing, unless `has` was asked before it."""
    if type.optional and node.text not in place.known:
        fix = Fix(f"ask has({node.text}) first", (Edit(node.span, f"has({node.text}) and {node.text}"),))
        place.here.complain(codes.OPTIONAL_UNASKED.at(node.span, name=node.text, fixes=(fix,)))


def unknown(node: nodes.Reference, place: Place) -> None:
    """Say that nobody has this attribute, with the name that was meant or the declaration it lacks."""
    context = place.here.context
    if node.parts[-1].text in context.misdeclared:
        return
    meant = _meant(node, place)
    words = tuple(part.text for part in node.parts)
    type = place.wanted or "Text"
    fixes = (Fix(f"write `{meant}`", (Edit(node.span, meant),)),) if meant else declaring(words, type, context)
    hint = f"did you mean `{meant}`?" if meant else f"declare it: `{declaration(words, type)}`"
    field = context.person_fields.get(meant or "")
    related = (Related(context.places.spans[field.place], f"`{meant}` is declared here"),) if field else ()
    place.here.complain(codes.UNKNOWN_ATTRIBUTE.at(node.span, name=node.text, hint=hint, fixes=fixes, related=related))


def _meant(node: nodes.Reference, place: Place) -> str | None:
    """The name that was probably meant, of those that can stand here."""
    context = place.here.context
    if len(node.parts) == 2 and node.parts[0].text == "account":
        found = near(node.parts[1].text, context.account_fields)
        return f"account.{found}" if found else None
    names = [*context.person_fields, *RESERVED, *(f"account.{name}" for name in context.account_fields)]
    return near(node.text, [*names, *(place.payload or {}), *context.scope.visible("let", place.here.home)])


def wanting(type: str | None, node: nodes.Expression, place: Place) -> Place:
    """The place for reading a name that may be unknown; any other place stays as it is."""
    if not isinstance(node, nodes.Reference) or type == place.wanted:
        return place
    known = attribute_type(tuple(part.text for part in node.parts), place.here) is not None
    return place if known else attrs.evolve(place, wanted=type)


def beside(node: nodes.Expression, other: nodes.Expression, place: Place) -> Place:
    """The place for reading one side of a comparison: the other shows its type."""
    if not isinstance(node, nodes.Reference):
        return place
    found = shown_by(other)
    if found is None and isinstance(other, nodes.Reference):
        known = attribute_type(tuple(part.text for part in other.parts), place.here)
        found = str(known.name) if known is not None and known.name != "List" else None
    return wanting(found, node, place)


def asked(node: nodes.Expression) -> frozenset[str]:
    """The attributes that are surely there when the condition holds."""
    if isinstance(node, nodes.Call) and node.function.text == "has" and node.arguments:
        return frozenset({name_of(node.arguments[0].value)})
    if isinstance(node, nodes.Not):
        return asked_not(node.operand)
    if isinstance(node, nodes.Logic):
        parts = [asked(operand) for operand in node.operands]
        return frozenset.union(*parts) if node.word == "and" else frozenset.intersection(*parts)
    return frozenset()


def asked_not(node: nodes.Expression) -> frozenset[str]:
    """The attributes that are surely there when the condition does not hold."""
    if isinstance(node, nodes.Not):
        return asked(node.operand)
    if isinstance(node, nodes.Logic):
        parts = [asked_not(operand) for operand in node.operands]
        return frozenset.union(*parts) if node.word == "or" else frozenset.intersection(*parts)
    return frozenset()


def name_of(attribute: nodes.Expression) -> str:
    """An attribute by its name, whatever stands around it."""
    return attribute.text if isinstance(attribute, nodes.Reference) else attribute.span.text


def dates_of(here: Here) -> list[str]:
    """The attributes that hold a date."""
    fields = [*here.context.person_fields.values()]
    names = [field.name for field in fields if field.type in ("Date", "DateTime")]
    return names + [
        f"account.{field.name}" for field in here.context.account_fields.values() if field.type in ("Date", "DateTime")
    ]
