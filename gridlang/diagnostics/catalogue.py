"""All codes, found from the modules that define them; there is no list to forget one in."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from gridlang.diagnostics.model import Code

PACKAGES = ("gridlang.diagnostics.codes", "gridlang.analysis.rules")
"""Where codes stand: a file per stage, and each rule of the analysis beside its check."""


def find() -> dict[str, Code]:
    """All codes by id, in the order of their ids."""
    return {id: code for id, (code, _) in homes().items()}


def homes() -> dict[str, tuple[Code, ModuleType]]:
    """All codes with the module that each stands in, by id."""
    codes = {code.id: (code, module) for package in PACKAGES for module in _modules(package) for code in _codes(module)}
    return dict(sorted(codes.items()))


def _modules(package: str) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        yield importlib.import_module(found.name)


def _codes(module: ModuleType) -> Iterator[Code]:
    return (value for value in vars(module).values() if isinstance(value, Code))
