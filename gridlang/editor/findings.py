"""The findings of a plan as its author wants them told: allowed by remarks, weighed by `grid.toml`, known before."""

from __future__ import annotations

from gridlang.diagnostics import Diagnostic
from gridlang.editor.session import Plan
from gridlang.linting.allowed import settled
from gridlang.linting.governed import governed


def findings(plan: Plan, rehearsed: tuple[Diagnostic, ...] | None) -> tuple[Diagnostic, ...]:
    """What is to be told of a plan; `rehearsed` None: that has not been asked yet."""
    understood = plan.understood()
    complete = rehearsed is not None and not understood.failed
    problems = settled((*understood.problems, *(rehearsed or ())), understood.scope, complete=complete)
    settings = plan.files.settings()
    return (*settings.problems, *governed(problems, settings.value, plan.files.text))
