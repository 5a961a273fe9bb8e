"""`relations`: the levels of the customer's life cycle."""

from gridlang.schedule import model
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.predicates import ACCOUNT_PREDICATE
from gridlang.semantics.values import DURATION


def level_blocks(bound: Bound) -> list[Bound]:
    """The levels, lowest first."""
    return bound.nested("level")


def _level(bound: Bound) -> model.Relation:
    return model.Relation(**bound.common(), when=bound.value("when"), contact_every=bound.value("contact_every"))


def _lower(bound: Bound) -> tuple[model.Relation, ...]:
    return tuple(_level(level) for level in level_blocks(bound))


KIND = Kind(
    "relations",
    "The levels of the customer's life cycle, lowest first; an account is on the highest whose condition holds.",
    blocks=(
        Kind(
            "level",
            "One level: `level loyal { when: count(purchase, within: 24mo) >= 4 }`.",
            fields=(
                FieldSpec("when", ACCOUNT_PREDICATE, "what an account must have done, all its persons together"),
                FieldSpec("contact_every", DURATION, "how often such a customer wants to hear from us"),
            ),
        ),
    ),
    lower=_lower,
)
