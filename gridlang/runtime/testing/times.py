"""When something is expected, on the clock of whom it is about."""

from __future__ import annotations

import datetime as dt

import attrs

from gridlang.runtime.explain import wall_clock
from gridlang.runtime.rows import Input
from gridlang.schedule import clock
from gridlang.schedule.model import Expectation, Schedule


@attrs.frozen
class Stretch:
    """The moments from `start` up to, not with, `end`; None is open."""

    start: int | None
    end: int | None

    def holds(self, moment: int) -> bool:
        return not self.distance(moment)

    def distance(self, moment: int) -> int:
        """How far from the stretch a moment is, in seconds; 0 inside it."""
        if self.start is not None and moment < self.start:
            return self.start - moment
        if self.end is not None and moment >= self.end:
            return moment - self.end + 1
        return 0

    def meets(self, start: int, until: int) -> bool:
        """Whether any moment of [start, until) lies in it."""
        return max(start, self.start or start) < min(until, until if self.end is None else self.end)


@attrs.frozen
class Clocks:
    """The time zone of every person of a story; everybody else has the plan's (R8)."""

    plan: str
    persons: dict[str, str]

    @classmethod
    def of(cls, schedule: Schedule, given: Input) -> Clocks:
        zones = {person.id: person.timezone for person in given.contacts}
        known = {name: zone for name, zone in zones.items() if zone and clock.known_zone(zone)}
        return cls(schedule.plan.timezone, known)

    def zone(self, person: str | None) -> str:
        return self.persons.get(person or "", self.plan)


def stretch(expectation: Expectation, zone: str) -> Stretch:
    """When it must be, or must not be, on that clock."""
    if expectation.at is not None:
        start = moment(expectation.at, zone)
        return Stretch(start, _end_of_day(expectation.at, zone) if _is_date(expectation.at) else start + 1)
    return Stretch(
        moment(expectation.after, zone) if expectation.after is not None else None,
        moment(expectation.before, zone) if expectation.before is not None else None,
    )


def in_words(expectation: Expectation) -> str:
    """`, Mon 1 Feb 2027 09:00`; nothing when it may be at any time."""
    words = [
        before + _said(text)
        for before, text in (("", expectation.at), ("from ", expectation.after), ("before ", expectation.before))
        if text is not None
    ]
    return ", " + " and ".join(words) if words else ""


def moment(text: str, zone: str) -> int:
    """A moment as stories hold it; a date is its 00:00."""
    if _is_date(text):
        return clock.midnight(dt.date.fromisoformat(text), zone)
    return clock.moment(dt.datetime.fromisoformat(text), zone)


def _said(text: str) -> str:
    if not _is_date(text):
        return wall_clock.full(dt.datetime.fromisoformat(text))
    day = dt.datetime.fromisoformat(text)
    return f"{wall_clock.day(day)} {day.year}"


def _end_of_day(text: str, zone: str) -> int:
    return clock.midnight(clock.next_date(dt.date.fromisoformat(text)), zone)


def _is_date(text: str) -> bool:
    return "T" not in text
