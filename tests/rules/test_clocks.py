"""R8 to R11: whose clock, how durations move it, what daylight saving does, and `at`."""

from __future__ import annotations

import pytest

from tests.rules.plans import story, utc

NEW_YORK = "America/New_York"


def after(duration: str, start: str, zone: str | None = None) -> str:
    """When `send` follows `wait DURATION` from `start`, on the person's clock."""
    person = {"id": "per"} | ({"timezone": zone} if zone else {})
    told = story(
        f"campaign c {{ flow {{ wait {duration}  send plain hello }} }}",
        [person],
        start=start,
        plan={"period": "2027-01-04 .. 2028-12-31"},
        until="2029-01-01 00:00",
    )
    ((when, message),) = told.sent
    assert message == "hello"
    return when


def test_r8_a_persons_clock_is_their_timezone_else_the_plans() -> None:
    """R8: a person's clock is their `timezone`, else the plan's."""
    told = story(
        "campaign c { flow { send plain hello at 09:00 } }",
        [{"id": "here"}, {"id": "there", "timezone": NEW_YORK}],
    )
    # `sent_to` is each person's own clock: 09:00 for both, six hours apart.
    assert told.sent_to == [("2027-02-01 09:00", "here"), ("2027-02-01 09:00", "there")]
    assert [utc(touch.due) for touch in told.execution.touches] == ["2027-02-01 08:00", "2027-02-01 14:00"]


def test_r8_an_unknown_zone_is_an_issue_and_the_plans_is_used() -> None:
    """R8: an unknown zone is an issue, and the plan's is used."""
    told = story("campaign c { flow { send plain hello at 09:00 } }", [{"id": "per", "timezone": "Mars/Olympus"}])
    assert [utc(touch.due) for touch in told.execution.touches] == ["2027-02-01 08:00"]
    assert told.issues == ["unknown_timezone"]


@pytest.mark.parametrize(
    ("duration", "start", "expected"),
    [
        # The night to Sunday 28 March 2027 has 23 hours: 24 h end an hour later on the clock, a day does not.
        ("24h", "2027-03-27 09:00", "2027-03-28 10:00"),
        ("1d", "2027-03-27 09:00", "2027-03-28 09:00"),
        ("1440min", "2027-03-27 09:00", "2027-03-28 10:00"),
        # The night to Sunday 31 October 2027 has 25.
        ("24h", "2027-10-30 09:00", "2027-10-31 08:00"),
        ("1d", "2027-10-30 09:00", "2027-10-31 09:00"),
        ("1w", "2027-03-25 09:00", "2027-04-01 09:00"),
        # January has a 31st, February 2027 ends on the 28th, that of 2028 on the 29th.
        ("1mo", "2027-01-31 09:00", "2027-02-28 09:00"),
        ("13mo", "2027-01-31 09:00", "2028-02-29 09:00"),
        ("1mo", "2027-02-28 09:00", "2027-03-28 09:00"),
        ("1y", "2027-02-28 09:00", "2028-02-28 09:00"),
    ],
)
def test_r9_durations(duration: str, start: str, expected: str) -> None:
    """R9: `min h` are elapsed time; `d w mo y` move the local calendar and keep the wall clock."""
    assert after(duration, start) == expected


@pytest.mark.parametrize(
    ("duration", "start", "expected"),
    [
        # The first business day after Saturday is Monday, the second Tuesday.
        ("2 workdays", "2027-02-06 10:00", "2027-02-09 10:00"),
        ("1 workday", "2027-02-05 10:00", "2027-02-08 10:00"),
        ("1 workday", "2027-02-08 23:30", "2027-02-09 23:30"),
        # Easter 2027: Maundy Thursday 25 March, Good Friday 26, Easter Monday 29. After Wednesday 24: Tuesday 30.
        ("1 workday", "2027-03-24 10:00", "2027-03-30 10:00"),
        ("3 workdays", "2027-03-23 10:00", "2027-03-31 10:00"),
    ],
)
def test_r9_workdays(duration: str, start: str, expected: str) -> None:
    """R9: `n workdays` is the n-th business day after today's date in the plan's calendar, same wall clock."""
    assert after(duration, start) == expected


def test_r9_the_local_calendar_is_the_persons() -> None:
    """R9, R8: a day keeps the wall clock of the person, over their change of clocks."""
    # New York changes on 14 March 2027: Saturday 13:00 + 1d = Sunday 13:00 there, 23 hours later.
    assert after("1d", "2027-03-13 19:00", NEW_YORK) == "2027-03-14 13:00"
    assert after("24h", "2027-03-13 19:00", NEW_YORK) == "2027-03-14 14:00"


def test_r10_a_skipped_wall_clock_is_the_first_moment_after_the_gap() -> None:
    """R10: 02:30 on the night that skips it becomes 03:00."""
    told = story("campaign c { flow { send plain hello at 02:30 } }", start="2027-03-28 01:00")
    assert told.sent == [("2027-03-28 03:00", "hello")]
    assert after("1d", "2027-03-27 02:30") == "2027-03-28 03:00"


def test_r10_a_wall_clock_that_occurs_twice_means_the_first() -> None:
    """R10: 02:30 on the night that has it twice is the first, still in summer time."""
    told = story("campaign c { flow { send plain hello at 02:30 } }", start="2027-10-31 01:00")
    # Summer time is UTC + 2.
    assert [utc(touch.due) for touch in told.execution.touches] == ["2027-10-31 00:30"]


def test_r10_the_second_of_the_two_is_not_meant() -> None:
    """R10, R11: ready between the two 02:30, the next 02:30 is tomorrow's."""
    text = "campaign c { flow { wait 2h  send plain hello at 02:30 } }"
    told = story(text, start="2027-10-31 00:45")
    # 00:45 + 2 h = 02:45 in summer time (00:45 UTC); the first 02:30 of the night is over, the next is Monday's,
    # UTC + 1.
    assert [utc(touch.due) for touch in told.execution.touches] == ["2027-11-01 01:30"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2027-02-01 08:59:59", "2027-02-01 09:00"),
        ("2027-02-01 09:00:00", "2027-02-01 09:00"),
        ("2027-02-01 09:00:01", "2027-02-02 09:00"),
    ],
)
def test_r11_at_is_the_first_such_time_not_before_the_step_is_ready(start: str, expected: str) -> None:
    """R11: the first 09:00 on the person's clock not before the step is ready."""
    told = story("campaign c { flow { send plain hello at 09:00 } }", start=start)
    assert told.sent == [(expected, "hello")]


def test_r11_at_holds_again_after_every_postponement() -> None:
    """R11: postponed by a cap to 12:00, a touch `at 09:00` waits for the next 09:00."""
    text = """
    channel slow: plain { cap: 1 per 2d }
    campaign c { flow { send slow hello  send slow again at 09:00 } }
    """
    told = story(text, start="2027-02-01 12:00")
    # Room again Wednesday 3 February 12:00; the next 09:00 is Thursday's.
    assert told.sent == [("2027-02-01 12:00", "hello"), ("2027-02-04 09:00", "again")]


def test_r11_at_and_days_meet() -> None:
    """R11, R14: Monday 09:00 is no Saturday; Saturday opens at 00:00; the next 09:00 is Saturday's."""
    text = """
    channel weekly: plain { days: saturday }
    campaign c { flow { send weekly hello at 09:00 } }
    """
    assert story(text).sent == [("2027-02-06 09:00", "hello")]
