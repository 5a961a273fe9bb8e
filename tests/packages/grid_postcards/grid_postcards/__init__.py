"""The letters of a plan as a list for a print shop."""

from __future__ import annotations

from typing import Literal

import attrs

from gridlang.diagnostics import Outcome
from gridlang.outputs import OutputFile
from gridlang.schedule.model import Schedule
from gridlang.schedule.steps import Send
from gridlang.settings import setting
from gridlang.targets.interface import Files, Options


@attrs.frozen(kw_only=True)
class PrintOptions(Options):
    paper: Literal["matte", "glossy"] = setting("matte", "what they are printed on")
    greeting: str = setting("Hello", "how every card begins")


@attrs.frozen
class Postcards:
    name: str = "postcards"
    doc: str = "the letters of the plan, for the print shop"
    usual: bool = True
    options: type[PrintOptions] = PrintOptions

    def files(self, schedule: Schedule, options: PrintOptions) -> Files:
        cards = [
            f"{options.greeting}: {step.message} ({options.paper}), {schedule.places[step.place].file}"
            for campaign in schedule.campaigns
            for step in campaign.steps
            if isinstance(step, Send) and "letter" in step.channels
        ]
        return Outcome((OutputFile("postcards.txt", "\n".join(cards).encode()),))


TARGET = Postcards()
