"""The clock by dates worked out by hand, and by laws (R8 to R11)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridlang.quantities import Duration
from gridlang.schedule import clock
from gridlang.schedule.clock import WorkCalendar
from gridlang.schedule.model import Calendar, Holiday, Stretch
from tests.unit.schedule import sample

COPENHAGEN, NEW_YORK, LORD_HOWE = "Europe/Copenhagen", "America/New_York", "Australia/Lord_Howe"
DENMARK = WorkCalendar(sample.schedule().calendar)


def utc(text: str) -> int:
    return int(dt.datetime.fromisoformat(text + "+00:00").timestamp())


def wall(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def span(text: str) -> Duration:
    return Duration.parse(text)


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        # An ordinary winter and summer day.
        (COPENHAGEN, "2027-02-01 09:00", "2027-02-01 08:00"),
        (COPENHAGEN, "2027-07-01 09:00", "2027-07-01 07:00"),
        # 28 March 2027: 02:00 becomes 03:00 at 01:00 UTC. All that is skipped is 03:00.
        (COPENHAGEN, "2027-03-28 01:59:59", "2027-03-28 00:59:59"),
        (COPENHAGEN, "2027-03-28 02:00", "2027-03-28 01:00"),
        (COPENHAGEN, "2027-03-28 02:30", "2027-03-28 01:00"),
        (COPENHAGEN, "2027-03-28 02:59:59", "2027-03-28 01:00"),
        (COPENHAGEN, "2027-03-28 03:00", "2027-03-28 01:00"),
        # 31 October 2027: 03:00 becomes 02:00 at 01:00 UTC. The first 02:30 counts.
        (COPENHAGEN, "2027-10-31 02:00", "2027-10-31 00:00"),
        (COPENHAGEN, "2027-10-31 02:30", "2027-10-31 00:30"),
        (COPENHAGEN, "2027-10-31 03:00", "2027-10-31 02:00"),
        # 14 March and 7 November 2027.
        (NEW_YORK, "2027-03-14 02:30", "2027-03-14 07:00"),
        (NEW_YORK, "2027-03-14 03:00", "2027-03-14 07:00"),
        (NEW_YORK, "2027-11-07 01:30", "2027-11-07 05:30"),
        (NEW_YORK, "2027-11-07 02:00", "2027-11-07 07:00"),
        # Half an hour: 3 October 2027 02:00 becomes 02:30 (+10:30 to +11), 4 April 2027 02:00 becomes 01:30.
        (LORD_HOWE, "2027-10-03 02:15", "2027-10-02 15:30"),
        (LORD_HOWE, "2027-10-03 02:30", "2027-10-02 15:30"),
        (LORD_HOWE, "2027-04-04 01:45", "2027-04-03 14:45"),
        (LORD_HOWE, "2027-04-04 02:00", "2027-04-03 15:30"),
        # A day that was skipped whole: Samoa went from 29 to 31 December 2011.
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00"),
    ],
)
def test_r10_a_wall_clock_is_one_moment(zone: str, local: str, expected: str) -> None:
    assert clock.moment(wall(local), zone) == utc(expected)


def test_a_zone_is_known_by_its_exact_name() -> None:
    assert clock.known_zone(COPENHAGEN)
    assert clock.known_zone("UTC")
    for name in ("Europe/Kopenhagen", "europe/copenhagen", "Europe", "", "../zones", "CET+1"):
        assert not clock.known_zone(name), name


def test_every_zone_has_its_rules() -> None:
    for zone in clock.zone_names():
        assert abs(clock.offset(utc("2027-06-01 12:00"), zone)) <= 15 * 3600


def test_r9_hours_are_elapsed_and_days_keep_the_wall_clock() -> None:
    before = clock.moment(wall("2027-03-27 12:00"), COPENHAGEN)
    assert clock.local(clock.add(before, span("24h"), COPENHAGEN, DENMARK), COPENHAGEN) == wall("2027-03-28 13:00")
    assert clock.local(clock.add(before, span("1d"), COPENHAGEN, DENMARK), COPENHAGEN) == wall("2027-03-28 12:00")
    assert clock.add(before, span("90min"), COPENHAGEN, DENMARK) == before + 5400


@pytest.mark.parametrize(
    ("start", "duration", "times", "expected"),
    [
        ("2027-01-31 08:00", "1mo", 1, "2027-02-28 08:00"),
        ("2028-01-31 08:00", "1mo", 1, "2028-02-29 08:00"),
        ("2027-03-31 08:00", "1mo", -1, "2027-02-28 08:00"),
        ("2028-02-29 08:00", "1y", 1, "2029-02-28 08:00"),
        ("2028-02-29 08:00", "4y", 1, "2032-02-29 08:00"),
        ("2027-12-31 08:00", "2mo", 1, "2028-02-29 08:00"),
        # R22a counts turns from the first moment: no drift from 31 January over February to March.
        ("2027-01-31 08:00", "1mo", 2, "2027-03-31 08:00"),
        ("2027-02-01 09:00", "5d", 1, "2027-02-06 09:00"),
        ("2027-02-01 09:00", "4w", 3, "2027-04-26 09:00"),
        # Into the gap of 28 March.
        ("2027-03-27 02:30", "1d", 1, "2027-03-28 03:00"),
        ("2027-02-01 09:00", "60d", 0, "2027-02-01 09:00"),
    ],
)
def test_r9_on_the_calendar(start: str, duration: str, times: int, expected: str) -> None:
    begin = clock.moment(wall(start), COPENHAGEN)
    found = clock.add(begin, span(duration), COPENHAGEN, DENMARK, times)
    assert clock.local(found, COPENHAGEN) == wall(expected)


def test_nothing_added_stays_in_the_second_of_two_equal_hours() -> None:
    second = clock.moment(wall("2027-10-31 02:30"), COPENHAGEN) + 3600
    assert clock.local(second, COPENHAGEN) == wall("2027-10-31 02:30")
    assert clock.add(second, span("0d"), COPENHAGEN, DENMARK) == second
    assert clock.add(second, span("1d"), COPENHAGEN, DENMARK, times=0) == second


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        # Easter 2027 in Denmark: closed from Thursday 25 to Monday 29 March.
        ("2027-03-23", 1, "2027-03-24"),
        ("2027-03-24", 1, "2027-03-30"),
        ("2027-03-24", 2, "2027-03-31"),
        ("2027-03-27", 1, "2027-03-30"),
        ("2027-03-30", -1, "2027-03-24"),
        # R9: Saturday + 2 is Tuesday.
        ("2027-02-06", 2, "2027-02-09"),
        ("2027-02-08", 2, "2027-02-10"),
        # Christmas Eve is closed by the house; Sunday 26 December is a holiday already.
        ("2027-12-23", 1, "2027-12-27"),
        # Saturday 27 November is in `open`.
        ("2027-11-26", 1, "2027-11-27"),
        ("2027-11-26", 2, "2027-11-29"),
        ("2027-02-06", 0, "2027-02-06"),
    ],
)
def test_r9_workdays_in_denmark(start: str, n: int, expected: str) -> None:
    assert DENMARK.add_workdays(dt.date.fromisoformat(start), n) == dt.date.fromisoformat(expected)


def test_open_wins_over_a_holiday_and_a_weekend() -> None:
    calendar = WorkCalendar(
        Calendar(
            name="shop",
            place=0,
            holidays=(Holiday(date="2027-05-06", name="Kristi himmelfartsdag"),),
            open=(Stretch(start="2027-05-06", end="2027-05-08", name=None, place=0),),
        )
    )
    assert [calendar.is_workday(dt.date(2027, 5, day)) for day in (6, 7, 8, 9)] == [True, True, True, False]


def test_a_calendar_without_workdays_never_comes_to_one() -> None:
    never = WorkCalendar(Calendar(name="never", place=0, weekend=(0, 1, 2, 3, 4, 5, 6)))
    assert never.add_workdays(dt.date(2027, 1, 1), 1) == dt.date.max
    assert never.add_workdays(dt.date(2027, 1, 1), -1) == dt.date.min


def test_dates_that_mean_never_stay_on_the_last_day() -> None:
    for zone in (COPENHAGEN, NEW_YORK, "Pacific/Kiritimati"):
        never = clock.moment(wall("9999-12-31 00:00"), zone)
        for duration in ("1d", "4w", "1mo", "3y", "2 workdays", "40h"):
            later = clock.add(never, span(duration), zone, DENMARK)
            assert clock.local(later, zone).year == 9999
        assert clock.next_time(never, dt.time(9), zone) >= never
    assert clock.shift_date(dt.date.max, span("1000000d"), 1, DENMARK) == dt.date.max
    assert clock.shift_date(dt.date.min, span("1y"), -1, DENMARK) == dt.date.min
    assert clock.shift_date(wall("9999-12-31 23:00"), span("5h"), 1, DENMARK) == wall("9999-12-31 23:00")


def test_dates_shift_without_a_clock() -> None:
    assert clock.shift_date(dt.date(2027, 6, 30), span("120d"), -1, DENMARK) == dt.date(2027, 3, 2)
    assert clock.shift_date(dt.date(2027, 8, 31), span("6mo"), 1, DENMARK) == dt.date(2028, 2, 29)
    assert clock.shift_date(wall("2027-08-31 10:00"), span("2 workdays"), 1, DENMARK) == wall("2027-09-02 10:00")
    assert clock.shift_date(dt.date(2027, 6, 30), span("36h"), -1, DENMARK) == wall("2027-06-28 12:00")
    assert clock.shift_date(wall("2027-06-30 10:00"), span("30min"), 1, DENMARK) == wall("2027-06-30 10:30")


@pytest.mark.parametrize(
    ("ready", "time", "expected"),
    [
        ("2027-02-01 08:00", "09:00", "2027-02-01 09:00"),
        ("2027-02-01 09:00", "09:00", "2027-02-01 09:00"),
        ("2027-02-01 09:00:01", "09:00", "2027-02-02 09:00"),
        ("2027-04-09 10:30", "09:00", "2027-04-10 09:00"),
        ("2027-03-28 01:00", "02:30", "2027-03-28 03:00"),
    ],
)
def test_r11_the_next_time_of_day(ready: str, time: str, expected: str) -> None:
    found = clock.next_time(clock.moment(wall(ready), COPENHAGEN), dt.time.fromisoformat(time), COPENHAGEN)
    assert clock.local(found, COPENHAGEN) == wall(expected)


def test_r11_in_the_second_of_two_equal_hours_today_is_over() -> None:
    second = clock.moment(wall("2027-10-31 02:10"), COPENHAGEN) + 3600
    found = clock.next_time(second, dt.time(2, 30), COPENHAGEN)
    assert clock.local(found, COPENHAGEN) == wall("2027-11-01 02:30")


# --- laws -------------------------------------------------------------------------------------------------------------

ZONES = st.sampled_from([COPENHAGEN, NEW_YORK, LORD_HOWE, "UTC", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns"])
# Half of them near a change of the clocks, where mistakes live.
CHANGES = [utc("2027-03-28 01:00"), utc("2027-10-31 01:00"), utc("2027-03-14 07:00"), utc("2027-11-07 06:00")]
CHANGES += [utc("2027-10-02 15:30"), utc("2027-04-03 15:00"), utc("2011-12-30 10:00")]
MOMENTS = st.one_of(
    st.integers(0, utc("2060-01-01 00:00")),
    st.builds(int.__add__, st.sampled_from(CHANGES), st.integers(-100_000, 100_000)),
)
DURATIONS = st.builds(Duration, st.integers(0, 50), st.sampled_from(["min", "h", "d", "w", "mo", "y", "workdays"]))


@given(MOMENTS, ZONES)
def test_a_wall_clock_read_back_is_the_moment_or_its_first_twin(moment: int, zone: str) -> None:
    again = clock.moment(clock.local(moment, zone), zone)
    assert again == moment or (again < moment and clock.local(again, zone) == clock.local(moment, zone))


@given(MOMENTS, ZONES)
def test_the_clock_says_what_zoneinfo_says(moment: int, zone: str) -> None:
    at = dt.datetime.fromtimestamp(moment, clock.zone_info(zone))
    assert clock.local(moment, zone) == at.replace(tzinfo=None, fold=0)


@given(MOMENTS, ZONES, DURATIONS, st.integers(-20, 20), st.integers(-20, 20))
def test_more_of_a_duration_is_never_earlier(moment: int, zone: str, duration: Duration, one: int, two: int) -> None:
    fewer, more = sorted((one, two))
    if duration.unit in ("min", "h") or clock.moment(clock.local(moment, zone), zone) == moment:
        earlier = clock.add(moment, duration, zone, DENMARK, fewer)
        assert earlier <= clock.add(moment, duration, zone, DENMARK, more)


@given(MOMENTS, MOMENTS, ZONES, DURATIONS)
def test_a_later_wall_clock_stays_later(one: int, two: int, zone: str, duration: Duration) -> None:
    first, then = sorted((one, two))
    if duration.unit in ("min", "h") or clock.local(first, zone) <= clock.local(then, zone):
        added = [clock.add(each, duration, zone, DENMARK) for each in (first, then)]
        if duration.unit in ("workdays", "mo", "y"):  # two days may lead to one: a workday and the holiday after it,
            # the 30th and the 31st; there each keeps its own time of day
            added = [clock.local(each, zone).date().toordinal() for each in added]
        assert duration.amount == 0 or added == sorted(added)


def test_the_next_workday_keeps_the_time_of_day() -> None:
    """From the Wednesday before Easter at 13:00:01 and from Easter Sunday at 13:00:00: Tuesday, in the other order."""
    wednesday, sunday = 1_805_842_801, 1_806_188_400
    found = [clock.add(each, Duration(1, "workdays"), "Europe/Copenhagen", DENMARK) for each in (wednesday, sunday)]
    assert found == [1_806_357_601, 1_806_357_600]


def test_a_month_later_keeps_the_time_of_day() -> None:
    """From the 30th of October at 00:00:01 and from the 31st at 00:00:00: the 30th of November, in the other order."""
    late, early = utc("2027-10-29 22:00") + 1, utc("2027-10-30 22:00")
    found = [clock.add(each, Duration(1, "mo"), "Europe/Copenhagen", DENMARK) for each in (late, early)]
    assert found == [utc("2027-11-29 23:00") + 1, utc("2027-11-29 23:00")]


@given(MOMENTS, ZONES, st.times().map(lambda time: time.replace(microsecond=0)))
def test_the_next_time_is_not_before_and_not_far(moment: int, zone: str, time: dt.time) -> None:
    found = clock.next_time(moment, time, zone)
    assert moment <= found <= moment + 3 * 86_400
    date = clock.local(found, zone).date()
    # A time in a gap may mean a moment of the next day (R10).
    meant = [clock.moment(dt.datetime.combine(day, time), zone) for day in (date, date - dt.timedelta(days=1))]
    assert found in meant
    assert clock.next_time(found, time, zone) == found, "R11 holds again after every postponement"


@pytest.mark.parametrize(
    ("zone", "ready", "time", "expected"),
    [
        # Samoa had no 30 December 2011: its 00:00:01 is the first moment of the 31st.
        ("Pacific/Apia", "2011-12-29 00:00:02", "00:00:01", "2011-12-31 00:00:00"),
        ("Pacific/Apia", "2011-12-31 00:00:00", "00:00:01", "2011-12-31 00:00:00"),
        ("Pacific/Apia", "2011-12-31 00:00:01", "09:00:00", "2011-12-31 09:00:00"),
        # In Nuuk 23:00 becomes 00:00 of the next day.
        ("America/Nuuk", "2027-03-27 22:00:00", "23:30:00", "2027-03-28 00:00:00"),
        ("America/Nuuk", "2027-03-28 00:00:00", "23:30:00", "2027-03-28 00:00:00"),
        ("America/Nuuk", "2027-03-28 00:00:01", "23:30:00", "2027-03-28 23:30:00"),
        ("Europe/Copenhagen", "2027-03-28 00:00:00", "00:00:00", "2027-03-28 00:00:00"),
    ],
)
def test_a_time_in_a_gap_that_ends_on_another_day(zone: str, ready: str, time: str, expected: str) -> None:
    moment = clock.moment(dt.datetime.fromisoformat(ready), zone)
    found = clock.next_time(moment, dt.time.fromisoformat(time), zone)
    assert clock.local(found, zone) == dt.datetime.fromisoformat(expected)


@given(st.dates(dt.date(2026, 12, 1), dt.date(2028, 1, 31)), st.integers(1, 30))
def test_workdays_forth_and_back(date: dt.date, n: int) -> None:
    there = DENMARK.add_workdays(date, n)
    between = [dt.date.fromordinal(day) for day in range(date.toordinal() + 1, there.toordinal() + 1)]
    assert sum(DENMARK.is_workday(day) for day in between) == n
    assert DENMARK.is_workday(there)
    if DENMARK.is_workday(date):
        assert DENMARK.add_workdays(there, -n) == date
