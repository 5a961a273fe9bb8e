"""The settings of a plan as a whole, and the way to their tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cached_property
from typing import Any, TypeVar

import attrs

from gridlang.diagnostics.codes import settings as codes
from gridlang.diagnostics.model import Diagnostic, Outcome
from gridlang.settings.places import Path, Places, find
from gridlang.settings.reading import Reading, unknown
from gridlang.source import Source, Span

T = TypeVar("T")

NAME = "grid.toml"
"""The file in a plan's folder."""
TABLES = ("build", "run", "targets", "lint")
"""The tables that a plan's settings may have, each read by whoever it is for."""


@attrs.frozen(eq=False)
class Settings:
    """What stands in a `grid.toml`; a plan without one has empty settings, in which every table has its defaults."""

    source: Source | None = None
    values: dict[str, Any] = attrs.field(factory=dict)

    def table(self, path: tuple[str, ...], kind: type[T]) -> Outcome[T]:
        """The table at `path` as an instance of the attrs class `kind`; what is wrong in it has its default."""
        reading = Reading(self.span)
        value = reading.table(kind, self._at(path), path)
        return Outcome(value, tuple(reading.problems))

    def names(self, *path: str) -> tuple[str, ...]:
        """The keys that stand in a table, as written; none when it is no table."""
        found = self._at(path)
        return tuple(found) if isinstance(found, dict) else ()

    def span(self, path: Path, *, key: bool = False) -> Span | None:
        """Where the value at a path stands, or its key; of a table its name, else the nearest thing around it."""
        if self.source is None:
            return None
        places = (self._places.keys, self._places.values) if key else (self._places.values, self._places.keys)
        while path:
            for known in places:
                if path in known:
                    return Span(self.source, *known[path])
            path = path[:-1]
        return Span(self.source, 0, 0)

    def unknown(self, path: tuple[str, ...], known: Iterable[str]) -> Iterable[Diagnostic]:
        """Findings about the keys of a table that are not among `known` (G0902)."""
        names = tuple(known)
        return (unknown(self.span, path, name, names) for name in self.names(*path) if name not in names)

    def _at(self, path: tuple[str, ...]) -> Any:
        found: Any = self.values
        for name in path:
            found = found.get(name, {}) if isinstance(found, dict) else {}
        return found

    @cached_property
    def _places(self) -> Places:
        assert self.source is not None
        return find(self.source.text)


def read(source: Source) -> Outcome[Settings]:
    """The settings in a text; tables that nobody reads are findings already here."""
    try:
        values = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return Outcome(Settings(), (_not_toml(source, str(error)),))
    except RecursionError:
        reason = "lists and tables stand too deep in each other"
        return Outcome(Settings(), (codes.NOT_TOML.at(Span(source, 0, 0), reason=reason),))
    settings = Settings(source, values)
    return Outcome(settings, tuple(settings.unknown((), TABLES)))


def _not_toml(source: Source, message: str) -> Diagnostic:
    """Python's reader puts the place behind its words."""
    found = re.fullmatch(
        r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", message
    )
    reason = found["reason"] if found else message
    if found and found["line"]:
        start = source.line_starts[int(found["line"]) - 1] + int(found["column"]) - 1
    else:
        start = max(len(source.text.rstrip()) - 1, 0)
    start = min(start, len(source.text))
    return codes.NOT_TOML.at(
        Span(source, start, min(start + 1, len(source.text))), reason=reason[:1].lower() + reason[1:]
    )
