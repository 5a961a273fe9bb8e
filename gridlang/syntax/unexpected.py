"""The place where the grammar gave up, as the functions see it that find words for it."""

from __future__ import annotations

import re
from typing import Any

import attrs

from gridlang.source import Source, Span
from gridlang.syntax.tables import END

SHOWN = 30
LOOKED_AT = 300
"""Characters before and behind the place that are looked at."""
_REMARK = re.compile(r'"[^"\n]*"|#[^\n]*')


@attrs.frozen
class Mistake:
    """A token that does not fit, and the stack as it was before it."""

    kind: str
    span: Span
    values: list[Any]
    accepted: frozenset[str]
    start: int
    """Where its declaration begins."""

    @property
    def source(self) -> Source:
        return self.span.source

    @property
    def found(self) -> str:
        if self.kind == END:
            return "the end of the file"
        text = " ".join(self.span.text.split())
        return f"`{text if len(text) <= SHOWN else text[:SHOWN] + '…'}`"

    @property
    def last(self) -> Any:
        """What stands on top of the stack; None when it is empty."""
        return self.values[-1] if self.values else None

    @property
    def line_before(self) -> str:
        """What stands before the token on its line."""
        return self.before.rpartition("\n")[2]

    @property
    def before(self) -> str:
        """What stands before the token in its declaration, remarks blotted out."""
        before = self.source.text[max(self.start, self.span.start - LOOKED_AT) : self.span.start]
        return _REMARK.sub(lambda found: found[0] if found[0][0] == '"' else " " * len(found[0]), before)

    @property
    def behind(self) -> str:
        """The token, and what stands behind it."""
        return self.source.text[self.span.start : self.span.start + LOOKED_AT]

    def place(self, start: int, end: int) -> Span:
        """The characters between two offsets, counted from the token."""
        return Span(self.source, self.span.start + start, self.span.start + end)

    @property
    def outside(self) -> bool:
        """Whether no block is open."""
        return not any(value.__class__ is Span and value.text == "{" for value in self.values)
