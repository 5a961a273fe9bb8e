"""What has a name in a plan, and the places where the name stands."""

from __future__ import annotations

from typing import Any, TypeAlias

import attrs

from gridlang.source import Span
from gridlang.syntax import nodes

Node: TypeAlias = Any
"""The node that declares a symbol: a block, a field, a step, a parameter, a `let`, a `use`."""


@attrs.frozen
class Symbol:
    """One named thing. `kind` is a kind of declaration, or what else has a name: `phase`, `level`, `day`, `attribute`,
    `payload`, `label`, `parameter`, `somebody` (of a test), `import`.

    `holder` tells apart things of one kind and name: the folder, the event of a payload, the flow of a label.
    """

    kind: str
    name: str
    holder: str
    span: Span = attrs.field(eq=False, repr=False)
    node: Node = attrs.field(eq=False, repr=False)

    @property
    def in_library(self) -> bool:
        """Whether it comes with the program, so that nobody can rename it."""
        return self.span.source.path.startswith("std/")


@attrs.frozen(eq=False)
class Occurrence:
    """A place where the name of a symbol stands; the one word that a new name would replace."""

    span: Span
    symbol: Symbol
    declares: bool = False

    def covers(self, offset: int) -> bool:
        """Whether an offset lies in the word, or right behind it."""
        return self.span.start <= offset <= self.span.end


def last_word(span: Span) -> Span:
    """`father` of `house.father`, where a dotted name has one span."""
    text = span.text
    return Span(span.source, span.start + text.rfind(".") + 1, span.end)


def words(reference: nodes.Reference) -> tuple[str, ...]:
    """The words of a dotted name."""
    return tuple(part.text for part in reference.parts)
