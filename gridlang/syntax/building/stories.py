"""The items of a `test`: who enters, what happens, what is expected."""

from __future__ import annotations

from typing import Any

from gridlang.source import Span
from gridlang.syntax import nodes as n
from gridlang.syntax.building.base import Base, names
from gridlang.syntax.building.told import said_twice


class Stories(Base):
    """Rules of the part `tests` of the grammar."""

    def enter(self, children: list[Any]) -> n.Enter:
        word, phase = children
        return n.Enter(phase, word.to(phase.span), doc=self.doc(word.start))

    def happens(self, children: list[Any]) -> n.Happens:
        word, at, person, event, *rest = children
        if rest:
            self.expressions -= 1
        span = word.to(rest[-1] if rest else event.span)
        return n.Happens(at, person, event, span, names(rest), doc=self.doc(word.start))

    def answers(self, children: list[Any]) -> n.Happens:
        word, at, person, _, outcome, _, step = children
        return n.Happens(at, person, outcome, word.to(step.span), (), step, doc=self.doc(word.start))

    def expect(self, children: list[Any]) -> n.Expect:
        word, *rest = children
        at = rest.pop(0) if isinstance(rest[0], n.Moment | n.Date) else None
        words = tuple(child for child in rest[1:] if isinstance(child, n.Reference))
        clauses = [child for child in rest[1:] if not isinstance(child, n.Reference)]
        last = clauses[-1][1] if clauses else words[-1].span if words else rest[0].span
        found = n.Expect(rest[0], words, word.to(last), at, doc=self.doc(word.start))
        for name, span, *values in clauses:
            self._clause_of(found, name, span, values)
        return found

    def _clause_of(self, found: n.Expect, name: str, span: Span, values: list[Any]) -> None:
        fields = ("after", "before") if name == "between" else (_FIELDS.get(name, name),)
        for field, value in zip(fields, values, strict=True):
            if getattr(found, field) is not None:
                self.report(said_twice(span, f"`{name}` of this `expect`"))
            setattr(found, field, value)

    def _expect_clause(self, children: list[Any]) -> tuple[Any, ...]:
        word, value = children
        return word.text, word.to(value.span), value

    to = because = before = after_moment = _expect_clause

    def between(self, children: list[Any]) -> tuple[Any, ...]:
        word, start, _, end = children
        return "between", word.to(end.span), start, end


_FIELDS = {"to": "person", "by": "team"}
