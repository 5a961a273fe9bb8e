"""A declaration that nothing uses.

Why: whoever reads the plan takes it for part of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.semantics.model import Model

UNUSED_DECLARATION = Code(
    "L0107",
    "unused-declaration",
    Level.WARNING,
    "nothing uses the {kind} `{name}`",
    why="whoever reads the plan takes it for part of it",
    help="use it, or delete it",
)
LOOKED_AT = ("message", "person", "need", "barrier", "team", "event", "channel", "role", "flow", "let")


def check(model: Model) -> Iterator[Diagnostic]:
    for kind in LOOKED_AT:
        for declared in model.scope.own(kind).values():
            if declared.key not in model.scope.used:
                yield UNUSED_DECLARATION.at(declared.span, kind=kind, name=declared.name)
