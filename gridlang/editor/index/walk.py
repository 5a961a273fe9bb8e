"""Every name in a declaration, and what it means: blocks and their fields. Flows and tests have their own files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import attrs

from gridlang.editor.index import symbols
from gridlang.editor.index.names import Names, holder_of, labels_of, parameters_of
from gridlang.editor.index.symbols import Occurrence, Symbol, words
from gridlang.semantics.kinds import kinds
from gridlang.semantics.kinds.base import Kind
from gridlang.semantics.predicates import CONDITION
from gridlang.semantics.scope import LIBRARY, Declared
from gridlang.syntax import nodes

Found: TypeAlias = Iterator[Occurrence]
EVENT_CALLS = frozenset({"ever", "count", "since", "last"})


@attrs.frozen(eq=False)
class Where:
    """Where a name stands: its folder, and the names that hold only there."""

    names: Names
    home: str
    labels: Mapping[str, Symbol] = attrs.field(factory=dict)
    parameters: Mapping[str, Symbol] = attrs.field(factory=dict)
    payload: Mapping[str, Symbol] = attrs.field(factory=dict)
    people: Mapping[str, Symbol] = attrs.field(factory=dict)

    def declared(self, kind: str, reference: nodes.Reference) -> Declared | None:
        """The declaration that a dotted name means."""
        return self.names.scope.find(kind, words(reference), self.home)

    def named(self, kinds: tuple[str, ...], reference: nodes.Reference) -> Found:
        """What a name means of the first kind of which there is one, and the folder before its dot."""
        spelled = words(reference)
        yield from self._folder(reference)
        if len(spelled) == 1 and spelled[0] in self.parameters:
            yield Occurrence(reference.span, self.parameters[spelled[0]])
            return
        for kind in kinds:
            if (found := self._symbol(kind, spelled)) is not None:
                yield Occurrence(reference.parts[-1].span, found)
                if kind == "part" and (held := self._symbol("map", spelled[:1])) is not None:
                    yield Occurrence(reference.parts[0].span, held)
                return

    def _folder(self, reference: nodes.Reference) -> Found:
        folder = self.names.scope.folders.get(self.home)
        first = reference.parts[0]
        if folder is None or len(reference.parts) < 2 or first.text not in folder.uses or first.text == LIBRARY:
            return
        for file in folder.files:
            for node in file.declarations:
                if isinstance(node, nodes.Use) and node.name is not None and node.name.text == first.text:
                    yield Occurrence(first.span, Symbol("import", first.text, self.home, node.name.span, node))
                    return

    def _symbol(self, kind: str, spelled: tuple[str, ...]) -> Symbol | None:
        names, last = self.names, spelled[-1]
        plain = ".".join(spelled)
        match kind:
            case "phase":
                return names.phases.get(plain)
            case "level":
                return names.levels.get(plain)
            case "day":
                return names.days.get(plain)
            case "step":
                return names.tasks.get(plain)
            case "label":
                return self.labels.get(plain)
            case "somebody":
                return self.people.get(plain)
            case "attribute":
                return self._attribute(spelled)
            case "part":
                held = names.parts(spelled[0]).get(last) if len(spelled) == 2 else None
                return self._declaration("person", (last,)) if held is not None else None
            case _:
                return self._declaration(kind, spelled)

    def _declaration(self, kind: str, spelled: tuple[str, ...]) -> Symbol | None:
        found = self.names.scope.find(kind, spelled, self.home)
        return Symbol(found.kind, found.name, found.folder, found.span, found.node) if found else None

    def _attribute(self, spelled: tuple[str, ...]) -> Symbol | None:
        if len(spelled) == 2 and spelled[0] == "account":
            return self.names.attributes("account").get(spelled[1])
        if len(spelled) > 1:
            return None
        return self.payload.get(spelled[0]) or self.names.attributes("person").get(spelled[0])


MakeWhere: TypeAlias = Callable[[Names, str, Mapping[str, Symbol], Mapping[str, Symbol]], Where]

# --- declarations ----------------------------------------------------------------------------------------------------


def declaration(node: nodes.Declaration, names: Names, home: str, make: MakeWhere = Where) -> Found:
    """Every name in a declaration of folder `home`; `make` makes the places that names are looked up at."""
    from gridlang.editor.index import walk_flows, walk_stories

    if isinstance(node, nodes.Use):
        if node.name is not None:
            yield Occurrence(node.name.span, Symbol("import", node.name.text, home, node.name.span, node), True)
        return
    if isinstance(node, nodes.Let):
        yield from _declares(names, "let", node.name, home)
        yield from value(node.value, CONDITION, make(names, home, {}, {}))
        return
    if isinstance(node, nodes.FlowDeclaration):
        yield from _declares(names, "flow", node.name, home)
        yield from walk_flows.declaration(node, inside(names, "flow", node, home, make))
        return
    if node.name is not None and node.kind.text != "test":
        yield from _declares(names, node.kind.text, node.name, home)
    if node.parent is not None:
        yield from make(names, home, {}, {}).named((node.kind.text,), node.parent)
    if node.kind.text == "test":
        yield from walk_stories.story(node, make(names, home, {}, {}))
        return
    kind = kinds().get(node.kind.text)
    yield from _block(node, kind, inside(names, node.kind.text, node, home, make), node)


def inside(
    names: Names, kind: str, node: nodes.Block | nodes.FlowDeclaration, home: str, make: MakeWhere = Where
) -> Where:
    """Where the names in a declaration stand: its labels and parameters hold there."""
    if node.name is None:
        return make(names, home, {}, {})
    holder = holder_of(Declared(kind, node.name.text, home, "", node, ""))
    return make(names, home, labels_of(node, holder), parameters_of(node, holder))


def _declares(names: Names, kind: str, name: nodes.Name, home: str) -> Found:
    found = names.scope.of(home, kind).get(name.text)
    if found is not None:
        yield Occurrence(name.span, Symbol(kind, found.name, found.folder, found.span, found.node), True)


def _block(block: nodes.Block, kind: Kind | None, where: Where, top: nodes.Block) -> Found:
    from gridlang.editor.index import walk_flows

    for item in block.items:
        if isinstance(item, nodes.Field):
            yield from _field(item, block, kind, where, top)
        elif isinstance(item, nodes.Edge):
            yield from _edge(item, block, where)
        elif isinstance(item, nodes.Flow):
            yield from walk_flows.flow(item, where)
        elif isinstance(item, nodes.Block):
            yield from _inner_name(item, top, where)
            yield from _block(item, kind.block(item.kind.text) if kind else None, where, top)


def _inner_name(item: nodes.Block, top: nodes.Block, where: Where) -> Found:
    """`phase`, `level` and `day` blocks name what the whole plan speaks of, when they are of the plan's own journey."""
    if item.name is None or item.kind.text not in ("phase", "level", "day"):
        return
    of_plan = id(top) in where.names.inner_holders
    holder = "" if of_plan else f"{where.home}/{top.kind.text} {top.name.text if top.name else ''}"
    yield Occurrence(item.name.span, Symbol(item.kind.text, item.name.text, holder, item.name.span, item), True)


