"""The drawings of a plan as Mermaid: the journey, the flowcharts and the Integration Maps, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

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
    Stop,
    Task,
    Wait,
    WaitFor,
    WaitUntil,
)
from gridlang.targets.plan_md.escape import Written, mermaid
from gridlang.targets.views.flow import Arrow, End, Node, Start, flow
from gridlang.targets.views.reach import Listener, MapInPhase
from gridlang.targets.words import steps as said
from gridlang.targets.words.names import Names
from gridlang.targets.words.ways import without_event


def journey(names: Names) -> tuple[Written, ...]:
    """A state diagram; resting phases say so in their label."""
    return tuple(_journey(names))


def _journey(names: Names) -> Iterator[Written]:
    drawn = names.schedule.journey
    ids = {phase.name: f"p{number}" for number, phase in enumerate(drawn.phases, 1)}
    yield Written("stateDiagram-v2")
    for phase in drawn.phases:
        label = names.label(phase)
        if phase.resting:
            label = f"{label} ({names.words.say('resting')})"
        yield Written(f'  state "{mermaid(label)}" as {ids[phase.name]}')
    yield Written(f"  [*] --> {ids.get(drawn.start, 'p1')}")
    for way in drawn.transitions:
        events = ", ".join(names.event(event) for event in way.events) or without_event(names, way)
        yield Written(f"  {ids[way.source]} --> {ids[way.target]} : {mermaid(events).replace(':', '#58;')}")


def flowchart(names: Names, campaign: Campaign) -> tuple[Written, ...]:
    """A flowchart from top to bottom, with the shapes of the page: pearls round, diamonds as diamonds."""
    graph = flow(campaign)
    ids = {node.id: f"s{number}" for number, node in enumerate(graph.nodes)}
    nodes = (_node(names, campaign, node, ids[node.id]) for node in graph.nodes)
    arrows = (_arrow(names, arrow, ids) for arrow in graph.arrows)
    return (Written("flowchart TD"), *nodes, *arrows)


def _node(names: Names, campaign: Campaign, node: Node, name: str) -> Written:
    before, after = _brackets(node)
    return Written(f'  {name}{before}"{_label(names, campaign, node)}"{after}')


def _brackets(node: Node) -> tuple[str, str]:
    match node:
        case Start() | Stop() | Move():
            return "([", "])"
        case End() | Jump():
            return "((", "))"
        case Send() | Show() | Notify():
            return "(", ")"
        case Task():
            return "[[", "]]"
        case Ask() | Choose() | Split():
            return "{", "}"
        case Wait() | WaitUntil() | WaitFor() | Repeat():
            return "[/", "/]"
        case _:
            assert_never(node)


def _label(names: Names, campaign: Campaign, node: Node) -> str:
    if isinstance(node, Start):
        return mermaid(said.starts(names, campaign))
    if isinstance(node, End):
        return mermaid(names.words.say("End"))
    lines = [said.title(names, node), " · ".join(said.details(names, node))]
    if isinstance(node, Ask | Choose | Split | Move):
        lines[0] = f"{said.kind(names, node)}: {lines[0]}"
    return "<br/>".join(mermaid(line) for line in lines if line)


def _arrow(names: Names, arrow: Arrow, ids: dict[str, str]) -> Written:
    meanings = [said.meaning(names, meaning) for meaning in arrow.meanings]
    label = mermaid(" / ".join(filter(None, meanings)))
    text = f'|"{label}"|' if label else ""
    return Written(f"  {ids[arrow.source]} -->{text} {ids[arrow.target]}")


def integration_map(names: Names, of: MapInPhase) -> tuple[Written, ...]:
    """Persons with roles and what reaches them; strong influence is a thick arrow, weak a dotted one."""
    ids = {listener.person.name: f"m{number}" for number, listener in enumerate(of.listeners)}
    nodes = (_person(names, listener, ids[listener.person.name]) for listener in of.listeners)
    arrows = (
        Written(f"  {ids[arrow.source]} {_strength(arrow.strength)} {ids[arrow.target]}")
        for arrow in of.map.influence
        if arrow.source in ids and arrow.target in ids
    )
    return (Written("flowchart TD"), *nodes, *arrows)


def _person(names: Names, listener: Listener, name: str) -> Written:
    roles = names.words.both(names.role(role) for role in listener.part.roles)
    heard = names.words.both(names.label(each.campaign) for each in listener.heard)
    title = names.label(listener.person) + (" ★" if listener.decides else "")
    lines = (title, roles, heard or names.words.say("hears nothing"))
    return Written(f'  {name}["{"<br/>".join(mermaid(line) for line in lines)}"]')


def _strength(strength: str) -> str:
    return {"weak": "-.->", "normal": "-->", "strong": "==>"}[strength]
