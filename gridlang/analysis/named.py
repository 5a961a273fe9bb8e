"""The records of a plan by their names, put in order once for all rules."""

from __future__ import annotations

from gridlang.schedule.model import Channel
from gridlang.semantics.model import Model


def channels_of_plan(model: Model) -> dict[str, Channel]:
    """The channels, by name."""
    channels = model.schedule.channels
    return model.memory.of("channels by name", (channels,), lambda: {channel.name: channel for channel in channels})
