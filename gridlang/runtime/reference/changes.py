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
LooksAt: TypeAlias = ex.Ever | ex.Count | ex.Since | ex.Last


def parts(expression: ex.Expression) -> Iterator[ex.Expression]:
    """The expression and everything in it."""
    yield expression
    for field in attrs.fields(type(expression)):
        value = getattr(expression, field.name)
        for each in value if isinstance(value, tuple) else (value,):
            if attrs.has(type(each)):
                yield from parts(each)


def looked_at(
    expression: ex.Expression, event: LooksAt | None = None
) -> Iterator[tuple[ex.Expression, LooksAt | None]]:
    """The expression and everything in it, with what looks at the events of which a part speaks, inside a `where`."""
    yield expression, event
    for field in attrs.fields(type(expression)):
        value = getattr(expression, field.name)
        within = expression if field.name == "where" and isinstance(expression, LooksAt) else event
        for each in value if isinstance(value, tuple) else (value,):
            if attrs.has(type(each)):
                yield from looked_at(each, within)


def asks_event(expression: ex.Expression) -> bool:
    """Whether it asks for something that the event carries which its `where` looks at."""
    return any(isinstance(part, ex.Payload) and event is None for part, event in looked_at(expression))


def mentions(expression: ex.Expression) -> frozenset[str]:
    """The events it asks about."""
    return frozenset(part.event for part in parts(expression) if isinstance(part, LooksAt))


def turning_points(expression: ex.Expression, timing: Timing) -> tuple[Moments, ...]:
    """Functions of a view that give the moments at which some part of the expression turns."""
    found: list[Moments] = []
    for part, event in looked_at(expression):
        if isinstance(part, ex.Count) and part.within is not None:
            found.append(_count_points(part, part.within, timing))
        else:
            found += itertools.chain(*(_compare_points(each, event, timing) for each in comparisons(part)))
    return tuple(found)


def comparisons(part: ex.Expression) -> tuple[ex.Compare, ...]:
    """A comparison, or the two of `age(d) in a .. b`."""
    if isinstance(part, ex.Between) and isinstance(part.item, ex.Age | ex.Since):
        return predicates.elapsed_bounds(part)
    return (part,) if isinstance(part, ex.Compare) else ()


def next_change(points: tuple[Moments, ...], view: View) -> int | None:
    """The first moment after now at which it can change without an event."""
    moments = itertools.chain.from_iterable(each(view) for each in points)
    return min((moment for moment in moments if moment > view.now), default=None)


def _count_points(part: ex.Count, within: str, timing: Timing) -> Moments:
    length, owner, name = Duration.parse(within), part.owner, part.event
    return lambda view: (
        timing.later(event.at, length, zone(timing, view, owner)) for event in happened(view, owner, name)
    )


def _compare_points(part: ex.Compare, event: LooksAt | None, timing: Timing) -> list[Moments]:
    pairs = ((part.left, part.right), (part.right, part.left))
    seen = event if asks_event(part) else None
    return [
        _elapsed_points(predicates.reaches(side, timing), evaluator(other, timing), seen)
        for side, other in pairs
        if isinstance(side, ex.Age | ex.Since)
    ]


def _elapsed_points(when: predicates.Reaches, length: predicates.Evaluate, seen: LooksAt | None) -> Moments:
    """The moment reached, by each event of which it speaks, and the second after it: `>` and `<=` turn there."""

    def moments(view: View) -> Iterable[int]:
        for event in (None,) if seen is None else happened(view, seen.owner, seen.event):
            duration = length(view, event)
            moment = when(view, duration, event) if isinstance(duration, Duration) else None
            if moment is not None:
                yield from (moment, moment + 1)

    return moments
