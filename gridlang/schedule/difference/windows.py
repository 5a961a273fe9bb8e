"""When a channel or a team may work: what an edit of its days and hours means for the week."""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.quantities import WEEKDAYS
from gridlang.schedule.difference.values import listed, said
from gridlang.schedule.model import Calendar, Days, Hours

Phrases = tuple[str, str]
"""What is said of days it gains and of days it loses: `may now be sent`, `is no longer sent`."""


def days(calendar: tuple[Calendar, Calendar], phrases: Phrases, old: Days | None, new: Days | None) -> Iterator[str]:
    """`may now be sent on Sundays`, `is no longer sent on public holidays`."""
    before, after = _open(calendar[0], old), _open(calendar[1], new)
    gained = [name for name in after if name not in before]
    lost = [name for name in before if name not in after]
    if gained:
        yield f"{phrases[0]} on {listed(gained)}"
    if lost:
        yield f"{phrases[1]} on {listed(lost)}"
    if not gained and not lost:
        yield f"has its days as {said(new) if new else 'every day'} now, {said(old) if old else 'every day'} before"


def _open(calendar: Calendar, days: Days | None) -> list[str]:
    """The sorts of days on which it is open. R14: only `workdays` asks for the calendar's holidays."""
    if days is None:
        return [*map(_plural, range(7)), _HOLIDAYS]
    if days.workdays:
        return [_plural(day) for day in range(7) if day not in calendar.weekend]
    return [*(_plural(day) for day in sorted(days.weekdays)), _HOLIDAYS]


_HOLIDAYS = "public holidays"


def _plural(day: int) -> str:
    return f"{WEEKDAYS[day].capitalize()}s"


def hours(verb: str, old: tuple[Hours, ...], new: tuple[Hours, ...]) -> str:
    """`is open 08:00 .. 20:00 now, 09:00 .. 20:00 before`."""
    return f"{verb} {said(new) if new else 'all day'} now, {said(old) if old else 'all day'} before"


def quiet(old: tuple[Hours, ...], new: tuple[Hours, ...]) -> str:
    """`is quiet 20:00 .. 08:00 now, never before`."""
    return f"is quiet {said(new) if new else 'never'} now, {said(old) if old else 'never'} before"
