"""A process as BPMN sees it, before it takes a place and becomes XML."""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

Kind: TypeAlias = Literal[
    "startEvent",
    "endEvent",
    "sendTask",
    "userTask",
    "serviceTask",
    "scriptTask",
    "exclusiveGateway",
    "eventBasedGateway",
    "messageCatch",
    "timerCatch",
    "timerBoundary",
]
EVENTS = ("startEvent", "endEvent", "messageCatch", "timerCatch", "timerBoundary")
GATEWAYS = ("exclusiveGateway", "eventBasedGateway")


@attrs.frozen(kw_only=True)
class Element:
    """A node. `lane` is a team's name, empty for what nobody does by hand. `step` is the id of the step it is of, and
    `place` its place in the plan."""

    id: str
    kind: Kind
    name: str
    place: int
    step: str = ""
    lane: str = ""
    doc: str = ""
    script: str = ""
    """A script, or the expression of a timer."""
    message: str = ""
    """What a message is called that is sent or caught."""
    at: str = ""
    """The task at whose edge a boundary event stands."""
    moment: bool = False
    """A timer that waits for a date, not for a duration."""


@attrs.frozen(kw_only=True)
class Flow:
    """An arrow. Without a condition out of an exclusive gateway it is the default."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""
    back: bool = False
    place: int | None = None


@attrs.frozen(kw_only=True)
class Loss:
    """Something that BPMN cannot say about an element, in the plan's language. `what` is a stable word for machines."""

    element: str
    what: str
    text: str
    place: int


@attrs.frozen(kw_only=True)
class Process:
    """`lanes` are names of teams with their titles; the first is the lane of what nobody does by hand."""

    id: str
    campaign: str
    name: str
    doc: str
    place: int
    lanes: tuple[tuple[str, str], ...]
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]
    losses: tuple[Loss, ...]

    @property
    def notes(self) -> dict[str, str]:
        """What is lost at each element, as one text."""
        told: dict[str, list[str]] = {}
        for loss in self.losses:
            told.setdefault(loss.element, []).append(loss.text)
        return {element: "\n".join(texts) for element, texts in told.items()}
