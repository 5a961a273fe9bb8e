"""The attributes that a template uses, each with its place, in a text of a plan or in a file beside it."""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.editor.index.names import Names
from gridlang.editor.index.symbols import Occurrence
from gridlang.source import Span

_NO_ATTRIBUTE = frozenset({"if", "elif", "else", "endif", "for", "in", "endfor", "is", "and", "or", "not", "loop"})


def names(span: Span, of: Names) -> Iterator[Occurrence]:
    """The attributes named in the template that stands in a span."""
    for word, owner in words(span):
        symbol = of.attributes(owner).get(word.text)
        if symbol is not None:
            yield Occurrence(word, symbol)


def words(span: Span) -> Iterator[tuple[Span, str]]:
    """Every word of a template that can be an attribute, and whose: the account's in `account.turnover`."""
    text = span.text
    if "{{" not in text and "{%" not in text:
        return
    before: list[str] = []
    for kind, value, start in _tokens(text):
        if kind == "name" and value not in _NO_ATTRIBUTE:
            place = Span(span.source, span.start + start, span.start + start + len(value))
            if before[-2:] == ["account", "."]:
                yield place, "account"
            elif before[-1:] not in (["."], ["|"], ["is"]) and value != "account":
                yield place, "person"
        before = [*before[-1:], value] if kind != "whitespace" else before


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """The tokens of a template with their offsets; nothing where it cannot be read."""
    from jinja2 import Environment, TemplateSyntaxError

    at = 0
    try:
        for _, kind, value in Environment(keep_trailing_newline=True, autoescape=True).lex(text.replace("\r", " ")):
            yield kind, value, at
            at += len(value)
    except TemplateSyntaxError:
        return
