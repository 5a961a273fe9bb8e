"""`fields person`, `fields account`: what the CRM knows."""

from gridlang.diagnostics.codes import declarations as codes
from gridlang.schedule import model
from gridlang.semantics.kinds.base import Bound, Kind
from gridlang.semantics.types import read_type

RESERVED = {
    "id": "who a row is about",
    "account": "the household or company",
    "roles": "the roles somebody has",
    "timezone": "the clock somebody lives by",
    "language": "the language somebody reads",
    "since": "since when somebody is known",
    "salesperson": "the colleague who looks after somebody",
}
"""Columns that every row of persons may have; no plan declares them."""


def typed_fields(bound: Bound) -> tuple[model.Field, ...]:
    """The fields of a block of `name: Type` lines, in order."""
    found = []
    for name, (field, here) in bound.fields.items():
        there = here.within(name)
        type = read_type(field.values[0], there) if field.values else None
        if type is None:
            here.context.misdeclared.add(name)
            continue
        found.append(
            model.Field(
                name=name,
                place=here.place(field.name.span),
                doc=field.doc,
                type=type.name,
                optional=type.optional,
                options=type.options,
                of=type.of,
                currency=here.context.currency if type.name == "Money" else None,
            )
        )
    return tuple(found)


def _lower(bound: Bound) -> tuple[model.Field, ...]:
    fields = typed_fields(bound)
    for field in fields:
        if field.name in RESERVED:
            node, here = bound.fields[field.name]
            here.complain(codes.RESERVED_NAME.at(node.name.span, name=field.name, meaning=RESERVED[field.name]))
    return tuple(field for field in fields if field.name not in RESERVED)


KIND = Kind(
    "fields",
    "What the CRM knows of a person (`fields person`) or an account (`fields account`): `name: Type`, `?` after a type "
    "that may be missing.",
    free="an attribute and its type",
    lower=_lower,
)
