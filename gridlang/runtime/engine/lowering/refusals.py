"""What the engine cannot execute yet, by name. Everything else it executes as the reference does."""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.schedule.model import Schedule

MOST_BITS = 62
"""Roles, and persons of maps, are bits of a number."""


class Refused(Exception):  # noqa: N818
    """The engine cannot execute this; the reference can."""


def unsupported(schedule: Schedule) -> tuple[str, ...]:
    """What of the plan the engine cannot execute, in words; empty for nearly every plan."""
    return tuple(dict.fromkeys(_found(schedule)))


def _found(schedule: Schedule) -> Iterator[str]:
    if len(schedule.roles) > MOST_BITS:
        yield f"more than {MOST_BITS} roles"
    if len(schedule.persons) > MOST_BITS:
        yield f"more than {MOST_BITS} persons of maps"
