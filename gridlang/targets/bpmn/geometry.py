"""Where a process stands on its drawing: the flow from left to right by the drawing's layout, each lane a band.

Nodes of a lane keep the places that the layout gave them towards each other, so none overlaps; an arrow inside a lane
keeps its way. An arrow between lanes goes through the gaps between the columns and through the strip between the
bands, where no node stands. Annotations stand in rows under the pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from gridlang.targets.bpmn.graph import EVENTS, GATEWAYS, Element, Process
from gridlang.targets.drawing import bezier, measure
from gridlang.targets.drawing.layout import Edge, Graph, Node, Point, Positions, layout

TASK = (120.0, 80.0)
EVENT, GATEWAY = 36.0, 50.0
_HEAD, _BAND = 30.0, 30.0
"""The width of the pool's and of a lane's title."""
_ROOM, _STRIP = 40.0, 10.0
"""Inside a lane above and below its nodes; and for each arrow between lanes."""
_NOTE, _LINE, _SIZE = 240.0, 15.0, 11.0


@attrs.frozen
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, x: float, y: float) -> Box:
        return attrs.evolve(self, x=self.x + x, y=self.y + y)


@attrs.frozen(kw_only=True)
class Drawn:
    """The boxes of nodes, lanes and annotations (by the element they are about), and the ways of flows."""

    pool: Box
    lanes: dict[str, Box]
    nodes: dict[str, Box]
    flows: dict[str, tuple[Point, ...]]
    notes: dict[str, Box]


def size(element: Element) -> tuple[float, float]:
    """Width and height as BPMN's tools draw them."""
    if element.kind in EVENTS:
        return EVENT, EVENT
    return (GATEWAY, GATEWAY) if element.kind in GATEWAYS else TASK


def drawn(process: Process, *, notes: bool) -> Drawn:
    """The whole drawing of a process."""
    placed = _placed(process)
    elements = {element.id: element for element in process.elements}
    nodes = _attached(process, {id: _box(at, elements[id]) for id, at in placed.nodes.items()})
    lane_of = {element.id: element.lane for element in process.elements}
    bands = _bands(process, nodes, lane_of)
    moved = {id: box.moved(_HEAD + _BAND, bands[lane_of[id]].y) for id, box in nodes.items()}
    right = max(box.x + box.width for box in moved.values()) + _ROOM
    lanes = {lane: Box(_HEAD, band.top, right - _HEAD, band.height) for lane, band in bands.items()}
    bottom = max(box.y + box.height for box in lanes.values())
    flows = _flows(process, placed, moved, bands, lane_of)
    return Drawn(
        pool=Box(0, 0, right, bottom),
        lanes=lanes,
        nodes=moved,
        flows=flows,
        notes=_notes(process, moved, bottom) if notes else {},
    )


def _placed(process: Process) -> Positions:
    """The layout, without boundary events, which stand at their task."""
    boundary = {element.id: element.at for element in process.elements if element.at}
    nodes = tuple(Node(element.id, *_room(element)) for element in process.elements if not element.at)
    edges = tuple(
        Edge(id=flow.id, source=boundary.get(flow.source, flow.source), target=flow.target, back=flow.back, ray=True)
        for flow in process.flows
    )
    return layout(Graph(nodes=nodes, edges=edges, direction="right", rank_gap=60, node_gap=46))


def _room(element: Element) -> tuple[float, float]:
    """A node with its name, which stands under an event or a gateway."""
    width, height = size(element)
    return (width, height) if element.kind not in (*EVENTS, *GATEWAYS) else (max(width, 90.0), height + 44)


def _box(middle: Point, element: Element) -> Box:
    (x, y), (width, height) = middle, size(element)
    return Box(round(x - width / 2), round(y - height / 2), width, height)


def _attached(process: Process, nodes: dict[str, Box]) -> dict[str, Box]:
    """Boundary events on the lower edge of their task."""
    for element in process.elements:
        if element.at:
            task = nodes[element.at]
            x, y = task.x + task.width - EVENT / 2 - 20, task.y + task.height - EVENT / 2
            nodes[element.id] = Box(round(x), round(y), EVENT, EVENT)
    return nodes


@attrs.frozen
class _Band:
    """A lane: `y` moves its nodes from the layout into it."""

    top: float
    height: float
    y: float


def _bands(process: Process, nodes: dict[str, Box], lane_of: dict[str, str]) -> dict[str, _Band]:
    bands: dict[str, _Band] = {}
    top = 0.0
    crossing = sum(lane_of[flow.source] != lane_of[flow.target] for flow in process.flows)
    for lane, _ in process.lanes:
        own = [box for id, box in nodes.items() if lane_of[id] == lane]
        if not own:
            bands[lane] = _Band(top, 2 * _ROOM, top)
            top += 2 * _ROOM
            continue
        first, last = min(box.y for box in own), max(box.y + box.height for box in own)
        strips = 0.0 if lane == process.lanes[-1][0] and len(process.lanes) > 1 else crossing * _STRIP
        height = last - first + 2 * _ROOM + 30 + strips
        bands[lane] = _Band(top, height, top + _ROOM - first)
        top += height
    return bands


