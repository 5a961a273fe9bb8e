"""What stands in the calendar: entries with their days and words, before they take a format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from gridlang.schedule.clock import WorkCalendar
from gridlang.schedule.model import Campaign, Schedule, Stretch
from gridlang.targets.calendar.series import Series, series
from gridlang.targets.views.work import dated_work, numbered, stable_id
from gridlang.targets.views.year import Flight, constant
from gridlang.targets.words import Words, quantities, steps
from gridlang.targets.words import work as work_words
from gridlang.targets.words.names import Names


@attrs.frozen(kw_only=True)
class Entry:
    """One thing in the calendar.

    `first` and `last` are whole days, `last` included, or local moments of the plan's clock (`series` says how they
    come again). `work`: somebody has to do it by `last`. `busy`: it takes somebody's time; a holiday does not.
    `team` owns it; what everybody shares (the period, days off) has `shared`. `place` is where the plan says it.
    """

    id: str
    place: int
    first: dt.date | dt.datetime
    last: dt.date | dt.datetime
    summary: str
    category: str
    details: tuple[str, ...] = ()
    series: Series | None = None
    work: bool = False
    busy: bool = False
    team: str | None = None
    shared: bool = False


def entries(schedule: Schedule, words: Words) -> tuple[Entry, ...]:
    """The period, flights, starts, series, days off, and dated work; each in the order of the plan."""
    names = Names(schedule, words)
    return (
        _period(names),
        *_flights(names),
        *_starts(names),
        *_series(names),
        *_days_off(names),
        *_work(names),
    )


def of_team(schedule: Schedule, found: Iterable[Entry], team: str) -> tuple[Entry, ...]:
    """What a team does and what everybody shares; nothing for a team that has nothing of its own."""
    kept = tuple(entry for entry in found if entry.shared or entry.team == team)
    return kept if any(entry.team == team for entry in kept) else ()


def _period(names: Names) -> Entry:
    plan = names.schedule.plan
    return Entry(
        id=stable_id(names.schedule, "period"),
        place=plan.place,
        shared=True,
        first=dt.date.fromisoformat(plan.starts),
        last=dt.date.fromisoformat(plan.ends),
        summary=plan.label,
        details=(plan.doc,) if plan.doc else (),
        category=names.words.say("Plan"),
    )


# --- campaigns --------------------------------------------------------------------------------------------------------


def _flights(names: Names) -> Iterator[Entry]:
    for flight, flight_id in numbered(names.schedule):
        channel, message = names.channel(flight.show.channel), names.message(flight.show.message)
        yield Entry(
            id=flight_id,
            place=flight.show.place,
            team=flight.campaign.owner,
            first=flight.first,
            last=flight.last,
            summary=f"{channel}: {message}",
            details=tuple(_about_flight(names, flight)),
            category=names.words.say("Flight"),
        )


def _about_flight(names: Names, flight: Flight) -> Iterator[str]:
    yield from _about_campaign(names, flight.campaign)
    if flight.show.budget:
        money = quantities.money(names.words, flight.show.budget)
        yield names.words.say("Budget: %(money)s", money=money)


def _about_campaign(names: Names, campaign: Campaign) -> Iterator[str]:
    yield names.words.say("Campaign: %(campaign)s", campaign=names.label(campaign))
    doc = names.doc(campaign)
    if doc:
        yield doc


def _starts(names: Names) -> Iterator[Entry]:
    """Campaigns that begin on a date of their own; those of mass media show their flights instead."""
    calendar = WorkCalendar(names.schedule.calendar)
    for campaign in names.schedule.campaigns:
        starts = campaign.starts.date if campaign.starts and not campaign.mass else None
        moment = constant(starts, calendar) if starts is not None else None
        if moment is not None:
            day = moment.date()
            yield Entry(
                id=stable_id(names.schedule, "start", campaign.name),
                place=campaign.starts.place if campaign.starts else campaign.place,
                team=campaign.owner,
                first=day,
                last=day,
                summary=names.words.say("%(campaign)s starts", campaign=names.label(campaign)),
                details=tuple(_about_campaign(names, campaign)),
                category=names.words.say("Start"),
            )


def _series(names: Names) -> Iterator[Entry]:
    """What comes again on dates that the plan fixes (`repeat … from`), on the plan's clock."""
    for campaign, step, found in series(names.schedule):
        inside = [each for each in campaign.steps if each.id == step.body]
        yield Entry(
            id=stable_id(names.schedule, "series", campaign.name, step.id),
            place=step.place,
            team=campaign.owner,
            first=found.first,
            last=found.first,
            summary=": ".join((names.label(campaign), *(steps.title(names, each) for each in inside))),
            details=(*_about_campaign(names, campaign), steps.title(names, step)),
            category=names.words.say("Series"),
            series=found,
        )


# --- days -------------------------------------------------------------------------------------------------------------


def _days_off(names: Names) -> Iterator[Entry]:
    schedule, say = names.schedule, names.words.say
    calendar, plan = schedule.calendar, schedule.plan
    for holiday in calendar.holidays:
        if plan.starts <= holiday.date <= plan.ends:
            yield _day(names, calendar.place, "holiday", (holiday.date, holiday.date), holiday.name, say("Holiday"))
    for kind, stretches, category in (
        ("closed", calendar.closed, say("Closed")),
        ("open", calendar.open, say("Open")),
        ("blackout", calendar.blackout, say("Nobody is contacted")),
    ):
        yield from _stretches(names, kind, stretches, category)
    for name, days in calendar.named.items():
        for day in days:
            if plan.starts <= day <= plan.ends:
                yield _day(names, calendar.place, f"named.{name}", (day, day), name.replace("_", " "), say("Day"))


def _stretches(names: Names, kind: str, stretches: Iterable[Stretch], category: str) -> Iterator[Entry]:
    plan = names.schedule.plan
    for stretch in stretches:
        if stretch.start <= plan.ends and stretch.end >= plan.starts:
            summary = f"{category}: {stretch.name}" if stretch.name else category
            yield _day(names, stretch.place, kind, (stretch.start, stretch.end), summary, category)


def _day(names: Names, place: int, kind: str, days: tuple[str, str], summary: str, category: str) -> Entry:
    return Entry(
        id=stable_id(names.schedule, kind, days[0]),
        place=place,
        shared=True,
        first=dt.date.fromisoformat(days[0]),
        last=dt.date.fromisoformat(days[1]),
        summary=summary,
        category=category,
    )


# --- work -------------------------------------------------------------------------------------------------------------


def _work(names: Names) -> Iterator[Entry]:
    for work in dated_work(names.schedule):
        team = names.team(work.team) if work.team else names.words.say("Nobody yet")
        yield Entry(
            id=stable_id(names.schedule, "work", work.id),
            place=work.place,
            team=work.team,
            first=work.due,
            last=work.due,
            summary=work_words.title(names, work),
            details=(names.words.say("Team: %(team)s", team=team), *work_words.details(names, work)),
            category=team,
            work=True,
            busy=True,
        )
