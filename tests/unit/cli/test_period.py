"""The days of a run as moments."""

from __future__ import annotations

import datetime as dt

import click
import pytest

from gridlang.cli.period import day, stretch
from gridlang.schedule.model import Plan

PLAN = Plan(
    name="p", place=0, starts="2027-01-04", ends="2027-12-31", timezone="Europe/Copenhagen", locale="da",
    currency="DKK", seed="p",
)  # fmt: skip


def moment(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).timestamp())


def test_without_a_word_the_whole_period_with_its_last_day() -> None:
    assert stretch(PLAN, None, None) == (moment("2027-01-04T00:00+01:00"), moment("2028-01-01T00:00+01:00"))


def test_days_are_midnights_on_the_plans_clock() -> None:
    first, until = stretch(PLAN, dt.date(2027, 3, 28), dt.date(2027, 7, 1))
    assert first == moment("2027-03-28T00:00+01:00")
    assert until == moment("2027-07-01T00:00+02:00")


@pytest.mark.parametrize(
    ("first", "until"),
    [("2027-01-03", None), (None, "2028-01-02"), ("2027-05-01", "2027-05-01"), ("2027-05-02", "2027-05-01")],
)
def test_outside_the_period_or_turned_round(first: str | None, until: str | None) -> None:
    with pytest.raises(click.UsageError, match=r"2027-01-04 \.\. 2027-12-31"):
        stretch(PLAN, first and day(first), until and day(until))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["01-02-2027", "2027-02-30", "tomorrow", ""])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(click.BadParameter, match="year-month-day"):
        day(text)
