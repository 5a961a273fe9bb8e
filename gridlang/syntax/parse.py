"""Text in, nodes out: the one way into this stage."""

from __future__ import annotations

from gridlang.diagnostics.codes import syntax as codes
from gridlang.diagnostics.model import Outcome
from gridlang.source import Source
from gridlang.syntax.builder import Builder
from gridlang.syntax.building.base import TooDeep
from gridlang.syntax.machine import Machine, Unexpected
from gridlang.syntax.nodes import File


def parse(source: Source) -> Outcome[File]:
    """The declarations of a file, and what is wrong with its text.

    Any text has an outcome. A declaration with a mistake that cannot be repaired is left out of the file; all others
    are there.
    """
    builder = Builder(source)
    try:
        Machine(builder).run(0, len(source.text))
    except Unexpected as mistake:
        found = f"`{mistake.span.text}`" if mistake.span.text else "the end of the file"
        builder.report(codes.UNEXPECTED.at(mistake.span, found=found, expected=None))
    except TooDeep as mistake:
        builder.report(mistake.problem)
    return Outcome(File(source, tuple(builder.declarations), tuple(builder.comments)), tuple(builder.problems))
