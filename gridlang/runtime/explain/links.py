"""One link of a chain in words: the rule, and the names that the schedule has for it at that place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import attrs

from gridlang.runtime.rows import AudienceRow, Because, MoveRow, SkipRow, TaskRow, Touch
from gridlang.schedule.model import Cap, Days, Hours, Schedule
from gridlang.schedule.steps import Send

Row: TypeAlias = Touch | TaskRow | AudienceRow | MoveRow | SkipRow
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@attrs.frozen
class _Named:
    """Something of a channel, rule or team (`owner`) that stands at a place."""

    place: int
    words: str
    owner: str


def words(schedule: Schedule, link: Because, row: Row) -> str:
    """`quiet 20:00..08:00 of email`, `cap 3 per 7d of contact_pressure`, `ready`.

    What several channels have from one parent stands at one place: then the row's own channel is named.
    """
    placed = _PLACED.get(link.rule)
    named = [each for each in placed(schedule) if each.place == link.place] if placed else []
    own = _own(row)
    chosen = next((each for each in named if each.owner in own), named[0] if named else None)
    if chosen:
        return f"{link.rule} {chosen.words} of {chosen.owner}" if chosen.owner else f"{link.rule} {chosen.words}"
    return _without_place(schedule, link, row)


def _own(row: Row) -> tuple[str, ...]:
    if isinstance(row, MoveRow):
        return ()
    return (row.channel, row.team) if isinstance(row, TaskRow) else (row.channel,)


def _quiet(schedule: Schedule) -> Iterator[_Named]:
    for channel in schedule.channels:
        yield from _hours(channel.quiet, channel.name)
    for rule in schedule.rules:
        yield from _hours(rule.quiet, rule.name)


def _open_hours(schedule: Schedule) -> Iterator[_Named]:
    for channel in schedule.channels:
        yield from _hours(channel.hours, channel.name)
    for team in schedule.teams:
        yield from _hours(team.hours, team.name)


def _open_days(schedule: Schedule) -> Iterator[_Named]:
    for channel in schedule.channels:
        yield from _days(channel.days, channel.name)
    for team in schedule.teams:
        yield from _days(team.days, team.name)


def _desk(schedule: Schedule) -> Iterator[_Named]:
    yield from _open_hours(schedule)
    yield from _open_days(schedule)


def _caps(schedule: Schedule) -> Iterator[_Named]:
    for channel in schedule.channels:
        yield from _cap(channel.cap, channel.name)
    for rule in schedule.rules:
        yield from _cap(rule.cap, rule.name)


def _blackouts(schedule: Schedule) -> Iterator[_Named]:
    for stretch in schedule.calendar.blackout:
        name = f'"{stretch.name}" ' if stretch.name else ""
        yield _Named(stretch.place, f"{name}{stretch.start}..{stretch.end}", "")


def _capacities(schedule: Schedule) -> Iterator[_Named]:
    for team in schedule.teams:
        if team.capacity and team.capacity_place is not None:
            yield _Named(team.capacity_place, team.capacity, team.name)


_PLACED: dict[str, Callable[[Schedule], Iterator[_Named]]] = {
    "quiet": _quiet,
    "hours": _open_hours,
    "days": _open_days,
    "desk": _desk,
    "cap": _caps,
    "blackout": _blackouts,
    "capacity": _capacities,
}
"""What a link of a rule can stand for, for rules that are found by their place."""


def _hours(hours: Iterable[Hours], owner: str) -> Iterator[_Named]:
    return (_Named(one.place, f"{one.start}..{one.end}", owner) for one in hours)


def _days(days: Days | None, owner: str) -> Iterator[_Named]:
    if days:
        words = "workdays" if days.workdays else ", ".join(_WEEKDAYS[day] for day in days.weekdays)
        yield _Named(days.place, words, owner)


def _cap(cap: Cap | None, owner: str) -> Iterator[_Named]:
    if cap:
        yield _Named(cap.place, f"{cap.rate} per account" if cap.per_account else cap.rate, owner)


def _without_place(schedule: Schedule, link: Because, row: Row) -> str:
    """Rules that a step, a channel or a campaign has once, so that the row itself says which is meant."""
    if isinstance(row, MoveRow):
        return f"{link.rule} {row.why}" if link.rule == "event" else link.rule
    channel = next((channel for channel in schedule.channels if channel.name == row.channel), None)
    campaign = next((campaign for campaign in schedule.campaigns if campaign.name == row.campaign), None)
    step = next((step for step in campaign.steps if step.id == row.step), None) if campaign else None
    match link.rule:
        case "at" if isinstance(step, Send) and step.at:
            return f"at {step.at}"
        case "lead" if channel and channel.lead:
            return f"lead {channel.lead} of {channel.name}"
        case "consent" | "address" if channel:
            return f"{link.rule} for {channel.name}"
        case "patience" if campaign and campaign.patience:
            return f"patience {campaign.patience} of {campaign.name}"
        case "patience" if channel and channel.patience:
            return f"patience {channel.patience} of {channel.name}"
        case "holdout" if campaign:
            return f"holdout {campaign.holdout / 100:g}% of {campaign.name}"
        case _:
            return link.rule
