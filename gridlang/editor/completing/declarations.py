"""What fits outside of blocks, and among the items of a block."""

from __future__ import annotations

from gridlang.editor.completing import snippets, values
from gridlang.editor.completing.desk import Desk, attribute, symbols, words
from gridlang.editor.completing.offer import Kind as Icon
from gridlang.editor.completing.offer import Offer, Offers
from gridlang.editor.completing.spot import Frame, blocks_before, fields_before, is_sign
from gridlang.semantics.kinds import kinds
from gridlang.semantics.kinds.base import Kind
from gridlang.semantics.types import TYPE_NAMES
from gridlang.syntax import nodes

_STRENGTHS = ("weak", "strong")


def outside(desk: Desk) -> Offers:
    """Outside of blocks: declarations, and the parent behind a name."""
    pending = desk.spot.pending
    if not pending:
        yield from _whole()
    elif is_sign(pending[0], "let"):
        yield from values.condition(desk, ("attribute", "let"))
    elif is_sign(pending[0], "flow"):
        if is_sign(desk.spot.last, ":"):
            yield from types()
    elif isinstance(pending[0], nodes.Name) and is_sign(desk.spot.last, ":"):
        yield from desk.declared(pending[0].text)
    elif len(pending) == 1 and isinstance(pending[0], nodes.Name) and pending[0].text == "fields":
        yield from words(("person", "account"))


def _whole() -> Offers:
    for kind in kinds().values():
        yield Offer(
            label=kind.word, kind=Icon.Snippet, detail="declaration", doc=kind.doc, snippet=snippets.declaration(kind)
        )
    for word, snippet in snippets.DECLARATIONS.items():
        yield Offer(label=word, kind=Icon.Snippet, detail="declaration", snippet=snippet)


def types() -> Offers:
    """The types of fields and parameters."""
    shapes = {"List": "List<${1:Text}>", "OneOf": 'OneOf("${1:a}", "${2:b}")'}
    for name in TYPE_NAMES:
        yield Offer(label=name, kind=Icon.TypeParameter, detail="type", snippet=shapes.get(name), rank=3)


def kind_of(frames: tuple[Frame, ...]) -> Kind | None:
    """The kind of the innermost block, found from the outermost in."""
    found: Kind | None = None
    for number, frame in enumerate(frames):
        word = frame.kind
        if word is None:
            return None
        found = kinds().get(word) if number == 0 else found.block(word) if found else None
    return found


def in_block(desk: Desk) -> Offers:
    """In a block: a value behind `field:`, the other end of an arrow, or a new item."""
    kind, spot = kind_of(desk.spot.frames), desk.spot
    if kind is None:
        return
    if (key := values.key(spot)) is not None:
        yield from _value(desk, kind, key)
    elif spot.sign in ("->", ":") or (is_sign(spot.last, ",") and not values.key(spot)):
        yield from _arrow(desk, kind)
    elif not spot.pending or _complete(desk):
        yield from _items(desk, kind)
        if spot.pending:
            yield from values.going_on(desk)
    elif kind.steps:
        from gridlang.editor.completing import stories

        yield from stories.line(desk)


def _complete(desk: Desk) -> bool:
    """Whether what stands before the place can be a complete item, so that a new one may begin."""
    return "RBRACE" in desk.spot.accepted and desk.spot.sign is None and not _in_story(desk)


def _in_story(desk: Desk) -> bool:
    return any(is_sign(value, "enter", "on", "expect") for value in desk.spot.pending)


def _value(desk: Desk, kind: Kind, key: str) -> Offers:
    spec = kind.spec(key)
    if spec is not None:
        yield from values.of_reader(desk, spec.reader, key)
    elif kind.word == "roles":
        yield from desk.declared("role")
    elif kind.word in ("fields", "carries"):
        yield from types()
    elif kind.word == "person" and len(desk.spot.frames) > 1:
        yield from values.of_attribute(desk, key)


def _arrow(desk: Desk, kind: Kind) -> Offers:
    """The other end of an arrow, and what stands behind its colon."""
    journey = kind.word == "journey"
    if is_sign(desk.spot.last, ":") or any(is_sign(value, ":") for value in desk.spot.pending):
        yield from desk.events(()) if journey else words(_STRENGTHS)
    elif journey:
        yield from desk.declared("phase")
    elif kind.word == "influence":
        yield from _on_map(desk)


def _on_map(desk: Desk) -> Offers:
    """The persons in the `roles` of the map around the place, else all."""
    own = [
        field.name.text
        for kind, _, items in blocks_before(desk.spot)
        if kind == "roles"
        for field in items
        if isinstance(field, nodes.Field)
    ]
    if own:
        yield from words(own, detail="person on this map")
    else:
        yield from desk.declared("person")


def _items(desk: Desk, kind: Kind) -> Offers:
    there = fields_before(desk.spot)
    for number, spec in enumerate(kind.fields):
        if spec.name not in there:
            need = "needed · " if spec.required else ""
            yield Offer(
                label=f"{spec.name}:",
                kind=Icon.Property,
                detail=f"{need}{spec.reader.expects}",
                doc=spec.doc,
                snippet=f"{spec.name}: ",
                rank=1 if spec.required else 2 + number // 20,
            )
    for inner in kind.blocks:
        yield Offer(
            label=inner.word, kind=Icon.Struct, detail="block", doc=inner.doc, snippet=snippets.block(inner), rank=3
        )
    if kind.flow:
        yield Offer(label="flow", kind=Icon.Struct, detail="the flowchart", snippet="flow {\n  ${0}\n}", rank=3)
    if kind.steps:
        for word, snippet in snippets.STORY.items():
            yield Offer(label=word, kind=Icon.Keyword, detail="line of a test", snippet=snippet, rank=3)
    yield from _free_items(desk, kind, there)


def _free_items(desk: Desk, kind: Kind, there: set[str]) -> Offers:
    """Items whose names are the author's: persons of a map, attributes of somebody, ends of arrows."""
    if kind.word == "roles":
        yield from (_keyed(offer) for offer in desk.declared("person") if offer.label not in there)
    elif kind.word == "person" and len(desk.spot.frames) > 1:
        for symbol in (*desk.names.attributes("person").values(), *desk.names.attributes("account").values()):
            if symbol.name not in there:
                yield _keyed(attribute(symbol.name, symbol, 3))
    elif kind.word == "journey":
        yield from symbols(desk.names.phases.values(), 4)
    elif kind.word == "influence":
        yield from _on_map(desk)


def _keyed(offer: Offer) -> Offer:
    return Offer(label=f"{offer.label}:", kind=offer.kind, detail=offer.detail, snippet=f"{offer.label}: ", rank=3)
