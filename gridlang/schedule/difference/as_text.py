"""A difference for people: sentences under the names of their groups, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.schedule.difference.changes import Change, Difference, Ending
from gridlang.schedule.model import Schedule

MARKS = {"added": "+", "removed": "-", "changed": "~", "renamed": "~", "moved": "~"}


def render(difference: Difference, old: Schedule, new: Schedule) -> str:
    """Ends with a newline. Places are of the new plan; of the old one where there is no other."""
    if difference.empty:
        return "No difference.\n"
    return "\n".join((*_changes(difference, old, new), *_endings(difference.endings, old))).lstrip("\n") + "\n"


def _changes(difference: Difference, old: Schedule, new: Schedule) -> Iterator[str]:
    group = ""
    for change in difference.changes:
        if change.group != group:
            group = change.group
            yield ""
            yield group.upper() if group == "kpis" else group.capitalize()
        yield f"  {MARKS[change.kind]} {change.words}{_where(change, old, new)}"


def _where(change: Change, old: Schedule, new: Schedule) -> str:
    if change.new_place is not None:
        return f" ({_place(new, change.new_place)})"
    return f" (was {_place(old, change.old_place)})" if change.old_place is not None else ""


def _place(schedule: Schedule, place: int) -> str:
    found = schedule.places[place]
    return f"{found.file}:{found.line}"


def _endings(endings: tuple[Ending, ...], old: Schedule) -> Iterator[str]:
    if endings:
        yield ""
        yield "Runs in flight that would end"
    for ending in endings:
        yield f"  ! {ending.happens} ({ending.rule}; was {_place(old, ending.place)})"
        if ending.way_out:
            yield f"      {ending.way_out}"
