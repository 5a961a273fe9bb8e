"""The Integration Map: the people around the buyer, who listens to whom, and who of them we speak to in a phase."""

from __future__ import annotations

import attrs

from gridlang.targets.drawing import measure
from gridlang.targets.drawing.layout import Edge, Graph, Point, Positions, layout
from gridlang.targets.drawing.layout import Node as Place
from gridlang.targets.drawing.nodes import SMALL, TITLE, Line
from gridlang.targets.drawing.picture import Box, Circle, Group, Mark, Path, Picture, Shape, arrow_head, curve, line
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.reach import Listener, MapInPhase
from gridlang.targets.words.names import Names

_ROOM = 190.0
_HEAD, _GAP = 30.0, 12.0
_FACE = 13.0
"""Radius of the sign that marks a person, and an approver by a star in it."""


@attrs.frozen(kw_only=True)
class Card:
    """A person: name and roles above a rule, what reaches them below it, each with the mark of its channel."""

    listener: Listener
    head: tuple[Line, ...]
    heard: tuple[tuple[Line, str | None], ...]
    width: float
    height: float


def integration_map(names: Names, of: MapInPhase) -> Picture:
    """Persons as cards, influence as arrows that end, over however many people, at the approver."""
    cards = [_card(names, listener) for listener in of.listeners]
    parts = {card.listener.person.name for card in cards}
    arrows = [arrow for arrow in of.map.influence if arrow.source in parts and arrow.target in parts]
    labels = [Line(_strength(names, arrow.strength), SMALL) for arrow in arrows]
    positions = layout(
        Graph(
            nodes=tuple(Place(card.listener.person.name, card.width, card.height) for card in cards),
            edges=tuple(
                Edge(
                    id=str(number),
                    source=arrow.source,
                    target=arrow.target,
                    label=(labels[number].width + 10, labels[number].height + 4),
                    ray=True,
                )
                for number, arrow in enumerate(arrows)
            ),
            node_gap=44,
        )
    )
    drawn = [
        _arrow(names, positions, number, arrow.source, arrow.target, arrow.strength, labels[number])
        for number, arrow in enumerate(arrows)
    ]
    title = names.words.say("%(map)s in the phase %(phase)s", map=names.label(of.map), phase=names.phase(of.phase))
    return Picture(
        id=anchor("map", of.segment, of.phase),
        title=title,
        description=_description(names, of),
        width=positions.width,
        height=positions.height,
        groups=(
            *drawn,
            *(_person(names, of, card, positions.nodes[card.listener.person.name]) for card in cards),
        ),
    )


def _description(names: Names, of: MapInPhase) -> str:
    """Who influences whom, in a sentence each."""
    said = [
        names.words.say(
            "%(source)s influences %(target)s (%(strength)s).",
            source=names.person(arrow.source),
            target=names.person(arrow.target),
            strength=_strength(names, arrow.strength),
        )
        for arrow in of.map.influence
    ]
    return " ".join(said) or names.words.say("Nobody influences anybody.")


def _strength(names: Names, strength: str) -> str:
    say = names.words.say
    return {"weak": say("weak"), "normal": say("plain"), "strong": say("strong")}[strength]


def _card(names: Names, listener: Listener) -> Card:
    roles = names.words.both(names.role(role) for role in listener.part.roles)
    head = [Line(text, TITLE, "title", bold=True) for text in _wrapped(names.label(listener.person), bold=True)]
    head += [Line(text, SMALL, "detail") for text in measure.wrap(roles, _ROOM, SMALL)]
    if not listener.person.known:
        head += [Line(text, SMALL, "detail unknown") for text in _wrapped(names.words.say("not in the CRM"))]
    heard = tuple(_heard_lines(names, listener))
    width = max([each.width for each in head] + [each.width + (22 if mark else 0) for each, mark in heard], default=80)
    height = _FACE * 2 + 2 + sum(each.height for each in head) + _GAP + sum(each.height for each, _ in heard) + 8
    return Card(listener=listener, head=tuple(head), heard=heard, width=max(width + 26, 130), height=height)


