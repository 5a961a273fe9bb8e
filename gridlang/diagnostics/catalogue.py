"""All codes, found from the modules that define them; there is no list to forget one in."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from gridlang.diagnostics.model import Code


def find(*packages: ModuleType) -> dict[str, Code]:
    """The codes that the modules of these packages define, by id, in the order of their ids."""
    codes = {code.id: code for package in packages for module in _modules(package) for code in _codes(module)}
    return dict(sorted(codes.items()))


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def _codes(module: ModuleType) -> Iterator[Code]:
    return (value for value in vars(module).values() if isinstance(value, Code))
