"""`team`: who does the work."""

from gridlang.schedule import model
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.values import DAYS, HOURS, RATE, TEXT


def merge_days(days: tuple[model.Days, ...]) -> model.Days | None:
    """`monday, wednesday .. friday`: one set of days out of several."""
    if not days:
        return None
    if any(day.workdays for day in days):
        return model.Days(workdays=True, weekdays=(), place=days[0].place)
    weekdays = tuple(sorted({weekday for day in days for weekday in day.weekdays}))
    return model.Days(workdays=False, weekdays=weekdays, place=days[0].place)


def _lower(bound: Bound) -> model.Team:
    return model.Team(
        **bound.common(),
        members=bound.values("members"),
        hours=bound.values("hours"),
        days=merge_days(bound.values("days")),
        capacity=bound.value("capacity"),
        capacity_place=bound.place("capacity"),
    )


KIND = Kind(
    "team",
    "Who does it: the colleagues, when they work and how much they can take on.",
    fields=(
        FieldSpec("members", TEXT, "the colleagues, by their address in the CRM", many=True),
        FieldSpec("hours", HOURS, "when the desk is open, on the plan's clock", many=True),
        FieldSpec("days", DAYS, "on which days", many=True),
        FieldSpec("capacity", RATE, "how many tasks the whole team is handed a day"),
    ),
    lower=_lower,
)
