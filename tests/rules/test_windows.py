"""R14: when a channel is open: hours, days, quiet hours and blackouts."""

from __future__ import annotations

import pytest

from tests.rules.plans import story

HOUSE = """
calendar house: std.calendars.denmark {
  closed:   2027-02-10
  open:     2027-02-13
  blackout: 2027-02-03 .. 2027-02-05
}
"""


def made(channel: str, ready: str, *, person: dict[str, str] | None = None, extra: str = "") -> str:
    """When a touch that is ready at `ready` is made on a plain channel with these fields."""
    text = f"{HOUSE}{extra} channel one: plain {{ {channel} }} campaign c {{ flow {{ send one hello }} }}"
    told = story(text, [{"id": "per", **(person or {})}], start=ready, plan={"calendar": "house"})
    ((when, _),) = told.sent
    return when


@pytest.mark.parametrize(
    ("ready", "expected"),
    [
        ("2027-02-01 08:59:59", "2027-02-01 09:00"),
        ("2027-02-01 09:00:00", "2027-02-01 09:00"),
        ("2027-02-01 16:59:59", "2027-02-01 16:59:59"),
        ("2027-02-01 17:00:00", "2027-02-02 09:00"),  # times do not include their end
    ],
)
def test_r14_outside_hours_it_waits(ready: str, expected: str) -> None:
    """R14: outside `hours` it waits for the first open moment."""
    assert made("hours: 09:00 .. 17:00", ready) == expected


def test_r14_several_hours() -> None:
    """R14: between two stretches of hours it waits for the second."""
    assert made("hours: 09:00 .. 12:00, 13:00 .. 17:00", "2027-02-01 12:00") == "2027-02-01 13:00"


@pytest.mark.parametrize(
    ("ready", "expected"),
    [
        ("2027-02-01 21:59:59", "2027-02-01 21:59:59"),
        ("2027-02-01 22:00:00", "2027-02-02 06:00"),
        ("2027-02-02 05:59:59", "2027-02-02 06:00"),
        ("2027-02-02 06:00:00", "2027-02-02 06:00"),
    ],
)
def test_r14_quiet_hours_run_over_midnight(ready: str, expected: str) -> None:
    """R14: inside `quiet` it waits; `22:00 .. 06:00` runs over midnight."""
    assert made("quiet: 22:00 .. 06:00", ready) == expected


@pytest.mark.parametrize(
    ("ready", "expected"),
    [
        ("2027-02-13 01:00", "2027-02-13 01:00"),  # Saturday 01:00 is still Friday's window
        ("2027-02-12 01:00", "2027-02-12 22:00"),  # Friday 01:00 would be Thursday's
        ("2027-02-13 06:00", "2027-02-19 22:00"),  # over: next Friday
    ],
)
def test_r14_hours_over_midnight_belong_to_the_day_they_start(ready: str, expected: str) -> None:
    """R14: `22:00 .. 06:00` belongs to the day it starts."""
    assert made("hours: 22:00 .. 06:00  days: friday", ready) == expected


@pytest.mark.parametrize(
    ("ready", "expected"),
    [
        ("2027-02-12 10:00", "2027-02-12 10:00"),
        ("2027-02-20 10:00", "2027-02-22 00:00"),  # a Saturday
        ("2027-02-10 10:00", "2027-02-11 00:00"),  # in `closed`
        ("2027-02-13 10:00", "2027-02-13 10:00"),  # a Saturday in `open`
        ("2027-03-25 10:00", "2027-03-30 00:00"),  # Maundy Thursday to Easter Monday
        ("2027-05-06 10:00", "2027-05-07 00:00"),  # Ascension Day
        ("2027-05-17 10:00", "2027-05-18 00:00"),  # Whit Monday
    ],
)
def test_r14_workdays(ready: str, expected: str) -> None:
    """R14: a workday is a weekday that is no holiday and not in `closed`, or is in `open`."""
    assert made("days: workdays", ready) == expected


