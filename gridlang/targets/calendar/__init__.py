"""`calendar.ics`: the plan's dates for any calendar program, with the work they ask for (RFC 5545)."""

from __future__ import annotations

import attrs

from gridlang.diagnostics.model import Outcome
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule
from gridlang.targets.interface import DEFAULTS, Files, Options


@attrs.frozen
class _Calendar:
    name: str = "calendar"
    doc: str = "the plan's dates and its work for any calendar program (iCalendar)"
    usual: bool = True
    options: type[Options] = Options

    def files(self, schedule: Schedule, options: Options = DEFAULTS) -> Files:
        """One file; the same schedule gives the same bytes, its ids stay the same from build to build."""
        from gridlang.targets.calendar.ical import calendar
        from gridlang.targets.calendar.view import entries
        from gridlang.targets.words import words_for

        words = words_for(schedule.plan.locale)
        return Outcome((OutputFile("calendar.ics", calendar(schedule, entries(schedule, words))),))


TARGET = _Calendar()
