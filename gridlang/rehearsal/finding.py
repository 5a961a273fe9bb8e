"""What a rehearsal finds, apart from the rehearsing: who remembers findings does not load the interpreter."""

from __future__ import annotations

from typing import Any

import attrs

from gridlang.diagnostics import Diagnostic, Related
from gridlang.diagnostics.codes.rehearsal import RUNS_INTO_CAP
from gridlang.schedule.model import Schedule
from gridlang.semantics.model import Model
from gridlang.source import Span

Step = tuple[str, str]
"""A campaign and one of its steps. Names, not places: these have other numbers whenever the plan is read again."""


@attrs.frozen
class Finding:
    """What is said about one contact that a cap holds back: plain words and names, so that it can be remembered."""

    step: Step
    words: dict[str, Any]
    cap: tuple[str, str]
    """`channel` or `rule`, and its name."""
    before: list[tuple[Step, str]]
    """The contacts that filled the cap: their steps and words."""

    def diagnostic(self, model: Model) -> Diagnostic:
        cap = model.span(caps_by_name(model.schedule)[self.cap[0], self.cap[1]])
        related = [Related(_span(model, step), text) for step, text in self.before]
        return RUNS_INTO_CAP.at(
            _span(model, self.step), **self.words, place=cap, related=(Related(cap, "the cap"), *related)
        )


def caps_by_name(schedule: Schedule) -> dict[tuple[str, str], int]:
    """The places of all caps, by who has them."""
    found = {("channel", channel.name): channel.cap.place for channel in schedule.channels if channel.cap is not None}
    return found | {("rule", rule.name): rule.cap.place for rule in schedule.rules if rule.cap is not None}


def _span(model: Model, name: Step) -> Span:
    campaign = next(each for each in model.schedule.campaigns if each.name == name[0])
    return model.span(next(step.place for step in campaign.steps if step.id == name[1]))
