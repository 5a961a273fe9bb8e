"""The law of mistakes: whoever changes one thing in a sound plan is told, where they changed it, or means it.

Every change gives one of three:
- the same plan: its schedule is the same but for places and sources (two arms changed about, an arrow drawn twice);
- a finding that the sound plan does not have, whose place, or a place it names beside, lies in the changed declaration
  (or whose words name what was changed, where the declaration lost its name or is gone);
- another plan: a legal edit. That is only a text of which nothing was passed over: no new error anywhere, and every
  word that stands in the file is in the nodes, so that printing them gives the same words again. A change that can
  never be meant (`NEVER_MEANT`) may not end so.

No change crashes the compiler, or costs more than 20 times what the sound plan costs (2 seconds at least).
`GRID_LAWS=long` tries many more (tests/laws/worlds/profile.py).
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from functools import cache
from typing import Any

import attrs
from hypothesis import event, given

from gridlang.compiler import compile_plan
from gridlang.diagnostics import Diagnostic, Level
from gridlang.schedule.document import to_json
from gridlang.semantics.workspace import Workspace
from gridlang.source import Source
from gridlang.syntax import parse, printing
from gridlang.syntax.scanning import tokens
from tests.laws.mutants import Mutant, mutants, workspace
from tests.laws.worlds.profile import tried

NEVER_MEANT = {"leave out a sign", "double a declaration"}
"""Changes that no sound plan is the outcome of: they are always told."""
FLOOR = 2.0
TIMES = 20

_memory: dict[tuple[str, str], Any] = {}


def remember(name: str, key: str, compute: Any) -> Any:
    """In memory: what does not change from mutant to mutant is worked out once."""
    if (name, key) not in _memory:
        _memory[name, key] = compute()
    return _memory[name, key]


@attrs.frozen
class Result:
    """What became of a plan: its findings, and its schedule without places and sources."""

    problems: tuple[Diagnostic, ...]
    schedule: str | None
    seconds: float

    @property
    def said(self) -> Counter[tuple[str, str]]:
        return Counter((problem.code.id, problem.message) for problem in self.problems)


def compiled(place: Workspace) -> Result:
    begins = time.process_time()
    outcome = compile_plan(place, remember)
    seconds = time.process_time() - begins
    if outcome.failed or outcome.value is None:
        return Result(outcome.problems, None, seconds)
    return Result(outcome.problems, json.dumps(_placeless(json.loads(to_json(outcome.value.schedule)))), seconds)


def _placeless(value: Any) -> Any:
    if isinstance(value, list):
        return [_placeless(one) for one in value]
    if isinstance(value, dict):
        return {
            key: _placeless(one)
            for key, one in value.items()
            if key not in ("places", "sources", "place") and not key.endswith("_place")
        }
    return value


@cache
def sound(plan: str) -> Result:
    result = compiled(workspace(plan))
    assert result.schedule is not None
    return result


def new_findings(mutant: Mutant, result: Result) -> list[Diagnostic]:
    """What is said of the mutant and not of the sound plan."""
    known = sound(mutant.plan).said
    found = []
    for problem in result.problems:
        if known[problem.code.id, problem.message] > 0:
            known = known - Counter([(problem.code.id, problem.message)])
        else:
            found.append(problem)
    return found


def touches(problem: Diagnostic, mutant: Mutant) -> bool:
    """Whether a finding, or a place that it names beside, lies in the changed declaration, or else names it."""
    spans = [problem.span, *(related.span for related in problem.related)]
    there = [span for span in spans if span is not None and span.source.path == mutant.path]
    if any(span.start <= mutant.end and span.end >= mutant.start for span in there):
        return True
    said = f"{problem.message} {problem.why} {problem.help}"
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in mutant.names)


def words(text: str, start: int, end: int) -> Counter[str]:
    """The words of a text; brackets and the spelling of numbers and of `workdays` do not count."""
    found: Counter[str] = Counter()
    for kind, first, last in tokens(text, start, end):
        if kind not in ("DOC", "REMARK", "LPAR", "RPAR"):
            found["".join(text[first:last].split()).replace("_", "").removesuffix("s")] += 1
    return found


def nothing_passed_over(mutant: Mutant) -> bool:
    """Whether every word of the mutated text is in its nodes."""
    file = parse(Source(mutant.path, mutant.text)).value
    printed = printing.print_file(file)
    return words(mutant.text, 0, len(mutant.text)) == words(printed, 0, len(printed))


def outcome_of(mutant: Mutant) -> str:
    """What a change gave: `same`, `found` or `another`; anything else breaks the law."""
    result = compiled(mutant.workspace)
    limit = max(FLOOR, TIMES * sound(mutant.plan).seconds)
    if result.seconds > limit:
        return f"took {result.seconds:.1f} seconds"
    fresh = new_findings(mutant, result)
    if any(touches(problem, mutant) for problem in fresh):
        return "found"
    if result.schedule == sound(mutant.plan).schedule and mutant.how not in NEVER_MEANT:
        return "same"
    if errors := [problem for problem in fresh if problem.level is Level.ERROR]:
        return "told elsewhere: " + "; ".join(_shown(problem) for problem in errors)
    if result.schedule is None:
        return "refused without a new finding"
    if mutant.how in NEVER_MEANT:
        return "taken as meant, and nobody can mean it"
    return "another" if nothing_passed_over(mutant) else "another plan, and words were passed over"


def _shown(problem: Diagnostic) -> str:
    return f"{problem.code.id} {problem.message} ({problem.span})"


@given(mutants())
@tried(350)
def test_whoever_changes_one_thing_is_told_where(mutant: Mutant) -> None:
    outcome = outcome_of(mutant)
    event(f"{mutant.how}: {outcome}")
    assert outcome in ("same", "found", "another"), f"{mutant}: {outcome}"
