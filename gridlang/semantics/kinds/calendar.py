"""`calendar`: working days, holidays, blackouts and named days. Its public holidays are resolved later."""

import datetime as dt
from collections.abc import Iterator

from gridlang.schedule import model
from gridlang.semantics.kinds.base import Bound, FieldSpec, Kind
from gridlang.semantics.values import DATES, TEXT

LONGEST = 366
"""How many days a named day may last."""


def _stretches(bound: Bound, field: str) -> tuple[model.Stretch, ...]:
    place = bound.place(field)
    return tuple(model.Stretch(start=start, end=end, name=None, place=place or 0) for start, end in bound.values(field))


def _blackouts(bound: Bound) -> tuple[model.Stretch, ...]:
    named = [
        model.Stretch(start=start, end=end, name=block.title or block.name or None, place=block.here.place(block.span))
        for block in bound.nested("blackout")
        for start, end in block.values("dates")
    ]
    return (*_stretches(bound, "blackout"), *named)


def _each_day(stretches: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Every day of some stretches: a fair of three days is reached on each of them."""
    for start, end in stretches:
        day, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
        for number in range(min((last - day).days, LONGEST) + 1):
            yield (day + dt.timedelta(days=number)).isoformat()


def _lower(bound: Bound) -> model.Calendar:
    days = {day.name: tuple(sorted(set(_each_day(day.values("dates"))))) for day in bound.nested("day")}
    return model.Calendar(
        **bound.common(),
        country=bound.value("country"),
        region=bound.value("region"),
        closed=_stretches(bound, "closed"),
        open=_stretches(bound, "open"),
        blackout=_blackouts(bound),
        named=days,
    )


_DATES = FieldSpec("dates", DATES, "its dates", many=True, required=True)

KIND = Kind(
    "calendar",
    "Which days are working days, which are holidays, and when nobody is contacted.",
    fields=(
        FieldSpec("country", TEXT, 'whose public holidays hold, `"DK"`'),
        FieldSpec("region", TEXT, 'the part of the country, `"BY"`'),
        FieldSpec("closed", DATES, "days on which nobody works", many=True),
        FieldSpec("open", DATES, "days on which people work after all", many=True),
        FieldSpec("blackout", DATES, "days on which nobody is contacted", many=True),
    ),
    blocks=(
        Kind(
            "blackout",
            'A blackout with a name: `blackout july "Industriferie" { dates: … }`.',
            fields=(_DATES,),
            named=False,
        ),
        Kind("day", "A named day to wait until: `day black_friday { dates: 2027-11-26 }`.", fields=(_DATES,)),
    ),
    lower=_lower,
)
