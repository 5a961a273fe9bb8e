"""Every place where a name is used, over all files of the plan and over the plans that share it."""

from __future__ import annotations

from lsprotocol import types as lsp

from gridlang.editor import positions
from gridlang.editor.across import uses
from gridlang.editor.asking import Asked, Feature
from gridlang.editor.index import index_of


def references(asked: Asked) -> list[lsp.Location]:
    """The places, with the declaration when the client wants it."""
    found = index_of(asked.text).at(asked.text, asked.offset)
    if found is None:
        return []
    return [
        lsp.Location(asked.session.uri(plan, use.span.source.path), positions.range_of(use.span, asked.encoding))
        for plan, use in uses(asked.session, asked.text.plan, found.symbol)
        if asked.params.context.include_declaration or not use.declares
    ]


def highlights(asked: Asked) -> list[lsp.DocumentHighlight]:
    """The places in the text at hand."""
    index = index_of(asked.text)
    found = index.at(asked.text, asked.offset)
    if found is None:
        return []
    kinds = {True: lsp.DocumentHighlightKind.Write, False: lsp.DocumentHighlightKind.Read}
    return [
        lsp.DocumentHighlight(asked.range(each.span), kinds[each.declares])
        for each in index.of_file(asked.text.file, asked.text.folder)
        if each.symbol == found.symbol
    ]


FEATURES = (
    Feature(lsp.TEXT_DOCUMENT_REFERENCES, references, empty=()),
    Feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, highlights, empty=()),
)
