"""`plan.md`: the plan as Markdown with Mermaid drawings, to be read in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from gridlang.targets.interface import DEFAULTS, Options

if TYPE_CHECKING:
    from gridlang.schedule.model import Schedule
    from gridlang.targets.interface import Files


@attrs.frozen
class PlanText:
    """The target `plan_md`."""

    name: str = "plan_md"
    doc: str = "the plan as Markdown with Mermaid drawings, for a pull request"
    usual: bool = True
    options: type[Options] = Options

    def files(self, schedule: Schedule, options: Options = DEFAULTS) -> Files:
        """One file, `plan.md`."""
        from gridlang.diagnostics.model import Outcome
        from gridlang.outputs import OutputFile
        from gridlang.targets.plan_md.document import document

        return Outcome((OutputFile("plan.md", document(schedule).encode()),))


TARGET = PlanText()
