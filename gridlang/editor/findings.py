"""The findings of a plan as its author wants them told: allowed by remarks, weighed by `grid.toml`, known before."""

from __future__ import annotations

from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.editor.session import Plan
from gridlang.linting import baseline, levels
from gridlang.linting.allowed import settled


def findings(plan: Plan, rehearsed: tuple[Diagnostic, ...] | None) -> tuple[Diagnostic, ...]:
    """What is to be told of a plan; `rehearsed` None: that has not been asked yet."""
    understood = plan.understood()
    complete = rehearsed is not None and not understood.failed
    problems = settled((*understood.problems, *(rehearsed or ())), understood.scope, complete=complete)
    settings = plan.files.settings()
    if settings.value.source is None:
        return (*settings.problems, *problems)
    lint = levels.read(settings.value)
    weighed = levels.weighed(problems, levels.levels(lint.value))
    if lint.value.baseline is None:
        return (*settings.problems, *lint.problems, *weighed)
    text = plan.files.text(lint.value.baseline)
    before = Outcome(baseline.Baseline(), text.problems)
    if text.value is not None:
        before = baseline.from_json(text.value, lint.value.baseline)
    return (*settings.problems, *lint.problems, *before.problems, *baseline.compare(weighed, before.value).new)
