"""What a plan as a whole proves or leaves open: the rules of `rules/`, one file a finding."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from gridlang.analysis import rules as rules_folder
from gridlang.diagnostics import Diagnostic
from gridlang.semantics.model import Model


@cache
def rules() -> tuple[ModuleType, ...]:
    """Every rule, found from the files of `rules/`: each has a code and `check(model)`."""
    names = sorted(found.name for found in pkgutil.iter_modules(rules_folder.__path__))
    return tuple(importlib.import_module(f"{rules_folder.__name__}.{name}") for name in names)


def analyse(model: Model) -> Iterator[Diagnostic]:
    """The findings of all rules."""
    for rule in rules():
        yield from rule.check(model)
