"""The nodes of a flowchart: how large each is, and the shapes it is drawn with."""

from __future__ import annotations

from typing import Literal, assert_never

import attrs

from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import (
    Ask,
    Choose,
    Jump,
    Move,
    Notify,
    Repeat,
    Send,
    Show,
    Split,
    Step,
    Stop,
    Task,
    Wait,
    WaitFor,
    WaitUntil,
)
from gridlang.targets.drawing import measure
from gridlang.targets.drawing.layout import Point
from gridlang.targets.drawing.picture import Box, Circle, Mark, Path, Shape, Text, line, polygon
from gridlang.targets.views.flow import End, Node, Start
from gridlang.targets.words import steps as said
from gridlang.targets.words.names import Names

TITLE, SMALL, TAG = 13.0, 11.5, 10.5
PEARL = 16.0
"""Radius of a pearl; it stands on the upper edge of its card, so that the string runs through its middle."""
_CARD, _QUESTION, _PILL = 190.0, 170.0, 200.0
"""The room for a line of text in a card, a diamond and a pill."""


@attrs.frozen
class Line:
    """A line of text in a node, from top to bottom; `height` is the room from one base line to the next."""

    text: str
    size: float
    style: str = ""
    bold: bool = False

    @property
    def width(self) -> float:
        return measure.width(self.text, self.size, bold=self.bold)

    @property
    def height(self) -> float:
        return self.size * 1.3


Form = Literal["card", "diamond", "pill", "move", "dot", "turn"]


@attrs.frozen(kw_only=True)
class Look:
    """A node ready to draw."""

    node: Node
    form: Form
    style: str
    width: float
    height: float
    lines: tuple[Line, ...] = ()
    mark: str | None = None
    label: str | None = None
    tag: str | None = None

    @property
    def outline(self) -> Literal["box", "diamond", "ellipse"]:
        """Where arrows end."""
        match self.form:
            case "diamond":
                return "diamond"
            case "dot" | "turn":
                return "ellipse"
            case "card" | "pill" | "move":
                return "box"
            case _:
                assert_never(self.form)


def look(names: Names, campaign: Campaign, node: Node) -> Look:
    """The node of a step, sized for its words."""
    match node:
        case Start():
            return _pill(node, "start", _lines(said.starts(names, campaign), (), _PILL), None)
        case End():
            return Look(node=node, form="dot", style="end", width=14, height=14)
        case Send() | Show() | Task() | Notify():
            return _card(names, node)
        case Ask() | Choose() | Split():
            return _diamond(names, node)
        case Jump():
            return Look(node=node, form="turn", style="jump", width=24, height=24, mark="series", label=node.label)
        case Wait() | WaitUntil() | WaitFor():
            return _pill(node, "wait", _step_lines(names, node, _PILL), "clock")
        case Repeat():
            return _pill(node, "series", _step_lines(names, node, _PILL), "series")
        case Move():
            return attrs.evolve(_pill(node, "move", _step_lines(names, node, _PILL), None), form="move")
        case Stop():
            return _pill(node, "stop", _step_lines(names, node, _PILL), None)
        case _:
            assert_never(node)


def _step_lines(names: Names, step: Step, room: float) -> tuple[Line, ...]:
    return _lines(said.title(names, step), said.details(names, step), room)


def _lines(title: str, details: tuple[str, ...], room: float, *, most: int = 3) -> tuple[Line, ...]:
    head = [Line(text, TITLE, "title", bold=True) for text in measure.wrap(title, room, TITLE, bold=True, lines=most)]
    tail = [Line(text, SMALL, "detail") for part in details for text in measure.wrap(part, room, SMALL, lines=2)]
    return (*head, *tail)


def _card(names: Names, step: Send | Show | Task | Notify) -> Look:
    lines = _step_lines(names, step, _CARD)
    channel = names.first_channel(step)
    tag = None if isinstance(step, Send) else said.kind(names, step)
    ears = max(_ear(step.label), _ear(tag))
    return Look(
        node=step,
        form="card",
        style=step.verb,
        width=max(_widest(lines) + 24, 2 * (PEARL + ears + 8), 120),
        height=2 * PEARL + _tall(lines) + 14,
        lines=lines,
        mark=names.mark(channel) if channel else "notice",
        label=step.label,
        tag=tag,
    )


def _ear(text: str | None) -> float:
    """The room beside a pearl that a label takes; a long one is cut."""
    return min(measure.width(measure.clean(text), TAG), 90.0) + 4 if text else 0.0


def _diamond(names: Names, step: Ask | Choose | Split) -> Look:
    tag = Line(said.kind(names, step).upper(), TAG - 1, "sort")
    lines = (tag, *_step_lines(names, step, _QUESTION))
    width, height = _around(lines)
    return Look(node=step, form="diamond", style=step.verb, width=width, height=height, lines=lines, label=step.label)


