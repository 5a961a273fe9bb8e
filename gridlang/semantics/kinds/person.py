"""`person`: someone around the buyer."""

from gridlang.schedule import model
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.predicates import PREDICATE
from gridlang.semantics.values import TEXT, YES_NO, text_or


def _lower(bound: Bound) -> model.Person:
    return model.Person(
        **bound.common(),
        when=bound.value("when"),
        known=bound.value("known", True),
        motive=bound.values("motive"),
        criteria=bound.values("criteria"),
        attitude=bound.values("attitude"),
    )


KIND = Kind(
    "person",
    "Someone around the buyer: the mother, the purchasing department, the friend who knows all about cars.",
    fields=(
        FieldSpec("when", PREDICATE, "which contacts play this person"),
        FieldSpec("known", YES_NO, "`no`: not in the CRM, reached by mass media or through others"),
        FieldSpec("motive", text_or("need"), "what moves them", many=True),
        FieldSpec("criteria", TEXT, "what they choose by", many=True),
        FieldSpec("attitude", TEXT, "how they stand to it", many=True),
    ),
    lower=_lower,
)
