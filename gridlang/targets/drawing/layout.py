"""Where the nodes and arrows of a drawing stand: the one place that knows Graphviz."""

from __future__ import annotations

from typing import Literal

import attrs

Point = tuple[float, float]
MARGIN = 12.0
_TANGLE = 60
"""So many arrows more than nodes take dot a second; twice as many take minutes."""


@attrs.frozen
class Node:
    """Sizes in pixels. The shape says where arrows end."""

    id: str
    width: float
    height: float
    shape: Literal["box", "diamond", "ellipse"] = "box"


@attrs.frozen(kw_only=True)
class Edge:
    """An arrow from `source` to `target`.

    `label` is the room its words take. A `back` arrow goes against the reading direction and does not move its nodes.
    It leaves and arrives at the right (lower) side. A `ray` leaves its node where it likes, other arrows at the middle
    of the lower (right) side; all but back arrows arrive at the middle of the upper (left) side.
    """

    id: str
    source: str
    target: str
    label: tuple[float, float] | None = None
    back: bool = False
    ray: bool = False


@attrs.frozen(kw_only=True)
class Graph:
    """`down` reads from top to bottom, `right` from left to right."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    direction: Literal["down", "right"] = "down"
    rank_gap: float = 34.0
    node_gap: float = 30.0


@attrs.frozen
class Route:
    """An arrow as Bézier curves: a point, then three points a curve. `label` is the middle of its words."""

    points: tuple[Point, ...]
    label: Point | None


@attrs.frozen(kw_only=True)
class Positions:
    """Middles of the nodes and ways of the arrows, by id; the origin is the top left corner."""

    width: float
    height: float
    nodes: dict[str, Point]
    edges: dict[str, Route]


def layout(graph: Graph) -> Positions:
    """Place a graph: nothing overlaps, neither nodes nor the words of arrows. Equal graphs have equal positions."""
    from pygraphviz import AGraph  # type: ignore[import-untyped]

    drawn = AGraph(directed=True, strict=False)
    drawn.graph_attr.update(
        rankdir="TB" if graph.direction == "down" else "LR",
        ranksep=f"{graph.rank_gap / 72:.4f}",
        nodesep=f"{graph.node_gap / 72:.4f}",
        **_effort(graph),
    )
    # Names of our own keep every id of a plan, and every sign in it, out of Graphviz.
    names = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    for node in graph.nodes:
        drawn.add_node(
            names[node.id],
            shape=node.shape,
            width=f"{node.width / 72:.4f}",
            height=f"{node.height / 72:.4f}",
            fixedsize="true",
            label="",
        )
    for number, edge in enumerate(graph.edges):
        _add_edge(drawn, edge, names, f"e{number}", graph.direction)
    drawn.layout(prog="dot")
    return _positions(drawn, graph, names)


def _effort(graph: Graph) -> dict[str, str]:
    """Smooth curves; straight lines and fewer tries where arrows are a tangle, on which dot would work for minutes."""
    if len(graph.edges) - len(graph.nodes) <= _TANGLE:
        return {"splines": "spline"}
    return {"splines": "line", "mclimit": "0.2", "nslimit": "1", "nslimit1": "1"}


def _add_edge(drawn: object, edge: Edge, names: dict[str, str], key: str, direction: str) -> None:
    """A back arrow is laid out as its opposite, so that dot ranks the nodes as the plan reads."""
    head, tail = ("n", "s") if direction == "down" else ("w", "e")
    ends = (edge.target, edge.source) if edge.back else (edge.source, edge.target)
    ports = {"headport": head} if edge.ray else {"headport": head, "tailport": tail}
    if edge.back:
        side = "e" if direction == "down" else "s"
        ports = {"headport": side, "tailport": side}
    words = {"label": _room(*edge.label)} if edge.label else {}
    # A string of pearls hangs straight; arrows that radiate give way.
    words["weight"] = "1" if edge.back or edge.ray else "12"
    drawn.add_edge(names[ends[0]], names[ends[1]], key=key, arrowhead="none", **ports, **words)  # type: ignore[attr-defined]


def _room(width: float, height: float) -> str:
    """An empty table: Graphviz keeps exactly this room, whatever fonts a machine has."""
    cell = f'<TD FIXEDSIZE="TRUE" WIDTH="{width:.0f}" HEIGHT="{height:.0f}"></TD>'
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0"><TR>{cell}</TR></TABLE>>'


def _positions(drawn: object, graph: Graph, names: dict[str, str]) -> Positions:
    left, bottom, right, top = (float(part) for part in drawn.graph_attr["bb"].split(","))  # type: ignore[attr-defined]

    def point(text: str) -> Point:
        x, y = text.split(",")[-2:]
        return round(float(x) - left + MARGIN, 1), round(top - float(y) + MARGIN, 1)

    edges = {}
    for number, edge in enumerate(graph.edges):
        ends = (edge.target, edge.source) if edge.back else (edge.source, edge.target)
        found = drawn.get_edge(names[ends[0]], names[ends[1]], f"e{number}")  # type: ignore[attr-defined]
        points = tuple(point(part) for part in found.attr["pos"].split(";")[0].split())
        label = point(found.attr["lp"]) if edge.label else None
        edges[edge.id] = Route(points[::-1] if edge.back else points, label)
    return Positions(
        width=round(right - left + 2 * MARGIN, 1),
        height=round(top - bottom + 2 * MARGIN, 1),
        nodes={node.id: point(drawn.get_node(names[node.id]).attr["pos"]) for node in graph.nodes},  # type: ignore[attr-defined]
        edges=edges,
    )
