"""A channel needs an address or a consent that no attribute holds.

Why: no message could ever arrive, or none could ever be allowed.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.analysis.reach import reach_of
from gridlang.analysis.words import listed
from gridlang.diagnostics import Code, Diagnostic, Edit, Fix, Level, Related
from gridlang.schedule.model import Channel
from gridlang.semantics.model import Model
from gridlang.semantics.wanted import field_at
from gridlang.source import Span

NO_ADDRESS = Code(
    "G0509",
    "no-address",
    Level.ERROR,
    "nobody has `{attribute}`, the address of {channels}",
    why="no message could ever arrive",
    help="declare it: `fields person {{ {attribute}: Text? }}`, or give {channels} another `address`",
)
NO_CONSENT = Code(
    "G0510",
    "no-consent",
    Level.ERROR,
    "{channels} {asks} for consent, and nobody has an attribute `{attribute}` that says who gave it",
    why="without consent nothing may be sent",
    help="declare it: `fields person {{ {attribute}: List<Channel> }}`{other}",
)


def check(model: Model) -> Iterator[Diagnostic]:
    """One finding for each attribute that is missing, with all channels that are used and ask for it."""
    attributes = {field.name for field in model.schedule.person_fields} | model.misdeclared
    channels = {channel.name: channel for channel in model.schedule.channels}
    used = reach_of(model).by_channel
    addresses: dict[str, list[Channel]] = {}
    consents: dict[str, list[Channel]] = {}
    for channel in (channels[name] for name in used):
        if channel.address is not None and channel.address not in attributes:
            addresses.setdefault(channel.address, []).append(channel)
        if channel.consent is not None and channel.consent not in attributes:
            consents.setdefault(channel.consent, []).append(channel)
    for attribute, those in addresses.items():
        yield _complaint(model, NO_ADDRESS, attribute, those, "Text?")
    for attribute, those in consents.items():
        yield _complaint(model, NO_CONSENT, attribute, those, "List<Channel>")


def _complaint(model: Model, code: Code, attribute: str, channels: list[Channel], type: str) -> Diagnostic:
    first = reach_of(model).by_channel[channels[0].name][0][1]
    own = f"`consent: required in {attribute}`" if attribute != "consent" else ""
    return code.at(
        model.span(first.place),
        attribute=attribute,
        channels=listed([channel.name for channel in channels]),
        asks="asks" if len(channels) == 1 else "ask",
        other=f"; a `Bool` will do for {own}" if own and len(channels) == 1 else "",
        related=tuple(Related(model.span(channel.place), f"{channel.name} is declared here") for channel in channels),
        fixes=_declaring(model, f"{attribute}: {type}"),
    )


def _declaring(model: Model, line: str) -> tuple[Fix, ...]:
    """The fix that adds an attribute behind the last one that is declared."""
    if not model.schedule.person_fields:
        return ()
    last = field_at(model.scope, model.span(model.schedule.person_fields[-1].place))
    indent = " " * (last.column - 1)
    return (Fix(f"declare `{line}`", (Edit(Span(last.source, last.end, last.end), f"\n{indent}{line}"),)),)
