"""The house style, of a whole text or of what touches a range; mistakes stay as written."""

from __future__ import annotations

from lsprotocol import types as lsp

from gridlang.editor.asking import Asked, Feature
from gridlang.source import Span
from gridlang.syntax.formatting import formatted


def whole(asked: Asked) -> list[lsp.TextEdit]:
    """The edits that bring the text into the house style."""
    return _edits(asked, None)


def part(asked: Asked) -> list[lsp.TextEdit]:
    """The same for the declarations that touch a range."""
    return _edits(asked, asked.span(asked.params.range))


def _edits(asked: Asked, only: Span | None) -> list[lsp.TextEdit]:
    """One edit of what differs: what stands before and behind it keeps its place in the editor."""
    source = asked.text.source
    old, new = source.text, formatted(source, only).value.text
    if old == new:
        return []
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most, tail = min(len(old), len(new)) - start, 0
    while tail < most and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return [lsp.TextEdit(asked.range(asked.text.span(start, len(old) - tail)), new[start : len(new) - tail])]


FEATURES = (
    Feature(lsp.TEXT_DOCUMENT_FORMATTING, whole, empty=()),
    Feature(lsp.TEXT_DOCUMENT_RANGE_FORMATTING, part, empty=()),
)
