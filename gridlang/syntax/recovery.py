"""What to do when a text is broken: cut it into declarations, so that a mistake costs its own declaration only.

A whole file is read in one run; only when that fails is it cut into pieces and each read by itself. A piece ends behind
the brace that balances its first one. When none does, a `}` is missing, and the piece ends at the next line that begins
a declaration in its first column: so the rest is not swallowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Code, Diagnostic, Edit, Fix
from gridlang.source import Source, Span
from gridlang.syntax.builder import Builder
from gridlang.syntax.building.base import TooDeep
from gridlang.syntax.explain import Explainer
from gridlang.syntax.machine import Machine, Unexpected
from gridlang.syntax.nodes import Block, Declaration, Field, FlowDeclaration, Name
from gridlang.syntax.resuming import Point, behind, cut, in_body, is_brace
from gridlang.syntax.scanning import tokens
from gridlang.syntax.tables import END

NO_KINDS = (
    "send show task wait ask choose split repeat move stop notify run if enter on expect was otherwise nothing overdue"
)
_DECLARATION = re.compile(
    rf"""(?!(?:{NO_KINDS.replace(" ", "|")})\b)
    (?: use\s+" | let\s+\w+\s*= | flow\s+\w+\s*[({{]
      | [^\W\d]\w*(?:[ \t]+[^\W\d]\w*)+ [ \t]* (?::[ \t]*[\w.]+[ \t]*)? (?:"[^"\r\n]*"?[ \t]*)? (?:[{{#\r\n]|\Z)
      | [^\W\d]\w*[ \t]+"[^"\r\n]*"[ \t]*\{{ )""",
    re.VERBOSE,
)

_LEADING = frozenset(
    {codes.UNCLOSED_TEXT, codes.IF_THEN, codes.ODD_QUOTES, codes.ODD_SIGN, codes.LIST_DASH}
    | {codes.SEMICOLON, codes.SQUARE, codes.INVISIBLE, codes.CURRENCY}
)
"""Mistakes that are read as what was probably meant; when that is wrong, what follows does not fit."""

_BLINDING = frozenset(
    {codes.UNCLOSED_TEXT, codes.UNCLOSED_BLOCK, codes.STRAY_BRACE, codes.OUTSIDE_BLOCK, codes.NOT_JSON}
)
"""Mistakes after which nothing is where it seems."""

_FIELDS = re.compile(r"(?:\s|#[^\n]*\n)*fields\b")
"""The beginning of a piece that says what is known of people, before it remarks and docs."""

MOST_MISTAKES = 50
"""How often reading begins again in one declaration."""

_IN_A_VALUE = frozenset(
    {codes.IS_WORD, codes.DATE_ORDER, codes.CURRENCY, codes.MISSING_COMMA, codes.UNQUOTED}
    | {codes.OTHER_WORDS, codes.INNER_QUOTES}
)
"""Mistakes in the middle of a value, whose beginning was read as the whole of it."""


@attrs.frozen
class Piece:
    """Some text that is read by itself: a declaration, several without braces, or what stands between two."""

    start: int
    end: int
    header_end: int | None = None
    """The end of its first `{`, if it has one."""
    closed: bool = True


@attrs.frozen
class _Mark:
    """A place that counts when a text is cut: `{`, `}`, or a token that begins a line and may begin a declaration."""

    kind: str
    start: int
    end: int


def pieces(text: str, start: int = 0, last: int | None = None) -> Iterator[Piece]:
    """The pieces of a text, or of what stands between two places, in order; together they hold all its tokens."""
    last = len(text) if last is None else last
    marks = list(_marks(text, start, last))
    closing = _closing(marks)
    at = 0
    while at < len(marks):
        mark = marks[at]
        if mark.kind == "LBRACE":
            close = closing.get(at)
            stop = close + 1 if close is not None else _next_beginning(marks, at + 1)
            end = marks[close].end if close is not None else marks[stop].start if stop < len(marks) else last
            yield Piece(start, end, mark.end, close is not None)
            start, at = end, stop
        else:
            if mark.kind == "BEGINNING" and mark.start > start:
                yield Piece(start, mark.start)
                start = mark.start
            at += 1
    if text[start:last].strip():
        yield Piece(start, last)


def begins(text: str, start: int) -> bool:
    """Whether the first token behind a place certainly begins a declaration: then a piece begins there too."""
    found = next((token for token in tokens(text, start, len(text)) if token[0] not in ("DOC", "REMARK")), None)
    return found is not None and _begins(text, *found)


def _begins(text: str, kind: str, start: int, _end: int) -> bool:
    first = kind == "NAME" and (start == 0 or text[start - 1] in "\r\n")
    return first and _DECLARATION.match(text, start) is not None


