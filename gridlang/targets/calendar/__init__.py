"""`calendar.ics`: the plan's dates for any calendar program, with the work they ask for (RFC 5545)."""

from __future__ import annotations

from typing import Literal

import attrs

from gridlang.diagnostics.model import Outcome
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule
from gridlang.settings import setting
from gridlang.targets.interface import Files, Options

Variant = Literal["both", "events", "todos"]
"""How work stands there. Many programs read VEVENT only, some show VTODO as a list of its own."""


@attrs.frozen(kw_only=True)
class CalendarOptions(Options):
    """`[targets.calendar]`."""

    work: Literal["both", "events", "todos"] = setting(
        "both", "work as entries of the calendar, as a list of things to do, or both"
    )
    teams: bool = setting(True, "whether each team has a calendar of its own too")


DEFAULTS = CalendarOptions()


@attrs.frozen
class _Calendar:
    name: str = "calendar"
    doc: str = "the plan's dates and its work for any calendar program (iCalendar), for all and for each team"
    usual: bool = True
    options: type[CalendarOptions] = CalendarOptions

    def files(self, schedule: Schedule, options: CalendarOptions = DEFAULTS) -> Files:
        """`calendar.ics`, and `calendar_TEAM.ics` for each team that owns a campaign; ids stay the same from build to
        build."""
        from gridlang.targets.calendar.ical import calendar
        from gridlang.targets.calendar.view import entries, of_team
        from gridlang.targets.words import words_for

        found = entries(schedule, words_for(schedule.plan.locale))
        made = [OutputFile("calendar.ics", calendar(schedule, found, options.work))]
        for team in schedule.teams if options.teams else ():
            if own := of_team(schedule, found, team.name):
                name = f"{schedule.plan.label}: {team.label}"
                made.append(OutputFile(f"calendar_{team.name}.ics", calendar(schedule, own, options.work, name)))
        return Outcome(tuple(made))


TARGET = _Calendar()
