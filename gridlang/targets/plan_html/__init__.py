"""`plan.html`: the plan as one self-contained page, good on a screen, on paper, on a phone and read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from gridlang.targets.interface import DEFAULTS, Options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gridlang.diagnostics.model import Diagnostic
    from gridlang.schedule.model import Schedule
    from gridlang.targets.interface import Files


@attrs.frozen
class PlanPage:
    """The target `plan_html`."""

    name: str = "plan_html"
    doc: str = "the plan as one self-contained page"
    usual: bool = True
    options: type[Options] = Options

    def files(self, schedule: Schedule, options: Options = DEFAULTS) -> Files:
        """One file, `plan.html`, of a plan that nobody has checked now."""
        return self.files_with_findings(schedule, options, None)

    def files_with_findings(self, schedule: Schedule, options: Options, findings: Sequence[Diagnostic] | None) -> Files:
        """One file, `plan.html`."""
        from gridlang.diagnostics.model import Outcome
        from gridlang.outputs import OutputFile
        from gridlang.targets.plan_html.page import page

        return Outcome((OutputFile("plan.html", page(schedule, findings).encode()),))


TARGET = PlanPage()
