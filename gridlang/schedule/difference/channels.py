"""What is said of channels, rules and teams: when they may be used, how often, with whose consent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from gridlang.schedule.difference import windows
from gridlang.schedule.difference.records import Phrase, Sort, in_general
from gridlang.schedule.difference.values import listed, said
from gridlang.schedule.model import PATIENCE, Calendar, Cap

_SENT = ("may now be sent", "is no longer sent")
_WORKS = ("now works", "no longer works")


def channel(calendars: tuple[Calendar, Calendar]) -> Sort:
    """How channels are compared."""
    return Sort(
        kind="channel",
        group="channels",
        phrases={
            "days": lambda old, new: windows.days(calendars, _SENT, old, new),
            "hours": lambda old, new: [windows.hours("may be sent", old, new)],
            "quiet": lambda old, new: [windows.quiet(old, new)],
            "cap": lambda old, new: _cap(_own(old), _own(new)),
            "consent": _consent,
            "address": _address,
            "patience": _patience,
            "inbound": lambda old, new: ["may be used unasked now" if new else "is no longer used unasked"],
        },
    )


def team(calendars: tuple[Calendar, Calendar]) -> Sort:
    """How teams are compared."""
    return Sort(
        kind="team",
        group="teams",
        phrases={
            "days": lambda old, new: windows.days(calendars, _WORKS, old, new),
            "hours": lambda old, new: [windows.hours("works", old, new)],
            "capacity": lambda old, new: [f"takes {new or 'any number of tasks'} now, {old or 'any number'} before"],
            "members": _members,
        },
    )


def _own(cap: Cap | None) -> Cap | None:
    """A channel's cap that counts nothing but the channel need not name it."""
    return attrs.evolve(cap, channels=()) if cap is not None and len(cap.channels) == 1 else cap


def _cap(old: Cap | None, new: Cap | None) -> Iterator[str]:
    if new is None:
        yield f"is no longer capped (it was at most {said(old)})"
    elif old is None:
        yield f"is capped now: at most {said(new)}"
    else:
        yield f"is capped at {said(new)} now, {said(old)} before"


def _consent(old: str | None, new: str | None) -> Iterator[str]:
    if new is None:
        yield f"may be used without consent now (it asked for `{old}`)"
    elif old is None:
        yield f"needs consent now, in the attribute `{new}`"
    else:
        yield f"looks for consent in the attribute `{new}` now, in `{old}` before"


def _address(old: str | None, new: str | None) -> Iterator[str]:
    now, before = (f"`{name}`" if name else "nothing" for name in (new, old))
    yield f"takes the address from {now} now, from {before} before"


def _patience(old: str | None, new: str | None) -> Iterator[str]:
    usual = f"the usual {PATIENCE}"
    yield f"waits at most {new or usual} for a moment that is allowed now, {old or usual} before"


def _forbid(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    gained, lost = [each for each in new if each not in old], [each for each in old if each not in new]
    if gained:
        yield f"forbids {listed(gained)} now"
    if lost:
        yield f"no longer forbids {listed(lost)}"
    if not gained and not lost:
        yield in_general("forbid", old, new)


def _members(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    gained, lost = [each for each in new if each not in old], [each for each in old if each not in new]
    if gained:
        yield f"has {listed(gained)} in it now"
    if lost:
        yield f"no longer has {listed(lost)} in it"
    if not gained and not lost:
        yield f"has its members in another order now, which decides ties (R18): {said(new)}"


def _coordinate(field: str, old: tuple[str, ...], new: tuple[str, ...]) -> str:
    """A coordinate that says nothing means any."""
    word = field.removesuffix("s")
    return f"is for {_any(word, new)} now, for {_any(word, old)} before"


def _any(word: str, names: tuple[str, ...]) -> str:
    return f"{word} {said(names)}" if names else f"any {word}"


def coordinate(field: str) -> Phrase:
    """What is said of a coordinate of a declaration."""

    def phrase(old: Any, new: Any) -> list[str]:
        return [_coordinate(field, old, new)]

    return phrase


RULE = Sort(
    kind="rule",
    group="rules",
    phrases={
        "cap": _cap,
        "quiet": lambda old, new: [windows.quiet(old, new)],
        "forbid": _forbid,
        **{field: coordinate(field) for field in ("channels", "phases", "roles", "segments")},
    },
)
"""How rules are compared."""
