"""What a plan as a whole proves or leaves open: the rules of `rules/`, one file a finding."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from gridlang.analysis import rules as rules_folder
from gridlang.analysis.asking import of_campaigns, of_maps
from gridlang.diagnostics import Code, Diagnostic, Level
from gridlang.semantics.model import Model


@cache
def rules() -> tuple[ModuleType, ...]:
    """Every rule, found from the files of `rules/`: each has a code and `check(model)`, or `of_campaign(model,
    campaign)`, or `of_map(model, map)` (see `asking`)."""
    names = sorted(found.name for found in pkgutil.iter_modules(rules_folder.__path__))
    return tuple(importlib.import_module(f"{rules_folder.__name__}.{name}") for name in names)


def analyse(model: Model, *, understood: bool) -> Iterator[Diagnostic]:
    """The findings of all rules.

    `understood`: the plan has no errors. Only then is it asked what the whole leaves open: half a plan leaves much open
    that its author has written.
    """
    asked = proving() if not understood else rules()
    for rule in asked:
        if hasattr(rule, "check"):
            yield from rule.check(model)
    yield from of_maps(model, asked)
    yield from of_campaigns(model, proving())
    if understood:
        yield from of_campaigns(model, leaving_open())
        model.memory.turn()


@cache
def proving() -> tuple[ModuleType, ...]:
    """The rules that can find errors, and so are asked of every plan."""
    return tuple(rule for rule in rules() if proves(rule))


@cache
def leaving_open() -> tuple[ModuleType, ...]:
    """The rules that are asked of a plan without errors only."""
    return tuple(rule for rule in rules() if not proves(rule))


def proves(rule: ModuleType) -> bool:
    """Whether a rule can find errors."""
    return any(isinstance(found, Code) and found.level is Level.ERROR for found in vars(rule).values())
