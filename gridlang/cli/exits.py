"""What the command line returns to the shell."""

from __future__ import annotations

from collections.abc import Iterable

from gridlang.diagnostics.model import Diagnostic, Level

FINE = 0
FINDINGS = 1
"""A finding of error level, or more refused rows than `--max-issues`."""
UNUSABLE = 2
"""Wrong usage, or something that cannot be read or written."""
BROKEN = 70
"""Our own mistake."""
INTERRUPTED = 130
PIPE_CLOSED = 141


def code_for(problems: Iterable[Diagnostic]) -> int:
    """The exit code that findings ask for; files that cannot be used weigh more than what stands in them."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if any(_of_a_file(problem) for problem in errors):
        return UNUSABLE
    return FINDINGS if errors else FINE


def _of_a_file(problem: Diagnostic) -> bool:
    """Whether a whole file is of no use: no schedule (G06xx), no state (G10xx); or not to be read or written (G00xx),
    no rows (G07xx), unless a text names it: the folder of a `use` has a place in the plan, and is a finding like any
    other."""
    stage = problem.code.id[:3]
    return stage in ("G06", "G10") or (stage in ("G00", "G07") and problem.span is None)
