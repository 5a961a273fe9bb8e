"""What fits as a value: by what the field takes, by the attribute it is compared with, in a condition."""

from __future__ import annotations

from typing import Any

from gridlang.editor.completing.desk import Desk, attribute, samples, symbols, words
from gridlang.editor.completing.offer import Kind as Icon
from gridlang.editor.completing.offer import Offer, Offers
from gridlang.editor.completing.spot import Spot, is_sign
from gridlang.editor.index.symbols import Symbol
from gridlang.editor.index.walk import EVENT_CALLS
from gridlang.editor.index.walk_stories import held_by
from gridlang.semantics.calls import FUNCTIONS
from gridlang.semantics.values import Reader
from gridlang.syntax import nodes
from gridlang.syntax.tables import tables

_GOING_ON = frozenset(
    {",", ":", "(", "and", "or", "not", "in", "==", "!=", "<", "<=", ">", ">=", "+", "-", "before", "..", "where", "="}
)
"""Signs and words behind which a value must stand."""
_BEHIND_VALUE = ("AND", "OR", "IN", "PER", "WITHIN", "BEFORE", "ACROSS", "WHERE")
_SAMPLES = (
    ("a cap", ("3 per 7d", "1 per 14d", "3 per 7d across all")),
    ("a rate", ("25 per calendar day", "100 per calendar quarter")),
    ("a duration", ("2d", "1w", "1mo", "2 workdays")),
    ("hours", ("09:00 .. 17:00",)),
    ("a date", ("2027-01-04", "2027-01-04 .. 2027-12-31")),
    ("one date", ("2027-01-04 .. 2027-12-31",)),
    ("a share", ("10%", "50%")),
    ("a moment", ("2027-02-01 08:00",)),
    ("an order", ("one before other",)),
)


def key(spot: Spot) -> str | None:
    """The field whose value stands, or goes on, at the place; None where a new item begins."""
    pending = spot.pending
    colon = next((at for at in range(len(pending) - 1, -1, -1) if is_sign(pending[at], ":")), None)
    if colon is None or colon == 0 or not isinstance(pending[colon - 1], nodes.Name):
        return None
    if any(is_sign(value, "->") for value in pending[:colon]):
        return None
    behind = pending[colon + 1 :]
    if not behind or is_sign(spot.last, *_GOING_ON):
        return str(pending[colon - 1].text)
    return None


def of_reader(desk: Desk, reader: Reader, field: str) -> Offers:
    """What a field takes."""
    if is_sign(desk.spot.last, ":", ","):
        yield from words(reader.words, rank=1)
    if "attribute" in reader.names and field not in ("address", "consent"):
        yield from condition(desk, reader.names)
    else:
        for kind in reader.names:
            yield from _named(desk, kind)
    for beginning, found in _SAMPLES:
        if reader.expects.startswith(beginning):
            yield from samples(found, detail=reader.expects)
    if reader.expects.startswith("a text") and "file(" in reader.expects:
        snippet = 'file("messages/${1:name}.md")'
        yield Offer(label='file("…")', kind=Icon.File, detail="a text of its own", snippet=snippet, rank=3)


def _named(desk: Desk, kind: str) -> Offers:
    if kind == "attribute":
        yield from desk.attributes(account=False)
    elif kind == "part":
        for found in desk.text.scope.own("map").values():
            for name in desk.names.parts(found.name):
                yield Offer(label=f"{found.name}.{name}", kind=Icon.Class, detail="a person of a map", rank=5)
    else:
        yield from desk.declared(kind)


def condition(desk: Desk, kinds: tuple[str, ...]) -> Offers:
    """What fits in a condition or a date: what it is compared with, or attributes, functions, other names."""
    spot = desk.spot
    if (function := _function(spot)) is not None:
        yield from desk.events(()) if function in EVENT_CALLS else desk.attributes()
        return
    compared = _compared(desk)
    if compared is not None:
        found = list(of_type(desk, compared))
        yield from found
        if found:
            return
    yield from desk.attributes()
    yield from desk.declared("let")
    if "event" in kinds:
        yield from desk.events((), rank=3)
    for name, shape in FUNCTIONS.items():
        inner = "${1:event}" if name in EVENT_CALLS else "${1:attribute}"
        tail = ".${2:at}" if name == "last" else ""
        yield Offer(label=name, kind=Icon.Function, detail=shape, snippet=f"{name}({inner}){tail}", rank=4)
        if name in EVENT_CALLS:
            whole = f"account.{name}"
            yield Offer(label=whole, kind=Icon.Function, detail=shape, snippet=f"{whole}({inner}){tail}", rank=5)
    yield from words(("not",), rank=5)


def _function(spot: Spot) -> str | None:
    """The function whose brackets have just been opened."""
    if not is_sign(spot.last, "(") or len(spot.pending) < 2:
        return None
    before = spot.pending[-2]
    return before.parts[-1].text if isinstance(before, nodes.Reference) else None


def _compared(desk: Desk) -> Symbol | None:
    """The attribute left of a comparison whose right side stands at the place."""
    spot = desk.spot
    if not is_sign(spot.last, "==", "!=", "(", ",") or len(spot.pending) < 2:
        return None
    left = next((value for value in reversed(spot.pending[:-1]) if isinstance(value, nodes.Reference)), None)
    compares = any(is_sign(value, "==", "!=", "in") for value in spot.pending)
    if left is None or not compares:
        return None
    owner = "account" if left.parts[0].text == "account" and len(left.parts) == 2 else "person"
    return desk.names.attributes(owner).get(left.parts[-1].text)


def of_attribute(desk: Desk, name: str) -> Offers:
    """The values of an attribute of somebody in a test."""
    if name == "roles":
        yield from desk.declared("role")
        return
    symbol = desk.names.attributes("person").get(name) or desk.names.attributes("account").get(name)
    if symbol is not None:
        yield from of_type(desk, symbol)


def of_type(desk: Desk, symbol: Symbol) -> Offers:
    """The values that the type of an attribute allows, where they can be listed."""
    held = held_by(symbol)
    if held is not None:
        yield from desk.declared(held)
        return
    type = symbol.node.values[0] if symbol.node.values else None
    for option in options_of(type):
        yield Offer(label=f'"{option}"', kind=Icon.EnumMember, detail=symbol.name, rank=1)
    name = type.name.text if isinstance(type, nodes.TypeName) else getattr(type, "text", "")
    if name == "Bool":
        yield from words(("yes", "no"))
    elif name == "Date":
        yield from samples(("2018-05-01",), detail="a date")


def options_of(type: Any) -> tuple[str, ...]:
    """What `OneOf("a", "b")` allows."""
    if isinstance(type, nodes.TypeName) and type.name.text == "OneOf":
        return tuple(option.value for option in type.arguments if isinstance(option, nodes.Text))
    return ()


def going_on(desk: Desk) -> Offers:
    """The words with which a value can go on."""
    signs = tables().signs
    yield from words((signs[kind] for kind in _BEHIND_VALUE if kind in desk.spot.accepted), rank=6)


def labels(found: dict[str, Symbol]) -> Offers:
    """The labels of a flow."""
    yield from symbols(found.values(), 3)


def payload(found: dict[str, Symbol]) -> Offers:
    """What an event carries."""
    for symbol in found.values():
        yield attribute(symbol.name, symbol, 2)
