"""The law of reading again: after an edit, what is taken over from the last reading says what reading all anew says.

Each example is edited one thing at a time, one edit after the other on the same plan, and compared: every finding with
its places, and the schedule with each place as file, line and column. `GRID_LAWS=long` tries many more.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from gridlang.compiler import Compiled, compile_plan
from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.schedule.document import to_json
from gridlang.semantics.again import Again
from tests.laws.mutants import Mutant, mutants, workspace
from tests.laws.test_mutations import remember
from tests.laws.worlds.profile import tried

_kept: dict[str, Again] = {}


def said(outcome: Outcome[Compiled | None]) -> list[tuple[Any, ...]]:
    """Everything the findings say, places as people read them."""
    return [_told(problem) for problem in outcome.problems]


def _told(problem: Diagnostic) -> tuple[Any, ...]:
    related = tuple((_at(each.span), each.text) for each in problem.related)
    fixes = tuple((fix.title, tuple((_at(edit.span), edit.text) for edit in fix.edits)) for fix in problem.fixes)
    return problem.code.id, problem.message, problem.why, problem.help, _at(problem.span), related, fixes


def _at(span: Any) -> tuple[Any, ...] | None:
    return span and (span.source.path, span.start, span.end, span.line, span.column)


def meant(outcome: Outcome[Compiled | None]) -> Any:
    """The schedule, each place written out: their numbers are nobody's business."""
    if outcome.value is None:
        return None
    whole = json.loads(to_json(outcome.value.schedule))
    places = whole.pop("places")
    return _written_out(whole, places)


def _written_out(value: Any, places: list[Any]) -> Any:
    if isinstance(value, list):
        return [_written_out(one, places) for one in value]
    if isinstance(value, dict):
        return {
            key: places[one] if _is_place(key) and isinstance(one, int) else _written_out(one, places)
            for key, one in value.items()
        }
    return value


def _is_place(key: str) -> bool:
    return key == "place" or key.endswith("_place")


@given(mutants())
@tried(150)
def test_reading_again_says_what_reading_anew_says(mutant: Mutant) -> None:
    again = _kept.setdefault(mutant.plan, Again())
    for place in (mutant.workspace, workspace(mutant.plan)):
        edited, anew = compile_plan(place, remember, again), compile_plan(place, remember)
        assert said(edited) == said(anew), mutant
        assert meant(edited) == meant(anew), mutant


def test_little_is_read_again() -> None:
    """An edit of one campaign leaves the other declarations as they were."""
    again = Again()
    compile_plan(workspace("family_car"), remember, again)
    assert again.taken_over == 0
    compile_plan(workspace("family_car"), remember, again)
    assert again.taken_over > 50
