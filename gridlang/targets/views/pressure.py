"""Pressure: the most touches that somebody can get in a week, cell by cell, against the caps that hold there (R15).

What the flows ask for is added up over the campaigns of a cell, as if their fullest weeks fell together. Of that the
caps let through what fits into seven days: a rolling cap as often as its time fits, one by the calendar on both sides
of midnight. A cap under a condition holds for some only, so nobody counts on it. Whoever changes phase
within the week can get what two cells hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from gridlang.quantities import Rate
from gridlang.schedule.model import Campaign, Cap, Channel, Rule, Schedule
from gridlang.schedule.steps import Send, Task
from gridlang.targets.views.fullest import WEEK, Fullest, fullest, seconds
from gridlang.targets.views.grid import EVERYBODY, Matrix, matrices
from gridlang.targets.views.reach import addresses, map_of


@attrs.frozen(order=False)
class Count:
    """So many touches; `more`: and as many again as often as somebody answers, or an event starts a run."""

    touches: int
    more: bool = False

    def __add__(self, other: Count) -> Count:
        return Count(self.touches + other.touches, self.more or other.more)


@attrs.frozen(kw_only=True)
class Part:
    """What a campaign asks for; `again`: the event that starts another run of it within the week."""

    campaign: Campaign
    fullest: Fullest
    again: str | None

    @property
    def count(self) -> Count:
        return Count(len(self.fullest.touches), self.fullest.endless or bool(self.again))


@attrs.frozen(kw_only=True)
class Holding:
    """A cap of a cell: how many touches under it are `asked` for in a week, and for how many it has room.

    `some`: it holds under a condition, so not for everybody.
    """

    owner: Channel | Rule
    cap: Cap
    asked: Count
    room: int
    some: bool


@attrs.frozen(kw_only=True, eq=False)
class Strained:
    """A cell. `person`: who of the map it is about, since somebody with several roles hears what each of them hears.

    `most` can come through the caps; `bounded`: whether any cap that always holds covers what is asked for.
    """

    segment: str
    phase: str
    role: str
    person: str | None
    parts: tuple[Part, ...]
    holdings: tuple[Holding, ...]
    asked: Count
    most: Count
    bounded: bool


@attrs.frozen
class PressureMatrix:
    """The cells of a matrix of the grid, by phase in the order of the journey, each by role."""

    matrix: Matrix
    rows: tuple[tuple[str, tuple[Strained, ...]], ...]


def pressure(schedule: Schedule) -> tuple[PressureMatrix, ...]:
    """A matrix for each of the grid's."""
    ledger = _Ledger.of(schedule)
    return tuple(
        PressureMatrix(
            matrix,
            tuple(
                (row.phase.name, tuple(ledger.cell(matrix, row.phase.name, cell.role) for cell in row.cells))
                for row in matrix.rows
            ),
        )
        for matrix in matrices(schedule)
    )


def caps(schedule: Schedule) -> tuple[tuple[Channel | Rule, Cap], ...]:
    """Every cap with whose it is: the channels', then the rules'."""
    owners: tuple[Channel | Rule, ...] = (*schedule.channels, *schedule.rules)
    return tuple((owner, owner.cap) for owner in owners if owner.cap is not None)


