"""A difference for programs.

    {"format": "gridlang.difference", "version": 1, "changes": [{"group", "kind", "subject", "field", "words", "old",
    "new", "old_place", "new_place"}], "endings": [{"what", "campaign", "step", "rule", "happens", "way_out", "place"}]}

A place is `{"file", "line"}` or null.
"""

from __future__ import annotations

import json

import attrs

from gridlang.schedule.difference.changes import Difference
from gridlang.schedule.model import Schedule

FORMAT = "gridlang.difference"
VERSION = 1


def render(difference: Difference, old: Schedule, new: Schedule) -> str:
    """Ends with a newline."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "changes": [
            attrs.asdict(change)
            | {"old_place": _place(old, change.old_place), "new_place": _place(new, change.new_place)}
            for change in difference.changes
        ],
        "endings": [attrs.asdict(each) | {"place": _place(old, each.place)} for each in difference.endings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _place(schedule: Schedule, place: int | None) -> dict[str, object] | None:
    if place is None:
        return None
    found = schedule.places[place]
    return {"file": found.file, "line": found.line}
