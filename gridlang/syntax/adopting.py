"""The nodes of a file after an edit: those of the last reading where nothing was edited.

A declaration whose text is the same, and which begins on the same line behind the same characters, keeps its nodes:
what was worked out of them can stay, with every line and column that it speaks of. Only their offsets move.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs

from gridlang.diagnostics.model import Outcome
from gridlang.source import Part, Source, Span
from gridlang.syntax.nodes import Declaration, File

_Place = tuple[int, str, str]


def settle(file: File) -> None:
    """Give the nodes of each declaration a part of the source as their home, where they have none yet."""
    for node in file.declarations:
        if not isinstance(node.span.home, Part):
            part = Part(file.source)
            for span in _spans(node):
                span.home = part


def adopted(before: File, read: Outcome[File]) -> Outcome[File]:
    """What was read of a file, with the nodes of the reading before it in the place of those that are the same.

    The nodes before must be settled. A declaration with a mistake in it is never the same.
    """
    file = read.value
    known = {_place(node): node for node in before.declarations}
    wrong = sorted(problem.span.start for problem in read.problems if problem.span)
    kept = tuple(_adopted(known.get(_place(node)), node, wrong, file.source) for node in file.declarations)
    return Outcome(attrs.evolve(file, declarations=kept), read.problems)


def _place(node: Declaration) -> _Place:
    """Its line, what stands before it there, and its text."""
    span = node.span
    line, column = span.source.line_column(span.start)
    return line, span.source.text[span.start - column + 1 : span.start], span.text


def _adopted(known: Declaration | None, node: Declaration, wrong: list[int], source: Source) -> Declaration:
    if known is None or not same(known, node) or any(node.span.start <= at <= node.span.end for at in wrong):
        return node
    home = known.span.home
    assert isinstance(home, Part)
    home.file, home.shift = source, node.span.start - known.span.counted[0]
    known.comments = node.comments
    return known


def same(known: Declaration, node: Declaration) -> bool:
    """Whether two declarations of the same text were read in the same way, and carry the same docs."""
    ways = (getattr(one, "broken", False) for one in (known, node))
    docs = (getattr(one, "doc", None) for one in (known, node))
    return type(known) is type(node) and not any(ways) and len(set(docs)) == 1


def _spans(node: Any) -> Iterator[Span]:
    """The spans of a node and of all that is in it."""
    work = [node]
    while work:
        one = work.pop()
        kind = one.__class__
        if kind is Span:
            yield one
        elif kind is tuple or kind is list:
            work += one
        else:
            work += [getattr(one, name) for name in _fields(kind)]


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a class of nodes; none of any other class."""
    if not kind.__module__.startswith("gridlang.syntax.nodes") or not attrs.has(kind):
        return ()
    return tuple(field.name for field in attrs.fields(kind))
