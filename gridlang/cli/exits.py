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
    """The exit code that findings ask for. Files that cannot be read or written (G00xx, rows G07xx) weigh more than
    what stands in them; a folder that a `use` names has a place in the plan, so it is a finding like any other."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if any(problem.span is None and problem.code.id.startswith(("G00", "G07")) for problem in errors):
        return UNUSABLE
    return FINDINGS if errors else FINE
