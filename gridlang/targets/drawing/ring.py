"""Places on a ring: things stand clockwise, arrows between neighbours follow the rim, the others cross inside.

dot draws layers and knows no ring; this is arithmetic. The ring grows until every label has a place of its own.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import attrs

from gridlang.targets.drawing import bezier
from gridlang.targets.drawing.layout import Point

_GROWTH, _READABLE, _LARGEST, _SAMPLES = 1.15, 430.0, 1000.0, 48
"""A ring beyond the readable one would be shown so small that nobody reads its labels."""
_STOPS = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.25, 0.75, 0.18, 0.82)
"""Where on an arrow its label may stand, best first."""
_BENDS, _RIMS = (0.14, 0.24, 0.05, 0.34), (1.12, 1.3, 1.0)
"""How far an arrow bends across the ring, and how far out the rim it follows runs, best first."""
_OVERLAP, _CROSSING = 100.0, 1.0
"""What it costs that two things would cover each other, and that an arrow runs under a label of another."""
_ROUNDS = 3


@attrs.frozen
class Rectangle:
    """Middle and size."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Rectangle, gap: float = 0.0) -> bool:
        return (
            abs(self.x - other.x) * 2 < self.width + other.width + 2 * gap
            and abs(self.y - other.y) * 2 < self.height + other.height + 2 * gap
        )

    def holds(self, point: Point, gap: float = 0.0) -> bool:
        return abs(point[0] - self.x) * 2 < self.width + 2 * gap and abs(point[1] - self.y) * 2 < self.height + 2 * gap


@attrs.frozen
class Arrow:
    """From and to by position on the ring, and the room its label takes."""

    source: int
    target: int
    label: tuple[float, float]


@attrs.frozen
class Ring:
    """Rectangles of the things, a Bézier curve of four points for each arrow, and where its label stands.

    A label is None when even the largest ring has no place for it.
    """

    things: tuple[Rectangle, ...]
    curves: tuple[tuple[Point, ...], ...]
    labels: tuple[Rectangle | None, ...]


@attrs.frozen
class _Way:
    """One way to draw an arrow: its curve with points along it, and where its label stands."""

    curve: tuple[Point, ...]
    points: tuple[Point, ...]
    label: Rectangle


def ring(sizes: tuple[tuple[float, float], ...], arrows: tuple[Arrow, ...]) -> Ring:
    """The smallest ring on which nothing overlaps and no arrow runs under another's label.

    Where no readable ring has room for that, the best of them, on which arrows may run under labels, but neither labels
    nor things cover each other; and only where there is none a larger one.
    """
    radius = max(190.0, 46.0 * len(sizes))
    best: tuple[float, Ring] | None = None
    while radius <= _LARGEST:
        cost, made = _attempt(sizes, arrows, radius)
        if best is None or cost < best[0]:
            best = cost, made
        if cost == 0 or (best[0] < _OVERLAP and radius * _GROWTH > _READABLE):
            break
        radius *= _GROWTH
    assert best is not None
    return best[1]


def _attempt(sizes: tuple[tuple[float, float], ...], arrows: tuple[Arrow, ...], radius: float) -> tuple[float, Ring]:
    """A ring of this size, and what is wrong with it. Arrows choose their ways one after the other, and then again,
    now that they know of all the others."""
    things = tuple(
        Rectangle(*_on_ring(number / len(sizes), radius), width, height) for number, (width, height) in enumerate(sizes)
    )
    ways = [_ways(things, arrow, radius) for arrow in arrows]
    chosen: dict[int, _Way] = {}
    # Large labels are hard to place, so they choose first.
    order = sorted(range(len(arrows)), key=lambda number: (-math.prod(arrows[number].label), number))
    cost = 0.0
    for _ in range(_ROUNDS):
        cost = 0.0
        for number in order:
            others = [way for other, way in chosen.items() if other != number]
            chosen[number], worst = _best(ways[number], things, others)
            cost += worst
        if cost == 0:
            break
    cost += _OVERLAP * any(one.meets(other, gap=24) for one, other in itertools.combinations(things, 2))
    labels = tuple(_shown(number, chosen, things) for number in range(len(arrows)))
    return cost, Ring(things, tuple(chosen[number].curve for number in range(len(arrows))), labels)


def _shown(number: int, chosen: dict[int, _Way], things: tuple[Rectangle, ...]) -> Rectangle | None:
    """The label of an arrow, unless it would cover a thing or a label before it."""
    label = chosen[number].label
    taken = (*things, *(chosen[other].label for other in range(number)))
    return None if any(label.meets(each) for each in taken) else label


