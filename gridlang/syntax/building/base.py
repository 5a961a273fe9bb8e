"""What every part of the builder shares: the file, the findings, the remarks and docs seen so far."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Diagnostic, Edit, Fix
from gridlang.source import Source, Span
from gridlang.syntax.building.told import is_title, two_words
from gridlang.syntax.nodes import Block, Comment, Declaration, Name, Text

_DOC_MARK = re.compile(r"(?:\A|[\r\n])[ \t]*(///)")
BLOCKS = 64
EXPRESSIONS = 100


ARROWS = frozenset({"->", "-->", "=>", "→", "⇒", "–>", "—>"})
"""The arrow, and what is read as one: a token keeps the place of what was written."""


class TooDeep(Exception):  # noqa: N818 - it carries a finding to where it is told
    """Blocks or expressions stand in each other so deep that later stages could not follow."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Base:
    """The state of one file while it is read."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Diagnostic] = []
        self.declarations: list[Declaration] = []
        self.comments: list[Comment] = []
        self.pending: list[tuple[str, Span]] = []
        """Lines of docs since the last token."""
        self.docs: dict[int, tuple[str, Span]] = {}
        """Docs that nobody has taken yet, by the offset of the token after them."""
        self.long_names: dict[int, tuple[str, Span]] = {}
        """Names of several words: by the number of their declaration its kind and their place."""
        self.blocks = 0
        self.expressions = 0
        self.phrases = 0
        """Steps that were looked at for a phrase of plain English."""

    def place(self, start: int, end: int) -> Span:
        return Span(self.source, start, end)

    def report(self, problem: Diagnostic) -> None:
        self.problems.append(problem)

    def document(self, start: int) -> None:
        """The lines of docs that are pending belong to what starts here."""
        lines, spans = zip(*self.pending, strict=True)
        self.docs[start] = "\n".join(lines), spans[0].to(spans[-1])
        self.pending.clear()

    def doc(self, start: int) -> str | None:
        """The docs before the node that starts here."""
        found = self.docs.pop(start, None) if self.docs else None
        return found[0] if found else None

    def name(self, word: str, span: Span) -> Name:
        """A name; letters written as a letter and its accent (as copied on a Mac) are the same letters."""
        return Name(unicodedata.normalize("NFC", word), span)

    def open_block(self, span: Span) -> Span:
        self.blocks += 1
        if self.blocks > BLOCKS:
            raise TooDeep(codes.DEEP_BLOCKS.at(span, limit=BLOCKS))
        return span

    def open_expression(self, span: Span) -> Span:
        self.expressions += 1
        if self.expressions > EXPRESSIONS:
            raise TooDeep(codes.DEEP_EXPRESSION.at(span, limit=EXPRESSIONS))
        return span

    def tell_rest(self) -> None:
        """Report what is sure only at the end: names of several words, and docs that nothing could carry."""
        for number, (kind, span) in self.long_names.items():
            if ";" not in span.text:  # a row pasted from a table: its semicolons are told
                self.problems.append(two_words(kind, span))
            self._titled(self.declarations[number - 1], span)
        lost = [span for _, span in self.docs.values()]
        if self.pending:
            lost.append(self.pending[0][1].to(self.pending[-1][1]))
        self.problems += [codes.LOST_DOC.at(span, fixes=(_as_remark(span),)) for span in lost]

    def _titled(self, declaration: Declaration, span: Span) -> None:
        """`message welcome Welcome to us {`: the first word is the name, and the rest the title."""
        words = span.text.split()
        if isinstance(declaration, Block) and declaration.title is None and is_title(words):
            start = span.start + len(words[0])
            declaration.name = Name(words[0], self.place(span.start, start))
            declaration.title = Text(" ".join(words[1:]), self.place(start + 1, span.end))

    def again(self) -> None:
        """Forget what was open: the reader starts anew behind a mistake."""
        self.blocks = self.expressions = 0


def _as_remark(span: Span) -> Fix:
    """The way out that makes a remark of lines of docs."""
    starts = [span.start + found.start(1) for found in _DOC_MARK.finditer(span.text)]
    return Fix("make it a remark", tuple(Edit(Span(span.source, at, at + 3), "#") for at in starts), safe=True)


def is_arrow(child: Any) -> bool:
    """Whether a child of a rule is an arrow, be it written with another sign (G0121)."""
    return child.__class__ is Span and child.text in ARROWS


def names(children: list[Any]) -> tuple[Any, ...]:
    """The nodes among children, without the tokens around and between them."""
    return tuple(child for child in children if child.__class__ is not Span)
