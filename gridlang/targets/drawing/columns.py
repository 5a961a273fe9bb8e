"""Figures over time as columns: a row a thing, a column a week or a month, with what was aimed at or allowed across."""

from __future__ import annotations

import attrs

from gridlang.targets.drawing import measure
from gridlang.targets.drawing.picture import Box, Group, Path, Picture, Shape, line

_LABELS, _TOTALS, _PLOT = 190.0, 96.0, 640.0
"""Room for the names at the left, for the sums at the right, and for the columns between them."""
_ROW, _HIGHEST, _HEAD, _SIZE = 66.0, 44.0, 26.0, 12.0


@attrs.frozen(kw_only=True)
class Series:
    """A row: its name, its sum in words, and its columns.

    `limits` stand across the columns as a line (None: none there); `over` are the columns that are to be noticed.
    `title` is what a pointer and a screen reader get.
    """

    label: str
    total: str
    title: str
    values: tuple[int, ...]
    limits: tuple[float | None, ...] = ()
    over: frozenset[int] = frozenset()
    style: str = "p0"


@attrs.frozen(kw_only=True)
class Columns:
    """`ticks` name columns by their number, where there is room. Every row has a scale of its own."""

    id: str
    title: str
    description: str
    series: tuple[Series, ...]
    ticks: tuple[tuple[int, str], ...]


def columns(of: Columns) -> Picture:
    """The drawing; its figures stand in a table beside it."""
    count = max((len(each.values) for each in of.series), default=1)
    step = round(min(64.0, _PLOT / max(count, 1)), 2)
    left = _LABELS if any(each.label for each in of.series) else 2.0
    width = left + step * count + _TOTALS
    return Picture(
        id=of.id,
        title=of.title,
        description=of.description,
        width=width,
        height=_HEAD + _ROW * len(of.series) + 6,
        groups=(
            _ticks(of, left, step, _HEAD + _ROW * len(of.series)),
            *(_row(each, left, _HEAD + _ROW * number, step) for number, each in enumerate(of.series)),
        ),
    )


def _ticks(of: Columns, left: float, step: float, height: float) -> Group:
    shapes: list[Shape] = []
    free = 0.0
    for number, text in of.ticks:
        x = round(left + number * step, 1)
        shapes.append(Path(d=f"M{x:g},8V{height:g}", style="month"))
        if x >= free:
            shapes.append(line(text, x + 4, 18, _SIZE - 1, style="detail", anchor="start"))
            free = x + 10 + measure.width(text, _SIZE - 1)
    return Group(shapes=tuple(shapes), style="months")


def _row(of: Series, left: float, top: float, step: float) -> Group:
    base = top + 12 + _HIGHEST
    highest = max([*of.values, *(limit for limit in of.limits if limit is not None)], default=0) or 1
    gap = min(2.0, step / 5)
    shapes: list[Shape] = [
        line(text, 0, base - 16 + number * _SIZE * 1.25, _SIZE, bold=number == 0, anchor="start")
        for number, text in enumerate(measure.wrap(of.label, _LABELS - 16, _SIZE, bold=True, lines=2))
    ]
    for number, value in enumerate(of.values):
        if value:
            height = round(max(value / highest * _HIGHEST, 1.0), 1)
            x = round(left + number * step + gap / 2, 2)
            style = "column over" if number in of.over else "column"
            shapes.append(Box(x=x, y=base - height, width=round(step - gap, 2), height=height, style=style))
    shapes.append(Path(d=f"M{left:g},{base:g}h{step * len(of.values):g}", style="rule"))
    if limits := _limits(of, left, base, highest, step):
        shapes += [Path(d=limits, style="limit-ground"), Path(d=limits, style="limit")]
    right = left + step * len(of.values) + 10
    shapes.append(line(of.total, right, base - 2, _SIZE + 1, style="detail", anchor="start"))
    return Group(shapes=tuple(shapes), style=f"series-row {of.style}", title=of.title)


def _limits(of: Series, left: float, base: float, highest: float, step: float) -> str:
    """A line over the columns that have a limit, broken where there is none."""
    parts = []
    for number, limit in enumerate(of.limits):
        if limit is not None:
            y = round(base - limit / highest * _HIGHEST, 1)
            parts.append(f"M{left + number * step:g},{y:g}h{step:g}")
    return "".join(parts)
