"""The nodes around a place, from the declaration inwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from gridlang.source import Span
from gridlang.syntax import nodes


def path_at(file: nodes.File, offset: int) -> list[Any]:
    """The nodes whose text holds an offset, or ends at it, the outermost first."""
    found: list[Any] = []
    inside: Iterator[Any] = iter(file.declarations)
    while True:
        covering = [node for node in inside if _covers(node, offset)]
        if not covering:
            return found
        # Two nodes meet at one offset: what begins there counts, not what ends there.
        found.append(max(covering, key=lambda node: node.span.start))
        inside = children(found[-1])


def _covers(node: Any, offset: int) -> bool:
    span = node.span
    return bool(span.start <= offset <= span.end)


def children(node: Any) -> Iterator[Any]:
    """The nodes directly in a node."""
    for field in attrs.fields(type(node)):
        if field.name in ("span", "header", "comments"):
            continue
        value = getattr(node, field.name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(getattr(each, "span", None), Span):
                yield each


def declaration_at(file: nodes.File, offset: int) -> nodes.Declaration | None:
    """The declaration that holds an offset; behind a broken one, that one."""
    before = [node for node in file.declarations if node.span.start <= offset]
    return before[-1] if before else None


def walk(node: Any) -> Iterator[Any]:
    """A node and everything in it, in the order of the text."""
    yield node
    for inner in children(node):
        yield from walk(inner)
