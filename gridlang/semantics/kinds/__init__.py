"""The kinds of declaration, a file each: its table of fields and how it becomes a record of the schedule.

To add a kind, add its file with a `KIND`; it is found from here.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from gridlang.semantics.kinds.base import Kind


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its word, found from the files of this folder."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    found = [module.KIND for module in modules if hasattr(module, "KIND")]
    return {kind.word: kind for kind in sorted(found, key=lambda kind: kind.word)}
