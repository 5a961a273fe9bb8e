"""The files of the target: a process a campaign, and what BPMN cannot say of any of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gridlang.diagnostics.codes.settings import UNKNOWN_CHOICE
from gridlang.diagnostics.model import Diagnostic
from gridlang.formulas import neutral
from gridlang.outputs import csv_bytes
from gridlang.schedule.model import Schedule
from gridlang.settings.reading import near
from gridlang.targets.bpmn.geometry import drawn as placed
from gridlang.targets.bpmn.graph import Loss, Process
from gridlang.targets.bpmn.losses import Told
from gridlang.targets.bpmn.process import process
from gridlang.targets.bpmn.xml import xml

LOSSES: dict[str, str] = {
    "file": "the process",
    "element": "the id of the element in it",
    "what": "a stable word: cell, blackout, channel, rule, patience, desk, time, flight, workdays, moment, series, "
    "answers, account, role, predicate or share",
    "text": "what BPMN cannot say, in the plan's language; it stands as a text annotation at the element",
    "place": "file and line in the plan",
    "declaration": "what is declared there",
}
"""The columns of `losses.csv`."""


def written(schedule: Schedule, names: Sequence[str] | None, *, drawn: bool) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, `losses.csv` last."""
    told = Told.of(schedule)
    made = [process(told, each) for each in schedule.campaigns if names is None or each.name in names]
    for each in made:
        yield f"{each.id}.bpmn", xml(schedule, each, placed(each, notes=drawn))
    yield "losses.csv", _losses(schedule, made)


def unknown(schedule: Schedule, names: Sequence[str] | None) -> Iterator[Diagnostic]:
    """Campaigns that the options name and the plan does not have."""
    known = [campaign.name for campaign in schedule.campaigns]
    for name in names or ():
        if name not in known:
            listed = ", ".join(f"`{each}`" for each in known)
            key = "targets.bpmn.campaigns"
            yield UNKNOWN_CHOICE.at(None, key=key, value=name, choices=listed, near=near(name, known))


def _losses(schedule: Schedule, made: Sequence[Process]) -> bytes:
    return csv_bytes(LOSSES, (_row(schedule, each, loss) for each in made for loss in each.losses))


def _row(schedule: Schedule, process: Process, loss: Loss) -> list[str]:
    at = schedule.places[loss.place]
    row = (f"{process.id}.bpmn", loss.element, loss.what, loss.text, f"{at.file}:{at.line}", at.declaration)
    return [neutral(cell) for cell in row]
