"""Between a client's positions (a line from 0, and code units of the agreed encoding) and our offsets (characters).

A client that asks for a place outside the text gets the nearest one inside it, as the protocol wants it for columns.
"""

from __future__ import annotations

from typing import TypeAlias

from lsprotocol import types as lsp

from gridlang.source import Source, Span

Encoding: TypeAlias = lsp.PositionEncodingKind

UTF8, UTF16, UTF32 = Encoding.Utf8, Encoding.Utf16, Encoding.Utf32


def _units(text: str, encoding: Encoding) -> int:
    """How many code units a text takes."""
    if encoding is UTF32 or text.isascii():
        return len(text)
    if encoding is UTF8:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(letter > "\uffff" for letter in text)


def _characters(text: str, units: int, encoding: Encoding) -> int:
    """How many whole characters of a text fit into so many code units."""
    if encoding is UTF32 or text.isascii():
        return min(units, len(text))
    for count, letter in enumerate(text):
        units -= _units(letter, encoding)
        if units < 0:
            return count
    return len(text)


def offset_of(source: Source, position: lsp.Position, encoding: Encoding) -> int:
    """The offset of a position; behind the end of a line its end, behind the last line the end of the text."""
    starts = source.line_starts
    if position.line >= len(starts):
        return len(source.text)
    line = source.line_text(position.line + 1)
    return starts[position.line] + _characters(line, position.character, encoding)


def position_of(source: Source, offset: int, encoding: Encoding) -> lsp.Position:
    """The position of an offset."""
    line, column = source.line_column(min(offset, len(source.text)))
    start = source.line_starts[line - 1]
    return lsp.Position(line - 1, _units(source.text[start : start + column - 1], encoding))


def range_of(span: Span, encoding: Encoding) -> lsp.Range:
    """The range of a span."""
    return lsp.Range(
        position_of(span.source, span.start, encoding),
        position_of(span.source, span.end, encoding),
    )


def span_of(source: Source, range: lsp.Range, encoding: Encoding) -> Span:
    """The span of a range; one that ends before it starts is read the other way round."""
    start, end = (offset_of(source, position, encoding) for position in (range.start, range.end))
    return Span(source, min(start, end), max(start, end))


def changed(text: str, change: lsp.TextDocumentContentChangeEvent, encoding: Encoding) -> str:
    """A text after an edit that the client tells of: a part of it, or the whole."""
    if not isinstance(change, lsp.TextDocumentContentChangePartial):
        return change.text
    span = span_of(Source("", text), change.range, encoding)
    return text[: span.start] + change.text + text[span.end :]
