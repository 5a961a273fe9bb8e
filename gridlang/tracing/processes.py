"""A line of a BPMN process: the element around it, or the one that a shape or an arrow is of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.parsers import expat

import attrs

from gridlang.tracing.origin import Origin

if TYPE_CHECKING:
    from gridlang.tracing.forms import Asked

_REFERS = ("bpmnElement", "sourceRef", "processRef")
"""Attributes by which an element that says nothing of itself stands for another."""


@attrs.define
class _Element:
    tag: str
    id: str
    refers: tuple[str, ...]
    first: int
    name: str
    depth: int
    last: int = 0
    sources: list[Origin] = attrs.field(factory=list)


def origins(asked: Asked) -> Iterator[Origin]:
    """The sources of the innermost element on the line that has any, or of what it refers to."""
    elements = _elements(asked.text)
    known = {element.id: element for element in elements if element.id}
    around = [each for each in elements if each.first <= asked.line <= each.last]
    for element in sorted(around, key=lambda each: -each.depth):
        if element.sources:
            yield from element.sources
            return
        for name in element.refers:
            for _ in range(3):  # an arrow's shape stands for the arrow, and that for the element it leaves
                other = known.get(name)
                if other is None or other.sources:
                    break
                name = next(iter(other.refers), "")
            if other is not None and other.sources:
                yield from other.sources
                return


def _elements(text: str) -> list[_Element]:
    """Every element with its lines; a text that is no XML has none."""
    parser = expat.ParserCreate()
    found: list[_Element] = []
    stack: list[_Element] = []

    def begin(tag: str, given: dict[str, str]) -> None:
        refers = tuple(given[name] for name in _REFERS if name in given)
        if tag == "grid:source" and len(stack) > 1:
            owner = stack[-2]
            line = int(given["line"]) if given.get("line", "").isdigit() else 1
            owner.sources.append(
                Origin(
                    file=given.get("file", ""),
                    line=line,
                    declaration=given.get("declaration", ""),
                    what=f"{owner.tag} {owner.name or owner.id}",
                    id=given.get("id", ""),
                )
            )
        element = _Element(
            tag, given.get("id", ""), refers, parser.CurrentLineNumber, given.get("name", ""), len(stack)
        )
        stack.append(element)
        found.append(element)

    def end(tag: str) -> None:
        stack.pop().last = parser.CurrentLineNumber

    def text_inside(data: str) -> None:
        if stack and stack[-1].tag in ("incoming", "outgoing", "flowNodeRef") and data.strip():
            stack[-1].refers = (data.strip(),)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, text_inside
    try:
        parser.Parse(text.encode(), True)
    except (expat.ExpatError, IndexError):
        return []
    return found