def _field(item: nodes.Field, block: nodes.Block, kind: Kind | None, where: Where, top: nodes.Block) -> Found:
    if kind is None:
        return
    spec = kind.spec(item.name.text)
    if spec is not None:
        for each in item.values:
            yield from value(each, spec.reader.names, where)
            if kind.word in ("message", "language") and isinstance(each, nodes.Text):
                yield from _template(each, where)
        return
    match kind.word:
        case "fields" if top.name is not None:
            symbol = Symbol("attribute", item.name.text, f"{where.home}/{top.name.text}", item.name.span, item)
            yield Occurrence(item.name.span, symbol, True)
        case "carries" if top.name is not None:
            found = where.names.scope.of(where.home, "event").get(top.name.text)
            if found is not None:
                symbol = Symbol("payload", item.name.text, found.qualified, item.name.span, item)
                yield Occurrence(item.name.span, symbol, True)
        case "roles":
            yield from _part(item, where)
        case _:
            pass


def _template(text: nodes.Text, where: Where) -> Found:
    from gridlang.editor.index import templates

    yield from templates.names(text.span, where.names)


def _part(item: nodes.Field, where: Where) -> Found:
    """`mother: user, influencer` on a map."""
    spelled = tuple(item.name.text.split("."))
    found = where.names.scope.find("person", spelled, where.home)
    if found is not None:
        symbol = Symbol("person", found.name, found.folder, found.span, found.node)
        yield Occurrence(symbols.last_word(item.name.span), symbol)
    for each in item.values:
        yield from value(each, ("role",), where)


def _edge(item: nodes.Edge, block: nodes.Block, where: Where) -> Found:
    ends, labels = (("person",), ()) if block.kind.text == "influence" else (("phase",), ("event",))
    for end in (*item.sources, *item.targets):
        yield from where.named(ends, end)
    for label in item.labels:
        yield from where.named(labels, label)


# --- values ----------------------------------------------------------------------------------------------------------


def value(node: object, kinds: tuple[str, ...], where: Where) -> Found:  # noqa: C901 (one case a node)
    """The names in a value; a plain name means one of `kinds`."""
    match node:
        case nodes.Reference():
            yield from where.named(kinds, node)
        case nodes.Call():
            yield from _call(node, where)
        case nodes.Not() | nodes.Negative():
            yield from value(node.operand, kinds, where)
        case nodes.Logic():
            for operand in node.operands:
                yield from value(operand, kinds, where)
        case nodes.Comparison():
            yield from value(node.left, _left(node, kinds, where), where)
            yield from value(node.right, kinds, where)
        case nodes.Sum():
            yield from value(node.left, kinds, where)
            yield from value(node.right, kinds, where)
        case nodes.Listing():
            for each in node.values:
                yield from value(each, kinds, where)
        case nodes.Range():
            yield from value(node.start, kinds, where)
            yield from value(node.end, kinds, where)
        case nodes.Within() | nodes.After():
            yield from value(getattr(node, "value", None), kinds, where)
            yield from value(node.duration, ("let",), where)
        case nodes.Frequency():
            for channel in node.across:
                yield from where.named(("channel",), channel)
        case _:
            return


def _left(node: nodes.Comparison, kinds: tuple[str, ...], where: Where) -> tuple[str, ...]:
    """`email in consent`: left of a list stands the name of what it holds."""
    if node.sign == "in" and isinstance(node.right, nodes.Reference) and "attribute" in kinds:
        return ("attribute", "channel", "role", "message", "let")
    return kinds


def _call(node: nodes.Call, where: Where) -> Found:
    name = node.function.parts[-1].text
    if name not in EVENT_CALLS:
        for argument in node.arguments:
            yield from value(argument.value, CONDITION, where)
        return
    for argument in node.arguments:
        if argument.name is not None or not isinstance(argument.value, nodes.Reference):
            continue
        yield from where.named(("event",), argument.value)
        event = where.declared("event", argument.value)
        payload = where.names.payload(event) if event else {}
        if argument.where is not None:
            yield from value(argument.where, CONDITION, attrs.evolve(where, payload=payload))
        if node.field is not None and node.field.text in payload:
            yield Occurrence(node.field.span, payload[node.field.text])
