"""Mistakes that are met in more than one place, in words."""

from __future__ import annotations

import re

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Diagnostic, Edit, Fix
from gridlang.source import Span

LINE = 10_000
"""Characters of a line that are looked at; longer lines are no prose."""


def two_words(kind: str, span: Span) -> Diagnostic:
    """A name with spaces or hyphens in it, in the declaration of a `kind`; `""` where it is not declared."""
    words = re.split(r"[\s-]+", span.text)
    written = " ".join(span.text.split())
    if is_title(words):
        title = " ".join(words[1:])
        rest = Span(span.source, span.start + span.text.index(words[1], len(words[0])), span.end)
        return codes.TWO_WORDS.at(
            span,
            words=written,
            count=_count(words),
            header=f'{kind} {words[0]} "{title}"',
            joined=None,
            fixes=(codes.replacing(rest, f'"{title}"'),),
        )
    joined = "_".join(words)
    title = " ".join(words)
    return codes.TWO_WORDS.at(
        span,
        words=written,
        count=_count(words),
        joined=joined,
        or_title=f', or give a title: `{kind} {words[0]} "{title[:1].upper()}{title[1:]}"`' if kind else "",
        header=None,
        fixes=(codes.replacing(span, joined),),
    )


def _count(words: list[str]) -> str:
    return {2: "two", 3: "three"}.get(len(words), str(len(words)))


def said_twice(span: Span, words: str) -> Diagnostic:
    """A clause that stands there already."""
    return codes.TWICE.at(span, words=words, fixes=(codes.replacing(span, ""),))


def is_title(words: list[str]) -> bool:
    """Whether what follows the first of these words is written like a title: `welcome Welcome to us`."""
    return len(words) > 1 and words[0][:1].islower() and words[1][:1].isupper()


def send_to(span: Span, role: str) -> Diagnostic:
    """`to parent` behind a `send`."""
    return codes.SEND_TO.at(span, words=span.text, role=role, fixes=(codes.replacing(span, ""),))


def unclosed_text(span: Span) -> Diagnostic:
    """A text that begins with the quote of `span`, and none closes it; the span ends where it should have."""
    before = span.source.text[max(0, span.start - 200) : span.start].rstrip()
    what = "title" if before and (before[-1].isalnum() or before[-1] == "_") else "text"
    words = span.text[1:].split()
    after = words[-1][-60:] if words else '"'
    end = Span(span.source, span.end, span.end)
    return codes.UNCLOSED_TEXT.at(
        span, what=what, after=after, fixes=(Fix(f'add `"` after `{after}`', (Edit(end, '"'),)),)
    )


def open_quote(place: Span) -> Diagnostic | None:
    """The text on the line of `place` that lacks its quote so that texts and words have changed places there.

    `subject: "Hej  body: "Dav"`: the first text ends with what is a field; nothing else on the line is wrong.
    """
    source, line = place.source, place.line
    text = source.line_text(line)
    if len(text) > LINE or len(re.findall(r'(?<!\\)"', text)) % 2 == 0:
        return None
    found = next((text for text in re.finditer(r'"([^"]*)"', text) if re.search(r"\w\s*:\s*\Z", text[1])), None)
    if found is None:
        return None
    meant = re.sub(r"\s*\w+\s*:\s*\Z", "", found[1])
    start = source.line_starts[line - 1] + found.start()
    return unclosed_text(Span(source, start, start + 1 + len(meant)))


VALUE = 200
"""Characters before a word that are looked at for the value of a field."""
_VALUE_BEFORE = re.compile(r"(?:^|[\s{])[^\W\d]\w*\s*:\s*(?:[\w.]+\s*,\s*)*([^\W\d][\w.]*)[ \t]+\Z")
_CLAUSES = ("after", "within", "per", "calendar", "across", "in", "not", "and", "or", "before")


def second_value(word: Span) -> Diagnostic | None:
    """`segment: families others`: a word behind the value of a field, on its line; None when it stands elsewhere."""
    source = word.source
    before = source.text[max(source.line_starts[word.line - 1], word.start - VALUE) : word.start]
    found = _VALUE_BEFORE.search(before)
    if found is None or "->" in before or found[1] in _CLAUSES:
        return None
    at = word.start - len(before) + found.end(1)
    fix = Fix(f"put a comma behind `{found[1]}`", (Edit(Span(source, at, at), ","),))
    return codes.MISSING_COMMA.at(word, word=word.text, before=found[1], fixes=(fix,))
