"""Where a name is declared; for `file("…")` the file, for `use "…"` the folder's first file."""

from __future__ import annotations

from lsprotocol import types as lsp

from gridlang.editor.asking import Asked, Feature
from gridlang.editor.features.links import target_of
from gridlang.editor.index import index_of
from gridlang.editor.index.path import path_at


def definition(asked: Asked) -> lsp.Location | None:
    """The place where the name at the cursor is declared."""
    found = index_of(asked.text).at(asked.text, asked.offset)
    if found is not None:
        return asked.location(found.symbol.span)
    for node in reversed(path_at(asked.text.file, asked.offset)):
        target = target_of(asked, node)
        if target is not None:
            start = lsp.Position(0, 0)
            return lsp.Location(target, lsp.Range(start, start))
    return None


FEATURES = (Feature(lsp.TEXT_DOCUMENT_DEFINITION, definition),)
