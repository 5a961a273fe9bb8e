"""The pages of the language's own words: kinds, statements, types, functions, rules of execution, topics, the library.

What the compiler knows (fields, what they take, shapes) comes from its own tables; what only people can say comes from
the fragments in `texts/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from gridlang import resources
from gridlang.manual import cases, fragments
from gridlang.manual.pages import Block, Example, Heading, Page, Prose, Rows
from gridlang.runtime.outputs.table import Table
from gridlang.runtime.outputs.tables import TABLES
from gridlang.semantics.calls import FUNCTIONS
from gridlang.semantics.kinds import kinds
from gridlang.semantics.kinds.base import FieldSpec, Kind
from gridlang.semantics.types import TYPE_NAMES
from gridlang.syntax import nodes, parse

BESIDE_KINDS = {
    "flow": "A piece of flow that campaigns run.",
    "let": "A name for a value or a condition.",
    "use": "Another folder, imported.",
}
"""Declarations of their own shape, which are no kinds."""


def kind_pages() -> Iterator[Page]:
    """A page for each kind of declaration: what it says, an example, its fields, its blocks, its arrows."""
    for word, told in fragments.sections("kinds").items():
        kind = kinds().get(word)
        doc, table = (kind.doc, tuple(_table_of(kind))) if kind else (BESIDE_KINDS[word], ())
        yield Page("kind", word, word, (Prose(doc), *told, *table))


def _table_of(kind: Kind) -> Iterator[Block]:
    if kind.fields:
        yield Rows(("field", "takes", "means"), tuple(_field(spec) for spec in kind.fields))
    if kind.free:
        yield Prose(f"Each line is {kind.free}.")
    if kind.edges:
        yield Prose(f"Arrows: {kind.edges}.")
    for block in kind.blocks:
        yield Heading(f"The block `{block.word}`")
        yield Prose(block.doc)
        yield from _table_of(block)


def _field(spec: FieldSpec) -> tuple[str, str, str]:
    several = "; several with commas" if spec.many else ""
    required = " (required)" if spec.required else ""
    return f"`{spec.name}`", spec.reader.expects + several, spec.doc + required


def verb_pages() -> Iterator[Page]:
    """A page for each statement of a flow. A fragment begins with the shape, then what it does in one line."""
    for name, blocks in fragments.sections("verbs").items():
        yield Page("verb", name, name, blocks)


def verb_rows() -> Rows:
    """Every statement of a flow with its shape and its meaning, a line each."""
    shown = [[block.text for block in page.blocks[:2] if isinstance(block, Prose)] for page in verb_pages()]
    return Rows(("statement", "meaning"), tuple((shape, meaning) for shape, meaning in shown))


def type_pages() -> Iterator[Page]:
    """A page for each type."""
    told = fragments.sections("types")
    yield from (Page("type", name, name, told[name]) for name in TYPE_NAMES)


def function_pages() -> Iterator[Page]:
    """A page for each function, with its shape."""
    told = fragments.sections("functions")
    yield from (Page("function", name, name, (Prose(f"`{shape}`"), *told[name])) for name, shape in FUNCTIONS.items())


def rule_pages() -> Iterator[Page]:
    """A page for each rule of execution."""
    for heading, blocks in fragments.sections("rules").items():
        yield Page("rule", heading.split(" ", 1)[0], heading, blocks)


def topic_pages() -> Iterator[Page]:
    """A page for what is no word of its own."""
    sections = fragments.sections("topics") | fragments.sections("state") | fragments.sections("settings")
    for heading, blocks in sections.items():
        name, title = heading.split(": ", 1)
        if name == "state":
            yield Page("topic", name, title, tuple(_state(blocks)))
        else:
            yield Page("topic", name, title, (*blocks, *_generated(name)))


def _generated(topic: str) -> Iterator[Block]:
    if topic == "small_plan":
        yield Example(cases.preamble())
    elif topic == "outputs":
        for table in TABLES:
            yield from _table(table)
    elif topic == "settings":
        from gridlang.manual import settings

        yield from settings.blocks()


def _state(blocks: Iterable[Block]) -> Iterator[Block]:
    """What people wrote of the state, with the table of what is withdrawn in it, and what its lines hold at the end."""
    from gridlang.runtime.outputs.marks import WITHDRAWN
    from gridlang.runtime.state.records import RECORDS

    for block in blocks:
        if isinstance(block, Heading):
            yield from _table(WITHDRAWN)
        yield block
    yield Rows(("record", "fields", "means"), tuple(_record(kind) for kind in RECORDS))


def _table(table: Table) -> Iterator[Block]:
    yield Heading(table.name)
    yield Prose(table.doc)
    yield Rows(("column", "means"), tuple((f"`{column.name}`", column.doc) for column in table.columns))


def _record(kind: type) -> tuple[str, str, str]:
    name = kind.__name__.removesuffix("Record").lower()
    fields = ", ".join(f"`{field.name}`" for field in attrs.fields(kind))
    return name, fields, " ".join((kind.__doc__ or "").split())


def library_pages() -> Iterator[Page]:
    """A page for each public name of the library: where it stands, and its text."""
    for module, block in library():
        name = block.name.text if block.name else ""
        title = f" ({block.title.value})" if block.title else ""
        blocks = (
            *((Prose(" ".join(block.doc.split())),) if block.doc else ()),
            Prose(f"A {block.kind.text} of the library: `std.{module}.{name}`."),
            Example(block.span.text),
        )
        yield Page("library", name, f"{name}{title}", blocks)


def library() -> Iterator[tuple[str, nodes.Block]]:
    """Every declaration of the library with its module, in order."""
    for source in resources.library():
        module = source.path.removeprefix("std/").removesuffix(".grid")
        for node in parse(source).value.declarations:
            if isinstance(node, nodes.Block) and node.name is not None:
                yield module, node


def field_pages() -> Iterator[Page]:
    """A page for each field: in which kinds it stands, and what it means there."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for where, spec in _all_fields():
        _, takes, means = _field(spec)
        found.setdefault(spec.name, []).append((where, takes, means))
    for name, rows in sorted(found.items()):
        yield Page("field", name, f"{name}: a field", (Rows(("in", "takes", "means"), tuple(rows)),))


def _all_fields() -> Iterator[tuple[str, FieldSpec]]:
    for kind in kinds().values():
        yield from ((f"`{kind.word}`", spec) for spec in kind.fields)
        for block in kind.blocks:
            yield from ((f"`{block.word}` in a `{kind.word}`", spec) for spec in block.fields)


def block_words() -> dict[str, str]:
    """The words of blocks, each with the kind on whose page it stands."""
    return {block.word: kind.word for kind in kinds().values() for block in kind.blocks}
