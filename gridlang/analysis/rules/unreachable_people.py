"""A channel needs an address or a consent that no attribute holds.

Why: no message could ever arrive, or none could ever be allowed.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.reach import reach_of
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule.model import Channel
from gridlang.semantics.model import Model

NO_ADDRESS = Code(
    "G0509",
    "no-address",
    Level.ERROR,
    "nobody has `{attribute}`, the address of {channel}",
    why="no message could ever arrive",
    help="declare it: `fields person {{ {attribute}: Text? }}`, or give the channel another `address`",
)
NO_CONSENT = Code(
    "G0510",
    "no-consent",
    Level.ERROR,
    "{channel} asks for consent, and nobody has an attribute `{attribute}` that says who gave it",
    why="without consent nothing may be sent",
    help="declare it: `fields person {{ {attribute}: List<Channel> }}`",
)


def check(model: Model) -> Iterator[Diagnostic]:
    attributes = {field.name for field in model.schedule.person_fields} | model.misdeclared
    channels = {channel.name: channel for channel in model.schedule.channels}
    for name, uses in reach_of(model).by_channel.items():
        yield from _check(model, channels[name], uses[0][1].place, attributes)


def _check(model: Model, channel: Channel, place: int, attributes: set[str]) -> Iterator[Diagnostic]:
    related = (Related(model.span(channel.place), f"{channel.name} is declared here"),)
    if channel.address is not None and channel.address not in attributes:
        yield NO_ADDRESS.at(model.span(place), attribute=channel.address, channel=channel.name, related=related)
    if channel.consent is not None and channel.consent not in attributes:
        yield NO_CONSENT.at(model.span(place), attribute=channel.consent, channel=channel.name, related=related)