@pytest.mark.parametrize("channel", ["", "days: monday .. friday"])
@pytest.mark.parametrize("ready", ["2027-03-26 10:00", "2027-02-10 10:00"])
def test_r14_a_holiday_closes_nothing_else(channel: str, ready: str) -> None:
    """R14: only `days: workdays` asks for working days; on Good Friday and in `closed` all else is open."""
    assert made(channel, ready) == ready


def test_r14_weekdays() -> None:
    """R14: outside `days` it waits: Tuesday 2 February for Wednesday the 17th is no blackout day."""
    assert made("days: wednesday", "2027-02-11 10:00") == "2027-02-17 00:00"


def test_r14_a_blackout_closes_every_personal_channel() -> None:
    """R14: on a blackout day, its last day included, it waits."""
    assert made("", "2027-02-03 00:00") == "2027-02-06 00:00"
    assert made("", "2027-02-05 23:59:59") == "2027-02-06 00:00"
    assert made("", "2027-02-02 23:59:59") == "2027-02-02 23:59:59"


def test_r14_a_blackout_closes_no_flight() -> None:
    """R14: a blackout closes personal channels, not mass media."""
    text = f"{HOUSE} campaign c {{ starts: 2027-02-04 flow {{ show tv hello for 3w }} }}"
    told = story(text, start="2027-01-04 00:00", plan={"calendar": "house"})
    assert [touch[0] for touch in told.touches] == ["2027-02-04 00:00"]


def test_r14_all_together() -> None:
    """R14: the first moment that hours, days, quiet hours and blackouts all leave open."""
    # Wednesday 3 to Friday 5 blackout; Saturday 6 and Sunday 7 no workdays; Monday 8, hours from 09:00, quiet to 10:00.
    channel = "hours: 09:00 .. 17:00  days: workdays  quiet: 08:00 .. 10:00"
    assert made(channel, "2027-02-02 17:30") == "2027-02-08 10:00"


def test_r14_on_the_persons_clock() -> None:
    """R14, R8: windows are the person's: 08:00 in Copenhagen is 02:00 in New York."""
    assert made("hours: 09:00 .. 17:00", "2027-02-01 08:00", person={"timezone": "America/New_York"}) == (
        "2027-02-01 09:00"
    )


def test_r14_a_blackout_day_is_a_day_on_the_persons_clock() -> None:
    """R14, R8: 3 February 00:00 in Copenhagen is still the 2nd, 18:00, in New York."""
    assert made("", "2027-02-03 00:00", person={"timezone": "America/New_York"}) == "2027-02-02 18:00"


def test_r14_the_window_follows_daylight_saving() -> None:
    """R14, R10: hours that begin in the skipped hour begin at 03:00."""
    assert made("hours: 02:30 .. 05:00", "2027-03-28 01:00") == "2027-03-28 03:00"


RULE = """
rule lunch { COORDINATES quiet: 12:00 .. 13:00 }
channel kid: plain {}
campaign c { flow { send CHANNEL hello } }
"""


@pytest.mark.parametrize(
    ("coordinates", "channel", "expected"),
    [
        ("", "plain", "2027-02-01 13:00"),
        ("phase: first", "plain", "2027-02-01 13:00"),
        ("phase: second", "plain", "2027-02-01 12:30"),
        ("channel: plain", "plain", "2027-02-01 13:00"),
        ("channel: other", "plain", "2027-02-01 12:30"),
        # A rule covers channels that start from the named ones.
        ("channel: plain", "kid", "2027-02-01 13:00"),
        ('when: has(tier) and tier == "gold"', "plain", "2027-02-01 13:00"),
        ('when: has(tier) and tier == "tin"', "plain", "2027-02-01 12:30"),
    ],
)
def test_r14_quiet_hours_of_a_rule(coordinates: str, channel: str, expected: str) -> None:
    """R14, language: a rule's `quiet` holds at its coordinates."""
    text = RULE.replace("COORDINATES", coordinates).replace("CHANNEL", channel)
    assert story(text, [{"id": "per", "tier": "gold"}], start="2027-02-01 12:30").sent == [(expected, "hello")]
