"""A text in the house style: what `grid fmt` and an editor's "format" do, as a function on texts.

A sound text is printed anew from its nodes. Of a text with mistakes each declaration that does not parse stays as
written, character by character, and the others are printed.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from itertools import groupby

import attrs

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.source import Source, Span
from gridlang.syntax import nodes as n
from gridlang.syntax.parse import parse
from gridlang.syntax.printing import print_file
from gridlang.syntax.recovery import pieces

_LINE_END = re.compile(r"\r\n|\n|\r")
_SPACE = re.compile(r"[\s\ufeff\u200b]*")
_REMARKS = re.compile(r"(?:[\s\ufeff\u200b]+|#[^\r\n]*+|///[^\r\n]*+)*+")
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|\Z)")


@attrs.frozen
class Formatted:
    """A text in the house style, with the line ends of its author."""

    text: str
    kept: tuple[Span, ...] = ()
    """What stays as written since it has mistakes; places in the text before."""


class MeaningChanged(Exception):  # noqa: N818 - a mistake of the printer, never of the user
    """What was printed does not read back as what it was made from."""


def formatted(source: Source, only: Span | None = None) -> Outcome[Formatted]:
    """The text of a file in the house style, and what the parser says of it; `only`: just what touches that place.

    Formatting twice changes nothing. Nothing is lost but white space, and brackets that do nothing.
    """
    read = parse(source)
    if any(problem.code is codes.LARGE_FILE for problem in read.problems):
        return Outcome(Formatted(source.text, (Span(source, 0, len(source.text)),)), read.problems)
    if read.problems or only is not None:
        return Outcome(_around(source, read, only), read.problems)
    printed = print_file(read.value)
    if printed != source.text and not _same(read, parse(Source(source.path, printed))):
        raise MeaningChanged(f"the formatter would change the meaning of {source.path}")
    return Outcome(Formatted(_with_ends_of(source, printed)), read.problems)


def _same(before: Outcome[n.File], after: Outcome[n.File]) -> bool:
    """Whether two texts are the same plan: equal nodes, the same remarks, the same mistakes."""
    if before.value != after.value or len(before.value.comments) != len(after.value.comments):
        return False
    found = [
        (sorted(comment.text for comment in one.value.comments), sorted(problem.code.id for problem in one.problems))
        for one in (before, after)
    ]
    return found[0] == found[1]


def _with_ends_of(source: Source, text: str) -> str:
    """The text with the line ends that most lines of the source have; a lone `\\r` is never one of ours."""
    windows = source.text.count("\r\n")
    return text.replace("\n", "\r\n") if windows > source.text.count("\n") - windows else text


# --- around mistakes -------------------------------------------------------------------------------------------------


@attrs.frozen
class _Part:
    """A part of a text: some declarations that can be printed, or what stays as written."""

    span: Span
    sound: bool


def _around(source: Source, read: Outcome[n.File], only: Span | None) -> Formatted:
    """The text with its sound declarations printed; all of it as written when that would not settle."""
    parts = _parts(source, read, only)
    text = _joined(parts)
    wrong = _touched([part.span for part in parts], _places(read.problems))
    kept = tuple(part.span for at, part in enumerate(parts) if at in wrong and not part.sound)
    again = Source(source.path, text)
    reread = parse(again)
    if only is None:
        settled = _same(read, reread) and _joined(_parts(again, reread, None)) == text
    else:
        settled = _same(read, reread)
    return Formatted(_with_ends_of(source, text) if settled else source.text, kept)


def _joined(parts: list[_Part]) -> str:
    """The parts under each other, with a blank line or on one line where their author had it so."""
    text, before = "", None
    for part in parts:
        if before is not None:
            gap = len(_LINE_END.findall(Span(part.span.source, before.end, part.span.start).text))
            text += ("\n" * min(gap, 2)) or " "
        text += _part_text(part)
        before = part.span
    return f"{text}\n" if text else ""


def _part_text(part: _Part) -> str:
    if part.sound:
        return print_file(parse(Source(part.span.source.path, part.span.text)).value).rstrip("\n")
    return _LINE_END.sub("\n", part.span.text)


def _parts(source: Source, read: Outcome[n.File], only: Span | None) -> list[_Part]:
    """The parts of a text, without the white space between them; what is sound is proved so by itself."""
    spans = list(_spans(source, read.value.declarations))
    wrong = _touched(spans, _places(read.problems))
    wanted = _touched(spans, [only]) if only is not None else range(len(spans))
    broken = [at in wrong or at not in wanted for at in range(len(spans))]
    found: list[_Part] = []
    for sound, same in groupby(zip(spans, broken, strict=True), key=lambda pair: not pair[1]):
        run = [span for span, _ in same]
        whole = run[0].to(run[-1])
        found += [_Part(whole, sound)] if not sound or _sound(whole) else [_Part(span, _sound(span)) for span in run]
    return found


def _sound(span: Span) -> bool:
    return not parse(Source(span.source.path, span.text)).problems


def _spans(source: Source, declarations: tuple[n.Declaration, ...]) -> Iterator[Span]:
    """The declarations of a text and what stands between them, each from its first sign on, with its remarks and docs.

    Where a piece of the reader holds several, it is cut behind each that was understood.
    """
    whole = (one.span.end for one in declarations if isinstance(one, n.Let | n.Use) or not one.broken)
    text, at = source.text, 0
    for cut in sorted({*whole, *(piece.end for piece in pieces(text)), len(text)}):
        behind = _REST_OF_LINE.match(text, cut)
        end = max(at, behind.end() if behind else cut)
        if end < len(text) and _REMARKS.fullmatch(text, at, end):
            continue  # they are about what comes next
        if span := _trimmed(Span(source, at, end)):
            yield span
        at = end


def _trimmed(span: Span) -> Span | None:
    """Without the white space around; the indent of a first line stays. None when nothing else is there."""
    text = span.text
    first = _SPACE.match(text)
    start = first.end() if first else 0
    if start == len(text):
        return None
    breaks = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start))
    indent = breaks + 1 if breaks >= 0 or span.start == 0 else start
    return Span(span.source, span.start + indent, span.start + len(text.rstrip()))


def _places(problems: tuple[Diagnostic, ...]) -> list[Span]:
    """Every place that a mistake is at, those that one finding gathers among them."""
    found = [problem.span for problem in problems if problem.span]
    return found + [edit.span for problem in problems for fix in problem.fixes for edit in fix.edits]


def _touched(spans: list[Span], places: list[Span]) -> set[int]:
    """Which of the spans, that stand in their order behind each other, hold one of the places or touch it."""
    starts = [span.start for span in spans]
    found: set[int] = set()
    for place in places:
        first = bisect.bisect_left(starts, place.start)
        at = first - 1 if first and spans[first - 1].end >= place.start else first
        while at < len(spans) and starts[at] <= place.end:
            found.add(at)
            at += 1
    return found
