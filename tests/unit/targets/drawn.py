"""Reads drawings back from their SVG, as a browser would place them."""

from __future__ import annotations

import attrs
from lxml import etree

from gridlang.schedule.model import Schedule
from gridlang.targets.drawing.flowchart import flowchart
from gridlang.targets.drawing.influence import integration_map
from gridlang.targets.drawing.journey import journey
from gridlang.targets.drawing.picture import Picture, svg
from gridlang.targets.drawing.timeline import timeline
from gridlang.targets.views.reach import maps_in_phase
from gridlang.targets.words import words_for
from gridlang.targets.words.names import Names

SVG = "{http://www.w3.org/2000/svg}"


@attrs.frozen
class TextBox:
    """A line of text with its box: ascent 0.8 and descent 0.2 of its size."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: TextBox) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.5
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.5
        )


def pictures(schedule: Schedule) -> list[Picture]:
    """Every drawing of a plan's page."""
    names = Names(schedule, words_for(schedule.plan.locale))
    maps = [each for phase in schedule.journey.phases for each in maps_in_phase(schedule, phase.name)]
    return [
        journey(names),
        timeline(names),
        *(flowchart(names, campaign) for campaign in schedule.campaigns),
        *(integration_map(names, each) for each in maps),
    ]


def parsed(picture: Picture) -> etree._Element:
    return etree.fromstring(svg(picture).encode())


def texts(root: etree._Element) -> list[TextBox]:
    found, whole = [], root.getroottree().getroot()
    for element in root.iter(f"{SVG}text"):
        x, y = (float(element.get(name, "nan")) for name in ("x", "y"))
        size = float(element.get("font-size") or whole.get("font-size") or "nan")
        length = float(element.get("textLength", "0"))
        left = (
            x
            - {"start": 0, "middle": length / 2, "end": length}[
                element.get("text-anchor") or whole.get("text-anchor") or "start"
            ]
        )
        found.append(TextBox(element.text or "", left, y - 0.8 * size, left + length, y + 0.2 * size))
    return found
