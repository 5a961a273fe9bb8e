"""A line of a calendar: the entry around it, and its properties that say where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gridlang.tracing.origin import Origin

if TYPE_CHECKING:
    from gridlang.tracing.forms import Asked

_ENTRIES = ("VEVENT", "VTODO")


def origins(asked: Asked) -> Iterator[Origin]:
    """The entry on that line; a line that begins with a blank goes on from the one before."""
    lines = asked.text.replace("\r\n", "\n").split("\n")
    first = next((at for at in range(asked.line - 1, -1, -1) if _edge(lines[at], "BEGIN")), None)
    last = next((at for at in range(asked.line - 1, len(lines)) if _edge(lines[at], "END")), None)
    ended_before = any(_edge(line, "END") for line in lines[(first or 0) : asked.line - 1])
    if first is None or last is None or ended_before:
        return
    values = dict(_properties(lines[first : last + 1]))
    file, _, line = values.get("X-GRIDLANG-SOURCE", "").rpartition(":")
    if line.isdigit():
        yield Origin(
            file=file,
            line=int(line),
            declaration=values.get("X-GRIDLANG-DECLARATION", ""),
            what=values.get("SUMMARY", ""),
            id=values.get("UID", "").split("@")[0],
        )


def _edge(line: str, word: str) -> bool:
    return line.startswith(f"{word}:") and line.partition(":")[2] in _ENTRIES


def _properties(lines: list[str]) -> Iterator[tuple[str, str]]:
    unfolded = "\n".join(lines).replace("\n ", "").replace("\n\t", "")
    for line in unfolded.split("\n"):
        name, _, value = line.partition(":")
        plain = value.replace("\\n", " ").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
        yield name.split(";")[0], plain