def _ways(things: tuple[Rectangle, ...], arrow: Arrow, radius: float) -> list[_Way]:
    """Every way to draw an arrow, best first."""
    follows = len(things) > 2 and (arrow.target - arrow.source) % len(things) == 1
    found = []
    for bend in _RIMS if follows else _BENDS:
        curve = _curve(things, arrow, radius, bend)
        points = tuple(_samples(curve))
        found += [_Way(curve, points, Rectangle(*bezier.at(curve, stop), *arrow.label)) for stop in _STOPS]
    return found


def _best(ways: list[_Way], things: tuple[Rectangle, ...], others: list[_Way]) -> tuple[_Way, float]:
    """The first of the ways of which least is wrong."""
    found, least = ways[0], math.inf
    for way in ways:
        wrong = _OVERLAP * sum(way.label.meets(thing, gap=6) for thing in things)
        wrong += _OVERLAP * sum(way.label.meets(other.label, gap=4) for other in others)
        if wrong < least:
            wrong += _CROSSING * sum(_runs_under(other.points, way.label) for other in others)
            wrong += _CROSSING * sum(_runs_under(way.points, other.label) for other in others)
            wrong += _CROSSING * sum(_runs_under(way.points, thing) for thing in things)
        if wrong < least:
            found, least = way, wrong
            if wrong == 0:
                break
    return found, least


def _runs_under(points: tuple[Point, ...], label: Rectangle) -> bool:
    left, right = label.x - label.width / 2 - 1, label.x + label.width / 2 + 1
    top, bottom = label.y - label.height / 2 - 1, label.y + label.height / 2 + 1
    return any(left < x < right and top < y < bottom for x, y in points)


def _on_ring(turn: float, radius: float) -> Point:
    """A point of the ellipse after so many turns, clockwise from the top; wider than high, as pages are."""
    angle = 2 * math.pi * turn - math.pi / 2
    return radius * 1.45 * math.cos(angle), radius * 0.8 * math.sin(angle)


def _curve(things: tuple[Rectangle, ...], arrow: Arrow, radius: float, bent: float) -> tuple[Point, ...]:
    count, source, target = len(things), things[arrow.source], things[arrow.target]
    start, end = (source.x, source.y), (target.x, target.y)
    if arrow.source == arrow.target:
        out = _on_ring(arrow.source / count, radius * 1.5)
        return start, (out[0] - 60, out[1]), (out[0] + 60, out[1]), end
    if count > 2 and (arrow.target - arrow.source) % count == 1:
        bend = _on_ring((arrow.source + 0.5) / count, radius * bent)
    else:
        dx, dy = end[0] - start[0], end[1] - start[1]
        bend = (start[0] + end[0]) / 2 + dy * bent, (start[1] + end[1]) / 2 - dx * bent
    whole = (start, _towards(start, bend), _towards(end, bend), end)
    return _between(whole, source, target)


def _towards(point: Point, bend: Point) -> Point:
    """The control point of a cubic curve that is a quadratic one with its control at `bend`."""
    return point[0] + (bend[0] - point[0]) * 2 / 3, point[1] + (bend[1] - point[1]) * 2 / 3


def _between(curve: tuple[Point, ...], source: Rectangle, target: Rectangle) -> tuple[Point, ...]:
    """The part of a curve outside both rectangles, with a little air."""
    stops = [number / 100 for number in range(101)]
    points = ((stop, bezier.at(curve, stop)) for stop in stops)
    outside = [stop for stop, point in points if not source.holds(point, gap=3) and not target.holds(point, gap=4)]
    if len(outside) < 2:
        return curve
    return _part(curve, outside[0], outside[-1])


def _part(curve: tuple[Point, ...], first: float, last: float) -> tuple[Point, ...]:
    right = _split(curve, first)[1]
    return _split(right, (last - first) / (1 - first))[0]


def _split(curve: tuple[Point, ...], stop: float) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """A curve cut in two (de Casteljau)."""
    rows = [curve]
    while len(rows[-1]) > 1:
        row = rows[-1]
        rows.append(tuple(_mix(one, other, stop) for one, other in itertools.pairwise(row)))
    return tuple(row[0] for row in rows), tuple(row[-1] for row in reversed(rows))


def _mix(one: Point, other: Point, stop: float) -> Point:
    return one[0] + (other[0] - one[0]) * stop, one[1] + (other[1] - one[1]) * stop


def _samples(curve: tuple[Point, ...]) -> Iterator[Point]:
    return (bezier.at(curve, number / _SAMPLES) for number in range(_SAMPLES + 1))
