"""Segments that overlap, or one that is never reached.

Why: an account belongs to the first segment, in order of declaration, that takes it. Who reads two segments as two
groups of people counts some of them twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from gridlang.analysis.people import holds, in_words, tell_apart
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.schedule.model import Segment
from gridlang.semantics.model import Model

SEGMENTS_OVERLAP = Code(
    "L0111",
    "segments-overlap",
    Level.WARNING,
    "an account with {who} fits `{first}` and `{second}`; it belongs to `{first}`, which comes first",
    why="the sizes of the two would count these accounts twice",
    help="say in `{second}` what `{first}` leaves; files are read in the order of their names",
)
EMPTY_SEGMENT = Code(
    "G0437",
    "empty-segment",
    Level.ERROR,
    "nobody can belong to segment `{name}`{because}",
    why="its campaigns would reach nobody",
    help="mend its condition",
)
MOST = 40
"""How many segments are held against each other; more would be all against all."""


def check(model: Model) -> Iterator[Diagnostic]:
    segments = model.schedule.segments
    rest = [segment for segment in segments if segment.where is None]
    for second in rest[1:]:
        because = f": `{rest[0].name}` already takes everybody whom no condition takes"
        yield EMPTY_SEGMENT.at(model.span(second.place), name=second.name, because=because)
    yield from model.memory.all_of("segments", segments[:MOST], partial(_all, model, segments[:MOST]))


def _all(model: Model, segments: Sequence[Segment]) -> Iterator[Diagnostic]:
    for number, segment in enumerate(segments):
        if segment.where is not None:
            before = segments[:number]
            records = (segment, *before)
            yield from model.memory.all_of("segment_overlap", records, partial(_against, model, before, segment))


def _against(model: Model, before: Sequence[Segment], segment: Segment) -> Iterator[Diagnostic]:
    assert segment.where is not None
    alone = tell_apart(model.schedule, [segment.where])
    if alone is not None and not any(holds(segment.where, kind) for kind in alone.kinds()):
        yield EMPTY_SEGMENT.at(model.span(segment.place), name=segment.name, because=": its condition holds for nobody")
        return
    for first in before:
        if first.where is None:
            continue
        people = tell_apart(model.schedule, [first.where, segment.where])
        if people is None:
            continue
        both = next((k for k in people.kinds() if holds(first.where, k) and holds(segment.where, k)), None)
        if both is not None:
            yield SEGMENTS_OVERLAP.at(
                model.span(segment.place),
                who=in_words(both),
                first=first.name,
                second=segment.name,
                related=(Related(model.span(first.place), f"`{first.name}` comes first"),),
            )
            return
