"""Where something comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from gridlang.schedule.model import Place, Schedule


@attrs.frozen(kw_only=True)
class Origin:
    """A place in the plan. `what` is what stands in the output, in a few words; `id` its stable id, if it has one."""

    file: str
    line: int
    declaration: str = ""
    what: str = ""
    id: str = ""


PLACE = re.compile(r"(?P<file>[^\s\"'`<>()|,;]+\.grid):(?P<line>\d+)")


def at(place: Place, what: str = "", id: str = "") -> Origin:
    """The origin of a place of the schedule."""
    return Origin(file=place.file, line=place.line, declaration=place.declaration, what=what, id=id)


def written(text: str, schedule: Schedule | None, what: str = "", id: str = "") -> Iterator[Origin]:
    """Every `campaigns.grid:14` of a text, once, with what the schedule says is declared there."""
    for file, line in dict.fromkeys(found.group("file", "line") for found in PLACE.finditer(text)):
        declared = (
            (place.declaration for place in schedule.places if place.file == file and place.line == int(line))
            if schedule
            else iter(())
        )
        yield Origin(file=file, line=int(line), declaration=next(declared, ""), what=what, id=id)
