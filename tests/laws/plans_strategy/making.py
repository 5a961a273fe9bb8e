"""Shorthands for nodes that come from no text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from gridlang.quantities import Duration, Money
from gridlang.source import Source, Span
from gridlang.syntax import nodes as n

NOWHERE = Span(Source("", ""), 0, 0)


def name(word: str) -> n.Name:
    return n.Name(word, NOWHERE)


def ref(words: str) -> n.Reference:
    return n.Reference(tuple(name(word) for word in words.split(".")), NOWHERE)


def refs(words: Iterable[str]) -> tuple[n.Reference, ...]:
    return tuple(ref(word) for word in words)


def text(value: str) -> n.Text:
    return n.Text(value, NOWHERE)


def number(value: int | Decimal, *, percent: bool = False) -> n.Number:
    return n.Number(value, NOWHERE, percent)


def money(amount: int) -> n.Amount:
    return n.Amount(Money(Decimal(amount), "DKK"), NOWHERE)


def length(written: str) -> n.Length:
    return n.Length(Duration.parse(written), NOWHERE)


def date(day: dt.date) -> n.Date:
    return n.Date(day, NOWHERE)


def time(written: str) -> n.Time:
    return n.Time(dt.time.fromisoformat(written), NOWHERE)


def hours(start: str, end: str) -> n.Range:
    return n.Range(time(start), time(end), NOWHERE)


def rate(count: int, period: str, across: Iterable[str] = (), *, account: bool = False) -> n.Frequency:
    """`3 per 7d`, `25 per day` (a calendar day)."""
    calendar = None if period[0].isdigit() else name(period)
    return n.Frequency(number(count), NOWHERE, None if calendar else length(period), calendar, refs(across), account)


def call(function: str, *arguments: n.Expression | n.Argument, field: str | None = None) -> n.Call:
    given = tuple(one if isinstance(one, n.Argument) else n.Argument(one, NOWHERE) for one in arguments)
    return n.Call(ref(function), given, NOWHERE, name(field) if field else None)


def compare(left: n.Expression, sign: Any, right: n.Expression) -> n.Comparison:
    return n.Comparison(sign, left, right, NOWHERE)


def field(word: str, *values: n.Expression, doc: str | None = None) -> n.Field:
    return n.Field(name(word), values, NOWHERE, doc=doc)


def block(
    kind: str,
    named: str | None,
    *items: n.Item,
    title: str | None = None,
    parent: str | None = None,
    doc: str | None = None,
) -> n.Block:
    return n.Block(
        name(kind),
        name(named) if named else None,
        ref(parent) if parent else None,
        text(title) if title else None,
        items,
        NOWHERE,
        NOWHERE,
        doc=doc,
    )


def edge(sources: Iterable[str], targets: Iterable[str], labels: Iterable[str] = ()) -> n.Edge:
    return n.Edge(refs(sources), refs(targets), refs(labels), NOWHERE)


def flow(steps: Iterable[n.Statement]) -> n.Flow:
    return n.Flow(tuple(steps), NOWHERE)


def arm(conditions: Iterable[n.Expression], steps: list[n.Statement], *, braces: bool) -> n.Arm:
    """An arm; without braces its steps stand behind arrows. A jump always does."""
    for at, step in enumerate(steps):
        step.arrow = not braces or isinstance(step, n.Jump) or (step.arrow and at > 0)
    return n.Arm(tuple(conditions), flow(steps), NOWHERE, braces)


DOCS = st.sampled_from([None, None, None, None, "Why it is so.", "To linjer:\n  æble\n\n/ og slut", 'Said "so".'])
TITLES = st.sampled_from([None, "Kort", 'Æbler & "pærer"', "A\\B", "{{ not a template }}", "…", "linje\nto"])
