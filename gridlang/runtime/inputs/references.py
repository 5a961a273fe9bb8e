"""Values that name a declaration of the plan: `channel: Channel?` of an event, `consent: List<Channel>` of a person."""

from __future__ import annotations

import attrs

from gridlang.schedule.model import Field, Schedule

ALL_CHANNELS = "all"
"""Stands for every channel where an event may name one (R13); it is read as no channel named."""


def declared_names(schedule: Schedule, kind: str | None) -> tuple[str, ...] | None:
    """The names of a kind that values refer to; None for what is no reference."""
    match kind:
        case "channel":
            return tuple(channel.name for channel in schedule.channels)
        case "role":
            return tuple(role.name for role in schedule.roles)
        case "message":
            return tuple(message.name for message in schedule.messages)
        case _:
            return None


def with_names(schedule: Schedule, field: Field) -> Field:
    """The field with the names that it may hold as its options, where it is one reference.

    A consent withdrawn for `emial` must not vanish, so an unknown name is a wrong value. Lists are remarked upon
    instead: a CRM's list of consents has channels that this plan does not use.
    """
    names = declared_names(schedule, field.of)
    if names is None or field.type == "List" or field.options:
        return field
    every = (ALL_CHANNELS,) if field.of == "channel" and field.optional else ()
    return attrs.evolve(field, options=(*names, *every))