def _marks(text: str, first: int, last: int) -> Iterator[_Mark]:
    for kind, start, end in tokens(text, first, last):
        if kind in ("LBRACE", "RBRACE"):
            yield _Mark(kind, start, end)
        elif _begins(text, kind, start, end):
            yield _Mark("BEGINNING", start, end)


def _closing(marks: list[_Mark]) -> dict[int, int]:
    """For each `{` that has one, the `}` that closes it."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for at, mark in enumerate(marks):
        if mark.kind == "LBRACE":
            stack.append(at)
        elif mark.kind == "RBRACE" and stack:
            found[stack.pop()] = at
    return found


def _next_beginning(marks: list[_Mark], at: int) -> int:
    while at < len(marks) and marks[at].kind != "BEGINNING":
        at += 1
    return at


# --- reading a piece -------------------------------------------------------------------------------------------------


def read_pieces(builder: Builder, start: int, end: int) -> None:
    """Read a broken text between two places piece by piece, each mistake told once."""
    machine = Machine(builder)
    explainer = Explainer.of(builder.source)
    for piece in pieces(builder.source.text, start, end):
        builder.again()
        machine.again()
        told = len(builder.problems)
        problem = _mistake(builder, machine, piece, explainer)
        if not piece.closed:
            del builder.problems[told:]
        if problem is not None:
            stopped = Point.of(machine, piece.end)
            if not _told_already(builder, told, problem):
                builder.report(problem)
            whole = False
            if piece.closed:
                docs = dict(builder.docs)
                whole = _read_on(builder, machine, piece, problem, told, explainer)
                builder.docs = docs
                builder.pending.clear()
            if not (whole and _FIELDS.match(builder.source.text, piece.start) and _closes(machine, piece)):
                stopped.put_into(machine)
            before = len(builder.declarations)
            _salvage(builder, machine, piece.end, broken=problem.code is not codes.STRAY_BRACE)
            _drop_half_read(builder.declarations[before:], problem)
            _rename(builder.declarations[before:], problem)
    explainer.builder.done()


def _read_on(
    builder: Builder, machine: Machine, piece: Piece, first: Diagnostic, told: int, explainer: Explainer
) -> bool:
    """Tell what else is wrong in a piece; whether it could be read to its end.

    What is read behind its first mistake is thrown away again, but for the attributes of people: they are asked for in
    every file of a plan, and one that is being written must not make all that follow it unknown.
    """
    problem, known, at = first, _places(builder.problems[told:]), piece.start
    for _ in range(MOST_MISTAKES):
        point = _resumed(builder, machine, piece, problem, told, at)
        if point is None:
            return False
        at = point.at
        point.put_into(machine)
        builder.again()
        builder.blocks = point.blocks
        before = len(builder.problems)
        try:
            machine.run(point.at, piece.end - 1)
            return True
        except TooDeep:
            return False
        except Unexpected as mistake:
            problem = explainer.explained(mistake, point)
        finally:
            builder.problems[before:] = [found for found in builder.problems[before:] if _place(found) not in known]
            known |= _places(builder.problems[before:])
        if not _told_already(builder, told, problem) and _place(problem) not in known:
            builder.report(problem)
            known.add(_place(problem))
    return False


def _closes(machine: Machine, piece: Piece) -> bool:
    """Read the brace that ends a piece; whether it fits."""
    try:
        machine.run(piece.end - 1, piece.end)
    except (Unexpected, TooDeep):
        return False
    return True


def _resumed(builder: Builder, machine: Machine, piece: Piece, problem: Diagnostic, told: int, at: int) -> Point | None:
    """Where to read on behind a mistake; None behind one after which nothing is what it seems."""
    place = problem.span
    if place is None or any(found.code in _BLINDING for found in (problem, *builder.problems[told:])):
        return None
    if piece.header_end is not None and place.start < piece.header_end:
        return in_body(machine, builder.source, piece.start, piece.header_end)
    itself = problem.code in (codes.INCOMPLETE, codes.UNEXPECTED) and place.start > at
    return behind(machine, place, piece.end, itself=itself)


def _places(problems: list[Diagnostic]) -> set[tuple[Code, int]]:
    return {_place(problem) for problem in problems}


def _place(problem: Diagnostic) -> tuple[Code, int]:
    return problem.code, problem.span.start if problem.span else -1


def _mistake(builder: Builder, machine: Machine, piece: Piece, explainer: Explainer) -> Diagnostic | None:
    """What is wrong with a piece; of one that is never closed only that, since the rest follows from it."""
    beginning = Point.of(machine, piece.start)
    try:
        machine.run(piece.start, piece.end)
        if not piece.closed:
            return _never_closed(builder, piece, None)
        machine.finish(piece.end)
    except Unexpected as mistake:
        if not piece.closed:
            return _never_closed(builder, piece, mistake.span)
        return explainer.explained(mistake, beginning)
    except TooDeep as mistake:
        return mistake.problem if piece.closed else _never_closed(builder, piece, None)
    return None


def _told_already(builder: Builder, told: int, problem: Diagnostic) -> bool:
    """Whether a mistake in a token of the same line was told that may have led to this one."""
    if problem.span is None or problem.code is codes.UNCLOSED_BLOCK:
        return False
    if any(found.span and found.code is codes.UNCLOSED_TEXT for found in builder.problems[told:]):
        return True  # the text goes on in the next lines, and nothing there is what it seems
    lines = {found.span.line for found in builder.problems[told:] if found.span and found.code in _LEADING}
    return problem.span.line in lines | builder.gathered_lines(_LEADING)


def _never_closed(builder: Builder, piece: Piece, before: Span | None) -> Diagnostic:
    """The finding for a piece that lacks a `}`: probably before what did not fit, or before the next declaration."""
    source = builder.source
    end = piece.header_end or piece.end
    header = source.text[piece.start : end]
    span = Span(source, piece.start + len(header) - len(header.lstrip()), end)
    found = [(kind, source.text[a:b]) for kind, a, b in tokens(source.text, span.start, end - 1)]
    words = [word for kind, word in found if kind in ("NAME", "KEY")]
    named = f"{words[0]} `{words[1]}`" if len(words) > 1 else f"`{words[0]}`" if words else None
    if before is None and source.text[piece.end :].strip():
        start = piece.end + len(source.text[piece.end :]) - len(source.text[piece.end :].lstrip())
        before = Span(source, start, start)
    where = f", probably before `{_line(before)}` in line {before.line}" if before else ""
    block = f"the block of {named}" if named else "this block"
    fixes = (_closing_brace(source, before),)
    return codes.UNCLOSED_BLOCK.at(span, block=block, line=span.line, where=where, fixes=fixes)


def _closing_brace(source: Source, before: Span | None) -> Fix:
    """The `}` that is missing, on a line of its own where what follows begins one, or at the end of the file."""
    at = before.start if before else len(source.text)
    begins = not source.text[:at].rpartition("\n")[2].strip()
    text = "}\n\n" if begins and before else "} " if before else "}\n" if source.text.endswith("\n") else "\n}\n"
    where = f"before line {before.line}" if before else "at the end of the file"
    return Fix(f"put a `}}` {where}", (Edit(Span(source, at, at), text),))


def _line(place: Span) -> str:
    line = place.source.line_text(place.line)[:500].strip()
    return line.split("{")[0].strip()[:60] or line


def _salvage(builder: Builder, machine: Machine, end: int, *, broken: bool) -> None:
    """Keep the name of a broken declaration and the items before the mistake, so that nothing else is called unknown.

    Lark's panic mode: drop what is open from both stacks until a `}` fits.
    """
    opened = next((at for at, value in enumerate(machine.values) if is_brace(value)), None)
    before = len(builder.declarations)
    place = Span(builder.source, end, end)
    builder.again()
    if opened is not None:
        cut(machine, opened)
        machine.feed("RBRACE", place)
    machine.feed(END, place)
    for declaration in builder.declarations[before:]:
        if isinstance(declaration, Block | FlowDeclaration):
            declaration.broken = broken


def _drop_half_read(declarations: list[Declaration], problem: Diagnostic) -> None:
    """Drop a field that seemed to end where the mistake is: `starts: March 1, 2027` says no March."""
    place = problem.span
    if place is None or problem.code not in _IN_A_VALUE:
        return
    text = place.source.text

    def goes_into_it(item: object) -> bool:
        if not isinstance(item, Field) or item.span.start >= place.end:
            return False
        return not text[item.span.end : place.start].strip()

    for block in declarations:
        if isinstance(block, Block):
            block.items = tuple(item for item in block.items if not goes_into_it(item))


def _rename(declarations: list[Declaration], problem: Diagnostic) -> None:
    """`segment young-families {` declares young_families, so that nobody else is told that there is none."""
    place = problem.span
    if place is None or problem.code is not codes.TWO_WORDS or not problem.fixes:
        return
    for block in declarations:
        if isinstance(block, Block) and block.name and block.name.span.start == place.start:
            block.name = Name(problem.fixes[0].edits[0].text, place)