def _wrapped(text: str, *, bold: bool = False) -> tuple[str, ...]:
    return measure.wrap(text, _ROOM, TITLE if bold else SMALL, bold=bold, lines=2)


def _heard_lines(names: Names, listener: Listener) -> list[tuple[Line, str | None]]:
    if not listener.heard:
        return [(Line(names.words.say("hears nothing"), SMALL, "silence", bold=True), None)]
    lines: list[tuple[Line, str | None]] = []
    for heard in listener.heard[:6]:
        for number, text in enumerate(measure.wrap(names.label(heard.campaign), _ROOM - 22, SMALL, lines=2)):
            lines.append((Line(text, SMALL, "heard"), "" if number else names.mark(heard.channels[0])))
    if (more := len(listener.heard) - 6) > 0:
        said = names.words.count("and %(number)s more", "and %(number)s more", more)
        lines.append((Line(said, SMALL, "heard"), None))
    return lines


def _arrow(
    names: Names, positions: Positions, number: int, source: str, target: str, strength: str, label: Line
) -> Group:
    route = positions.edges[str(number)]
    at = route.label or route.points[0]
    return Group(
        shapes=(
            Path(d=curve(route.points)),
            Path(d=arrow_head(route.points, 10 if strength == "strong" else 8)),
            line(label.text, at[0], at[1] + 4, label.size, style="answer"),
        ),
        style=f"arrow influence {strength}",
        title=f"{names.person(source)} → {names.person(target)}: {label.text}",
    )


def _person(names: Names, of: MapInPhase, card: Card, middle: Point) -> Group:
    listener = card.listener
    x, top = middle[0], middle[1] - card.height / 2
    left = x - card.width / 2
    shapes: list[Shape] = [
        Box(x=left, y=top + _FACE, width=card.width, height=card.height - _FACE, style="body", radius=10),
        Circle(x=x, y=top + _FACE, radius=_FACE, style="face"),
        *_face(listener, x, top + _FACE),
    ]
    below = top + 2 * _FACE + 2
    for each in card.head:
        shapes.append(line(each.text, x, below + each.size * 1.05, each.size, style=each.style, bold=each.bold))
        below += each.height
    shapes.append(Path(d=f"M{left + 10:g},{below + 5:g}H{left + card.width - 10:g}", style="rule"))
    below += _GAP
    for each, mark in card.heard:
        shapes += _heard_shapes(each, mark, x, left, below)
        below += each.height
    style = ["person", "heard" if listener.heard else "silent"]
    style += ["approver"] if listener.decides else ["heeded"] if listener.to_approver else []
    return Group(
        shapes=tuple(shapes),
        style=" ".join(style),
        title=_told(names, listener),
        link=anchor("person", listener.person.name),
        id=anchor("drawn", of.segment, of.phase, listener.person.name),
    )


def _face(listener: Listener, x: float, y: float) -> tuple[Shape, ...]:
    if listener.decides:
        return (Mark(x=x - 9, y=y - 9, size=18, name="approver", style="star"),)
    return (Mark(x=x - 9, y=y - 9, size=18, name="person", style="sign"),)


def _heard_shapes(each: Line, mark: str | None, x: float, left: float, top: float) -> list[Shape]:
    base = top + each.size * 1.05
    if mark is None:
        return [line(each.text, x, base, each.size, style=each.style, bold=each.bold)]
    sign = [Mark(x=left + 10, y=top, size=14, name=mark, style="sign")] if mark else []
    return [*sign, line(each.text, left + 30, base, each.size, style=each.style, anchor="start")]


def _told(names: Names, listener: Listener) -> str:
    """What a pointer and a screen reader hear of a person."""
    roles = names.words.both(names.role(role) for role in listener.part.roles)
    if listener.heard:
        heard = names.words.both(names.label(each.campaign) for each in listener.heard)
    elif listener.to_approver:
        heard = names.words.say("influences the approver, and hears nothing in this phase")
    else:
        heard = names.words.say("hears nothing in this phase")
    return f"{names.label(listener.person)} ({roles}): {heard}"
