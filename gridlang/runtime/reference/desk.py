"""R18: the desk. Who hands out, when, how many a day, and to whom; all on the plan's clock."""

from __future__ import annotations

import bisect
import datetime as dt

import attrs

from gridlang.quantities import Duration
from gridlang.runtime.reference import units
from gridlang.runtime.reference.people import Person
from gridlang.runtime.reference.timing import Timing, rate
from gridlang.runtime.rows import Because
from gridlang.schedule import clock, windows
from gridlang.schedule.model import Team


@attrs.define(eq=False)
class Desk:
    """Hand-outs so far: by team their moments, ascending; by team, day and member how many."""

    timing: Timing
    handed: dict[str, list[int]] = attrs.field(factory=dict)
    loads: dict[tuple[str, dt.date], dict[str, int]] = attrs.field(factory=dict)

    def opens(self, team: Team, now: int) -> tuple[int, tuple[Because, ...]] | None:
        """The first moment not before now in the team's hours and days; None when it never opens."""
        found = windows.next_open(
            now, self.timing.zone, team.hours, team.days, (), self.timing.calendar, blackouts=False
        )
        if found is None:
            return None
        opens, links = found
        return opens, tuple(Because("desk", place, delay) for _, place, delay in links)

    def has_room(self, team: Team, now: int) -> bool:
        """Whether the team's capacity leaves a place now."""
        if team.capacity is None:
            return True
        capacity, handed = rate(team.capacity), self.handed.get(team.name, [])
        if capacity.calendar:
            begin = units.start(now, capacity.calendar, self.timing.zone)
            return len(handed) - bisect.bisect_left(handed, begin) < capacity.count
        assert capacity.duration is not None
        per, zone = capacity.duration, self.timing.zone
        return sum(1 for made in handed if now < self.timing.later(made, per, zone)) < capacity.count

    def comes_back(self, team: Team, now: int) -> int | None:
        """The next working day's opening."""
        tomorrow = clock.next_date(clock.local(now, self.timing.zone).date())
        found = self.opens(team, clock.midnight(tomorrow, self.timing.zone))
        return found[0] if found else None

    def hand_out(self, team: Team, person: Person, now: int) -> str:
        """Take a place; the member is chosen last and changes no time."""
        self.handed.setdefault(team.name, []).append(now)
        load = self.loads.setdefault((team.name, clock.local(now, self.timing.zone).date()), {})
        member = _member(team, person, load)
        load[member] = load.get(member, 0) + 1
        return member

    def deadline(self, team: Team, now: int, due: Duration) -> int:
        """`due` runs from the hand-out in the team's working time."""
        found = windows.add_open(now, due, self.timing.zone, team.hours, team.days, self.timing.calendar)
        return self.timing.later(now, due, self.timing.zone) if found is None else found


def _member(team: Team, person: Person, load: dict[str, int]) -> str:
    """The salesperson of this person, else of the account's first target who has one; else who had the fewest today."""
    if not team.members:
        return ""
    known = person.contact.salesperson or _salesperson_of_target(person)
    if known in team.members:
        return known
    return min(team.members, key=lambda member: load.get(member, 0))


def _salesperson_of_target(person: Person) -> str:
    owners = (each.contact.salesperson for each in person.account.people if "target" in each.roles)
    return next((owner for owner in owners if owner), "")
