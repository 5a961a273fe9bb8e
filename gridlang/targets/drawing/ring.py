"""Places on a ring: things stand clockwise, arrows between neighbours follow the rim, the others cross inside.

dot draws layers and knows no ring; this is arithmetic. The ring grows until every label has a place of its own.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import attrs

from gridlang.targets.drawing.layout import Point

_GROWTH, _LARGEST, _SAMPLES = 1.07, 1000.0, 48
_STOPS = (0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7, 0.25, 0.75, 0.2, 0.8)
"""Where on an arrow its label may stand, best first."""


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


def ring(sizes: tuple[tuple[float, float], ...], arrows: tuple[Arrow, ...]) -> Ring:
    """The smallest ring on which nothing overlaps and no arrow runs through another's label.

    A journey with too many arrows for that gets the largest, with labels that stand on arrows.
    """
    radius = max(190.0, 46.0 * len(sizes))
    while radius <= _LARGEST:
        made = _attempt(sizes, arrows, radius, strict=True)
        if None not in made.labels and not _crowded(made.things):
            return made
        radius *= _GROWTH
    return _attempt(sizes, arrows, _LARGEST, strict=False)


def _crowded(things: tuple[Rectangle, ...]) -> bool:
    return any(one.meets(other, gap=24) for number, one in enumerate(things) for other in things[number + 1 :])


def _attempt(sizes: tuple[tuple[float, float], ...], arrows: tuple[Arrow, ...], radius: float, *, strict: bool) -> Ring:
    """A ring of this size. A `strict` one is given up at the first label without a place; else labels may stand on
    other arrows, as long as they stand apart."""
    things = tuple(
        Rectangle(*_on_ring(number / len(sizes), radius), width, height) for number, (width, height) in enumerate(sizes)
    )
    curves = tuple(_curve(things, arrow, radius) for arrow in arrows)
    samples = [tuple(_samples(curve)) for curve in curves]
    labels: list[Rectangle | None] = [None] * len(arrows)
    # Large labels are hard to place, so they choose first.
    for number in sorted(range(len(arrows)), key=lambda number: (-math.prod(arrows[number].label), number)):
        others = [way for other, way in enumerate(samples) if other != number and strict]
        labels[number] = _place(curves[number], arrows[number].label, things, labels, others)
        if labels[number] is None and strict:
            break
    return Ring(things, curves, tuple(labels))


def _on_ring(turn: float, radius: float) -> Point:
    """A point of the ellipse after so many turns, clockwise from the top; wider than high, as pages are."""
    angle = 2 * math.pi * turn - math.pi / 2
    return radius * 1.45 * math.cos(angle), radius * 0.8 * math.sin(angle)


def _curve(things: tuple[Rectangle, ...], arrow: Arrow, radius: float) -> tuple[Point, ...]:
    count, source, target = len(things), things[arrow.source], things[arrow.target]
    start, end = (source.x, source.y), (target.x, target.y)
    if arrow.source == arrow.target:
        out = _on_ring(arrow.source / count, radius * 1.5)
        return start, (out[0] - 60, out[1]), (out[0] + 60, out[1]), end
    if count > 2 and (arrow.target - arrow.source) % count == 1:
        bend = _on_ring((arrow.source + 0.5) / count, radius * 1.12)
    else:
        dx, dy = end[0] - start[0], end[1] - start[1]
        bend = (start[0] + end[0]) / 2 + dy * 0.14, (start[1] + end[1]) / 2 - dx * 0.14
    whole = (start, _towards(start, bend), _towards(end, bend), end)
    return _between(whole, source, target)


def _towards(point: Point, bend: Point) -> Point:
    """The control point of a cubic curve that is a quadratic one with its control at `bend`."""
    return point[0] + (bend[0] - point[0]) * 2 / 3, point[1] + (bend[1] - point[1]) * 2 / 3


def _between(curve: tuple[Point, ...], source: Rectangle, target: Rectangle) -> tuple[Point, ...]:
    """The part of a curve outside both rectangles, with a little air."""
    stops = [number / 200 for number in range(201)]
    outside = [
        stop
        for stop in stops
        if not source.holds(_at(curve, stop), gap=3) and not target.holds(_at(curve, stop), gap=4)
    ]
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


def _at(curve: tuple[Point, ...], stop: float) -> Point:
    return _split(curve, stop)[0][-1]


def _samples(curve: tuple[Point, ...]) -> Iterator[Point]:
    return (_at(curve, number / _SAMPLES) for number in range(_SAMPLES + 1))


def _place(
    curve: tuple[Point, ...],
    size: tuple[float, float],
    things: tuple[Rectangle, ...],
    labels: list[Rectangle | None],
    others: list[tuple[Point, ...]],
) -> Rectangle | None:
    for stop in _STOPS:
        label = Rectangle(*_at(curve, stop), *size)
        taken = [each for each in labels if each is not None]
        if any(label.meets(thing, gap=6) for thing in things) or any(label.meets(each, gap=4) for each in taken):
            continue
        if not any(label.holds(point) for way in others for point in way):
            return label
    return None
