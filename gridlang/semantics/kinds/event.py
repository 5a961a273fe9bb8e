"""`event`: something that happens to a person, or a moment that is worked out."""

from gridlang.schedule import model
from gridlang.schedule.expressions import Expression
from gridlang.semantics.context import Context, Here
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind, ancestors, bind, lineage
from gridlang.semantics.kinds.fields import typed_fields
from gridlang.semantics.predicates import CONDITION, read
from gridlang.semantics.scope import Declared
from gridlang.semantics.typed import Place
from gridlang.semantics.types import in_words
from gridlang.semantics.values import Reader, reference, wrong
from gridlang.syntax import nodes


def _when(node: nodes.Expression, here: Here) -> tuple[str, Expression] | None:
    """A predicate or a date expression, told apart by its type."""
    known = frozenset(here.context.person_fields)
    typed = read(node, Place(here, known=known))
    if typed is None:
        return None
    if typed.type.name == "Bool":
        return "when", typed.value
    if typed.type.name in ("Date", "DateTime"):
        return "date", typed.value
    return wrong(node, here, f"a condition or a date, and this is {in_words(typed.type)}")


def payload_of(declared: Declared, context: Context) -> dict[str, model.Field]:
    """What an event carries, its own fields and those of the events it starts from."""
    fields: dict[str, model.Field] = {}
    for layer in lineage(declared, context):
        for block in bind(KIND, layer, context).nested("carries"):
            fields |= {field.name: field for field in typed_fields(block)}
    return fields


def _lower(bound: Bound) -> model.Event:
    when = bound.value("when")
    carried = [field for block in bound.nested("carries") for field in typed_fields(block)]
    declared = bound.declared
    return model.Event(
        **bound.common(),
        ancestors=ancestors(declared, bound.context) if declared else (),
        channels=bound.values("from"),
        carries=tuple(carried),
        when=when[1] if when and when[0] == "when" else None,
        date=when[1] if when and when[0] == "date" else None,
    )


KIND = Kind(
    "event",
    "Something that happens to a person; or, with `when`, the moment a condition turns true or a date comes. An event "
    "that starts from another is also that one.",
    fields=(
        FieldSpec("from", reference("channel"), "the channels it can come from", many=True),
        FieldSpec("when", Reader("a condition or a date", _when, CONDITION), "when it happens by itself"),
    ),
    blocks=(Kind("carries", "What comes with it: `name: Type`.", free="a payload field and its type", named=False),),
    lower=_lower,
)
