"""A process as BPMN 2.0 XML (OMG's schema of 2010-05-24) with its drawing, an element a line or more."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from gridlang.schedule.model import Schedule
from gridlang.targets.bpmn.geometry import Box, Drawn
from gridlang.targets.bpmn.graph import Element, Flow, Process
from gridlang.targets.bpmn.naming import plain
from gridlang.targets.drawing.layout import Point
from gridlang.targets.templates import figure, legible
from gridlang.targets.views.work import stable_id

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NAMESPACES = {
    "": MODEL,
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "grid": "urn:gridlang:trace",
}
TRACE = "urn:gridlang:trace"
"""The namespace of `grid:source`, by which an element says where it comes from."""

_TAGS = {
    "messageCatch": "intermediateCatchEvent",
    "timerCatch": "intermediateCatchEvent",
    "timerBoundary": "boundaryEvent",
}


def xml(schedule: Schedule, process: Process, drawn: Drawn) -> bytes:
    """The file."""
    root = ET.Element("definitions")
    for prefix, uri in NAMESPACES.items():
        root.set(f"xmlns:{prefix}" if prefix else "xmlns", uri)
    root.set("id", f"definitions_{process.id}")
    root.set("name", _text(process.name))
    root.set("targetNamespace", f"urn:gridlang:{plain(schedule.plan.name)}")
    root.set("exporter", "gridlang")
    messages = _messages(root, process)
    _collaboration(root, process)
    _process(root, schedule, process, messages, drawn)
    _diagram(root, process, drawn)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _text(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return "".join(
        sign for sign in str(legible(text)) if not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff"
    )


def _messages(root: ET.Element, process: Process) -> dict[str, str]:
    """The messages that are sent or caught, and their ids."""
    ids: dict[str, str] = {}
    for element in process.elements:
        if element.message and element.message not in ids:
            ids[element.message] = f"message_{plain(element.message)}"
            ET.SubElement(root, "message", id=ids[element.message], name=_text(element.message))
    return ids


def _collaboration(root: ET.Element, process: Process) -> None:
    made = ET.SubElement(root, "collaboration", id=f"collaboration_{process.id}")
    ET.SubElement(made, "participant", id=f"pool_{process.id}", name=_text(process.name), processRef=process.id)


def _process(root: ET.Element, schedule: Schedule, process: Process, messages: dict[str, str], drawn: Drawn) -> None:
    made = ET.SubElement(root, "process", id=process.id, name=_text(process.name), isExecutable="true")
    _traced(made, schedule, process.campaign, [process.place], doc=process.doc)
    lanes = ET.SubElement(made, "laneSet", id=f"lanes_{process.id}")
    for lane, title in process.lanes:
        own = ET.SubElement(lanes, "lane", id=_lane(process, lane), name=_text(title))
        for element in process.elements:
            if element.lane == lane:
                ET.SubElement(own, "flowNodeRef").text = element.id
    for element in process.elements:
        _element(made, schedule, process, element, messages)
    for flow in process.flows:
        _arrow(made, schedule, process, flow)
    for id in drawn.notes:
        _note(made, schedule, process, id)
    for id in drawn.notes:
        ET.SubElement(made, "association", id=f"{id}__about", sourceRef=id, targetRef=f"{id}__note")


def _arrow(made: ET.Element, schedule: Schedule, process: Process, flow: Flow) -> None:
    arrow = ET.SubElement(made, "sequenceFlow", id=flow.id, sourceRef=flow.source, targetRef=flow.target)
    if flow.name:
        arrow.set("name", _text(flow.name))
    if flow.place is not None:
        _traced(arrow, schedule, process.campaign, [flow.place])
    if flow.condition:
        condition = ET.SubElement(arrow, "conditionExpression", {"xsi:type": "tFormalExpression"})
        condition.text = _text(flow.condition)


def _note(made: ET.Element, schedule: Schedule, process: Process, id: str) -> None:
    """What BPMN cannot say of an element, with the place of each."""
    note = ET.SubElement(made, "textAnnotation", id=f"{id}__note")
    places = dict.fromkeys(loss.place for loss in process.losses if loss.element == id)
    _traced(note, schedule, process.campaign, list(places))
    ET.SubElement(note, "text").text = _text(process.notes[id])


def _lane(process: Process, lane: str) -> str:
    return f"lane_{plain(lane)}" if lane else f"lane__{process.id}"


def _traced(
    made: ET.Element, schedule: Schedule, campaign: str, places: Sequence[int], step: str = "", doc: str = ""
) -> None:
    """What the author says of it, and where in the plan it comes from."""
    if doc:
        ET.SubElement(made, "documentation").text = _text(doc)
    extension = ET.SubElement(made, "extensionElements")
    for place in places:
        at = schedule.places[place]
        source = ET.SubElement(extension, "grid:source", file=_text(at.file), line=str(at.line))
        source.set("declaration", _text(at.declaration))
        source.set("campaign", campaign)
        if step:
            source.set("step", _text(step))
            source.set("id", stable_id(schedule, "step", campaign, step))


def _element(
    parent: ET.Element, schedule: Schedule, process: Process, element: Element, messages: dict[str, str]
) -> None:
    made = ET.SubElement(parent, _TAGS.get(element.kind, element.kind), id=element.id)
    if element.name:
        made.set("name", _text(element.name))
    _traced(made, schedule, process.campaign, [element.place], element.step, element.doc)
    into = [flow.id for flow in process.flows if flow.target == element.id]
    out = [flow for flow in process.flows if flow.source == element.id]
    for id in into:
        ET.SubElement(made, "incoming").text = id
    for flow in out:
        ET.SubElement(made, "outgoing").text = flow.id
    if element.kind == "exclusiveGateway":
        default = next((flow.id for flow in out if not flow.condition), None)
        if default is not None and len(out) > 1:
            made.set("default", default)
    _inside(made, element, messages)


def _inside(made: ET.Element, element: Element, messages: dict[str, str]) -> None:
    """What makes an element of its kind what it is."""
    match element.kind:
        case "sendTask":
            made.set("messageRef", messages[element.message])
        case "scriptTask":
            made.set("scriptFormat", "python")
            ET.SubElement(made, "script").text = element.script
        case "messageCatch":
            reference = messages[element.message]
            ET.SubElement(made, "messageEventDefinition", id=f"{element.id}__event", messageRef=reference)
        case "timerCatch" | "timerBoundary":
            if element.at:
                made.set("attachedToRef", element.at)
                made.set("cancelActivity", "true")
            event = ET.SubElement(made, "timerEventDefinition", id=f"{element.id}__event")
            timer = ET.SubElement(event, "timeDate" if element.moment else "timeDuration")
            timer.set("xsi:type", "tFormalExpression")
            timer.text = element.script if element.moment else f'"{element.script}"'
        case _:
            return


# --- the drawing ------------------------------------------------------------------------------------------------------


def _diagram(root: ET.Element, process: Process, drawn: Drawn) -> None:
    diagram = ET.SubElement(root, "bpmndi:BPMNDiagram", id=f"diagram_{process.id}", name=_text(process.name))
    plane = ET.SubElement(
        diagram, "bpmndi:BPMNPlane", id=f"plane_{process.id}", bpmnElement=f"collaboration_{process.id}"
    )
    _shape(plane, f"pool_{process.id}", drawn.pool, isHorizontal="true")
    for lane, box in drawn.lanes.items():
        _shape(plane, _lane(process, lane), box, isHorizontal="true")
    for element in process.elements:
        more = {"isMarkerVisible": "true"} if element.kind == "exclusiveGateway" else {}
        _shape(plane, element.id, drawn.nodes[element.id], **more)
    for id, box in drawn.notes.items():
        _shape(plane, f"{id}__note", box)
    for flow in process.flows:
        _line(plane, flow.id, drawn.flows[flow.id])
    for id, box in drawn.notes.items():
        about = drawn.nodes[id]
        _line(plane, f"{id}__about", ((about.middle[0], about.y + about.height), (box.x + 20, box.y)))


def _shape(plane: ET.Element, id: str, box: Box, **more: str) -> None:
    shape = ET.SubElement(plane, "bpmndi:BPMNShape", {"id": f"{id}__di", "bpmnElement": id, **more})
    bounds = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    ET.SubElement(shape, "dc:Bounds", {name: figure(value) for name, value in bounds.items()})


def _line(plane: ET.Element, id: str, points: Sequence[Point]) -> None:
    edge = ET.SubElement(plane, "bpmndi:BPMNEdge", id=f"{id}__di", bpmnElement=id)
    for x, y in points:
        ET.SubElement(edge, "di:waypoint", x=figure(x), y=figure(y))
