"""What a plan as a whole proves or leaves open: the rules of `rules/`, one file a finding."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from gridlang.analysis import rules as rules_folder
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.semantics.model import Model


@cache
def rules() -> tuple[ModuleType, ...]:
    """Every rule, found from the files of `rules/`: each has a code and `check(model)`."""
    names = sorted(found.name for found in pkgutil.iter_modules(rules_folder.__path__))
    return tuple(importlib.import_module(f"{rules_folder.__name__}.{name}") for name in names)


def analyse(model: Model, *, understood: bool) -> Iterator[Diagnostic]:
    """The findings of all rules.

    `understood`: the plan has no errors. Only then is it asked what the whole leaves open: half a plan leaves much open
    that its author has written.
    """
    for rule in rules():
        if understood or proves(rule):
            yield from rule.check(model)


def proves(rule: ModuleType) -> bool:
    """Whether a rule can find errors, and so is asked of every plan."""
    return any(isinstance(found, Code) and found.level is Level.ERROR for found in vars(rule).values())
