"""A blackout that lasts longer than contacts wait.

Why: what is ready when it begins is not put off, it is dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gridlang.analysis.contacts import Contact, Waits, contacts_of
from gridlang.analysis.words import listed
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule import clock
from gridlang.schedule.model import Schedule, Stretch
from gridlang.semantics.model import Model

LONG_BLACKOUT = Code(
    "L0121",
    "long-blackout",
    Level.WARNING,
    "{blackout} lasts longer than {channels}",
    why="what is ready on {first} is not put off until {opens}: it is skipped on {ends}",
    help="give {which} a longer patience, or make the blackout shorter",
)


def check(model: Model) -> Iterator[Diagnostic]:
    schedule = model.schedule
    if not schedule.calendar.blackout:
        return
    waits = Waits.of(schedule)
    contacts = {(contact.channel.name, contact.patience): contact for contact in contacts_of(model)}
    for stretch in schedule.calendar.blackout:
        first = _first_day(schedule, stretch)
        if first is None:
            continue
        dropped = [contact for contact in contacts.values() if _opens_late(waits, contact, first) is not None]
        if dropped:
            yield _complaint(model, waits, stretch, first, dropped)


def _first_day(schedule: Schedule, stretch: Stretch) -> dt.date | None:
    """The first day of a blackout on which the plan runs; None when it is not in the period, or ends it."""
    if stretch.start > schedule.plan.ends or stretch.end < schedule.plan.starts or stretch.end >= schedule.plan.ends:
        return None
    return dt.date.fromisoformat(max(stretch.start, schedule.plan.starts))


def _opens_late(waits: Waits, contact: Contact, first: dt.date) -> int | None:
    """When the channel opens again, if a contact that is ready at the beginning of a day is given up before."""
    ready = waits.start(first)
    opens = waits.opens(ready, contact.channel)
    return opens if opens is not None and opens > waits.after(ready, contact.patience) else None


def _complaint(model: Model, waits: Waits, stretch: Stretch, first: dt.date, dropped: list[Contact]) -> Diagnostic:
    one = dropped[0]
    opens = _opens_late(waits, one, first)
    assert opens is not None
    gives_up = waits.after(waits.start(first), one.patience)
    waiting = [f"{contact.channel.name} waits ({contact.patience})" for contact in dropped]
    places = {contact.patience_place: contact for contact in dropped}
    return LONG_BLACKOUT.at(
        model.span(stretch.place),
        blackout=f"the blackout `{stretch.name}`" if stretch.name else f"the blackout from {stretch.start}",
        channels=listed(list(dict.fromkeys(waiting))),
        first=first,
        opens=f"{clock.local(opens, waits.zone):%Y-%m-%d %H:%M}",
        ends=clock.local(gives_up, waits.zone).date(),
        which=_which(dropped),
        related=tuple(Related(model.span(place), "how long it waits") for place in places),
    )


def _which(dropped: list[Contact]) -> str:
    names = dict.fromkeys(
        f"campaign {contact.campaign.name}" if contact.campaign.patience else contact.channel.name
        for contact in dropped
    )
    return listed(list(names))
