"""The calendar in tables: flights, campaigns with their days, holidays and the days nothing is sent."""

from __future__ import annotations

import datetime as dt

import attrs

from gridlang.schedule.model import Stretch
from gridlang.targets.pages.told import Chip, Context, MarkView, Where
from gridlang.targets.views.year import Flight, flights, run_of
from gridlang.targets.words import quantities, steps


@attrs.frozen(kw_only=True)
class FlightView:
    """A flight; `late` says that it had to be booked before the period begins."""

    chip: Chip
    mark: MarkView
    message: str
    days: str
    order_by: str | None
    late: bool
    budget: str | None
    where: Where


@attrs.frozen(kw_only=True)
class RunView:
    """A campaign with the days on which it can begin."""

    chip: Chip
    days: str
    starts: str
    where: Where


@attrs.frozen(kw_only=True)
class DayView:
    """A holiday, a closed day, a blackout or a named day."""

    days: str
    name: str
    kind: str
    where: Where


@attrs.frozen(kw_only=True)
class YearView:
    """All that has dates."""

    title: str
    flights: tuple[FlightView, ...]
    runs: tuple[RunView, ...]
    days: tuple[DayView, ...]
    where: Where


def year(told: Context) -> YearView:
    """The dates of the period, in order."""
    return YearView(
        title=told.names.label(told.schedule.calendar),
        flights=tuple(_flight(told, flight) for flight in flights(told.schedule)),
        runs=tuple(
            RunView(
                chip=told.campaign(campaign),
                days="{} – {}".format(*(told.words.date(day, "medium") for day in run_of(told.schedule, campaign))),
                starts=steps.starts(told.names, campaign),
                where=told.where(campaign.place),
            )
            for campaign in told.schedule.campaigns
            if not campaign.mass
        ),
        days=_days(told),
        where=told.where(told.schedule.calendar.place),
    )


def _flight(told: Context, flight: Flight) -> FlightView:
    words = told.words
    begins = dt.date.fromisoformat(told.schedule.plan.starts)
    return FlightView(
        chip=told.campaign(flight.campaign),
        mark=told.mark(flight.show.channel),
        message=told.names.message(flight.show.message),
        days=f"{words.date(flight.first, 'medium')} – {words.date(flight.last, 'medium')}",
        order_by=words.date(flight.order_by, "medium") if flight.order_by else None,
        late=flight.order_by is not None and flight.order_by < begins,
        budget=quantities.money(words, flight.show.budget) if flight.show.budget else None,
        where=told.where(flight.show.place),
    )


def _days(told: Context) -> tuple[DayView, ...]:
    """Holidays of the period and the days the plan names itself, by date."""
    calendar, say = told.schedule.calendar, told.words.say
    first, last = told.schedule.plan.starts, told.schedule.plan.ends
    own = told.where(calendar.place)
    found: list[tuple[str, DayView]] = []
    for holiday in calendar.holidays:
        if first <= holiday.date <= last:
            said = told.words.date(dt.date.fromisoformat(holiday.date), "full")
            found.append((holiday.date, DayView(days=said, name=holiday.name, kind=say("Holiday"), where=own)))
    for stretches, kind in (
        (calendar.closed, say("Closed")),
        (calendar.open, say("Open")),
        (calendar.blackout, say("Blackout: nothing is sent")),
    ):
        found += [
            (stretch.start, _stretch(told, stretch, kind))
            for stretch in stretches
            if stretch.start <= last and stretch.end >= first
        ]
    for name, dates in calendar.named.items():
        for date in dates:
            if first <= date <= last:
                said = told.words.date(dt.date.fromisoformat(date), "full")
                view = DayView(days=said, name=name.replace("_", " "), kind=say("Named day"), where=own)
                found.append((date, view))
    return tuple(view for _, view in sorted(found, key=lambda pair: pair[0]))


def _stretch(told: Context, stretch: Stretch, kind: str) -> DayView:
    days = (
        told.words.date(dt.date.fromisoformat(stretch.start), "full")
        if stretch.start == stretch.end
        else quantities.date_range(told.words, stretch.start, stretch.end)
    )
    return DayView(days=days, name=stretch.name or "", kind=kind, where=told.where(stretch.place))
