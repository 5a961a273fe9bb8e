"""`bpmn/`: each campaign as a BPMN 2.0 process, with a lane for each team and a drawing that modellers open.

What BPMN cannot say (caps, quiet hours, consent, patience, working days) stands as a text annotation at the element it
is about, and as a row of `losses.csv`. Expressions and scripts are Python, as SpiffWorkflow runs them.
"""

from __future__ import annotations

import attrs

from gridlang.diagnostics.model import Outcome
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule
from gridlang.settings import setting
from gridlang.targets.interface import Files, Options


@attrs.frozen(kw_only=True)
class BpmnOptions(Options):
    """`[targets.bpmn]`."""

    campaigns: tuple[str, ...] | None = setting(None, "the campaigns that become processes; left out: all")
    annotations: bool = setting(True, "whether what BPMN cannot say is drawn too; losses.csv has it in any case")


DEFAULTS = BpmnOptions()


@attrs.frozen
class _Bpmn:
    name: str = "bpmn"
    doc: str = "a BPMN 2.0 process a campaign, with lanes, a drawing, and a list of what BPMN cannot say"
    usual: bool = False
    options: type[BpmnOptions] = BpmnOptions

    def files(self, schedule: Schedule, options: BpmnOptions = DEFAULTS) -> Files:
        """`bpmn/<campaign>.bpmn` in order of declaration, and `bpmn/losses.csv`."""
        from gridlang.targets.bpmn.files import unknown, written

        wrong = tuple(unknown(schedule, options.campaigns))
        made = written(schedule, options.campaigns, drawn=options.annotations)
        return Outcome(tuple(OutputFile(f"bpmn/{name}", content) for name, content in made), wrong)


TARGET = _Bpmn()