def _around(lines: tuple[Line, ...]) -> tuple[float, float]:
    """The smallest flat diamond in which all lines fit."""
    best: tuple[float, float] | None = None
    for wider in range(14, 36):
        width = max(_widest(lines) * wider / 10, 120)
        height = max(_needed(lines, width), width * 0.36)
        if height <= width * 0.62 and (best is None or width * height < best[0] * best[1]):
            best = width, height
    return best or (_widest(lines) * 3.5, _needed(lines, _widest(lines) * 3.5))


def _needed(lines: tuple[Line, ...], width: float) -> float:
    """How tall a diamond of this width must be: each line's outer corners lie inside its edges."""
    total, above, needed = _tall(lines), 0.0, 0.0
    for each in lines:
        far = max(abs(above - total / 2), abs(above + each.height - total / 2))
        needed = max(needed, 2 * far / (1 - (each.width + 10) / width)) if each.width + 10 < width else 1e6
        above += each.height
    return needed


def _pill(node: Node, style: str, lines: tuple[Line, ...], mark: str | None) -> Look:
    label = node.label if not isinstance(node, Start | End) else None
    if label:
        lines = (*(Line(text, TAG, "named") for text in measure.wrap(label, _PILL, TAG, lines=1)), *lines)
    width = _widest(lines) + 28 + (22 if mark else 0)
    height = _tall(lines) + 14
    return Look(node=node, form="pill", style=style, width=max(width, 60), height=height, lines=lines, mark=mark)


def _widest(lines: tuple[Line, ...]) -> float:
    return max((each.width for each in lines), default=0.0)


def _tall(lines: tuple[Line, ...]) -> float:
    return sum(each.height for each in lines)


def shapes(of: Look, middle: Point) -> tuple[Shape, ...]:
    """The shapes of a node whose middle is at `middle`."""
    match of.form:
        case "card":
            return _card_shapes(of, middle)
        case "diamond":
            return _diamond_shapes(of, middle)
        case "pill" | "move":
            return _pill_shapes(of, middle)
        case "dot":
            return (Circle(x=middle[0], y=middle[1], radius=5, style="body"),)
        case "turn":
            return _turn_shapes(of, middle)
        case _:
            assert_never(of.form)


def _card_shapes(of: Look, middle: Point) -> tuple[Shape, ...]:
    x, top = middle[0], middle[1] - of.height / 2
    left, right = x - of.width / 2, x + of.width / 2
    room = of.width / 2 - PEARL - 6
    found: list[Shape] = [
        Box(x=left, y=top + PEARL, width=of.width, height=of.height - PEARL, style="body", radius=8),
        Circle(x=x, y=top + PEARL, radius=PEARL, style="pearl"),
    ]
    if of.mark:
        found.append(Mark(x=x - 10, y=top + PEARL - 10, size=20, name=of.mark, style="sign"))
    if of.label:
        found.append(_tag_text(of.label, left, top + PEARL - 5, room, "start", "named"))
    if of.tag:
        found.append(_tag_text(of.tag, right, top + PEARL - 5, room, "end", "sort"))
    return (*found, *_texts(of.lines, x, top + 2 * PEARL + 4))


def _tag_text(text: str, x: float, y: float, room: float, anchor: Literal["start", "end"], style: str) -> Text:
    shown = measure.wrap(text, room, TAG, lines=1)
    return line(shown[0] if shown else "", x, y, TAG, style=style, anchor=anchor)


def _diamond_shapes(of: Look, middle: Point) -> tuple[Shape, ...]:
    x, y = middle
    half, tall = of.width / 2, of.height / 2
    body = Path(d=polygon((x, y - tall), (x + half, y), (x, y + tall), (x - half, y)), style="body")
    label = (
        (_tag_text(of.label, x - half, y - tall + TAG, half * (1 - 2 * TAG / tall / 2) - 10, "start", "named"),)
        if of.label
        else ()
    )
    return (body, *label, *_texts(of.lines, x, y - _tall(of.lines) / 2))


def _pill_shapes(of: Look, middle: Point) -> tuple[Shape, ...]:
    x, top = middle[0], middle[1] - of.height / 2
    left = x - of.width / 2
    radius = min(of.height / 2, 16) if of.form == "pill" else 6
    body = Box(x=left, y=top, width=of.width, height=of.height, style="body", radius=radius)
    mark: tuple[Shape, ...] = ()
    if of.mark:
        mark = (Mark(x=left + 10, y=middle[1] - 8, size=16, name=of.mark, style="sign"),)
        x += 11
    return (body, *mark, *_texts(of.lines, x, top + 7))


def _turn_shapes(of: Look, middle: Point) -> tuple[Shape, ...]:
    x, y = middle
    return (Circle(x=x, y=y, radius=12, style="body"), Mark(x=x - 7, y=y - 7, size=14, name="series", style="sign"))


def _texts(lines: tuple[Line, ...], x: float, top: float) -> tuple[Shape, ...]:
    found = []
    for each in lines:
        found.append(line(each.text, x, top + each.size * 1.02, each.size, style=each.style, bold=each.bold))
        top += each.height
    return tuple(found)
