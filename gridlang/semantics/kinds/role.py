"""`role`: what somebody does in the buying process."""

from gridlang.schedule import model
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.values import YES_NO


def _lower(bound: Bound) -> model.Role:
    return model.Role(**bound.common(), decides=bound.value("decides", False))


KIND = Kind(
    "role",
    "A role in the buying process: who starts it, uses, handles, decides, or has a say.",
    fields=(FieldSpec("decides", YES_NO, "whether this role takes the decision (an approver)"),),
    lower=_lower,
)
