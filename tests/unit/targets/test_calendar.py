"""The calendar, read back by others: icalendar for the entries, recurring-ical-events for what comes again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import icalendar
import pytest
import recurring_ical_events

from gridlang.schedule import clock
from gridlang.schedule import model as m
from gridlang.schedule import steps as s
from gridlang.schedule.expressions import Value
from gridlang.targets.calendar import TARGET, CalendarOptions
from tests.unit.schedule import sample

DATE = dt.date


def text(schedule: m.Schedule) -> bytes:
    file, *_ = TARGET.files(schedule).value
    assert file.path == "calendar.ics"
    return file.content


def of_team(team: str, **options: Any) -> Any:
    """A team's calendar in the sample."""
    files = {file.path: file.content for file in TARGET.files(sample.schedule(), CalendarOptions(**options)).value}
    return icalendar.Calendar.from_ical(files[f"calendar_{team}.ics"])


def read(schedule: m.Schedule) -> Any:
    return icalendar.Calendar.from_ical(text(schedule))


def entries(schedule: m.Schedule, kind: str = "VEVENT") -> dict[str, tuple[dt.date, dt.date]]:
    """First and last day by summary."""
    found = {}
    for each in read(schedule).walk(kind):
        if kind == "VTODO":
            found[str(each["summary"])] = (each["due"].dt, each["due"].dt)
        else:
            first = each["dtstart"].dt
            end = each["dtend"].dt - dt.timedelta(days=1) if "dtend" in each else first
            found[str(each["summary"])] = (first, end)
    return found


def days(first: str, last: str) -> tuple[dt.date, dt.date]:
    return DATE.fromisoformat(first), DATE.fromisoformat(last)


def with_series(every: str, first: str, at: str = "03:30", zone: str = "Europe/Copenhagen") -> m.Schedule:
    """The sample with one campaign: a mail every so often from a date on."""
    schedule = sample.schedule()
    repeat = s.Repeat(id="repeat:1", place=99, every=every, body="send", body_steps=("send",), at=at, start=first)
    send = s.Send(id="send", place=100, channels=("email",), message="news")
    loyalty = attrs.evolve(sample.campaign(schedule, "loyalty"), steps=(repeat, send))
    return attrs.evolve(schedule, campaigns=(loyalty,), plan=attrs.evolve(schedule.plan, timezone=zone))


def turns(schedule: m.Schedule) -> list[dt.datetime]:
    """Every moment of the series as a calendar program sees it."""
    found = recurring_ical_events.of(read(schedule)).between(DATE(2026, 1, 1), DATE(2029, 1, 1))
    moments = [each["dtstart"].dt for each in found if isinstance(each["dtstart"].dt, dt.datetime)]
    return sorted(moments)


def test_the_period_flights_and_days_stand_there() -> None:
    found = entries(sample.schedule())
    assert found["Familiebil 2027"] == days("2027-01-04", "2027-12-31")
    assert found["TV: Drømmen om weekenden"] == days("2027-03-01", "2027-03-21")
    assert found["Presse: Drømmen om weekenden"] == days("2027-03-01", "2027-03-14")
    assert found["Facebook: Plakaten"] == days("2027-03-01", "2027-03-10")
    assert found["Langfredag"] == days("2027-03-26", "2027-03-26")
    assert found["Ingen bliver kontaktet: Sommerferie"] == days("2027-07-12", "2027-07-18")
    assert found["Lukket: Juleaften"] == days("2027-12-24", "2027-12-24")
    assert found["Åbent: Åbent hus"] == days("2027-11-27", "2027-11-27")
    assert found["open house"] == days("2027-11-27", "2027-11-27")
    assert "Nytårsdag" not in found, "it lies before the period"


def test_dated_work_is_both_a_todo_and_an_event() -> None:
    todos, events = entries(sample.schedule(), "VTODO"), entries(sample.schedule())
    assert todos["Bestil TV: Drømmen om weekenden"] == days("2027-01-18", "2027-01-18")
    assert todos["Skriv: Plakaten"] == days("2027-02-26", "2027-02-26")
    assert todos.items() <= events.items()


def test_a_campaign_with_a_date_of_its_own_starts_there() -> None:
    schedule = sample.schedule()
    starts = m.Starts(place=81, date=Value("DateTime", "2027-05-03T08:00:00"))
    closing = attrs.evolve(sample.campaign(schedule, "close_the_sale"), starts=starts)
    found = entries(attrs.evolve(schedule, campaigns=(closing,)))
    assert found["Salg begynder"] == days("2027-05-03", "2027-05-03")


def test_a_series_keeps_its_wall_clock_over_daylight_saving() -> None:
    found = turns(sample.schedule())
    assert [moment.strftime("%m-%d %H:%M") for moment in found[:3]] == ["02-02 10:00", "03-02 10:00", "03-30 10:00"]
    assert {moment.hour for moment in found} == {10}
    assert [int(moment.timestamp()) for moment in found] == [
        clock.moment(dt.datetime(2027, 2, 2, 10) + dt.timedelta(weeks=4 * turn), "Europe/Copenhagen")
        for turn in range(len(found))
    ]
    assert len(found) == 12


