"""One finding where several say the same of the same place: a flow that two campaigns run, or that one runs twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import attrs

from gridlang.diagnostics.model import Diagnostic, Related
from gridlang.source import Span


def united(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings in their order, each said once; the other places they speak of are put together."""
    whole = tuple(problems)
    firsts = [(problem.message, problem.span and problem.span.start) for problem in whole]
    said = Counter(firsts)
    found: dict[object, Diagnostic] = {}
    for number, problem in enumerate(whole):
        if said[firsts[number]] == 1:
            found[number] = problem
            continue
        key = (problem.code.id, _place(problem.span), problem.message, problem.why, problem.help)
        found[key] = _with(found[key], problem.related) if key in found else problem
    return tuple(found.values())


def _with(first: Diagnostic, more: tuple[Related, ...]) -> Diagnostic:
    known = {(_place(place.span), place.text) for place in first.related}
    new = tuple(place for place in more if (_place(place.span), place.text) not in known)
    return attrs.evolve(first, related=first.related + new) if new else first


def _place(span: Span | None) -> tuple[str, int, int] | None:
    return (span.source.path, span.start, span.end) if span else None
