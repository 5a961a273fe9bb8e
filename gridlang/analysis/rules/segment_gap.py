"""The segments leave a gap: nobody says what happens to accounts that none of them takes.

Why: an account without a segment walks the journey and hears nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.semantics.model import Model

SEGMENT_GAP = Code(
    "L0105",
    "segment-gap",
    Level.WARNING,
    "accounts that no segment takes hear nothing",
    why="no segment is for everybody else, so who fits none of the conditions falls out of the plan",
    help="say so: `segment everyone_else {{ where: otherwise }}`",
)


def check(model: Model) -> Iterator[Diagnostic]:
    segments = model.schedule.segments
    if segments and all(segment.where is not None for segment in segments):
        yield SEGMENT_GAP.at(model.span(segments[-1].place))
