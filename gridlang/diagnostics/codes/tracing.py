"""G11xx: lines of outputs that lead back to no place in a plan."""

from __future__ import annotations

from gridlang.diagnostics.model import Code, Level

NO_SUCH_LINE = Code(
    "G1101",
    "no-such-line",
    Level.ERROR,
    "`{name}` has no line {line}: its last is {lines}",
    help="lines count from 1, as editors show them",
)
UNTRACEABLE_FORM = Code(
    "G1102",
    "untraceable-form",
    Level.ERROR,
    "`{name}` has no lines that could be traced",
    help="these can: {known}; a run writes its tables as text with `--tables csv`",
)
NOTHING_TO_TRACE = Code(
    "G1103",
    "nothing-to-trace",
    Level.ERROR,
    "line {line} of `{name}` comes from no place in the plan",
    why="Headers, brackets and what gridlang says by itself have none.",
    help="name a line with a row, an entry or an element; the tables of a run need the `schedule.json` beside them",
)
