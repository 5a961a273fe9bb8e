"""The journey as a cycle: phases on a ring, walked back and forth, with the events that move an account."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from gridlang.schedule.model import Journey, Phase, Transition
from gridlang.targets.drawing import measure
from gridlang.targets.drawing.nodes import Line
from gridlang.targets.drawing.picture import (
    Box,
    Group,
    Mark,
    Note,
    Path,
    Picture,
    Shape,
    arrow_head,
    curve,
    line,
    short_of,
)
from gridlang.targets.drawing.ring import Arrow, Rectangle, Ring, ring
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.phases import styles
from gridlang.targets.words.names import Names
from gridlang.targets.words.ways import without_event

_MARGIN, _ROOM = 14.0, 170.0
TITLE, SMALL = 15.0, 12.0


def journey(names: Names, notes: Mapping[tuple[str, str], Note] | None = None) -> Picture:
    """Every phase with its mark of start or rest, every transition with its events.

    `notes`: by source and target of a transition; with an empty source, of the phase itself.
    """
    drawn, notes = names.schedule.journey, notes or {}
    order = {phase.name: number for number, phase in enumerate(drawn.phases)}
    signs = [_sign(names, drawn, phase, notes.get(("", phase.name))) for phase in drawn.phases]
    ways = [way for way in drawn.transitions if way.source in order and way.target in order]
    told = [notes.get((way.source, way.target)) for way in ways]
    labels = [_events(names, way, note) for way, note in zip(ways, told, strict=True)]
    placed = ring(
        tuple(
            (_width(lines) + (46 if drawn.phases[number].resting else 28), _height(lines) + 20)
            for number, lines in enumerate(signs)
        ),
        tuple(
            Arrow(order[way.source], order[way.target], (_width(label) + 8, _height(label) + 4))
            for way, label in zip(ways, labels, strict=True)
        ),
    )
    moved, width, height = _moved(placed)
    arrows = [_way(names, way, labels[number], moved, number, told[number]) for number, way in enumerate(ways)]
    phases = [
        _phase(names, drawn, phase, signs[number], moved.things[number]) for number, phase in enumerate(drawn.phases)
    ]
    return Picture(
        id="journey-drawn",
        title=names.words.say("The journey: %(journey)s", journey=names.label(drawn)),
        description=names.words.say(
            "Starts in %(phase)s. The transitions are listed under the drawing.", phase=names.phase(drawn.start)
        ),
        width=width,
        height=height,
        groups=(*arrows, *phases),
    )


def _sign(names: Names, drawn: Journey, phase: Phase, note: Note | None) -> tuple[Line, ...]:
    lines = [
        Line(text, TITLE, "title", bold=True) for text in measure.wrap(names.label(phase), _ROOM, TITLE, bold=True)
    ]
    notes = [names.words.say("start")] if phase.name == drawn.start else []
    notes += [names.words.say("resting")] if phase.resting else []
    notes += [note.text] if note else []
    return (*lines, *(Line(text, SMALL, "detail") for text in notes))


def _events(names: Names, way: Transition, note: Note | None) -> tuple[Line, ...]:
    """An event a line; an edge without events waits for a campaign's `move`."""
    count = (Line(note.text, SMALL, "answer count", bold=True),) if note else ()
    if not way.events:
        words = measure.wrap(without_event(names, way), _ROOM, SMALL, lines=2)
        return (*(Line(text, SMALL, "answer quiet") for text in words), *count)
    shown = [text for event in way.events[:6] for text in measure.wrap(names.event(event), _ROOM, SMALL, lines=2)]
    if len(way.events) > 6:
        shown.append(names.words.count("and %(number)s more", "and %(number)s more", len(way.events) - 6))
    return (*(Line(text, SMALL, "answer") for text in shown), *count)


def _width(lines: tuple[Line, ...]) -> float:
    return max(each.width for each in lines)


def _height(lines: tuple[Line, ...]) -> float:
    return sum(each.height for each in lines)


def _moved(placed: Ring) -> tuple[Ring, float, float]:
    """The same ring with its origin at the top left, and its size."""
    boxes = [*placed.things, *(label for label in placed.labels if label)]
    across = [point[0] for way in placed.curves for point in way]
    down = [point[1] for way in placed.curves for point in way]
    left = min([box.x - box.width / 2 for box in boxes] + across) - _MARGIN
    top = min([box.y - box.height / 2 for box in boxes] + down) - _MARGIN
    right = max([box.x + box.width / 2 for box in boxes] + across) + _MARGIN
    bottom = max([box.y + box.height / 2 for box in boxes] + down) + _MARGIN

    def shifted(box: Rectangle) -> Rectangle:
        return attrs.evolve(box, x=round(box.x - left, 1), y=round(box.y - top, 1))

    moved = Ring(
        tuple(shifted(box) for box in placed.things),
        tuple(tuple((round(x - left, 1), round(y - top, 1)) for x, y in way) for way in placed.curves),
        tuple(shifted(label) if label else None for label in placed.labels),
    )
    return moved, right - left, bottom - top


def _way(names: Names, way: Transition, label: tuple[Line, ...], placed: Ring, number: int, note: Note | None) -> Group:
    points, at = placed.curves[number], placed.labels[number]
    events = names.words.either(names.event(event) for event in way.events) or without_event(names, way)
    head = 9.0 + 2 * (note.weight if note else 0)
    return Group(
        shapes=(
            Path(d=curve(short_of(points, head) if note else points)),
            Path(d=arrow_head(points, head)),
            *(_label(label, at) if at else ()),
        ),
        style=("arrow on" if way.events else "arrow quiet") + (f" flow{note.weight}" if note else ""),
        title=f"{names.phase(way.source)} → {names.phase(way.target)}: {events}" + (f" · {note.text}" if note else ""),
    )


def _label(label: tuple[Line, ...], at: Rectangle) -> tuple[Shape, ...]:
    """The words on an arrow, on a ground of their own, so that it does not run between their lines."""
    width, height = _width(label) + 4, _height(label) + 2
    ground = Box(
        x=round(at.x - width / 2, 1),
        y=round(at.y - height / 2, 1),
        width=width,
        height=height,
        style="ground",
        radius=3,
    )
    return (ground, *_lines(label, at.x, at.y - _height(label) / 2))


def _phase(names: Names, drawn: Journey, phase: Phase, lines: tuple[Line, ...], at: Rectangle) -> Group:
    left, top = at.x - at.width / 2, at.y - at.height / 2
    x = at.x + (9 if phase.resting else 0)
    rest: tuple[Shape, ...] = (
        (Mark(x=left + 10, y=at.y - 9, size=18, name="rest", style="sign"),) if phase.resting else ()
    )
    style = f"phase {styles(names.schedule)[phase.name]}"
    style += " resting" if phase.resting else ""
    style += " first" if phase.name == drawn.start else ""
    return Group(
        id=anchor("drawn", "phase", phase.name),
        shapes=(
            Box(x=left, y=top, width=at.width, height=at.height, style="body", radius=at.height / 2),
            *rest,
            *_lines(lines, x, at.y - _height(lines) / 2),
        ),
        style=style,
        title=names.label(phase),
        link=anchor("phase", phase.name),
    )


def _lines(lines: tuple[Line, ...], x: float, top: float) -> tuple[Shape, ...]:
    found = []
    for each in lines:
        found.append(line(each.text, x, top + each.size * 1.02, each.size, style=each.style, bold=each.bold))
        top += each.height
    return tuple(found)
