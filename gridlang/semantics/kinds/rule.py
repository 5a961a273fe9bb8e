"""`rule`: what holds for contacts, over channels, phases, roles and segments."""

from gridlang.schedule import model
from gridlang.semantics.context import Here
from gridlang.semantics.coordinates import PHASES, ROLES, SEGMENTS
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.predicates import PREDICATE
from gridlang.semantics.values import CAP, HOURS, Reader, declaration, wrong
from gridlang.syntax import nodes


def _order(value: nodes.Expression, here: Here) -> model.Order | None:
    if (
        isinstance(value, nodes.Comparison)
        and value.sign == "before"
        and isinstance(value.left, nodes.Reference)
        and isinstance(value.right, nodes.Reference)
    ):
        first, then = here.find("message", value.left), here.find("message", value.right)
        if first is None or then is None:
            return None
        return model.Order(first=first.canonical, then=then.canonical, place=here.place(value.span))
    return wrong(value, here, "an order of messages, as `safety_report before offer_papers`")


def _expanded(bound: Bound, field: str) -> tuple[str, ...]:
    """The named channels and all that start from them."""
    return bound.context.with_descendants([channel.canonical for channel in bound.values(field)])


def _cap(bound: Bound, channels: tuple[str, ...]) -> model.Cap | None:
    cap: model.Cap | None = bound.value("cap")
    if cap is None:
        return None
    counted = bound.context.with_descendants(list(cap.channels)) if cap.channels else channels
    return model.Cap(rate=cap.rate, place=cap.place, channels=counted, per_account=cap.per_account)


def _lower(bound: Bound) -> model.Rule:
    channels = _expanded(bound, "channel")
    return model.Rule(
        **bound.common(),
        channels=channels,
        phases=bound.values("phase"),
        roles=bound.values("role"),
        segments=bound.values("segment"),
        forbid=_expanded(bound, "forbid"),
        cap=_cap(bound, channels),
        quiet=bound.values("quiet"),
        when=bound.value("when"),
        order=bound.values("order"),
    )


KIND = Kind(
    "rule",
    "What holds for every contact at its coordinates; it covers the channels it names and those that start from them.",
    fields=(
        FieldSpec("channel", declaration("channel"), "the channels it is about; all, when left out", many=True),
        FieldSpec("phase", PHASES, "the phases it is about", many=True),
        FieldSpec("role", ROLES, "the roles it is about", many=True),
        FieldSpec("segment", SEGMENTS, "the segments it is about", many=True),
        FieldSpec("forbid", declaration("channel"), "channels nobody may be contacted on", many=True),
        FieldSpec("cap", CAP, "the most touches: `3 per 7d across all per account`"),
        FieldSpec("quiet", HOURS, "when nobody is contacted", many=True),
        FieldSpec("when", PREDICATE, "for whom it holds"),
        FieldSpec(
            "order",
            Reader("an order of messages, `safety_report before offer_papers`", _order, ("message",)),
            "what should be heard first; checked and reported, never a brake",
            many=True,
        ),
    ),
    lower=_lower,
)
