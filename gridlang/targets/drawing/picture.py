"""A drawing as plain shapes, and its SVG."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

from gridlang.targets.drawing.layout import Point
from gridlang.targets.drawing.measure import clean, width


@attrs.frozen(kw_only=True)
class Text:
    """A line of text; `x`, `y` is its anchor on the base line, `length` the room it takes."""

    x: float
    y: float
    text: str
    size: float
    length: float
    style: str = ""
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "middle"
    kind: Literal["text"] = "text"


@attrs.frozen(kw_only=True)
class Box:
    """A rectangle, `radius` round at its corners."""

    x: float
    y: float
    width: float
    height: float
    style: str
    radius: float = 0
    kind: Literal["box"] = "box"


@attrs.frozen(kw_only=True)
class Circle:
    """A circle around `x`, `y`."""

    x: float
    y: float
    radius: float
    style: str
    kind: Literal["circle"] = "circle"


@attrs.frozen(kw_only=True)
class Path:
    """Lines and curves, in SVG's own notation. In an arrow the first is its line and the second its tip."""

    d: str
    style: str = ""
    kind: Literal["path"] = "path"


@attrs.frozen(kw_only=True)
class Mark:
    """A channel's mark or another sign of `marks`, in a square with its top left corner at `x`, `y`."""

    x: float
    y: float
    size: float
    name: str
    style: str = ""
    kind: Literal["mark"] = "mark"


@attrs.frozen
class Note:
    """What is told beside an arrow in bold, and how much of its drawing goes along it, from 0 (nothing) to 4."""

    text: str
    weight: int


Shape: TypeAlias = Text | Box | Circle | Path | Mark


@attrs.frozen(kw_only=True)
class Group:
    """Shapes that are one thing of the plan: `title` is what a pointer and a screen reader get, `link` an anchor."""

    shapes: tuple[Shape, ...]
    id: str | None = None
    style: str = ""
    title: str | None = None
    link: str | None = None

    @property
    def wordless(self) -> bool:
        """Whether nothing in it can be read, so that a link needs its title for a name."""
        return not any(isinstance(shape, Text) and shape.text for shape in self.shapes)


@attrs.frozen(kw_only=True)
class Picture:
    """`title` names the drawing, `description` says in words what it shows."""

    id: str
    title: str
    description: str
    width: float
    height: float
    groups: tuple[Group, ...]


def line(
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    style: str = "",
    bold: bool = False,
    anchor: Literal["start", "middle", "end"] = "middle",
) -> Text:
    """A line of text with its measured width."""
    shown = clean(text)
    length = round(width(shown, size, bold=bold), 1)
    return Text(x=x, y=y, text=shown, size=size, length=length, style=style, bold=bold, anchor=anchor)


def curve(points: tuple[Point, ...]) -> str:
    """The path of Bézier curves (a point, then three a curve)."""
    start, *rest = (f"{x:g},{y:g}" for x, y in points)
    return f"M{start}C{' '.join(rest)}"


def polygon(*points: Point) -> str:
    """The path of a closed shape with straight sides."""
    return "M" + "L".join(f"{round(x, 1):g},{round(y, 1):g}" for x, y in points) + "Z"


def arrow_head(points: tuple[Point, ...], size: float = 8.0) -> str:
    """A triangle at the end of a way."""
    tip = points[-1]
    before = next((point for point in reversed(points[:-1]) if point != tip), (tip[0], tip[1] - 1))
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = (dx * dx + dy * dy) ** 0.5
    dx, dy = dx / length * size, dy / length * size
    wing = -dx - dy * 0.42, -dy + dx * 0.42
    across = dy * 0.84, -dx * 0.84
    return f"M{tip[0]:g},{tip[1]:g}l{_pair(wing)} {_pair(across)}z"


def _pair(point: Point) -> str:
    return f"{round(point[0], 1) + 0:g},{round(point[1], 1) + 0:g}"


def short_of(points: tuple[Point, ...], head: float) -> tuple[Point, ...]:
    """A way that ends under its arrow head, so that a heavy line does not blunt the tip."""
    tip = points[-1]
    before = next((point for point in reversed(points[:-1]) if point != tip), tip)
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = (dx * dx + dy * dy) ** 0.5 or 1.0
    back = min(head * 0.7, length / 2)
    return (*points[:-1], (round(tip[0] - dx / length * back, 1), round(tip[1] - dy / length * back, 1)))


USUAL = 11.5
"""The size of most texts, said once for a picture."""


def svg(picture: Picture) -> str:
    """The picture as an SVG element, to stand in a page that has the marks and the style."""
    from gridlang.targets.templates import environment

    return environment("gridlang.targets.drawing").get_template("picture.svg").render(picture=picture, usual=USUAL)
