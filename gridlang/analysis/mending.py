"""Ways out of findings of the whole plan: another word in a step, another value of a field."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gridlang.diagnostics import Edit, Fix
from gridlang.semantics.model import Model
from gridlang.source import Span
from gridlang.syntax import nodes

MOST_CHOICES = 5


def rewritten(span: Span, pattern: str, texts: Iterable[str], title: str = "write `{text}`") -> tuple[Fix, ...]:
    """Ways out that write each of these texts in the place of the first group of a pattern; none where it is not."""
    found = re.search(pattern, span.text, re.DOTALL)
    if found is None:
        return ()
    place = span.within(span.start + found.start(1), span.start + found.end(1))
    chosen = list(dict.fromkeys(text for text in texts if text != found[1]))[:MOST_CHOICES]
    return tuple(Fix(title.format(text=text), (Edit(place, text),)) for text in chosen)


def behind(span: Span, text: str, title: str) -> Fix:
    """The way out that puts something behind a step."""
    return Fix(title, (Edit(span.within(span.end, span.end), text),))


def last_day(model: Model, day: str) -> tuple[Fix, ...]:
    """The way out that lets the plan end on another day, where its period is written out."""
    declared = model.scope.own("plan").get(model.schedule.plan.name)
    items = declared.node.items if declared is not None and isinstance(declared.node, nodes.Block) else ()
    for item in items:
        if isinstance(item, nodes.Field) and item.name.text == "period" and item.values:
            period = item.values[0]
            if isinstance(period, nodes.Range):
                return (Fix(f"let the plan end on {day}", (Edit(period.end.span, day),)),)
    return ()


def plan_field(model: Model, name: str, text: str, title: str) -> tuple[Fix, ...]:
    """The way out that gives the plan another value of a field that it has."""
    declared = model.scope.own("plan").get(model.schedule.plan.name)
    items = declared.node.items if declared is not None and isinstance(declared.node, nodes.Block) else ()
    for item in items:
        if isinstance(item, nodes.Field) and item.name.text == name and item.values:
            return (Fix(title, (Edit(item.values[0].span, text),)),)
    return ()
