"""A rule that rules nothing.

Why: its title promises something that nobody is held to.
"""

from __future__ import annotations

from collections.abc import Iterator

from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.semantics.model import Model

IDLE_RULE = Code(
    "L0115",
    "idle-rule",
    Level.WARNING,
    "the rule `{name}` says where it holds, and not what",
    why="its readers would count on something that nobody is held to",
    help="add `forbid: …`, `cap: …`, `quiet: …` or `order: …`",
)


def check(model: Model) -> Iterator[Diagnostic]:
    for rule in model.schedule.rules:
        if not (rule.forbid or rule.cap or rule.quiet or rule.order):
            yield IDLE_RULE.at(model.span(rule.place), name=rule.name)
