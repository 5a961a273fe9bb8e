"""R15: caps, rolling and by the calendar."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from gridlang.runtime.reference import units
from gridlang.runtime.reference.people import Person
from gridlang.runtime.reference.rulebook import Cap
from gridlang.runtime.reference.timing import Timing

CONTACTED = "contacted"


def count(caps: Iterable[Cap], person: Person, channel: str | None, now: int, timing: Timing) -> None:
    """Let a touch made now count wherever a cap covers it. `channel` None: another system did not say which."""
    for cap in caps:
        if cap.covers(channel, person, now):
            duration = cap.rate.duration
            free = timing.later(now, duration, _clock(cap, person, timing)) if duration else now
            counted = _counted(cap, person)
            if duration:
                counted[:] = [each for each in counted if each[1] > now]
            bisect.insort(counted, (now, free))  # the past of somebody who joins an account comes late
            _note_peak(cap, person, _made_in_window(cap, person, counted, now, timing))


def _note_peak(cap: Cap, person: Person, made: int) -> None:
    peaks = person.account.peaks if cap.per_account else person.peaks
    if made > peaks.get(cap.index, 0):
        peaks[cap.index] = made


def _made_in_window(cap: Cap, person: Person, counted: list[tuple[int, int]], now: int, timing: Timing) -> int:
    """How many touches count now; of a rolling cap those that are free again are gone already."""
    if cap.rate.calendar:
        return _made_since(counted, units.start(now, cap.rate.calendar, _clock(cap, person, timing)))
    return len(counted)


def _made_since(counted: list[tuple[int, int]], begin: int) -> int:
    return len(counted) - bisect.bisect_left(counted, (begin, 0))


def room(cap: Cap, person: Person, at: int, timing: Timing) -> int | None:
    """The first moment not before `at` at which the cap has room, by what has been made so far; None: never."""
    if cap.rate.count == 0:
        return None
    counted = _counted(cap, person)
    if len(counted) < cap.rate.count:
        return at
    if cap.rate.calendar:
        zone = _clock(cap, person, timing)
        begin = units.start(at, cap.rate.calendar, zone)
        made = _made_since(counted, begin)
        return at if made < cap.rate.count else units.following(at, cap.rate.calendar, zone)
    return _rolling_room(sorted(free for _, free in counted if free > at), cap.rate.count, at)


def _rolling_room(free: list[int], limit: int, at: int) -> int:
    """A touch made at s counts while s <= t < s + D: it is free again at s + D."""
    return at if len(free) < limit else free[len(free) - limit]


def _counted(cap: Cap, person: Person) -> list[tuple[int, int]]:
    counters = person.account.counted if cap.per_account else person.counted
    return counters.setdefault(cap.index, [])


def _clock(cap: Cap, person: Person, timing: Timing) -> str:
    return timing.zone if cap.per_account else person.zone
