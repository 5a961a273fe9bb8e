"""The task lists as CSV: UTF-8, commas, a header row, `\\n`; ready for a spreadsheet and for a CRM's import."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gridlang.formulas import neutral
from gridlang.outputs import csv_bytes
from gridlang.schedule.model import Schedule
from gridlang.targets.views.work import Work, dated_work
from gridlang.targets.words import words_for
from gridlang.targets.words.names import Names
from gridlang.targets.words.work import missing, title

UNASSIGNED = "unassigned"

COLUMNS: dict[str, str] = {
    "id": "20 hex digits, the same in every build",
    "due": "the day by which it must be done, year-month-day",
    "kind": "`booking` of a mass medium, `start` of a flight that nobody sells, or `text` to be written",
    "task": "what to do, in the plan's language",
    "campaign": "the campaign's name in the plan",
    "channel": "the medium, by its name in the plan; of a text, the one that uses it first",
    "message": "the message, by its name in the plan",
    "first_day": "the first day of the flight, or on which the text can be used",
    "lead": "how long before its start the medium is booked",
    "budget": "the flight's budget",
    "missing": "what the text lacks, in the plan's language",
    "place": "file and line in the plan",
}
"""The columns and what they hold."""


def tables(schedule: Schedule) -> Iterator[tuple[str, bytes]]:
    """The teams that have dated work, and their lists by due day."""
    work, names = dated_work(schedule), Names(schedule, words_for(schedule.plan.locale))
    for team in dict.fromkeys((*(team.name for team in schedule.teams), UNASSIGNED)):
        rows = [_row(each, names) for each in work if (each.team or UNASSIGNED) == team]
        if rows:
            yield team, csv_bytes(COLUMNS, rows)


def _row(work: Work, names: Names) -> list[str]:
    return [neutral(_CELLS[column](work, names)) for column in COLUMNS]


def _place(work: Work, names: Names) -> str:
    place = names.schedule.places[work.place]
    return f"{place.file}:{place.line}"


_CELLS: dict[str, Callable[[Work, Names], str]] = {
    "id": lambda work, _: work.id,
    "due": lambda work, _: work.due.isoformat(),
    "kind": lambda work, _: work.kind,
    "task": lambda work, names: title(names, work),
    "campaign": lambda work, _: work.campaign.name,
    "channel": lambda work, _: work.channel,
    "message": lambda work, _: work.message,
    "first_day": lambda work, _: work.first_day.isoformat(),
    "lead": lambda work, _: work.lead or "",
    "budget": lambda work, _: work.budget or "",
    "missing": lambda work, names: missing(names, work),
    "place": _place,
}
