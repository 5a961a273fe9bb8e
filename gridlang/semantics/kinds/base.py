"""What a kind of declaration is: a table of its fields and blocks, and how one becomes a record of the schedule.

The table is the schema that the checker holds a declaration against, and the page that the manual prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from gridlang.diagnostics import Diagnostic, Edit, Fix, Related
from gridlang.diagnostics.codes import declarations as codes
from gridlang.diagnostics.codes import types as type_codes
from gridlang.semantics.context import Context, Here
from gridlang.semantics.scope import Declared, choose, near, write
from gridlang.semantics.values import Reader
from gridlang.source import Span
from gridlang.syntax import nodes


@attrs.frozen
class FieldSpec:
    """One field: `many` takes a list of values, `required` must be there."""

    name: str
    reader: Reader
    doc: str
    many: bool = False
    required: bool = False


@attrs.frozen
class Kind:
    """One kind of declaration, or of a block inside one."""

    word: str
    doc: str
    fields: tuple[FieldSpec, ...] = ()
    blocks: tuple[Kind, ...] = ()
    edges: str | None = None
    """What an edge `a -> b` in it means; None: edges have no place here."""
    free: str | None = None
    """What a field of any name means (`children: Int`); None: only the fields of the table."""
    flow: bool = False
    steps: bool = False
    """Whether it holds the lines of a test: enter, on, expect."""
    named: bool = True
    titled: bool = False
    """Whether it goes by its title instead of a name."""
    lower: Callable[[Bound], Any] | None = None
    _specs: dict[str, FieldSpec] = attrs.field(init=False, repr=False, eq=False)

    @_specs.default
    def _by_name(self) -> dict[str, FieldSpec]:
        return {spec.name: spec for spec in self.fields}

    def spec(self, name: str) -> FieldSpec | None:
        return self._specs.get(name)

    def block(self, word: str) -> Kind | None:
        return next((kind for kind in self.blocks if kind.word == word), None)


@attrs.define(eq=False)
class Bound:
    """A declaration held against its kind: its items by sort, those of what it starts from included.

    Every item keeps the folder and declaration it was written in, where its names are looked up.
    """

    kind: Kind
    name: str
    node: nodes.Block
    here: Here
    title: str | None = None
    doc: str | None = None
    fields: dict[str, tuple[nodes.Field, Here]] = attrs.field(factory=dict)
    blocks: list[tuple[nodes.Block, Here]] = attrs.field(factory=list)
    edges: list[tuple[nodes.Edge, Here]] = attrs.field(factory=list)
    flow: tuple[nodes.Flow, Here] | None = None
    steps: list[tuple[nodes.Enter | nodes.Happens | nodes.Expect, Here]] = attrs.field(factory=list)

    @property
    def context(self) -> Context:
        return self.here.context

    @property
    def span(self) -> Span:
        return self.node.name.span if self.node.name else self.node.header

    @property
    def damaged(self) -> bool:
        """Whether a syntax error may have taken something from it."""
        return id(self.node) in self.context.scope.damaged

    @property
    def declared(self) -> Declared | None:
        """Itself among all declarations, found where it was written."""
        name = self.node.name
        return self.context.scope.find(self.kind.word, (name.text,), self.here.home) if name else None

    def common(self) -> dict[str, Any]:
        """The fields that every record of the schedule has."""
        return {"name": self.name, "place": self.here.place(self.span), "title": self.title, "doc": self.doc}

    def has(self, field: str) -> bool:
        return field in self.fields

    def value(self, name: str, default: Any = None) -> Any:
        """The one value of a field, as its reader gives it; `default` when it is not there or wrong."""
        values = self.values(name)
        return values[0] if values else default

    def values(self, name: str) -> tuple[Any, ...]:
        """All good values of a field, in order."""
        spec = self.kind.spec(name)
        assert spec is not None, f"{self.kind.word} has no field {name}"
        if name not in self.fields:
            return ()
        field, here = self.fields[name]
        there = here.within(name)
        if not spec.many and len(field.values) > 1:
            whole = field.values[0].span.to(field.values[-1].span)
            fixes = choose(whole, [value.span.text for value in field.values])
            here.complain(type_codes.TOO_MANY_VALUES.at(whole, field=name, count=len(field.values), fixes=fixes))
            return ()
        read = (spec.reader.read(value, there) for value in field.values)
        return tuple(value for value in read if value is not None)

    def expression(self, name: str) -> tuple[nodes.Expression, Here] | None:
        """The first value of a field as written, for what reads it in its own way."""
        if name not in self.fields:
            return None
        field, here = self.fields[name]
        return (field.values[0], here.within(name)) if field.values else None

    def place(self, name: str) -> int | None:
        """The place of a field, None when it is not there."""
        if name not in self.fields:
            return None
        field, here = self.fields[name]
        return here.place(field.span)

    def nested(self, word: str) -> list[Bound]:
        """The blocks of one sort; those of one name, or title, are one: what starts from it builds on it."""
        kind = self.kind.block(word)
        assert kind is not None, f"{self.kind.word} has no block {word}"
        layers: dict[str, list[tuple[nodes.Block, Here]]] = {}
        for block, here in self.blocks:
            if block.kind.text == word:
                layers.setdefault(_called(block), []).append((block, here))
        return [gather(kind, parts[-1][0].name.text if parts[-1][0].name else "", parts) for parts in layers.values()]


def bind(kind: Kind, declared: Declared, context: Context) -> Bound:
    """Hold a declaration against its kind, with everything it starts from; what is wrong is said."""
    assert isinstance(declared.node, nodes.Block)
    layers = [(layer.node, here_of(layer, context)) for layer in lineage(declared, context)]
    return gather(kind, declared.canonical, [(node, here) for node, here in layers if isinstance(node, nodes.Block)])


def here_of(declared: Declared, context: Context) -> Here:
    """Where the names inside a declaration are looked up."""
    return Here(context, declared.folder, f"{declared.kind} {declared.name}")


MAX_LINEAGE = 32
"""How many declarations may start from one another in a row."""


def lineage(declared: Declared, context: Context) -> list[Declared]:
    """A declaration and what it starts from, the root first. A cycle is said and cut."""
    chain, current = [declared], declared
    while isinstance(current.node, nodes.Block) and current.node.parent is not None:
        parent = here_of(current, context).find(declared.kind, current.node.parent)
        if parent is None:
            break
        if parent in chain:
            names = [link.name for link in chain[chain.index(parent) :]] + [parent.name]
            context.problems.append(
                codes.PARENT_CYCLE.at(
                    current.node.parent.span,
                    kind=declared.kind,
                    name=parent.name,
                    cycle=" -> ".join(names),
                    fixes=_standing_alone(current.node),
                )
            )
            break
        if len(chain) >= MAX_LINEAGE:
            context.problems.append(
                codes.LONG_LINEAGE.at(
                    current.node.parent.span, kind=declared.kind, name=chain[0].name, limit=MAX_LINEAGE
                )
            )
            break
        chain.append(parent)
        current = parent
    return chain[::-1]


def _standing_alone(node: nodes.Block) -> tuple[Fix, ...]:
    """The way out that takes `: PARENT` from a declaration."""
    if node.name is None or node.parent is None:
        return ()
    place = node.name.span.within(node.name.span.end, node.parent.span.end)
    return (Fix(f"let `{node.name.text}` stand alone", (Edit(place, ""),)),)


def ancestors(declared: Declared, context: Context) -> tuple[str, ...]:
    """The names of what a declaration starts from, nearest first; of every reference to a parent that is used."""
    return tuple(link.canonical for link in lineage(declared, context)[-2::-1])


def gather(kind: Kind, name: str, layers: list[tuple[nodes.Block, Here]]) -> Bound:
    """One block out of its layers, the root first: fields override, blocks and edges add."""
    node, here = layers[-1]
    bound = Bound(kind, name, node, here, doc=node.doc)
    for block, where in layers:
        _gather_layer(bound, block, where)
    titles = [block.title.value for block, _ in layers if block.title is not None]
    bound.title = node.title.value if node.title else titles[-1] if titles and kind.word in ("phase", "level") else None
    for spec in kind.fields:
        if spec.required and spec.name not in bound.fields and not bound.damaged:
            here.complain(
                codes.MISSING_FIELD.at(
                    bound.span,
                    kind=kind.word,
                    name=f"`{name}`" if name else "",
                    field=spec.name,
                    doc=spec.doc,
                    expects=spec.reader.expects,
                    related=tuple(Related(layer.header, "it starts from this") for layer, _ in layers[:-1]),
                )
            )
    return bound


def _gather_layer(bound: Bound, block: nodes.Block, here: Here) -> None:
    for problem in _twice(bound, block):
        here.complain(problem)
    for item in block.items:
        for problem in _misplaced(bound.kind, item):
            here.complain(problem)
        if isinstance(item, nodes.Field):
            bound.fields[item.name.text] = (item, here)
        elif isinstance(item, nodes.Block):
            bound.blocks.append((item, here))
        elif isinstance(item, nodes.Edge):
            bound.edges.append((item, here))
        elif isinstance(item, nodes.Flow):
            bound.flow = (item, here)
        else:
            bound.steps.append((item, here))


def _called(block: nodes.Block) -> str:
    return block.name.text if block.name else block.title.value if block.title else ""


def _twice(bound: Bound, block: nodes.Block) -> Iterator[Diagnostic]:
    """Fields, blocks and flows that stand twice in one block: one of them would count for nothing."""
    seen: dict[tuple[str, str], Span] = {}
    for item in block.items:
        if isinstance(item, nodes.Field):
            key, span = ("", item.name.text), item.name.span
        elif isinstance(item, nodes.Block):
            key, span = (item.kind.text, _called(item)), item.header
        elif isinstance(item, nodes.Flow):
            key, span = ("flow", ""), Span(item.span.source, item.span.start, item.span.start + len("flow"))
        else:
            continue
        first = seen.setdefault(key, span)
        if first is not span:
            yield _said_twice(bound, item, key, span, first)


def _said_twice(bound: Bound, item: nodes.Item, key: tuple[str, str], span: Span, first: Span) -> Diagnostic:
    kind, related = bound.kind.word, (Related(first, "the first one"),)
    if isinstance(item, nodes.Field):
        return codes.FIELD_TWICE.at(span, field=key[1], kind=kind, name=f"`{bound.name}`", related=related)
    named = f"{key[0]} {key[1]}".strip()
    return codes.BLOCK_TWICE.at(span, block=named, kind=kind, place=first, related=related)


def _misplaced(kind: Kind, item: nodes.Item) -> Iterator[Any]:
    """What an item has no place for in this kind."""
    if isinstance(item, nodes.Field):
        if kind.free is None and kind.spec(item.name.text) is None:
            yield from _unknown_field(kind, item)
    elif isinstance(item, nodes.Block):
        yield from _wrong_block(kind, item)
    elif isinstance(item, nodes.Edge):
        if kind.edges is None:
            yield _no_place(
                item.span, "an arrow", kind, "arrows stand in a `flow`, a `journey` and a map's `influence`"
            )
    elif isinstance(item, nodes.Flow):
        if not kind.flow:
            yield _no_place(item.span, "a flow", kind, "a flow stands in a campaign, or as a declaration of its own")
    elif not kind.steps:
        yield _no_place(item.span, f"`{item.span.text.split()[0]}`", kind, "it is a line of a `test`")


def _wrong_block(kind: Kind, item: nodes.Block) -> Iterator[Any]:
    inner = kind.block(item.kind.text)
    if inner is None:
        words = [block.word for block in kind.blocks] + (["flow"] if kind.flow else [])
        meant, span = near(item.kind.text, words), item.kind.span
        yield codes.UNKNOWN_BLOCK.at(span, kind=kind.word, block=item.kind.text, near=meant, fixes=write(span, meant))
    elif inner.named and item.name is None:
        yield codes.MISSING_NAME.at(item.header, kind=inner.word)


def _unknown_field(kind: Kind, item: nodes.Field) -> Iterator[Any]:
    names = [spec.name for spec in kind.fields]
    meant = near(item.name.text, names)
    fixes = (Fix(f"write `{meant}`", (Edit(item.name.span, meant),)),) if meant else ()
    yield codes.UNKNOWN_FIELD.at(
        item.name.span,
        kind=kind.word,
        field=item.name.text,
        near=meant,
        elsewhere=_ELSEWHERE.get((kind.word, item.name.text)),
        fields=", ".join(names),
        fixes=fixes,
    )


_ELSEWHERE = {
    ("campaign", "channel"): "The channel stands in the flow: `flow { send email hello }`.",
    ("campaign", "message"): "The message stands in the flow: `flow { send email hello }`.",
    ("campaign", "budget"): "Money belongs to a flight, `show tv film for 3w budget 900 DKK`, and to the plan.",
    ("campaign", "end"): "A run ends with its flow; `starts: 2027-03-01 .. 2027-04-01` says when it may begin.",
    ("campaign", "ends"): "A run ends with its flow; `starts: 2027-03-01 .. 2027-04-01` says when it may begin.",
    ("campaign", "person"): "A person of a map is addressed by `role: the_map.the_person`.",
    ("campaign", "when"): "Who is in it, the segment says; when it begins, `starts`.",
    ("message", "channel"): "The channel stands in the flow: `flow { send email hello }`.",
    ("message", "text"): "The text is the `body`; what a colleague says is the `script`.",
}
"""Where something belongs that newcomers look for here."""


def _no_place(span: Span, what: str, kind: Kind, hint: str) -> Any:
    return codes.MISPLACED_ITEM.at(span, what=what, kind=kind.word, hint=hint)
