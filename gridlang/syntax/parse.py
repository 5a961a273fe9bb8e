"""Text in, nodes out: the one way into this stage."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.source import Source, Span
from gridlang.syntax.builder import Builder
from gridlang.syntax.building.base import TooDeep
from gridlang.syntax.comments import attach
from gridlang.syntax.machine import Machine, Unexpected
from gridlang.syntax.nodes import File
from gridlang.syntax.recovery import read_pieces

MILLION = 1_000_000
CHARACTERS = 8 * MILLION


def parse(source: Source) -> Outcome[File]:
    """The declarations of a file, and what is wrong with its text.

    Any text has an outcome. A mistake that cannot be repaired costs its own declaration the items from there on (the
    declaration is there, `broken`); all others are whole.
    """
    if len(source.text) > CHARACTERS:
        problem = codes.LARGE_FILE.at(
            Span(source, 0, 0), size=len(source.text) // MILLION + 1, limit=CHARACTERS // MILLION
        )
        return Outcome(File(source, ()), (problem,))
    with _no_collection():
        return parse_stretch(source, 0, len(source.text))


def parse_stretch(source: Source, start: int, end: int) -> Outcome[File]:
    """The declarations and remarks between two places where a line begins, and what is wrong there.

    Of a part of a file that says what reading the whole says only where `rereading` can tell that it does.
    """
    builder = Builder(source)
    if not _read(builder, start, end):
        builder.done()
        builder = Builder(source)
        read_pieces(builder, start, end)
    builder.tell_everywhere()
    builder.tell_rest()
    builder.done()
    file = File(source, tuple(builder.declarations), tuple(builder.comments))
    attach(file)
    return Outcome(file, tuple(sorted(builder.problems, key=_place)))


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """No search for garbage while a million nodes are made and none is dropped: it takes a third of the time.

    Freezing and unfreezing puts them among the old objects at once; else the next searches go over all of them thrice.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        gc.enable()


def _read(builder: Builder, start: int, end: int) -> bool:
    """Read so much of the text in one run, if it is sound."""
    machine = Machine(builder)
    try:
        machine.run(start, end)
        machine.finish(end)
    except (Unexpected, TooDeep):
        return False
    return True


def _place(problem: Diagnostic) -> int:
    return problem.span.start if problem.span else 0
