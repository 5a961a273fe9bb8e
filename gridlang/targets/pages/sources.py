"""The list of sources: every place the page speaks of, by file and line."""

from __future__ import annotations

import attrs

from gridlang.targets.pages.told import Context
from gridlang.targets.views.anchors import anchor


@attrs.frozen
class LineView:
    """A line that something on the page was written at."""

    line: int
    anchor: str
    declarations: tuple[str, ...]


@attrs.frozen
class FileView:
    """A file with the beginning of its hash (SHA-256), so that a printed page can be told from a newer plan."""

    path: str
    sha256: str
    lines: tuple[LineView, ...]


def sources(told: Context) -> tuple[FileView, ...]:
    """All places that were asked for so far, so this is told last."""
    hashes = {source.path: source.sha256 for source in told.schedule.sources}
    files: dict[str, dict[int, dict[str, None]]] = {path: {} for path in hashes}
    for place in told.asked:
        at = told.schedule.places[place]
        files.setdefault(at.file, {}).setdefault(at.line, {})[at.declaration] = None
    for path, number in told.lines:
        files.setdefault(path, {}).setdefault(number, {})
    return tuple(
        FileView(
            path,
            hashes.get(path, "")[:12],
            tuple(
                LineView(line, anchor("source", path, str(line)), tuple(declarations))
                for line, declarations in sorted(lines.items())
            ),
        )
        for path, lines in files.items()
        if lines
    )
