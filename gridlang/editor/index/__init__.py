"""What stands at a place, and where a name is used: one index over the nodes of a plan and what their names mean.

`names` knows what is no declaration (phases, attributes, labels …), `walk` and its neighbours find every name of a
declaration. Nothing is searched as text, and nothing depends on whether the plan is without errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

import attrs

from gridlang.editor.index import templates, walk
from gridlang.editor.index.names import Names
from gridlang.editor.index.symbols import Occurrence, Symbol
from gridlang.editor.session import Plan, Text, Understood
from gridlang.semantics.scope import Folder
from gridlang.source import Source, Span
from gridlang.syntax import nodes

__all__ = ["Index", "Occurrence", "Symbol", "index_of"]


@attrs.define(eq=False)
class Index:
    """The names of one understanding of a plan, worked out a file at a time."""

    plan: Plan
    understood: Understood
    names: Names
    _files: dict[int, tuple[Occurrence, ...]] = attrs.field(factory=dict)

    def of_file(self, file: nodes.File, folder: Folder) -> tuple[Occurrence, ...]:
        """Every name in a file, in the order of the text."""
        if id(file) not in self._files:
            found = [each for node in file.declarations for each in walk.declaration(node, self.names, folder.path)]
            self._files[id(file)] = tuple(sorted(found, key=lambda each: each.span.start))
        return self._files[id(file)]

    def at(self, text: Text, offset: int) -> Occurrence | None:
        """The name at an offset, or right before it."""
        found = [each for each in self.of_file(text.file, text.folder) if each.covers(offset)]
        return found[-1] if found else None

    def everywhere(self) -> Iterator[Occurrence]:
        """Every name in the plan, the library's files too, and in the texts that its messages take from files."""
        for folder in self.understood.scope.folders.values():
            for file in folder.files:
                yield from self.of_file(file, folder)
            yield from self._texts(folder)

    def _texts(self, folder: Folder) -> Iterator[Occurrence]:
        for call in file_calls(folder):
            path = call.arguments[0].value
            assert isinstance(path, nodes.Text)
            text = self.plan.files.text(path.value, folder.path).value
            if text is not None:
                source = Source(f"{folder.path}/{path.value}" if folder.path else path.value, text)
                yield from templates.names(Span(source, 0, len(text)), self.names)

    def of(self, symbol: Symbol) -> list[Occurrence]:
        """Where a name is used, each place once."""
        found = {(each.span.source.path, each.span.start): each for each in self.everywhere() if each.symbol == symbol}
        return list(found.values())


def file_calls(folder: Folder) -> Iterator[nodes.Call]:
    """Every `file("…")` in the messages of a folder."""
    for file in folder.files:
        for node in file.declarations:
            if isinstance(node, nodes.Block):
                yield from calls_in(node)


def is_file_call(value: object) -> TypeGuard[nodes.Call]:
    """Whether a value is `file("…")`."""
    if not isinstance(value, nodes.Call) or value.function.text != "file" or not value.arguments:
        return False
    return isinstance(value.arguments[0].value, nodes.Text)


def calls_in(block: nodes.Block) -> Iterator[nodes.Call]:
    """Every `file("…")` in a block."""
    for item in block.items:
        if isinstance(item, nodes.Block):
            yield from calls_in(item)
        elif isinstance(item, nodes.Field):
            for value in item.values:
                if is_file_call(value):
                    yield value


def index_of(text: Text) -> Index:
    """The index of the plan as it was understood, made once."""
    made: Index = text.understood.once("index", lambda: Index(text.plan, text.understood, Names(text.understood.scope)))
    return made
