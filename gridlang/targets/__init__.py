"""The targets: one folder each, found by being there; more of them come with installed packages (`installed`).

A folder is a target when its package has a `TARGET`; the others (`drawing`, `views`, `words`) are what targets share.
To add one, add its folder.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gridlang.targets.interface import Target


def discover() -> dict[str, Target]:
    """All targets of the house by name, in alphabetical order. A target's package loads fast: it imports its libraries
    when used."""
    return {target.name: target for target in sorted(_targets(), key=lambda target: target.name)}


def _targets() -> Iterator[Target]:
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            target = getattr(importlib.import_module(f"{__name__}.{module.name}"), "TARGET", None)
            if target is not None:
                yield target
