"""`tasks/<team>.csv`: what each team must do by a day that is known before anybody has answered."""

from __future__ import annotations

import attrs

from gridlang.diagnostics.model import Outcome
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule
from gridlang.targets.interface import DEFAULTS, Files, Options


@attrs.frozen
class _Tasks:
    name: str = "tasks"
    doc: str = "a task list a team, as CSV: media to book, flights to start, texts to write"
    usual: bool = True
    options: type[Options] = Options

    def files(self, schedule: Schedule, options: Options = DEFAULTS) -> Files:
        """A file a team that has such work, in order of declaration; `unassigned.csv` for campaigns without owner."""
        from gridlang.targets.tasks.table import tables

        return Outcome(tuple(OutputFile(f"tasks/{team}.csv", content) for team, content in tables(schedule)))


TARGET = _Tasks()
