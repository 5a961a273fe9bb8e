"""Walks the parse table over the tokens of a text and has the nodes built: the innermost loop of the front end.

Lark could walk its own table. It is done here because a plan of 70,000 lines is to be read in two seconds (Lark's lexer
and parser need that for 54,000 lines before one node is built), and because a mistake in a token is to be told and
repaired without losing the declaration. A token is its own node (`NAME` is a Name, `TEXT` a Text) or only its span.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from gridlang.source import Span
from gridlang.syntax.builder import Builder
from gridlang.syntax.nodes import Name
from gridlang.syntax.scanning import tokens
from gridlang.syntax.tables import END, Rule, tables
from gridlang.syntax.words import VERBS

Build = Callable[[Builder, list[Any]], Any]


class Unexpected(Exception):  # noqa: N818 - no error of ours: it carries a mistake to where it is told
    """The text goes on with something that the grammar cannot take here."""

    def __init__(self, kind: str, span: Span) -> None:
        super().__init__(kind)
        self.kind = kind
        self.span = span


class Machine:
    """One run over one text. `states` and `values` are its stack: `values[n]` led from `states[n]` to the next one."""

    __slots__ = ("_builder", "_rows", "_rules", "_skips", "_tables", "states", "values")

    def __init__(self, builder: Builder) -> None:
        self._tables = tables()
        self._rows = self._tables.rows
        self._rules = _rules()
        self._skips = self._tables.skips
        self._builder = builder
        self.states: list[int] = []
        self.values: list[Any] = []
        self.again()

    def again(self) -> None:
        """Forget what was read."""
        self.states = [self._tables.start]
        self.values = []

    def run(self, start: int, end: int) -> None:
        """Read the characters `start` up to `end` as declarations, or as the beginning of one.

        Raises Unexpected at the first token that does not fit, and TooDeep.
        """
        builder, source, states, feed = self._builder, self._builder.source, self.states, self.feed
        rows, keywords, leaves, pending = self._rows, self._tables.keywords, builder.leaves, builder.pending
        for kind, first, last in tokens(source.text, start, end):
            value: Any = Span(source, first, last)
            if pending and kind != "DOC" and kind != "REMARK":
                builder.document(first)
            if kind == "NAME" or kind == "KEY":
                word = source.text[first:last]
                special = keywords.get(word) if kind == "NAME" else "WAS" if word == "was" else None
                # The table merges states: only after its reductions is it sure whether a keyword fits here.
                if special is not None and special in rows[states[-1]] and feed(special, value):
                    if special == "NOT":
                        builder.open_expression(value)
                    continue
                if special is not None and word in VERBS and self._step_too_early(first):
                    raise Unexpected(special, value)
                value = Name(word, value) if word.isascii() else builder.name(word, value)
            elif kind in leaves:
                value = leaves[kind](source.text[first:last], value)
                if value.__class__ is list:
                    self._feed_all(value, Span(source, first, last))
                    continue
            if not feed(kind, value) and not self._repaired(kind, Span(source, first, last)):
                raise Unexpected(kind, Span(source, first, last))

    def _step_too_early(self, start: int) -> bool:
        """Whether the verb of a step begins a line while the step before it lacks its end: `wait`, and then `send …`.

        Behind a keyword the grammar would take it for a name; behind `expect` it is one.
        """
        for value in self.values[:-4:-1]:
            if value.__class__ is Span:
                before = self._builder.source.text[max(value.end, start - 200) : start].rpartition("\n")
                word = value.text.isalpha() and value.text != "expect"
                return word and bool(before[1]) and not before[2].strip()
        return False

    def _repaired(self, kind: str, span: Span) -> bool:
        """Whether a token that does not fit is told, and read as nothing or as one that fits: `at 9` as `at 09:00`."""
        if kind == "TEXT":
            name = self._builder.quoted_name(span)
            return name is not None and self.feed("KEY", name)
        if kind != "NUMBER":
            return self._builder.dash(kind, span.start)
        wanted = next((wanted for wanted in ("TIME", "DURATION") if wanted in self._rows[self.states[-1]]), None)
        value = wanted and self._builder.bare_number(wanted, span)
        return value is not None and self.feed(str(wanted), value)

    def _feed_all(self, instead: list[tuple[str, Any]], span: Span) -> None:
        """Take what a mistaken token was meant to be: any number of tokens."""
        for kind, value in instead:
            if not self.feed(kind, value):
                raise Unexpected(kind, span)

    def feed(self, kind: str, value: Any) -> bool:
        """Take a token; False when the grammar has no place for it here."""
        rows, rules, builder, states, values = self._rows, self._rules, self._builder, self.states, self.values
        while True:
            state = states[-1]
            action = rows[state].get(kind)
            if action is None:
                return False
            if action >= 0:
                states.append(action)
                values.append(value)
                return True
            size, build, origin = rules[~action]
            if build is None:
                self._skip(kind)
            elif size:
                children = values[-size:]
                del states[-size:]
                values[-size:] = [build(builder, children)]
                states.append(rows[states[-1]][origin])
            else:
                values.append(build(builder, []))
                states.append(rows[state][origin])

    def _skip(self, kind: str) -> None:
        """Do all the rules at once that only pass their one child on: most values go through eight of them."""
        states = self.states
        top, below = states.pop(), states[-1]
        key = (below, top, kind)
        state = self._skips.get(key)
        if state is None:
            state = top
            while (action := self._rows[state].get(kind, 0)) < 0 and self._rules[~action][1] is None:
                state = self._rows[below][self._rules[~action][2]]
            self._skips[key] = state
        states.append(state)

    def finish(self, end: int) -> None:
        """The text ends here; raises Unexpected when something is still open."""
        span = Span(self._builder.source, end, end)
        self.feed(END, span)
        if self.states[-1] != self._tables.end:
            raise Unexpected(END, span)

    def accepted(self) -> frozenset[str]:
        """The kinds of tokens that fit here."""
        row = self._rows[self.states[-1]]
        return frozenset(kind for kind in row if (kind.isupper() or kind == END) and self._fits(kind))

    def _fits(self, kind: str) -> bool:
        states = list(self.states)
        while True:
            action = self._rows[states[-1]].get(kind)
            if action is None:
                return kind == END and states[-1] == self._tables.end
            if action >= 0:
                return True
            size, _, origin = self._rules[~action]
            del states[len(states) - size :]
            states.append(self._rows[states[-1]][origin])


@cache
def _rules() -> list[tuple[int, Build | None, str]]:
    """Of each rule: how many children it has, what to do with them, and what it makes of them."""
    return [(rule.size, _build(rule), rule.origin) for rule in tables().rules]


def _build(rule: Rule) -> Build | None:
    """What to do with a rule's children; None when the only child is the value."""
    if rule.build is None:
        return None
    if rule.groups:
        return _list if not rule.splices else _append if rule.size == 2 and rule.splices == (0,) else _gathering(rule)
    build: Build = getattr(Builder, rule.build)
    if not rule.splices:
        return build
    gather = _gather(rule)
    return lambda builder, children: build(builder, gather(children))


def _list(_: Builder, children: list[Any]) -> list[Any]:
    return children


def _append(_: Builder, children: list[Any]) -> list[Any]:
    before: list[Any] = children[0]
    before.append(children[1])
    return before


def _gathering(rule: Rule) -> Build:
    gather = _gather(rule)
    return lambda _, children: gather(children)


def _gather(rule: Rule) -> Callable[[list[Any]], list[Any]]:
    """Children in one list, with those that are lists themselves put in place."""
    lists = set(rule.splices)

    def gather(children: list[Any]) -> list[Any]:
        whole: list[Any] = children[0] if 0 in lists else [children[0]]
        for at, child in enumerate(children[1:], 1):
            if at in lists:
                whole += child
            else:
                whole.append(child)
        return whole

    return gather
