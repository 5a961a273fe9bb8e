"""Names that mean nothing yet: what each could have meant, for whoever wants to declare it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from gridlang.editor.index import walk
from gridlang.editor.index.names import Names
from gridlang.editor.index.symbols import Symbol
from gridlang.editor.session import Text
from gridlang.syntax import nodes

Missing = list[tuple[int, tuple[str, ...], str]]


@attrs.frozen(eq=False)
class _Asking(walk.Where):
    """A place that notes the names for which nothing is found."""

    missing: Missing = attrs.field(factory=list)

    def named(self, kinds: tuple[str, ...], reference: nodes.Reference) -> walk.Found:
        found = list(super().named(kinds, reference))
        if not found and len(reference.parts) == 1:
            self.missing.append((reference.span.start, kinds, reference.text))
        yield from found


def unknown_at(text: Text, names: Names, offset: int) -> list[tuple[str, str]]:
    """What a name that begins at an offset could be declared as: kind and name, the likeliest first."""
    missing: Missing = []
    for node in text.file.declarations:
        if node.span.start <= offset <= node.span.end:
            for _ in walk.declaration(node, names, text.folder.path, _maker(missing)):
                pass
    return [(kind, name) for start, kinds, name in missing if start == offset for kind in kinds]


def _maker(missing: Missing) -> walk.MakeWhere:
    def make(names: Names, home: str, labels: Mapping[str, Symbol], parameters: Mapping[str, Symbol]) -> walk.Where:
        return _Asking(names, home, labels, parameters, missing=missing)

    return make
