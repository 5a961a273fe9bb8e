"""`plan.html`: the plan as one self-contained page, good on a screen, on paper, on a phone and read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from gridlang.outputs import OutputFile
    from gridlang.schedule.model import Schedule


@attrs.frozen
class PlanPage:
    """The target `plan_html`."""

    name: str = "plan_html"

    def files(self, schedule: Schedule) -> tuple[OutputFile, ...]:
        """One file, `plan.html`."""
        from gridlang.outputs import OutputFile
        from gridlang.targets.plan_html.page import page

        return (OutputFile("plan.html", page(schedule).encode()),)


TARGET = PlanPage()
