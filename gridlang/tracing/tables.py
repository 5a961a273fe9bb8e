"""Rows: of a run's tables, of task lists, of the lists of CRMs and advertising systems."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gridlang.schedule.model import Campaign, Schedule
from gridlang.tracing.origin import PLACE, Origin, at, written

if TYPE_CHECKING:
    from gridlang.tracing.forms import Asked

_TRACE = re.compile(rf"gridlang (?P<id>[0-9a-f]{{20}}) {PLACE.pattern} (?P<declaration>[^\n]*)")
"""The last line of a task's text in the list of a CRM."""
_LINK = re.compile(r"(?P<rule>\w+)@(?P<place>\d+)")

Row = Mapping[str, str]


def of_csv(asked: Asked) -> Iterator[Origin]:
    """The row that stands on the line, or goes over it."""
    reader = csv.reader(io.StringIO(asked.text, newline=""))
    header = next(reader, [])
    for cells in reader:
        if reader.line_num >= asked.line:
            if asked.line > 1:
                yield from _row(asked, dict(zip(header, cells, strict=False)))
            return


def of_jsonl(asked: Asked) -> Iterator[Origin]:
    """The object on the line."""
    try:
        found = json.loads(asked.text.split("\n")[asked.line - 1])
    except ValueError:
        return
    if isinstance(found, dict):
        yield from _row(asked, {key: _text(value) for key, value in found.items() if value is not None})


def _text(value: object) -> str:
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)


def _row(asked: Asked, row: Row) -> Iterator[Origin]:
    """What a row says of itself, the plainest first."""
    id, schedule = row.get("id", ""), asked.schedule
    if "place" in row:
        yield from (_declared(origin, row) for origin in written(row["place"], schedule, row.get("task", ""), id))
    for cell in row.values():
        for found in _TRACE.finditer(cell):
            yield Origin(
                file=found["file"],
                line=int(found["line"]),
                declaration=found["declaration"],
                what="task",
                id=found["id"],
            )
    if schedule is not None:
        yield from _of_plan(schedule, row, id)
    if asked.name.rsplit("/", 1)[-1].startswith("audience_"):
        yield from _of_audience(asked)
    if row.get("file") and row.get("row"):
        yield Origin(file=row["file"], line=int(row.get("line") or row["row"]), what=row.get("reason", ""))


def _declared(origin: Origin, row: Row) -> Origin:
    return (
        origin
        if origin.declaration or "declaration" not in row
        else Origin(file=origin.file, line=origin.line, declaration=row["declaration"], what=origin.what, id=origin.id)
    )


def _of_plan(schedule: Schedule, row: Row, id: str) -> Iterator[Origin]:
    """The step that made a row, and the rules that gave it its time; of a role its declaration."""
    campaign = next((each for each in schedule.campaigns if each.name == row.get("campaign")), None)
    # A row that says its place itself has its campaign's only where it belongs to a step.
    if campaign is not None and ("step" in row or not row.get("place")):
        yield _step(schedule, campaign, row.get("step", ""), id)
    for link in _LINK.finditer(row.get("because", "")):
        if int(link["place"]) < len(schedule.places):
            yield at(schedule.places[int(link["place"])], link["rule"], id)
    for role in schedule.roles if "IsPrimary" in row else ():
        if row.get("Role") in (role.name, role.label):
            yield at(schedule.places[role.place], f"role {role.name}")


def _step(schedule: Schedule, campaign: Campaign, name: str, id: str) -> Origin:
    step = next((each for each in campaign.steps if each.id == name), None)
    place = schedule.places[campaign.place if step is None else step.place]
    return at(place, f"step {name}" if step is not None else "", id)


def _of_audience(asked: Asked) -> Iterator[Origin]:
    """A list of digests names nobody and nothing; the list beside it does."""
    own = asked.name.rsplit("/", 1)[-1]
    for system in ("google_ads", "meta_ads"):
        listed = asked.beside(f"audiences_{system}.csv") if own.startswith(f"audience_{system}_") else None
        for row in csv.DictReader(io.StringIO(listed or "", newline="")):
            if row["file"].rsplit("/", 1)[-1] == own:
                yield from (_declared(origin, row) for origin in written(row["place"], asked.schedule, "audience"))
