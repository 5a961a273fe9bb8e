"""`plan.md`: the plan as Markdown with Mermaid drawings, to be read in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from gridlang.outputs import OutputFile
    from gridlang.schedule.model import Schedule


@attrs.frozen
class PlanText:
    """The target `plan_md`."""

    name: str = "plan_md"

    def files(self, schedule: Schedule) -> tuple[OutputFile, ...]:
        """One file, `plan.md`."""
        from gridlang.outputs import OutputFile
        from gridlang.targets.plan_md.document import document

        return (OutputFile("plan.md", document(schedule).encode()),)


TARGET = PlanText()
