"""When the truth of an expression can change: by which events, and at which moments without any.

R5 needs it for levels that are lost, R5a for predicates that turn true by themselves. The moments are a superset: at
each of them the predicate is asked again, and nothing happens if it says what it said before.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import attrs

from gridlang.quantities import Duration
from gridlang.runtime.reference import predicates
from gridlang.runtime.reference.predicates import View, evaluator, happened, zone
from gridlang.runtime.reference.timing import Timing
from gridlang.schedule import expressions as ex

Moments: TypeAlias = Callable[[View], Iterable[int]]


def parts(expression: ex.Expression) -> Iterator[ex.Expression]:
    """The expression and everything in it."""
    yield expression
    for field in attrs.fields(type(expression)):
        value = getattr(expression, field.name)
        for each in value if isinstance(value, tuple) else (value,):
            if attrs.has(type(each)):
                yield from parts(each)


def mentions(expression: ex.Expression) -> frozenset[str]:
    """The events it asks about."""
    asked = (ex.Ever, ex.Count, ex.Since, ex.Last)
    return frozenset(part.event for part in parts(expression) if isinstance(part, asked))


def turning_points(expression: ex.Expression, timing: Timing) -> tuple[Moments, ...]:
    """Functions of a view that give the moments at which some part of the expression turns."""
    found: list[Moments] = []
    for part in parts(expression):
        if isinstance(part, ex.Count) and part.within is not None:
            found.append(_count_points(part, part.within, timing))
        elif isinstance(part, ex.Compare):
            found += _compare_points(part, timing)
        elif isinstance(part, ex.Between) and isinstance(part.item, ex.Age | ex.Since):
            found += itertools.chain(*(_compare_points(each, timing) for each in predicates.elapsed_bounds(part)))
    return tuple(found)


def next_change(points: tuple[Moments, ...], view: View) -> int | None:
    """The first moment after now at which it can change without an event."""
    moments = itertools.chain.from_iterable(each(view) for each in points)
    return min((moment for moment in moments if moment > view.now), default=None)


def _count_points(part: ex.Count, within: str, timing: Timing) -> Moments:
    length, owner, name = Duration.parse(within), part.owner, part.event
    return lambda view: (
        timing.later(event.at, length, zone(timing, view, owner)) for event in happened(view, owner, name)
    )


def _compare_points(part: ex.Compare, timing: Timing) -> list[Moments]:
    pairs = ((part.left, part.right), (part.right, part.left))
    return [
        _elapsed_points(predicates.reaches(side, timing), evaluator(other, timing))
        for side, other in pairs
        if isinstance(side, ex.Age | ex.Since)
    ]


def _elapsed_points(when: predicates.Reaches, length: predicates.Evaluate) -> Moments:
    """The moment reached, and the second after it: `>` and `<=` turn there."""

    def moments(view: View) -> Iterable[int]:
        duration = length(view, None)
        moment = when(view, duration, None) if isinstance(duration, Duration) else None
        return () if moment is None else (moment, moment + 1)

    return moments
