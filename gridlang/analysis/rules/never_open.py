"""A channel or a team whose hours, days and quiet hours leave no open moment.

Why: every touch would wait until its patience ends, and be skipped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.schedule import clock, windows
from gridlang.schedule.model import Channel, Team
from gridlang.semantics.model import Model

NEVER_OPEN = Code(
    "G0511",
    "never-open",
    Level.ERROR,
    "{what} `{name}` is never open",
    why="its hours, days and quiet hours leave no moment, so everything would wait until it is skipped",
    help="widen the hours, or shorten the quiet ones",
)


def check(model: Model) -> Iterator[Diagnostic]:
    plan = model.schedule.plan
    calendar = clock.WorkCalendar(model.schedule.calendar)
    start = clock.moment(dt.datetime.fromisoformat(plan.starts), plan.timezone)
    places: list[tuple[str, Channel | Team]] = [("channel", channel) for channel in model.schedule.channels]
    places += [("team", team) for team in model.schedule.teams]
    for what, found in places:
        quiet = found.quiet if isinstance(found, Channel) else ()
        if not (found.hours or found.days or quiet):
            continue
        opened = windows.next_open(start, plan.timezone, found.hours, found.days, quiet, calendar, blackouts=False)
        if opened is None:
            yield NEVER_OPEN.at(model.span(found.place), what=what, name=found.name)
