"""Findings for people: the sentence, the line it is about with carets, why, and the way out.

plan.grid:4:13: error[G0104]: the title that starts here has no closing quote
  4 | campaign welcome "Velkommen {
    |                  ^^^^^^^^^^
    = help: add `"` after `Velkommen`
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import attrs

from gridlang.diagnostics.model import Diagnostic, Level
from gridlang.source import Span

WIDTH = 110
"""Columns of source text at most; of a longer line the part around the place is shown."""
TAB = 4
PLACES = 6
"""Related places at most; the others are counted."""

_COLORS = {Level.ERROR: "31", Level.WARNING: "33", Level.NOTE: "36"}


def render(diagnostics: Iterable[Diagnostic], *, color: bool) -> str:
    """All findings, each followed by an empty line; the empty text when there are none."""
    paint = Paint(color)
    return "".join("\n".join(_lines(diagnostic, paint)) + "\n\n" for diagnostic in diagnostics)


@attrs.frozen
class Paint:
    """Puts text into colours, or leaves it as it is."""

    color: bool

    def __call__(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and text else text


def _lines(diagnostic: Diagnostic, paint: Paint) -> Iterator[str]:
    style = _COLORS[diagnostic.level]
    level = paint(f"{diagnostic.level.value}[{diagnostic.code.id}]", f"1;{style}")
    place = f"{_where(diagnostic.span)}: " if diagnostic.span else ""
    yield f"{paint(place, '1')}{level}: {paint(_plain(diagnostic.message), '1')}"
    margin = "  "
    if diagnostic.span:
        excerpt = Excerpt.of(diagnostic.span)
        margin = " " * (len(str(excerpt.line)) + 2)
        yield f"  {paint(f'{excerpt.line} |', '34')} {excerpt.text}"
        yield f"{margin} {paint('|', '34')} {excerpt.indent}{paint(excerpt.carets, f'1;{style}')}"
    yield from _notes(diagnostic, paint, f"{margin} {paint('=', '34')}")


def _notes(diagnostic: Diagnostic, paint: Paint, mark: str) -> Iterator[str]:
    if diagnostic.why:
        yield f"{mark} {paint('why:', '1')} {_plain(diagnostic.why)}"
    if diagnostic.help:
        yield f"{mark} {paint('help:', '1')} {_plain(diagnostic.help)}"
    for related in diagnostic.related[:PLACES]:
        yield f"{mark} {paint('see:', '1')} {_where(related.span)}: {_plain(related.text)}"
    if len(diagnostic.related) > PLACES:
        yield f"{mark} {paint('see:', '1')} {len(diagnostic.related) - PLACES} more places"
    told = diagnostic.help or ""
    for fix in diagnostic.fixes:
        if fix.title not in told:
            yield f"{mark} {paint('fix:', '1')} {_plain(fix.title)}"


def _where(span: Span) -> str:
    return f"{span.source.path}:{span.line}:{span.column}"


@attrs.frozen
class Excerpt:
    """The line of a place as it can be printed, and the carets under it."""

    line: int
    text: str
    indent: str
    carets: str

    @classmethod
    def of(cls, span: Span) -> Excerpt:
        line, column = span.source.line_column(span.start)
        whole = span.source.line_text(line)
        start = column - 1
        end = max(start + 1, min(start + span.end - span.start, len(whole)))
        first, last = _window(len(whole), start, end)
        before, under = whole[first:start], whole[start:end][: last - start]
        shown = ("…" if first else "") + _printed(whole[first:last]) + ("…" if last < len(whole) else "")
        ahead = _width(_printed(before))
        indent = " " * (ahead + (1 if first else 0))
        return cls(line, shown, indent, "^" * max(1, _width(_printed(under, ahead))))


def _window(length: int, start: int, end: int) -> tuple[int, int]:
    """Which part of a line of so many characters to show so that the place is in it."""
    if length <= WIDTH:
        return 0, length
    first = max(0, min(start - WIDTH // 3, length - WIDTH))
    if end <= WIDTH:
        first = 0
    return first, min(length, first + WIDTH)


def _printed(text: str, column: int = 0) -> str:
    """The text with tabs as spaces and what a terminal cannot show as `�`."""
    if text.isprintable():
        return text
    parts = []
    for character in text:
        shown = " " * (TAB - column % TAB) if character == "\t" else _plain(character)
        parts.append(shown)
        column += _width(shown)
    return "".join(parts)


def _plain(text: str) -> str:
    """Without control characters (they could rewrite the terminal) and without halves of characters."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in " \n\u00a0" else "�" for c in text)


def _width(text: str) -> int:
    """Columns in a terminal: two for wide characters, none for accents on the letter before."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) or c in "\u200d\ufe0f" else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )
