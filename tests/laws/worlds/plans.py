"""The plans on which the laws are tried: those of `tests/laws/plans`, each a file, and the examples."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gridlang.cache import remembered
from gridlang.compiler import compile_plan
from gridlang.schedule.model import Schedule
from tests.rules.plans import Memory
from tests.unit.examples.plans import compiled

PLANS = Path(__file__).parents[1] / "plans"
OWN = tuple(sorted(path.stem for path in PLANS.glob("*.grid")))
EXAMPLES = ("family_car", "holiday_trip", "record_shop")
NAMES = (*OWN, *EXAMPLES)


@cache
def schedule_of(name: str) -> Schedule:
    """A plan compiled, without errors."""
    if name in EXAMPLES:
        return compiled(name).schedule
    outcome = compile_plan(Memory((PLANS / f"{name}.grid").read_text(encoding="utf-8")), remembered)
    assert not outcome.failed, [problem.message for problem in outcome.problems]
    assert outcome.value is not None
    return outcome.value.schedule
