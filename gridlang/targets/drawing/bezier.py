"""Points on cubic Bézier curves: four points each, the outer two its ends."""

from __future__ import annotations

from collections.abc import Sequence

from gridlang.targets.drawing.layout import Point


def at(curve: Sequence[Point], stop: float) -> Point:
    """The point at a stop between 0, the start, and 1, the end; by the weights of Bernstein."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = curve
    rest = 1 - stop
    a, b, c, d = rest**3, 3 * stop * rest**2, 3 * stop**2 * rest, stop**3
    return a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3