def room(cap: Cap) -> int:
    """How many touches a cap lets through in seven days."""
    rate = Rate.parse(cap.rate)
    if rate.calendar is not None:
        return rate.count * (8 if rate.calendar == "day" else 2)
    length = max(1, seconds(str(rate.duration)))
    return rate.count * -(-WEEK // length)


# --- working it out ---------------------------------------------------------------------------------------------------


_Scoped: TypeAlias = tuple[Channel | Rule, Cap, frozenset[str]]
"""Whose cap it is, the cap, and the channels in its scope."""


@attrs.frozen(eq=False)
class _Near:
    """The campaigns and caps of a segment."""

    campaigns: tuple[Campaign, ...]
    caps: tuple[_Scoped, ...]


@attrs.frozen(eq=False)
class _Ledger:
    """What is asked again and again, kept. `personal` and the scope of a cap are names of channels."""

    schedule: Schedule
    personal: frozenset[str]
    caps: tuple[_Scoped, ...]
    known: dict[tuple[str, frozenset[str]], Fullest] = attrs.field(factory=dict)
    near: dict[str, _Near] = attrs.field(factory=dict)
    cells: dict[tuple[object, ...], Strained] = attrs.field(factory=dict)

    @classmethod
    def of(cls, schedule: Schedule) -> _Ledger:
        personal = frozenset(channel.name for channel in schedule.channels if "person" in channel.reach)
        found = tuple((owner, cap, _scope(schedule, owner, cap) & personal) for owner, cap in caps(schedule))
        return cls(schedule, personal, found)

    def cell(self, matrix: Matrix, phase: str, role: str) -> Strained:
        """The cell for whoever of its people is asked for most."""
        here = [each for each in self._near(matrix.segment.name).campaigns if _stands(each, matrix, phase)]
        found = [self._of(matrix.segment.name, phase, role, *who) for who in self._who(matrix, phase, role, here)]
        return max(found, key=lambda each: (each.most.touches, each.asked.touches))

    def _who(
        self, matrix: Matrix, phase: str, role: str, here: list[Campaign]
    ) -> list[tuple[str | None, tuple[str, ...], tuple[Campaign, ...]]]:
        """Persons with their roles and campaigns: those of the map whom the CRM knows; where it draws nobody, anybody
        to whom the CRM gives the role."""
        known = {person.name for person in self.schedule.persons if person.known}
        drawn = map_of(self.schedule, matrix.segment.name, phase)
        parts = [part for part in drawn.parts if role in part.roles] if drawn else []
        if drawn and parts:
            return [
                (part.person, part.roles, tuple(each for each in here if addresses(each, drawn, part)))
                for part in parts
                if part.person in known
            ] or [(None, (role,), ())]
        roles = () if role == EVERYBODY else (role,)
        return [(None, roles, tuple(each for each in here if not each.roles or role in each.roles))]

    def _of(
        self,
        segment: str,
        phase: str,
        role: str,
        person: str | None,
        roles: tuple[str, ...],
        here: tuple[Campaign, ...],
    ) -> Strained:
        key = (segment, phase, role, person, tuple(each.name for each in here))
        if key not in self.cells:
            parts = tuple(part for each in here if (part := self._part(each, self.personal)).fullest.touches)
            holdings = tuple(self._holdings(segment, phase, roles, parts))
            asked, sure = _total(parts), [each for each in holdings if not each.some]
            self.cells[key] = Strained(
                segment=segment,
                phase=phase,
                role=role,
                person=person,
                parts=parts,
                holdings=holdings,
                asked=asked,
                most=self._most(asked, parts, sure),
                bounded=bool(sure),
            )
        return self.cells[key]

    def _part(self, campaign: Campaign, channels: frozenset[str]) -> Part:
        counted = frozenset(step.id for step in campaign.steps if _by(channels, step))
        key = (campaign.name, counted)
        if key not in self.known:
            self.known[key] = fullest(campaign, counted) if counted else Fullest()
        found = self.known[key]
        return Part(campaign=campaign, fullest=found, again=_again(campaign) if found.touches else None)

    def _asked(self, parts: Iterable[Part], channels: frozenset[str]) -> Count:
        return _total(self._part(part.campaign, channels) for part in parts)

    def _holdings(self, segment: str, phase: str, roles: tuple[str, ...], parts: tuple[Part, ...]) -> Iterable[Holding]:
        for owner, cap, scope in self._near(segment).caps:
            if isinstance(owner, Rule) and not _covers(owner, segment, phase, roles):
                continue
            asked = self._asked(parts, scope)
            if asked.touches:
                some = isinstance(owner, Rule) and owner.when is not None
                yield Holding(owner=owner, cap=cap, asked=asked, room=room(cap), some=some)

    def _near(self, segment: str) -> _Near:
        if segment not in self.near:
            self.near[segment] = _Near(
                tuple(each for each in self.schedule.campaigns if not each.segments or segment in each.segments),
                tuple(
                    (owner, cap, scope)
                    for owner, cap, scope in self.caps
                    if isinstance(owner, Channel) or not owner.segments or segment in owner.segments
                ),
            )
        return self.near[segment]

    def _most(self, asked: Count, parts: tuple[Part, ...], holdings: list[Holding]) -> Count:
        """What each cap lets through beside what it does not cover; the strictest says it."""
        found = [asked]
        for holding in holdings:
            scope = next(each for owner, cap, each in self.caps if owner is holding.owner and cap is holding.cap)
            outside = self._asked(parts, self.personal - scope)
            if holding.asked.more or holding.asked.touches > holding.room:
                found.append(Count(holding.room) + outside)
        return min(found, key=lambda count: (count.more, count.touches))


def _total(parts: Iterable[Part]) -> Count:
    return sum((part.count for part in parts), Count(0))


def _by(channels: frozenset[str], step: object) -> bool:
    """Whether a step can be a touch on one of the channels."""
    match step:
        case Send():
            return not channels.isdisjoint(step.channels)
        case Task():
            return step.channel in channels
        case _:
            return False


def _scope(schedule: Schedule, owner: Channel | Rule, cap: Cap) -> frozenset[str]:
    """The channels whose touches a cap holds back and counts; a channel's cap is about that channel alone."""
    if isinstance(owner, Channel):
        return frozenset({owner.name})
    every = frozenset(channel.name for channel in schedule.channels)
    return every & (frozenset(cap.channels) or every) & (frozenset(owner.channels) or every)


def _covers(rule: Rule, segment: str, phase: str, roles: tuple[str, ...]) -> bool:
    return (
        (not rule.segments or segment in rule.segments)
        and (not rule.phases or phase in rule.phases)
        and (not rule.roles or not set(rule.roles).isdisjoint(roles))
    )


def _stands(campaign: Campaign, matrix: Matrix, phase: str) -> bool:
    """Whether a campaign of the segment stands there too."""
    level = matrix.relations[0] if matrix.relations else None
    return (
        not campaign.mass
        and (not campaign.phases or phase in campaign.phases)
        and (level is None or not campaign.relations or level in campaign.relations)
    )


def _again(campaign: Campaign) -> str | None:
    """The event at which another run can start within a week of the last (R6)."""
    if campaign.starts is None or campaign.starts.event is None or campaign.reentry == "once":
        return None
    soon = campaign.reentry == "always" or seconds(campaign.reentry.removeprefix("after ")) < WEEK
    return campaign.starts.event if soon else None
