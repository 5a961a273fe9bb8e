"""When channels and teams are open, by dates worked out by hand and by looking at every minute (R14)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridlang.quantities import Duration
from gridlang.schedule import clock
from gridlang.schedule.clock import WorkCalendar
from gridlang.schedule.model import Calendar, Days, Hours, Stretch
from gridlang.schedule.windows import Link, add_open, next_open
from tests.unit.schedule import sample

COPENHAGEN = "Europe/Copenhagen"
DENMARK = WorkCalendar(sample.schedule().calendar)
WORKDAYS = Days(workdays=True, weekdays=(), place=2)
HOUR = 3600


def at(text: str, zone: str = COPENHAGEN) -> int:
    return clock.moment(dt.datetime.fromisoformat(text), zone)


def shown(moment: int, zone: str = COPENHAGEN) -> str:
    return f"{clock.local(moment, zone):%Y-%m-%d %H:%M}"


def hours(text: str, place: int = 1) -> tuple[Hours, ...]:
    return tuple(Hours(start=each.split("-")[0], end=each.split("-")[1], place=place) for each in text.split())


def opens(
    ready: str, open_hours: str = "", days: Days | None = None, quiet: str = "", blackouts: bool = True
) -> tuple[str, tuple[Link, ...]]:
    found = next_open(at(ready), COPENHAGEN, hours(open_hours), days, hours(quiet, 3), DENMARK, blackouts=blackouts)
    assert found is not None
    assert at(ready) + sum(delay for _, _, delay in found[1]) == found[0]
    return shown(found[0]), found[1]


def test_open_is_now() -> None:
    assert opens("2027-02-01 10:00", "09:00-17:00", WORKDAYS, "20:00-08:00") == ("2027-02-01 10:00", ())
    assert opens("2027-02-01 03:00") == ("2027-02-01 03:00", ())


def test_before_and_after_hours_and_the_end_is_excluded() -> None:
    assert opens("2027-02-01 08:30", "09:00-17:00") == ("2027-02-01 09:00", (("hours", 1, HOUR // 2),))
    assert opens("2027-02-01 16:59:59", "09:00-17:00")[1] == ()
    assert opens("2027-02-01 17:00", "09:00-17:00") == ("2027-02-02 09:00", (("hours", 1, 16 * HOUR),))
    assert opens("2027-02-01 12:30", "09:00-12:00 13:00-17:00") == ("2027-02-01 13:00", (("hours", 1, HOUR // 2),))


def test_quiet_over_midnight() -> None:
    assert opens("2027-01-11 21:10", quiet="20:00-08:00") == ("2027-01-12 08:00", (("quiet", 3, 650 * 60),))
    assert opens("2027-01-12 03:00", quiet="22:00-06:00") == ("2027-01-12 06:00", (("quiet", 3, 3 * HOUR),))
    assert opens("2027-01-12 06:00", quiet="22:00-06:00")[1] == ()
    assert opens("2027-01-12 22:00", quiet="22:00-24:00") == ("2027-01-13 00:00", (("quiet", 3, 2 * HOUR),))


def test_quiet_in_the_night_of_the_longer_and_the_shorter_day() -> None:
    # 22:00 to 06:00 takes 7 hours on 28 March and 9 hours on 31 October 2027.
    assert opens("2027-03-27 22:00", quiet="22:00-06:00") == ("2027-03-28 06:00", (("quiet", 3, 7 * HOUR),))
    assert opens("2027-10-30 22:00", quiet="22:00-06:00") == ("2027-10-31 06:00", (("quiet", 3, 9 * HOUR),))
    # A quiet that begins and ends inside the hour that is skipped is none.
    assert opens("2027-03-28 01:59:59", quiet="02:10-02:50")[1] == ()


def test_the_worked_example_waits_from_saturday_to_monday() -> None:
    desk = opens("2027-02-06 09:00", "09:00-17:00", WORKDAYS)
    assert desk == ("2027-02-08 09:00", (("days", 2, 39 * HOUR), ("hours", 1, 9 * HOUR)))


def test_workdays_over_easter() -> None:
    assert opens("2027-03-24 17:30", "09:00-17:00", WORKDAYS)[0] == "2027-03-30 09:00"
    assert opens("2027-03-27 10:00", "", WORKDAYS)[0] == "2027-03-30 00:00"
    # A holiday closes nothing that does not ask for workdays.
    weekdays = Days(workdays=False, weekdays=(0, 1, 2, 3, 4), place=2)
    assert opens("2027-03-26 10:00", "09:00-17:00", weekdays)[1] == ()


def test_hours_over_midnight_belong_to_the_day_they_start() -> None:
    fridays = Days(workdays=False, weekdays=(4,), place=2)
    assert opens("2027-02-06 03:00", "22:00-06:00", fridays)[1] == ()
    assert opens("2027-02-06 06:00", "22:00-06:00", fridays)[0] == "2027-02-12 22:00"
    # The first hours of Friday are Thursday's.
    assert opens("2027-02-05 03:00", "22:00-06:00", fridays) == ("2027-02-05 22:00", (("hours", 1, 19 * HOUR),))


def test_a_blackout_closes_its_dates() -> None:
    assert opens("2027-07-12 00:00") == ("2027-07-19 00:00", (("blackout", 58, 7 * 24 * HOUR),))
    assert opens("2027-07-11 23:59:59")[1] == ()
    assert opens("2027-07-15 12:00", blackouts=False)[1] == ()
    # A night's hours that run into it are cut.
    assert opens("2027-07-12 01:00", "22:00-06:00")[0] == "2027-07-19 00:00"


def test_one_rule_moves_it_into_another() -> None:
    found, links = opens("2027-07-17 10:00", "09:00-17:00", WORKDAYS, "08:00-11:00")
    assert found == "2027-07-19 11:00"
    assert [(word, place) for word, place, _ in links] == [("blackout", 58), ("hours", 1), ("quiet", 3)]


def test_what_never_opens_is_none() -> None:
    never = Days(workdays=False, weekdays=(), place=2)
    closed = WorkCalendar(
        Calendar(name="shut", place=0, blackout=(Stretch(start="2027-01-01", end="2029-01-01", name=None, place=9),))
    )
    ready = at("2027-02-01 10:00")
    assert next_open(ready, COPENHAGEN, (), never, (), DENMARK, blackouts=True) is None
    assert next_open(ready, COPENHAGEN, hours("09:00-17:00"), never, (), DENMARK, blackouts=True) is None
    assert next_open(ready, COPENHAGEN, (), None, hours("08:00-20:00 20:00-08:00"), DENMARK, blackouts=True) is None
    assert (
        next_open(ready, COPENHAGEN, hours("09:00-17:00"), None, hours("08:00-18:00"), DENMARK, blackouts=True) is None
    )
    assert next_open(ready, COPENHAGEN, (), None, (), closed, blackouts=True) is None
    assert next_open(ready, COPENHAGEN, (), None, hours("00:00-24:00"), DENMARK, blackouts=True) is None


def test_a_day_a_year_away_is_found() -> None:
    once = WorkCalendar(
        Calendar(
            name="once",
            place=0,
            weekend=(0, 1, 2, 3, 4, 5, 6),
            open=(Stretch(start="2028-02-01", end="2028-02-01", name=None, place=0),),
        )
    )
    found = next_open(at("2027-02-02 10:00"), COPENHAGEN, hours("09:00-17:00"), WORKDAYS, (), once, blackouts=True)
    assert found is not None
    assert shown(found[0]) == "2028-02-01 09:00"


@pytest.mark.parametrize(
    ("handed_out", "due", "expected"),
    [
        ("2027-02-08 09:00", "2 workdays", "2027-02-10 09:00"),
        ("2027-02-08 16:00", "4h", "2027-02-09 12:00"),
        ("2027-02-12 16:30", "90min", "2027-02-15 10:00"),
        ("2027-02-08 09:00", "8h", "2027-02-08 17:00"),
        ("2027-02-08 09:00", "5d", "2027-02-15 09:00"),
        ("2027-03-24 16:00", "1 workday", "2027-03-30 16:00"),
    ],
)
def test_r18_due_in_the_teams_working_time(handed_out: str, due: str, expected: str) -> None:
    found = add_open(at(handed_out), Duration.parse(due), COPENHAGEN, hours("09:00-17:00"), WORKDAYS, DENMARK)
    assert found is not None
    assert shown(found) == expected


def test_r18_a_team_without_hours() -> None:
    always = add_open(at("2027-02-06 23:00"), Duration(4, "h"), COPENHAGEN, (), None, DENMARK)
    assert always == at("2027-02-07 03:00")
    on_workdays = add_open(at("2027-02-05 23:00"), Duration(4, "h"), COPENHAGEN, (), WORKDAYS, DENMARK)
    assert on_workdays == at("2027-02-08 03:00")
    never = Days(workdays=False, weekdays=(), place=2)
    assert add_open(at("2027-02-05 23:00"), Duration(4, "h"), COPENHAGEN, (), never, DENMARK) is None


# --- laws -------------------------------------------------------------------------------------------------------------

TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30]))
HOURS = st.lists(st.tuples(TIMES, st.one_of(TIMES, st.just("24:00"))), max_size=2).map(
    lambda found: tuple(Hours(start=start, end=end, place=1) for start, end in found if start != end)
)
DAYS = st.one_of(
    st.none(),
    st.just(WORKDAYS),
    st.sets(st.integers(0, 6), min_size=1).map(
        lambda found: Days(workdays=False, weekdays=tuple(sorted(found)), place=2)
    ),
)
ZONES = st.sampled_from([COPENHAGEN, "America/New_York", "Australia/Lord_Howe", "UTC"])
# Around the changes of the clocks, Easter and the blackout.
NEAR = st.sampled_from(
    ["2027-03-27 12:00", "2027-03-14 00:00", "2027-04-03 20:00", "2027-10-30 12:00", "2027-11-06 20:00",
     "2027-10-02 12:00", "2027-07-11 12:00", "2027-05-10 12:00"]
)  # fmt: skip


def minute_of(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def stands_open(
    moment: int, zone: str, open_hours: tuple[Hours, ...], days: Days | None, quiet: tuple[Hours, ...]
) -> bool:
    """R14 said again in wall clocks; only for moments away from an hour that occurs twice."""
    now = clock.local(moment, zone)
    minute = now.hour * 60 + now.minute

    def covers(window: Hours, starting: dt.date) -> bool:
        since = minute + (now.date() - starting).days * 1440
        end = minute_of(window.end) + (1440 if minute_of(window.end) < minute_of(window.start) else 0)
        return minute_of(window.start) <= since < end

    def worked(day: dt.date) -> bool:
        if days is None:
            return True
        return DENMARK.is_workday(day) if days.workdays else day.weekday() in days.weekdays

    near = (now.date(), now.date() - dt.timedelta(days=1))
    if DENMARK.blackout(now.date()) or any(covers(each, day) for each in quiet for day in near):
        return False
    if not open_hours:
        return worked(now.date())
    return any(covers(each, day) and worked(day) for each in open_hours for day in near)


def occurs_twice(moment: int, zone: str) -> bool:
    """Within two hours of a clock set back, where R10 decides what wall clocks cannot tell."""
    return clock.offset(moment - 2 * HOUR, zone) > clock.offset(moment + 2 * HOUR, zone)


@settings(deadline=None, max_examples=150)
@given(NEAR, st.integers(0, 2000), ZONES, HOURS, DAYS, HOURS)
def test_it_opens_at_the_first_open_minute(
    near: str, minutes: int, zone: str, open_hours: tuple[Hours, ...], days: Days | None, quiet: tuple[Hours, ...]
) -> None:
    ready = at(near, zone) + minutes * 60
    found = next_open(ready, zone, open_hours, days, quiet, DENMARK, blackouts=True)
    until = ready + 14 * 86_400 if found is None else min(found[0], ready + 14 * 86_400)
    for moment in range(ready, until, 60):
        assert occurs_twice(moment, zone) or not stands_open(moment, zone, open_hours, days, quiet)
    if found is not None:
        assert occurs_twice(found[0], zone) or stands_open(found[0], zone, open_hours, days, quiet)
        assert next_open(found[0], zone, open_hours, days, quiet, DENMARK, blackouts=True) == (found[0], ())
        assert ready + sum(delay for _, _, delay in found[1]) == found[0]
        assert all(delay > 0 for _, _, delay in found[1])
