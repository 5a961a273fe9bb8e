"""A declaration as a picture: an SVG that stands by itself, with the style and marks of the plan's page in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs

from gridlang.editor.index.names import steps_of
from gridlang.editor.session import Text
from gridlang.editor.steps import named_steps
from gridlang.schedule.model import Campaign, Schedule
from gridlang.semantics.model import Model
from gridlang.semantics.scope import Declared
from gridlang.source import Span
from gridlang.syntax import nodes
from gridlang.targets.drawing.flowchart import flowchart
from gridlang.targets.drawing.influence import integration_map
from gridlang.targets.drawing.journey import journey
from gridlang.targets.drawing.marks import MARKS
from gridlang.targets.drawing.picture import Picture, svg
from gridlang.targets.templates import environment
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.phases import style
from gridlang.targets.views.reach import MapInPhase, maps_in_phase
from gridlang.targets.words import words_for
from gridlang.targets.words.names import Names


@attrs.frozen(eq=False)
class Drawn:
    """A picture of a declaration. `stale`: the declaration has a mistake, and this is how it was before it.

    `steps` are the steps of a flowchart, the persons of a map, the phases of a journey: identity, the id of the SVG's
    element, and the place in the text.
    """

    kind: str
    name: str
    svg: str
    stale: bool
    steps: tuple[tuple[str, str, Span], ...] = ()


def drawing(text: Text, node: nodes.Declaration) -> Drawn | None:
    """The flowchart of a campaign or flow, the map of a map, the journey of a journey or plan; None for all else."""
    if not isinstance(node, nodes.Block | nodes.FlowDeclaration) or node.name is None:
        return None
    kind = "flow" if isinstance(node, nodes.FlowDeclaration) else node.kind.text
    declared = text.scope.of(text.folder.path, kind).get(node.name.text)
    if declared is None or text.folder.path:
        return None
    match kind:
        case "campaign":
            return _campaign(text, declared)
        case "flow":
            return _flow(text, declared)
        case "map":
            return _map(text, declared)
        case "journey" | "plan":
            return _journey(text, declared)
        case _:
            return None


def _models(text: Text) -> list[tuple[Model, bool]]:
    """The plan as it is, and as it was when it was last whole; with each whether it is old."""
    now, sound = text.understood.model, text.plan.sound.model if text.plan.sound else None
    found = [(now, False)] if now is not None else []
    return found + ([(sound, True)] if sound is not None and sound is not now else [])


def _campaign(text: Text, declared: Declared) -> Drawn | None:
    for model, stale in _models(text):
        found = next((each for each in model.schedule.campaigns if each.name == declared.name), None)
        if found is None or not found.steps or declared.name in model.broken:
            continue
        names = _names(model.schedule)
        hue = style(model.schedule, found.phases)
        picture = _alone(flowchart(names, found), hue)
        return Drawn("campaign", declared.name, picture, stale, tuple(_steps(text, declared, found)))
    return None


def _steps(text: Text, declared: Declared, campaign: Campaign) -> list[tuple[str, str, Span]]:
    there = {step.id for step in campaign.steps}
    return [
        (step.id, anchor("drawn", campaign.name, step.id), step.node.span)
        for step in named_steps(text, declared)
        if step.id in there
    ]


def _flow(text: Text, declared: Declared) -> Drawn | None:
    """A reusable flow as the first campaign that runs it has it."""
    assert isinstance(declared.node, nodes.FlowDeclaration)
    own = {id(step) for step in steps_of(declared.node.flow)}
    for model, stale in _models(text):
        for campaign in model.schedule.campaigns:
            runs = text.scope.own("campaign").get(campaign.name)
            found = [step for step in named_steps(text, runs) if id(step.node) in own] if runs is not None else []
            prefix = found[0].id.rsplit("/", 1)[0] if found else ""
            part = _part(campaign, [step.id for step in found if step.id.rsplit("/", 1)[0] == prefix])
            if part is not None and campaign.name not in model.broken:
                names = _names(model.schedule)
                picture = _alone(flowchart(names, part), style(model.schedule, campaign.phases))
                steps = [
                    (step.id, anchor("drawn", campaign.name, step.id), step.node.span)
                    for step in found
                    if step.id in {each.id for each in part.steps}
                ]
                return Drawn("flow", declared.name, picture, stale, tuple(steps))
    return None


_ONWARD = ("next", "skipped", "nothing", "otherwise", "overdue")


def _part(campaign: Campaign, ids: list[str]) -> Campaign | None:
    """Only some steps of a campaign: what leads out of them leads to the end."""
    kept = [step for step in campaign.steps if step.id in ids]
    return attrs.evolve(campaign, starts=None, steps=tuple(_cut(step, set(ids)) for step in kept)) if kept else None


def _cut(step: Any, ids: set[str]) -> Any:
    ends = {name: None for name in _ONWARD if hasattr(step, name) and getattr(step, name) not in ids}
    arms = getattr(step, "arms", ())
    if arms:
        ends["arms"] = tuple(arm if arm.next in ids else attrs.evolve(arm, next=None) for arm in arms)  # type: ignore[assignment]
    return attrs.evolve(step, **ends) if ends else step


def _map(text: Text, declared: Declared) -> Drawn | None:
    for model, stale in _models(text):
        for phase in model.schedule.journey.phases:
            for found in maps_in_phase(model.schedule, phase.name):
                if found.map.name == declared.name:
                    hue = style(model.schedule, (phase.name,))
                    picture = _alone(integration_map(_names(model.schedule), found), hue)
                    return Drawn("map", declared.name, picture, stale, tuple(_persons(declared.node, found)))
    return None


def _persons(node: nodes.Declaration, drawn: MapInPhase) -> Iterator[tuple[str, str, Span]]:
    """The persons who are drawn, each where the map gives their roles."""
    there = {listener.person.name for listener in drawn.listeners}
    for roles in _blocks(node, "roles"):
        for part in roles.items:
            if isinstance(part, nodes.Field) and part.name.text in there:
                yield part.name.text, anchor("drawn", drawn.segment, drawn.phase, part.name.text), part.span


def _journey(text: Text, declared: Declared) -> Drawn | None:
    for model, stale in _models(text):
        if declared.kind == "plan" or model.schedule.journey.name == declared.name:
            picture = _alone(journey(_names(model.schedule)), "")
            return Drawn(declared.kind, declared.name, picture, stale, tuple(_phases(declared.node, model.schedule)))
    return None


def _phases(node: nodes.Declaration, schedule: Schedule) -> Iterator[tuple[str, str, Span]]:
    """The phases that the declaration has itself: those of the library stand in no text of the plan."""
    there = {phase.name for phase in schedule.journey.phases}
    for phase in _blocks(node, "phase"):
        if phase.name is not None and phase.name.text in there:
            yield phase.name.text, anchor("drawn", "phase", phase.name.text), phase.span


def _blocks(node: nodes.Declaration, kind: str) -> Iterator[nodes.Block]:
    """The blocks of a kind in a declaration."""
    items = node.items if isinstance(node, nodes.Block) else ()
    return (item for item in items if isinstance(item, nodes.Block) and item.kind.text == kind)


def _names(schedule: Schedule) -> Names:
    return Names(schedule, words_for(schedule.plan.locale))


def _alone(picture: Picture, hue: str) -> str:
    """The picture with everything it needs."""
    whole = svg(picture)
    used = sorted(set(re.findall(r'href="#mark-([\w-]+)"', whole)))
    marks = "".join(f'<symbol id="mark-{name}" viewBox="0 0 24 24"><path d="{MARKS[name]}"/></symbol>' for name in used)
    whole = whole.replace('class="picture"', f'class="picture {hue}"', 1)
    return whole.replace("</desc>", f"</desc>\n<style>{_style()}</style>\n<defs>{marks}</defs>", 1)


@cache
def _style() -> str:
    """What the style of the page says of pictures, and the colours it speaks of."""
    sheet = environment("gridlang.targets.pages").get_template("style.css").render()
    colours = re.search(r":root \{[^}]*\}", sheet)
    lines = [
        line for line in sheet.splitlines() if line.startswith((".picture", ".p0", *(f".p{n}" for n in range(1, 9))))
    ]
    return "\n".join([colours[0] if colours else "", *lines])


def step_at(found: Drawn, offset: int, source: Any) -> str | None:
    """The innermost step whose text holds an offset."""
    around = [
        (span.end - span.start, id)
        for id, _, span in found.steps
        if span.source is source and span.start <= offset <= span.end
    ]
    return min(around)[1] if around else None
