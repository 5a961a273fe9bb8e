"""Colours by meaning: what is a keyword here, what a name means, what is a value."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types as lsp

from gridlang.editor import positions
from gridlang.editor.asking import Asked, Feature
from gridlang.editor.index import index_of
from gridlang.editor.index.path import walk
from gridlang.source import Span
from gridlang.syntax import nodes
from gridlang.syntax.scanning import tokens
from gridlang.syntax.tables import tables

TYPES = (
    "keyword", "class", "interface", "event", "function", "string", "number", "comment", "property", "parameter",
    "variable", "enumMember", "label", "type", "operator", "namespace",
)  # fmt: skip
MODIFIERS = ("declaration", "documentation", "defaultLibrary")
_OF_NAME = {
    "channel": "interface", "event": "event", "flow": "function", "campaign": "function", "phase": "enumMember",
    "level": "enumMember", "role": "enumMember", "need": "enumMember", "barrier": "enumMember", "day": "enumMember",
    "attribute": "property", "payload": "property", "parameter": "parameter", "let": "variable", "label": "label",
    "somebody": "variable", "import": "namespace",
}  # fmt: skip
_OF_TOKEN = {
    "TEXT": "string", "NUMBER": "number", "PERCENT": "number", "MONEY": "number", "DURATION": "number",
    "DATE": "number", "MOMENT": "number", "TIME": "number", "REMARK": "comment", "DOC": "comment",
    "COMPARE": "operator", "ARROW": "operator", "DOTS": "operator", "LESS": "operator", "MORE": "operator",
}  # fmt: skip
_WORDS = frozenset({"nothing", "otherwise", "overdue", "yes", "no", "true", "false", "workdays", "required"})


def colours(asked: Asked) -> lsp.SemanticTokens:
    """The tokens of a text, each as five numbers beside the one before it."""
    data: list[int] = []
    source, line, column = asked.text.source, 0, 0
    for span, type, modifiers in sorted(_tokens(asked), key=lambda each: each[0].start):
        for part in _lines(span):
            at = positions.position_of(source, part.start, asked.encoding)
            end = positions.position_of(source, part.end, asked.encoding)
            data += [at.line - line, at.character - column if at.line == line else at.character]
            data += [end.character - at.character, TYPES.index(type), modifiers]
            line, column = at.line, at.character
    return lsp.SemanticTokens(data)


def _lines(span: Span) -> Iterator[Span]:
    """A token stands on one line; what does not is cut."""
    start = span.start
    for part in span.text.splitlines(keepends=True):
        shown = part.rstrip("\r\n")
        if shown:
            yield Span(span.source, start, start + len(shown))
        start += len(part)


def _tokens(asked: Asked) -> Iterator[tuple[Span, str, int]]:
    source = asked.text.source
    named = {each.span.start: each for each in index_of(asked.text).of_file(asked.text.file, asked.text.folder)}
    kinds, keys = _heads(asked)
    keywords = tables().keywords
    for kind, start, end in tokens(source.text, 0, len(source.text)):
        span, found = Span(source, start, end), named.get(start)
        if kind in ("NAME", "KEY") and found is not None:
            yield (
                found.span,
                _OF_NAME.get(found.symbol.kind, "class"),
                _modifiers(found.declares, found.symbol.in_library),
            )
        elif kind == "KEY" or start in keys:
            yield span, "property", 0
        elif kind == "GENERIC":
            yield span, "type", 0
        elif kind == "NAME":
            word = span.text
            if start in kinds or word in keywords or word in _WORDS:
                yield span, "keyword", 0
        elif kind in _OF_TOKEN:
            yield span, _OF_TOKEN[kind], 2 if kind == "DOC" else 0


def _modifiers(declares: bool, library: bool) -> int:
    return (1 if declares else 0) | (4 if library else 0)


def _heads(asked: Asked) -> tuple[set[int], set[int]]:
    """Where the kinds of blocks stand, and the names of fields."""
    kinds: set[int] = set()
    keys: set[int] = set()
    for declaration in asked.text.file.declarations:
        for node in walk(declaration):
            if isinstance(node, nodes.Block):
                kinds.add(node.kind.span.start)
            elif isinstance(node, nodes.Field):
                keys.add(node.name.span.start)
    return kinds, keys


FEATURES = (
    Feature(
        lsp.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
        colours,
        lsp.SemanticTokensLegend(token_types=list(TYPES), token_modifiers=list(MODIFIERS)),
        lsp.SemanticTokens([]),
    ),
)
