"""A campaign as a flowchart: steps like pearls on a string, and diamonds from which the answers radiate as arrows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from gridlang.schedule.model import Campaign
from gridlang.schedule.steps import Move
from gridlang.targets.drawing import measure, nodes
from gridlang.targets.drawing.layout import Edge, Graph, Point, Positions, layout
from gridlang.targets.drawing.layout import Node as Place
from gridlang.targets.drawing.nodes import Line, Look
from gridlang.targets.drawing.picture import (
    Box,
    Group,
    Note,
    Path,
    Picture,
    Shape,
    arrow_head,
    curve,
    line,
    short_of,
)
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.flow import Afterwards, Again, Arrow, End, Flow, Nothing, Otherwise, Overdue, Skipped, Start
from gridlang.targets.views.flow import flow as graph_of
from gridlang.targets.views.phases import styles
from gridlang.targets.words import steps as said
from gridlang.targets.words.names import Names

_ROOM = 150.0
"""The room for a line of an arrow's words."""


def flowchart(names: Names, campaign: Campaign, notes: Mapping[tuple[str, str], Note] | None = None) -> Picture:
    """The colours are those of the phase around it; a `move` has the colour of the phase it leads to.

    `notes`: by source and target of an arrow of the graph.
    """
    graph, notes = graph_of(campaign), notes or {}
    looks = [nodes.look(names, campaign, node) for node in graph.nodes]
    labels = [_label(names, arrow, notes.get((arrow.source, arrow.target))) for arrow in graph.arrows]
    leaving = Counter(arrow.source for arrow in graph.arrows)
    positions = layout(
        Graph(
            nodes=tuple(Place(look.node.id, look.width, look.height, look.outline) for look in looks),
            edges=tuple(
                _edge(number, arrow, labels[number], ray=leaving[arrow.source] > 1)
                for number, arrow in enumerate(graph.arrows)
            ),
        )
    )
    arrows = tuple(
        _arrow(names, positions, number, arrow, labels[number], notes.get((arrow.source, arrow.target)))
        for number, arrow in enumerate(graph.arrows)
    )
    return Picture(
        id=anchor("flowchart", campaign.name),
        title=names.words.say("Flowchart of %(campaign)s", campaign=names.label(campaign)),
        description=_description(names, graph),
        width=positions.width,
        height=positions.height,
        groups=(*arrows, *(_node(names, campaign, look, positions) for look in looks)),
    )


def _description(names: Names, graph: Flow) -> str:
    steps = sum(not isinstance(node, Start | End) for node in graph.nodes)
    return names.words.count(
        "%(number)s step, told in words under the drawing.",
        "%(number)s steps, told in words under the drawing.",
        steps,
    )


def _label(names: Names, arrow: Arrow, note: Note | None) -> tuple[Line, ...]:
    texts = [said.meaning(names, meaning) for meaning in arrow.meanings]
    lines = tuple(
        Line(part, nodes.SMALL, "answer")
        for text in texts
        if text
        for part in measure.wrap(text, _ROOM, nodes.SMALL, lines=4)
    )[:8]
    return lines if note is None else (*lines, Line(note.text, nodes.SMALL, "answer count", bold=True))


def _edge(number: int, arrow: Arrow, label: tuple[Line, ...], *, ray: bool) -> Edge:
    room = (max(each.width for each in label) + 10, sum(each.height for each in label) + 4) if label else None
    return Edge(id=str(number), source=arrow.source, target=arrow.target, label=room, back=arrow.back, ray=ray)


def _arrow(
    names: Names, positions: Positions, number: int, arrow: Arrow, label: tuple[Line, ...], note: Note | None
) -> Group:
    route = positions.edges[str(number)]
    texts: list[Shape] = []
    if route.label:
        texts.append(_ground(label, route.label))
        top = route.label[1] - sum(each.height for each in label) / 2
        for each in label:
            down = top + each.size * 1.02
            texts.append(line(each.text, route.label[0], down, each.size, style=each.style, bold=each.bold))
            top += each.height
    head = 8.0 + 2 * (note.weight if note else 0)
    return Group(
        shapes=(
            Path(d=curve(short_of(route.points, head) if note else route.points)),
            Path(d=arrow_head(route.points, head)),
            *texts,
        ),
        style=f"arrow {_manner(arrow)}" + (f" flow{note.weight}" if note else ""),
        title=_title(names, arrow, note, label),
    )


def _ground(label: tuple[Line, ...], at: Point) -> Box:
    """Another arrow that comes near does not run through the words."""
    width, height = max(each.width for each in label) + 2, sum(each.height for each in label)
    x, y = round(at[0] - width / 2, 1), round(at[1] - height / 2, 1)
    return Box(x=x, y=y, width=width, height=height, style="ground", radius=3)


def _title(names: Names, arrow: Arrow, note: Note | None, label: tuple[Line, ...]) -> str | None:
    """What the words on an arrow say; nothing where they stand there whole."""
    told = list(filter(None, _told(names, arrow, note)))
    whole = measure.clean(" ".join(told)) == " ".join(each.text for each in label)
    return None if whole else " · ".join(told) or None


def _told(names: Names, arrow: Arrow, note: Note | None) -> Iterator[str]:
    yield from (said.meaning(names, meaning) for meaning in arrow.meanings)
    if note:
        yield note.text


def _manner(arrow: Arrow) -> str:
    """How an arrow is drawn: back up the text, for want of an answer, or plainly on."""
    if arrow.back or any(isinstance(meaning, Again) for meaning in arrow.meanings):
        return "back"
    quiet = (Nothing, Otherwise, Overdue, Skipped, Afterwards)
    return "quiet" if all(isinstance(meaning, quiet) for meaning in arrow.meanings) else "on"


def _node(names: Names, campaign: Campaign, look: Look, positions: Positions) -> Group:
    node = look.node
    shapes = nodes.shapes(look, positions.nodes[node.id])
    if isinstance(node, Start | End):
        title = names.words.say("Start") if isinstance(node, Start) else names.words.say("End")
        return Group(shapes=shapes, style=f"node {look.style}", title=title)
    style = f"node {look.style}"
    if isinstance(node, Move):
        style += f" {styles(names.schedule).get(node.phase, '')}"
    return Group(
        id=anchor("drawn", campaign.name, node.id),
        shapes=shapes,
        style=style,
        title=f"{said.kind(names, node)}: {said.title(names, node)}",
        link=anchor("step", campaign.name, node.id),
    )