# --- arrows -----------------------------------------------------------------------------------------------------------


def _flows(
    process: Process, placed: Positions, nodes: dict[str, Box], bands: dict[str, _Band], lane_of: dict[str, str]
) -> dict[str, tuple[Point, ...]]:
    ways: dict[str, tuple[Point, ...]] = {}
    columns = _columns(process, placed)
    crossing = 0
    boundary = {element.id: element.at for element in process.elements if element.at}
    for flow in process.flows:
        source, target = lane_of[flow.source], lane_of[flow.target]
        if source == target and flow.source not in boundary:
            route = placed.edges[flow.id].points
            inside = _sampled(route, _HEAD + _BAND, bands[source].y)
            ways[flow.id] = _ended(inside, nodes[flow.source], nodes[flow.target])
        else:
            upper = source if bands[source].top < bands[target].top else target
            crossing += 1
            strip = bands[upper].top + bands[upper].height - crossing * _STRIP
            out, into = columns[boundary.get(flow.source, flow.source)][1], columns[flow.target][0]
            ways[flow.id] = _around(nodes[flow.source], nodes[flow.target], strip, out, into)
    return ways


def _sampled(route: Sequence[Point], x: float, y: float) -> list[Point]:
    """Points on a string of Bézier curves, enough of them to look smooth."""
    curves = (route[start : start + 4] for start in range(0, len(route) - 1, 3))
    points = [bezier.at(curve, part) for curve in curves for part in (0.0, 0.25, 0.5, 0.75)]
    return [(round(across + x, 1), round(down + y, 1)) for across, down in (*points, route[-1])]


def _ended(points: list[Point], source: Box, target: Box) -> tuple[Point, ...]:
    """The layout gave nodes room for their names: the ends are led on to the shapes themselves."""
    inside = [point for point in points[1:-1] if not _is_in(point, source) and not _is_in(point, target)]
    start, end = (
        _edge(source, inside[0] if inside else target.middle),
        _edge(target, inside[-1] if inside else source.middle),
    )
    return (start, *inside, end)


def _is_in(point: Point, box: Box) -> bool:
    return box.x <= point[0] <= box.x + box.width and box.y <= point[1] <= box.y + box.height


def _edge(box: Box, towards: Point) -> Point:
    """The middle of the side of a box that looks towards a point."""
    x, y = box.middle
    across, down = towards[0] - x, towards[1] - y
    if abs(across) * box.height >= abs(down) * box.width:
        return (box.x + box.width if across >= 0 else box.x), y
    return x, (box.y + box.height if down >= 0 else box.y)


def _columns(process: Process, placed: Positions) -> dict[str, tuple[float, float]]:
    """In the gaps left and right of each node's column no node stands; nodes of a column share their middle."""
    halves: dict[float, float] = {}
    for element in process.elements:
        if not element.at:
            middle = round(placed.nodes[element.id][0])
            halves[middle] = max(halves.get(middle, 0.0), _room(element)[0] / 2)
    shift = _HEAD + _BAND
    return {
        id: (x - halves[round(x)] + shift - 14, x + halves[round(x)] + shift + 14)
        for id, (x, _) in placed.nodes.items()
    }


def _around(source: Box, target: Box, strip: float, out: float, into: float) -> tuple[Point, ...]:
    """Out to the right, along the strip between the bands, in from the left."""
    start, end = (source.x + source.width, source.middle[1]), (target.x, target.middle[1])
    out, into = round(out, 1), round(into, 1)
    return (start, (out, start[1]), (out, strip), (into, strip), (into, end[1]), end)


# --- annotations ------------------------------------------------------------------------------------------------------


def _notes(process: Process, nodes: dict[str, Box], bottom: float) -> dict[str, Box]:
    """One an element, under the pool, each as near below its element as those before leave room."""
    placed: dict[str, Box] = {}
    ends: list[float] = []
    heights = {id: _height(text) for id, text in process.notes.items()}
    tallest = max(heights.values(), default=0.0)
    for id in sorted(heights, key=lambda id: (nodes[id].x, nodes[id].y)):
        x = nodes[id].x
        row = next((at for at, end in enumerate(ends) if end <= x), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = x + _NOTE + 20
        placed[id] = Box(x, bottom + 40 + row * (tallest + 20), _NOTE, heights[id])
    return placed


def _height(text: str) -> float:
    return 10 + _LINE * sum(len(list(_wrapped(line))) for line in text.split("\n"))


def _wrapped(line: str) -> Iterable[str]:
    return measure.wrap(line, _NOTE - 10, _SIZE, lines=40) or ("",)
