"""`segment`: whom the plan is for."""

from gridlang.schedule import model
from gridlang.schedule.expressions import Expression
from gridlang.semantics.context import Here
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.predicates import CONDITION, predicate
from gridlang.semantics.values import COUNT, TEXT, Reader
from gridlang.syntax import nodes

OTHERWISE = "otherwise"


def _where(node: nodes.Expression, here: Here) -> Expression | str | None:
    if isinstance(node, nodes.Reference) and node.text == OTHERWISE:
        return OTHERWISE
    return predicate(node, here)


def _lower(bound: Bound) -> model.Segment | None:
    where = bound.value("where")
    if where is None:
        return None
    return model.Segment(
        **bound.common(),
        where=None if where == OTHERWISE else where,
        size=bound.value("size"),
        persona=bound.value("persona"),
    )


KIND = Kind(
    "segment",
    "Whom a campaign is for. An account belongs to the first segment, in order of declaration, that takes it.",
    fields=(
        FieldSpec(
            "where",
            Reader("a condition, or `otherwise`", _where, CONDITION, (OTHERWISE,)),
            "who belongs to it",
            required=True,
        ),
        FieldSpec("size", COUNT, "how many accounts are expected in it"),
        FieldSpec("persona", TEXT, "who that is, in a few sentences"),
    ),
    lower=_lower,
)
