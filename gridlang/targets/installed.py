"""Targets of installed packages: the entry points `gridlang.targets`.

    [project.entry-points."gridlang.targets"]
    my_crm = "my_package:TARGET"

Only what the user installed is ever loaded, and only when somebody names it: a plan's `grid.toml` names a target, never
code. What is wrong with such a package is told as a finding, since it is neither the plan's fault nor ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from gridlang.diagnostics.codes import settings as codes
from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.targets.interface import Options, Target

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "gridlang.targets"


def entries() -> dict[str, EntryPoint]:
    """The targets that installed packages name, not loaded; of two with one name the first by package."""
    from importlib.metadata import entry_points

    found = sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, package(entry), entry.value))
    return {entry.name: entry for entry in reversed(found)}


def package(entry: EntryPoint) -> str:
    """The name of the package that an entry point comes with."""
    return entry.dist.name if entry.dist is not None else entry.value


def load(entry: EntryPoint) -> Outcome[Target | None]:
    """The target of an entry point, or why it is none (G0907)."""
    try:
        target = entry.load()
        reason = _unlike(entry.name, target)
    except Exception as error:  # whatever a stranger's module does when it is imported
        reason = f"{type(error).__name__}: {error}"
    if reason is None:
        return Outcome(target)
    return Outcome(None, (broken(entry.name, package(entry), reason),))


def broken(name: str, package: str, reason: str) -> Diagnostic:
    """A finding about a target of an installed package."""
    return codes.BROKEN_TARGET.at(None, name=name, package=package, reason=reason)


def _unlike(name: str, target: Any) -> str | None:
    """What keeps an object from being a target."""
    options = getattr(target, "options", None)
    if getattr(target, "name", None) != name:
        return f"its `name` is not `{name}`, as its entry point calls it"
    if not isinstance(getattr(target, "doc", None), str):
        return "it has no `doc`, a line about what it makes"
    if not (isinstance(options, type) and issubclass(options, Options) and attrs.has(options)):
        return "its `options` are no attrs class that starts from `gridlang.targets.interface.Options`"
    if not callable(getattr(target, "files", None)):
        return "it has no method `files(schedule, options)`"
    options()
    return None


def known(house: Mapping[str, Target]) -> tuple[str, ...]:
    """The names of all targets, of the house and of installed packages."""
    return tuple(sorted({*house, *entries()}))
