"""What a feature is, and what it is asked: a request about a text, with what the plan was understood as."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import attrs
from lsprotocol import types as lsp

from gridlang.editor import positions
from gridlang.editor.positions import Encoding
from gridlang.editor.session import Session, Text
from gridlang.source import Span


class Refused(Exception):  # noqa: N818 - no error of ours: it carries to the client why a request cannot be met
    """What the client asks for cannot be done; the message says why, for the person in front of it."""


_OURS = re.compile(r"^```\w*(?:\n|\Z)|^> ?|(?<=\S) +$|^\*(?=[^*])(?=.*[^*]\*$)|(?<=[^*])\*$", re.MULTILINE)
"""Our own marks: the fence of a declaration, quoted lines, a line in italics. Those of a message are its author's."""


def plain(text: str) -> str:
    """A text of ours without its marks."""
    return _OURS.sub("", text)


@attrs.frozen(eq=False)
class Asked:
    """A request about a text."""

    params: Any
    session: Session
    text: Text
    encoding: Encoding
    client: lsp.ClientCapabilities

    @property
    def knows_snippets(self) -> bool:
        """Whether the client can take a proposal with places to fill in."""
        text = self.client.text_document
        item = text.completion.completion_item if text and text.completion else None
        return bool(item and item.snippet_support)

    def markup(self, text: str, *, hover: bool = False) -> lsp.MarkupContent:
        """A text with marks, for a client that cannot show them as plain text."""
        known = self.client.text_document
        if hover:
            formats = known.hover.content_format if known and known.hover else None
        else:
            item = known.completion.completion_item if known and known.completion else None
            formats = item.documentation_format if item else None
        if lsp.MarkupKind.Markdown in (formats or ()):
            return lsp.MarkupContent(lsp.MarkupKind.Markdown, text)
        return lsp.MarkupContent(lsp.MarkupKind.PlainText, plain(text))

    @property
    def offset(self) -> int:
        """The offset that the request names."""
        return positions.offset_of(self.text.source, self.params.position, self.encoding)

    def span(self, range: lsp.Range) -> Span:
        """The span of a range of the text."""
        return positions.span_of(self.text.source, range, self.encoding)

    def range(self, span: Span) -> lsp.Range:
        """The range of a span, of whatever text."""
        return positions.range_of(span, self.encoding)

    def position(self, span: Span) -> lsp.Position:
        """Where a span ends."""
        return positions.position_of(span.source, span.end, self.encoding)

    def uri(self, span: Span) -> str:
        """The address of the text that a span is of."""
        return self.session.uri(self.text.plan, span.source.path)

    def location(self, span: Span) -> lsp.Location:
        """Where a span is, for the client."""
        return lsp.Location(self.uri(span), self.range(span))


@attrs.frozen
class Feature:
    """One method of the protocol and who answers it. `empty` is the answer for a text that nobody knows."""

    method: str
    answer: Callable[[Asked], Any]
    options: Any = None
    empty: Any = None


@attrs.frozen
class WideFeature:
    """A method that is about all plans of a session."""

    method: str
    answer: Callable[[Session, Any, Encoding], Any]
    options: Any = None
