"""Every name in a test: its people, what they are, what happens, what is expected."""

from __future__ import annotations

import attrs

from gridlang.editor.index.names import field_of
from gridlang.editor.index.symbols import Occurrence, Symbol
from gridlang.editor.index.walk import Found, Where, value
from gridlang.syntax import nodes

EXPECTED = {"move": (("phase",),), "notify": (("team",),)}
CONTACT = (("channel",), ("message",))


def story(node: nodes.Block, where: Where) -> Found:
    """Every name in a test."""
    people = people_of(node)
    where = attrs.evolve(where, people=people)
    for item in node.items:
        match item:
            case nodes.Block() if item.name is not None:
                symbol = people[item.name.text]
                yield Occurrence(item.name.span, symbol, item is symbol.node)
                yield from _person(item, where)
            case nodes.Enter():
                yield from where.named(("phase",), item.phase)
            case nodes.Happens():
                yield from _happens(item, where)
            case nodes.Expect():
                yield from _expect(item, where)
            case _:
                pass


def people_of(node: nodes.Block) -> dict[str, Symbol]:
    """The people of a test."""
    title = f"test {node.title.value if node.title else node.span.start}"
    found: dict[str, Symbol] = {}
    for item in node.items:
        if isinstance(item, nodes.Block) and item.name is not None:
            found.setdefault(item.name.text, Symbol("somebody", item.name.text, title, item.name.span, item))
    return found


def _person(item: nodes.Block, where: Where) -> Found:
    for field in item.items:
        if not isinstance(field, nodes.Field):
            continue
        names = where.names
        symbol = names.attributes("person").get(field.name.text) or names.attributes("account").get(field.name.text)
        if symbol is not None:
            yield Occurrence(field.name.span, symbol)
        held = "role" if field.name.text == "roles" else held_by(symbol)
        for each in field.values:
            yield from value(each, (held,) if held else (), where)


def held_by(symbol: Symbol | None) -> str | None:
    """The kind whose names an attribute holds: `List<Channel>` holds channels."""
    type = symbol.node.values[0] if symbol is not None and symbol.node.values else None
    if isinstance(type, nodes.TypeName) and type.arguments and isinstance(type.arguments[0], nodes.TypeName):
        type = type.arguments[0]
    name = type.name.text if isinstance(type, nodes.TypeName) else getattr(type, "text", "")
    return name.lower() if name in ("Channel", "Role", "Message") else None


def _happens(item: nodes.Happens, where: Where) -> Found:
    yield from where.named(("somebody",), item.person)
    yield from where.named(("event",), item.event)
    if item.step is not None:
        yield from where.named(("step",), item.step)
    event = where.declared("event", item.event)
    payload = where.names.payload(event) if event else {}
    for argument in item.arguments:
        if argument.name is not None and argument.name.text in payload:
            symbol = payload[argument.name.text]
            yield Occurrence(argument.name.span, symbol)
            held = held_by(symbol)
            yield from value(argument.value, (held,) if held else (), where)


def _expect(item: nodes.Expect, where: Where) -> Found:
    for kinds, word in zip(EXPECTED.get(item.verb.text, CONTACT), item.words, strict=False):
        yield from where.named(kinds, word)
    if item.person is not None:
        yield from where.named(("somebody",), item.person)
    if item.team is not None:
        yield from where.named(("team",), item.team)


def starts_of(node: nodes.Block) -> nodes.Field | None:
    """When a test begins."""
    return field_of(node, "starts")