@pytest.mark.parametrize(
    ("every", "first", "expected"),
    [
        # A rule would skip the months without a 31st.
        ("1mo", "2027-01-31", ["01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30", "10-31",
                               "11-30", "12-31"]),
        ("3mo", "2027-02-15", ["02-15", "05-15", "08-15", "11-15"]),
        # Skærtorsdag to 2. påskedag are no working days: from Wednesday 24 March to Wednesday 31 March in two.
        ("2 workdays", "2027-12-20", ["12-20", "12-22", "12-27", "12-29", "12-31"]),
        ("1y", "2027-06-01", ["06-01"]),
    ],
)  # fmt: skip
def test_series_by_the_plans_own_reckoning(every: str, first: str, expected: list[str]) -> None:
    assert [moment.strftime("%m-%d") for moment in turns(with_series(every, first))] == expected


@pytest.mark.parametrize("zone", ["Europe/Copenhagen", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_the_zones_rules_are_right_for_a_reader_without_its_own(zone: str) -> None:
    """The zone under a name nobody knows: the reader has to take the VTIMEZONE, hour by hour."""
    written = text(with_series("1d", "2027-01-05", zone=zone)).replace(zone.encode(), f"Nobody/{zone[:4]}".encode())
    timezone = icalendar.Calendar.from_ical(written).timezones[0].to_tz()
    for moment in range(clock.midnight(DATE(2027, 1, 4), zone), clock.midnight(DATE(2028, 1, 1), zone), 3600):
        local = clock.local(moment, zone)
        if clock.moment(local, zone) == moment:
            assert local.replace(tzinfo=timezone).utcoffset() == dt.timedelta(seconds=clock.offset(moment, zone)), local


def test_the_form_is_that_of_the_standard() -> None:
    written = text(sample.schedule())
    lines = written.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    calendar = read(sample.schedule())
    assert calendar["version"] == "2.0"
    assert calendar["prodid"].startswith("-//gridlang//")
    assert not calendar.errors
    assert calendar.get_missing_tzids() == set()
    for each in (*calendar.walk("VEVENT"), *calendar.walk("VTODO")):
        assert not each.errors
        assert each["dtstamp"].dt == dt.datetime(2027, 1, 4, tzinfo=dt.UTC)
    uids = [str(each["uid"]) for each in (*calendar.walk("VEVENT"), *calendar.walk("VTODO"))]
    assert len(uids) == len(set(uids))


def test_a_plan_on_utc_needs_no_zone() -> None:
    schedule = with_series("4w", "2027-02-02", zone="UTC")
    assert b"VTIMEZONE" not in text(schedule)
    assert turns(schedule)[1] == dt.datetime(2027, 3, 2, 3, 30, tzinfo=dt.UTC)


def test_the_same_bytes_and_ids_that_outlive_other_edits() -> None:
    assert text(sample.schedule()) == text(sample.schedule())
    schedule = sample.schedule()
    renamed = attrs.evolve(schedule, plan=attrs.evolve(schedule.plan, title="Bil", starts="2027-01-11", locale="en"))
    ids = [{str(each["uid"]) for each in read(plan).walk("VEVENT")} for plan in (schedule, renamed)]
    assert ids[0] == ids[1]


def test_danish_and_english_and_texts_that_try_to_break_out() -> None:
    schedule = sample.schedule()
    english = attrs.evolve(schedule, plan=attrs.evolve(schedule.plan, locale="en", title="A, b; c\nEND:VCALENDAR\x07"))
    found = entries(english)
    assert "Nobody is contacted: Sommerferie" in found
    assert "Book TV: Drømmen om weekenden" in found
    assert found["A, b; c\nEND:VCALENDAR"] == days("2027-01-04", "2027-12-31")


def test_a_team_has_its_own_work_and_what_everybody_shares() -> None:
    files = [file.path for file in TARGET.files(sample.schedule()).value]
    assert files == ["calendar.ics", "calendar_marketing.ics"], "sales_desk owns no campaign"
    mine = of_team("marketing")
    assert str(mine["name"]).endswith(": marketing")
    everything = {str(each["uid"]) for each in read(sample.schedule()).walk() if "uid" in each}
    own = {str(each["uid"]) for each in mine.walk() if "uid" in each}
    assert own < everything, "one id in both calendars: who takes both has each entry once"
    assert {str(each["summary"]) for each in mine.walk("VTODO")}
    holidays = {str(each["summary"]) for each in mine.walk("VEVENT") if str(each["categories"].cats[0]) == "Helligdag"}
    assert len(holidays) > 5
    assert [file.path for file in TARGET.files(sample.schedule(), CalendarOptions(teams=False)).value] == files[:1]


@pytest.mark.parametrize(
    ("work", "todos", "events"), [("both", True, True), ("events", False, True), ("todos", True, False)]
)
def test_work_in_the_form_that_a_program_reads(work: Any, todos: bool, events: bool) -> None:
    made = of_team("marketing", work=work)
    assert bool(made.walk("VTODO")) is todos
    named = {str(each["uid"]).removesuffix("@gridlang") for each in made.walk("VEVENT")}
    asked = {str(each["uid"]).removesuffix("-todo@gridlang") for each in of_team("marketing").walk("VTODO")}
    assert (asked <= named) is events
    assert made.walk("VEVENT"), "days off and flights are no work"


def test_every_entry_says_where_it_comes_from() -> None:
    schedule = sample.schedule()
    for each in read(schedule).walk():
        if each.name in ("VEVENT", "VTODO"):
            file, _, line = str(each["x-gridlang-source"]).rpartition(":")
            declaration = str(each["x-gridlang-declaration"])
            assert any((at.file, str(at.line), at.declaration) == (file, line, declaration) for at in schedule.places)
