"""`tasks/<team>.csv`: what each team must do by a day that is known before anybody has answered."""

from __future__ import annotations

import attrs

from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule


@attrs.frozen
class _Tasks:
    name: str = "tasks"

    def files(self, schedule: Schedule) -> tuple[OutputFile, ...]:
        """A file a team that has such work, in order of declaration; `unassigned.csv` for campaigns without owner."""
        from gridlang.targets.tasks.table import tables

        return tuple(OutputFile(f"tasks/{team}.csv", content) for team, content in tables(schedule))


TARGET = _Tasks()
