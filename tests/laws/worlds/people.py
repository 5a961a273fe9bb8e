"""People and accounts, by the attributes that a plan declares."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from gridlang.schedule.model import Schedule
from tests.laws.populations import Row
from tests.laws.worlds import cells

_MOST_ACCOUNTS = 4


@st.composite
def people(draw: st.DrawFn, schedule: Schedule, names: str = "p", homes: str = "h") -> list[Row]:
    """One to four accounts of one to four persons; some persons have no account."""
    rows: list[Row] = []
    for account in range(draw(st.integers(1, _MOST_ACCOUNTS))):
        home = draw(st.sampled_from([f"{homes}{account}"] * 5 + [""]))
        for _ in range(draw(st.sampled_from([1, 1, 2, 2, 3, 4]))):
            rows.append(draw(_person(schedule, f"{names}{len(rows)}", home)))
    return rows


@st.composite
def _person(draw: st.DrawFn, schedule: Schedule, name: str, account: str) -> Row:
    plan = schedule.plan.timezone
    row = {
        "id": name,
        "account": account,
        "timezone": draw(st.sampled_from(["", "", plan, plan, plan, *cells.ZONES])),
        "since": draw(_since(schedule)),
        "salesperson": draw(st.sampled_from(["", "", *_members(schedule), "nobody@example.dk"])),
        "language": draw(st.sampled_from(["", "da", "da-DK", "fr"])),
        "roles": draw(st.sampled_from(["", "", "", "", *_roles(schedule)])),
    }
    for field in schedule.person_fields:
        row[field.name] = draw(cells.cell(field, schedule))
    return row


def _since(schedule: Schedule) -> st.SearchStrategy[str]:
    """Most people are there from the beginning; some come later, at any second."""
    first = dt.datetime.fromisoformat(schedule.plan.starts)
    later = st.integers(-5 * 86_400, 25 * 86_400).map(lambda s: (first + dt.timedelta(seconds=s)).isoformat())
    day = st.integers(-20, 20).map(lambda days: (first + dt.timedelta(days=days)).date().isoformat())
    return st.one_of(st.just(""), st.just(""), day, later)


def _members(schedule: Schedule) -> list[str]:
    return [member for team in schedule.teams for member in team.members]


def _roles(schedule: Schedule) -> list[str]:
    return ["target", "influencer;user", *(person.name for person in schedule.persons)]


@st.composite
def accounts(draw: st.DrawFn, schedule: Schedule, persons: list[Row]) -> list[Row]:
    """A row for each account, and one that nobody belongs to; no file where the plan asks for nothing."""
    if not schedule.account_fields:
        return []
    homes = sorted({row["account"] for row in persons} - {""} | {"nobody lives here"})
    return [
        {"id": home, **{field.name: draw(cells.cell(field, schedule)) for field in schedule.account_fields}}
        for home in homes
    ]
