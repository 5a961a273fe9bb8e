"""Values for the cells of rows, by the types that a plan declares."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from gridlang.schedule.model import Field, Schedule
from gridlang.schedule.steps import Send, Task

ZONES = (
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kolkata",
    "Pacific/Auckland",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Nuuk",
    "UTC",
    "Mars/Base",
)
_TIMES = ("00:00", "01:30", "02:30", "09:00", "12:00:01", "23:59:59")
_AMOUNTS = (0, 1, 2, 3, 5, 9, 10, 12, 50, 100, 101, 500, 1000)
_YEARS_AGO = (0, 0, 0, 1, 6, 10, 18)


SELDOM = st.sampled_from([False] * 7 + [True])


@st.composite
def cell(draw: st.DrawFn, field: Field, schedule: Schedule) -> str:
    """A value of a field as a file writes it; missing sometimes, where it may be. Most people have said yes."""
    if field.optional and draw(SELDOM):
        return ""
    if field.type == "List" and field.of == "channel" and not draw(SELDOM):
        return ";".join(channels(schedule))
    return draw(_value(field, schedule))


def _value(field: Field, schedule: Schedule) -> st.SearchStrategy[str]:
    if field.of == "channel" or field.name == "consent":
        names = channels(schedule)
        if field.type != "List":
            return st.sampled_from([*names, *(["all"] if field.optional else [])])
        return st.lists(st.sampled_from(names), unique=True).map(";".join)
    if field.options:
        return st.sampled_from(field.options)
    if field.type in ("Date", "DateTime"):
        return dates(schedule) if field.type == "Date" else _moments(schedule)
    amount = st.sampled_from(_AMOUNTS)
    by_type: dict[str, st.SearchStrategy[str]] = {
        "Int": amount.map(str),
        "Decimal": amount.map(lambda number: f"{number}.5"),
        "Percent": amount.map(lambda number: f"{number}%"),
        "Bool": st.sampled_from(["true", "false", "yes", "no"]),
        "Money": amount.map(lambda number: f"{number} {field.currency or schedule.plan.currency}"),
        "Time": st.sampled_from(_TIMES),
        "Duration": st.sampled_from(["3d", "36h", "2 workdays", "1mo"]),
        "List": st.sampled_from(["", "a", "a;b"]),
        "Text": st.sampled_from(["x@example.dk", "+45 20 30 40 50", "Åse"]),
    }
    return by_type[field.type]


def channels(schedule: Schedule) -> list[str]:
    """The channels that the plan's flows use, and those from which they start; of a plan that uses none, e-mail."""
    used: dict[str, None] = {}
    lineage = {channel.name: (channel.name, *channel.ancestors) for channel in schedule.channels}
    for campaign in schedule.campaigns:
        for step in campaign.steps:
            names = step.channels if isinstance(step, Send) else (step.channel,) if isinstance(step, Task) else ()
            used.update(dict.fromkeys(name for channel in names for name in lineage[channel]))
    return list(used) or ["email"]


def dates(schedule: Schedule) -> st.SearchStrategy[str]:
    """Dates in and around the period, also of years ago."""
    first, last = _period(schedule)
    days = st.integers(-40, (last - first).days + 40)
    return st.tuples(days, st.sampled_from(_YEARS_AGO)).map(
        lambda pair: _ago(first + dt.timedelta(days=pair[0]), pair[1])
    )


def _ago(day: dt.date, years: int) -> str:
    return day.replace(year=day.year - years, day=min(day.day, 28)).isoformat()


def _moments(schedule: Schedule) -> st.SearchStrategy[str]:
    first, last = _period(schedule)
    days = st.integers(-5, (last - first).days + 5)
    return st.tuples(days, st.sampled_from(_TIMES)).map(lambda pair: f"{first + dt.timedelta(days=pair[0])}T{pair[1]}")


def _period(schedule: Schedule) -> tuple[dt.date, dt.date]:
    return dt.date.fromisoformat(schedule.plan.starts), dt.date.fromisoformat(schedule.plan.ends)
