"""`kpi`: what is measured and who is rewarded."""

from gridlang.schedule import model
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.values import RATE, TEXT, reference


def _lower(bound: Bound) -> model.Kpi | None:
    counts = bound.value("counts")
    if counts is None:
        return None
    return model.Kpi(
        **bound.common(),
        counts=counts,
        aim=bound.value("aim"),
        responsible=bound.value("responsible"),
        reward=bound.value("reward"),
    )


KIND = Kind(
    "kpi",
    "What is measured, what is aimed at, who answers for it and what they get.",
    fields=(
        FieldSpec("counts", reference("event"), "the event that is counted", required=True),
        FieldSpec("aim", RATE, "how many are aimed at"),
        FieldSpec("responsible", reference("team"), "the team that answers for it"),
        FieldSpec("reward", TEXT, "what they get when the aim is met"),
    ),
    lower=_lower,
)
