"""What fits in a text: files, attributes in a template, time zones."""

from __future__ import annotations

import re

from gridlang.editor.completing.desk import Desk
from gridlang.editor.completing.offer import Kind as Icon
from gridlang.editor.completing.offer import Offer, Offers
from gridlang.editor.completing.spot import is_sign
from gridlang.editor.completing.values import key, options_of
from gridlang.schedule.clock import zone_names
from gridlang.schedule.wording import FILTERS
from gridlang.semantics.typed import RESERVED
from gridlang.syntax import nodes

_TEXTS = (".md", ".txt", ".html", ".htm")
"""How the files end that messages are usually written in."""
_OPEN = re.compile(r"\{[{%](?:(?!\}\}|%\}).)*\Z", re.DOTALL)


def in_text(desk: Desk) -> Offers:
    """What fits in the text that the place is in; labels are whole, the part before the place included."""
    spot = desk.spot
    written = spot.place.text[1:]
    if is_sign(spot.last, "("):
        for name in desk.text.plan.files.texts_beside(desk.home):
            yield Offer(label=name, kind=Icon.File, rank=5 if name.endswith(_TEXTS) else 6)
    elif _OPEN.search(written):
        yield from attributes(desk, written)
    elif key(spot) == "timezone":
        for name in sorted(zone_names()):
            yield Offer(label=name, kind=Icon.Value)
    else:
        yield from _options(desk)


def attributes(desk: Desk, written: str) -> Offers:
    """The attributes that a template may use, or behind `|` its filters."""
    if re.search(r"\|\s*\w*\Z", written):
        for name in sorted(FILTERS):
            yield Offer(label=name, kind=Icon.Function, detail="filter")
        return
    yield from desk.attributes()
    for name in RESERVED:
        yield Offer(label=name, kind=Icon.Field, detail="everybody has it", rank=6)


def _options(desk: Desk) -> Offers:
    """What a `OneOf` allows, behind a comparison or in a test."""
    pending = desk.spot.pending
    named = next((value for value in reversed(pending) if isinstance(value, nodes.Reference | nodes.Name)), None)
    name = named.parts[-1].text if isinstance(named, nodes.Reference) else named.text if named else ""
    symbol = desk.names.attributes("person").get(name) or desk.names.attributes("account").get(name)
    for option in options_of(symbol.node.values[0]) if symbol is not None and symbol.node.values else ():
        yield Offer(label=option, kind=Icon.EnumMember, detail=name)
