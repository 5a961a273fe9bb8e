"""The systems, found by being there: a file a system."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gridlang.crm.system import System


def systems() -> dict[str, System]:
    """All systems by name, in alphabetical order."""
    found = (importlib.import_module(f"{__name__}.{module.name}").SYSTEM for module in pkgutil.iter_modules(__path__))
    return {system.name: system for system in sorted(found, key=lambda system: system.name)}
