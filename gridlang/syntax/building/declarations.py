"""Declarations, the blocks in them, and their fields and edges."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Related
from gridlang.source import Span
from gridlang.syntax import nodes as n
from gridlang.syntax.building.base import Base, is_arrow, names
from gridlang.syntax.building.told import second_value, two_words
from gridlang.syntax.phrases import phrase_at
from gridlang.syntax.words import VERBS

LONGEST_NAME = 200
"""Characters of a name of several words; what is longer is no name but prose."""


class Declarations(Base):
    """Rules of the part `declarations` of the grammar."""

    def file(self, children: list[Any]) -> None:
        """The declarations have reported themselves: so those before a mistake are there too."""

    def use(self, children: list[Any]) -> None:
        word, path, name = children[0], children[1], children[3] if len(children) > 3 else None
        span = word.to(children[-1].span)
        self.declarations.append(n.Use(path, name, span, doc=self.doc(span.start)))

    def let(self, children: list[Any]) -> None:
        word, name, _, value = children
        span = word.to(value.span)
        self.declarations.append(n.Let(name, value, span, doc=self.doc(span.start)))

    def flow_declaration(self, children: list[Any]) -> None:
        word, name, *rest, flow = children
        header = word.to(name.span)
        if rest:
            self.expressions -= 1
            header = word.to(rest[-1])
        span = word.to(flow.span)
        doc = self.doc(span.start)
        self.declarations.append(n.FlowDeclaration(name, names(rest), flow, span, header, doc=doc))

    def parameter(self, children: list[Any]) -> n.Parameter:
        name, _, type_, *default = children
        return n.Parameter(name, type_, default[1] if default else None, name.span.to(children[-1].span))

    def block(self, children: list[Any]) -> None:
        block = self.nested(children)
        before = self.declarations[-1] if self.declarations else None
        if isinstance(before, n.Block) and self._one_name(before, block):
            self.declarations[-1] = self._joined(before, block)
            return
        if isinstance(before, n.Let | n.Use) and (kind := self._kind_lost(before, block)) is not None:
            block = self._given_back(before, kind, block)
        self.declarations.append(block)

    def _one_name(self, before: n.Block, block: n.Block) -> bool:
        """Whether two blocks are one with several words for its name: `campaign invitation til far { … }`."""
        if before.name is None or before.title or before.parent or before.span.end != before.name.span.end:
            return False
        if len(before.name.text) > LONGEST_NAME:
            return False
        return "\n" not in (between := self.source.text[before.span.end : block.span.start]) and "\r" not in between

    def _kind_lost(self, before: n.Let | n.Use, block: n.Block) -> n.Name | None:
        """The kind of a declaration when the line before it lacks its end and has taken that word for it."""
        last = before.name if isinstance(before, n.Use) else _last_word(before.value)
        if last is None or last.span.end != before.span.end or block.name is not None:
            return None
        left_open = self.source.text[before.span.start : last.span.start]
        between = self.source.text[last.span.end : block.span.start]
        return last if _breaks(left_open[len(left_open.rstrip()) :]) and not _breaks(between) else None

    def _given_back(self, before: n.Let | n.Use, kind: n.Name, block: n.Block) -> n.Block:
        """Tell that `let x = y >=` or `use "…" as` is not complete, and read on as if it were."""
        left_open = self.source.text[before.span.start : kind.span.start].rstrip()
        open_line = Span(self.source, before.span.start, before.span.start + len(left_open))
        word = "use" if isinstance(before, n.Use) else "let"
        self.report(
            codes.INCOMPLETE.at(
                kind.span,
                found=f"`{kind.text}`",
                what=f"`{' '.join(left_open.split())[-60:]}`",
                usage=VERBS[word],
                related=(Related(open_line, "this is not complete"),),
            )
        )
        if isinstance(before, n.Use):
            before.name = None
        else:
            before.value = n.Reference((n.Name("yes", open_line),), open_line)
        before.span = open_line
        whole, header = kind.span.to(block.span), kind.span.to(block.header)
        return n.Block(kind, block.kind, block.parent, block.title, block.items, whole, header, doc=block.doc)

    def _joined(self, before: n.Block, block: n.Block) -> n.Block:
        assert before.name is not None
        words = [before.name, block.kind, *([block.name] if block.name else [])]
        name = n.Name("_".join(word.text for word in words), before.name.span.to(words[-1].span))
        self.long_names[len(self.declarations)] = before.kind.text, name.span
        whole, header = before.span.to(block.span), before.span.to(block.header)
        return n.Block(before.kind, name, block.parent, block.title, block.items, whole, header, doc=before.doc)

    def nested(self, children: list[Any]) -> n.Block:
        kind, last = children[0], children[-1]
        start = kind.span.start
        name: n.Name | None = None
        parent: n.Reference | None = None
        title: n.Text | None = None
        for child in children[1:]:
            made = child.__class__
            if made is n.Name:
                name = child
            elif made is n.Reference:
                parent = child
            elif made is n.Text:
                title = child
        header = children[-2] if last.__class__ is tuple else last
        items, end = last if last.__class__ is tuple else ((), last.span)
        source = self.source
        return n.Block(
            kind, name, parent, title, items,
            Span(source, start, end.end), Span(source, start, header.span.end), doc=self.doc(start),
        )  # fmt: skip

    def body(self, children: list[Any]) -> tuple[tuple[n.Item, ...], Span]:
        """The items between braces; an edge with two arrows stands for two."""
        self.blocks -= 1
        items = children[1:-1]
        if list in map(type, items):
            items = [one for item in items for one in (item if isinstance(item, list) else [item])]
        return tuple(self._blocks_alone(items)), children[-1]

    def _blocks_alone(self, items: list[Any]) -> Iterator[Any]:
        """The items; of `segment: families others` and then `roles {` the block is `roles`, and a comma is missing."""
        for item in items:
            if item.__class__ is n.Block and item.name is not None:
                between = self.source.text[item.kind.span.end : item.name.span.start]
                lost = second_value(item.kind.span) if _breaks(between) else None
                if lost is not None:
                    self.report(lost)
                    item.kind, item.name = item.name, None
            yield item

    def dotted_key(self, children: list[Any]) -> n.Name:
        before, name = children[0], children[-1]
        return n.Name(f"{before.text}.{name.text}", before.span.to(name.span))

    def field(self, children: list[Any]) -> n.Field:
        name = children[0]
        start, last = name.span.start, children[-1]
        values = (last,) if len(children) == 3 else names(children[2:])
        if last.__class__ is n.Sum or n.Sum in map(type, values):
            values = tuple(map(self._hyphenated, values))
        return n.Field(name, values, Span(self.source, start, last.span.end), doc=self.doc(start))

    def _hyphenated(self, value: n.Expression) -> n.Expression:
        """`young-families` as the whole of a value, without a space: one name with a hyphen, no difference."""
        if not isinstance(value, n.Sum) or not re.fullmatch(r"[^\W\d]\w*(?:-[^\W\d]\w*)+", value.span.text):
            return value
        days = phrase_at(value.span)
        if days is not None and days.fixes and ".." in days.fixes[0].edits[0].text:
            self.report(days)
            first, last = days.fixes[0].edits[0].text.split(" .. ")
            ends = [n.Reference((n.Name(day, value.span),), value.span) for day in (first, last)]
            return n.Range(ends[0], ends[1], value.span)
        self.report(two_words("", value.span))
        name = n.Name(value.span.text.replace("-", "_"), value.span)
        return n.Reference((name,), value.span)

    def campaign_flow(self, children: list[Any]) -> n.Flow:
        word, flow = children
        flow.span = word.to(flow.span)
        flow.doc = self.doc(word.start)
        found: n.Flow = flow
        return found

    # --- edges ---

    def labelled_target(self, children: list[Any]) -> n.Reference:
        name = children[-1]
        if len(children) == 1:
            return n.Reference((name,), name.span)
        before = children[0]
        return n.Reference((*before.parts, name), before.span.to(name.span))

    def edge(self, children: list[Any]) -> n.Edge | list[n.Edge]:
        sides, labels = _sides(children)
        doc = self.doc(children[0].span.start)
        if len(sides) == 2:
            return n.Edge(sides[0], sides[1], labels, children[0].span.to(children[-1].span), doc=doc)
        edges = [
            n.Edge(before, after, (), before[0].span.to(after[-1].span), doc=doc)
            for before, after in itertools.pairwise(sides)
        ]
        edges[-1].labels = labels
        edges[-1].span = edges[-1].span.to(children[-1].span)
        written = [" ".join(edge.span.text.split()) for edge in edges]
        arrow = next(child for child in reversed(children) if is_arrow(child))
        whole = children[0].span.to(children[-1].span)
        told = "  ".join(f"`{edge}`" for edge in written)
        self.report(codes.CHAINED_EDGE.at(arrow, edges=told, fixes=(codes.replacing(whole, "  ".join(written)),)))
        return edges


def _breaks(between: str) -> bool:
    return "\n" in between or "\r" in between


def _last_word(value: Any) -> n.Name | None:
    """The name that a value ends with; None when it ends with something else."""
    while not isinstance(value, n.Reference):
        parts = [part for part in (getattr(value, name, None) for name in ("right", "operand", "operands")) if part]
        if not parts:
            return None
        value = parts[0][-1] if isinstance(parts[0], tuple) else parts[0]
    return value.parts[-1]


def _sides(children: list[Any]) -> tuple[list[tuple[n.Reference, ...]], tuple[n.Reference, ...]]:
    """What stands between the arrows, and the labels behind the colon."""
    sides: list[list[n.Reference]] = [[]]
    for child in children:
        if child.__class__ is not Span:
            sides[-1].append(child)
        elif child.text != ",":
            sides.append([])
    labels = tuple(sides.pop()) if any(c.__class__ is Span and c.text == ":" for c in children) else ()
    return [tuple(side) for side in sides], labels
