"""The whole way from a plan's texts to its schedule: load, check, analyse, rehearse."""

from __future__ import annotations

import attrs

from gridlang.analysis import analyse
from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.diagnostics.united import united
from gridlang.linting.allowed import settled
from gridlang.rehearsal import rehearsed
from gridlang.schedule.calendars import Remember
from gridlang.schedule.model import Schedule
from gridlang.semantics.again import Again
from gridlang.semantics.build import check
from gridlang.semantics.model import Model
from gridlang.semantics.program import load
from gridlang.semantics.workspace import Workspace


@attrs.frozen(eq=False)
class Compiled:
    """A plan that was understood. Whether it may be executed, the outcome's problems say."""

    model: Model

    @property
    def schedule(self) -> Schedule:
        return self.model.schedule


def compile_plan(workspace: Workspace, remember: Remember, again: Again | None = None) -> Outcome[Compiled | None]:
    """Compile the plan of a workspace; every finding of every stage is in the outcome, once, by file and place,
    but for those that a remark of the plan allows.

    A plan with errors is not rehearsed. `remember` keeps what is dear to work out (public holidays, rehearsals). The
    value is None when there is no plan to stand on. `again` is what the last compilation of this plan left, for who
    compiles it after every edit.
    """
    outcome = _compiled(workspace, remember, again or Again(once=True))
    problems = united(outcome.problems)
    if outcome.value is not None:
        problems = settled(problems, outcome.value.model.scope, complete=not outcome.failed)
    return Outcome(outcome.value, tuple(sorted(problems, key=_place)))


def _place(problem: Diagnostic) -> tuple[str, int]:
    """What has no place in a text comes first."""
    return (problem.span.source.path, problem.span.start) if problem.span else ("", -1)


def _compiled(workspace: Workspace, remember: Remember, again: Again) -> Outcome[Compiled | None]:
    """The stages, one after another."""
    loaded = load(workspace, again)
    checked = check(loaded.value, workspace, remember, again)
    problems = (*loaded.problems, *checked.problems)
    if checked.value is None:
        return Outcome(None, problems)
    outcome: Outcome[Compiled | None] = Outcome(Compiled(checked.value), problems)
    found = tuple(analyse(checked.value, understood=not outcome.failed))
    outcome = Outcome(outcome.value, (*problems, *found))
    if outcome.failed:
        return outcome
    return Outcome(outcome.value, (*outcome.problems, *rehearsed(checked.value, remember)))
