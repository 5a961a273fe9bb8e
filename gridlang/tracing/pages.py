"""A line of a page: the places that stand on it, else those of what it links to, else the next below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gridlang.tracing.origin import Origin, written

if TYPE_CHECKING:
    from gridlang.tracing.forms import Asked

_LINK = re.compile(r'(?:href="#|id="|data-link="#?)([^"]+)"')
_NEAR = 40
"""Lines to look on for a place: a card ends with it."""


def origins(asked: Asked) -> Iterator[Origin]:
    """HTML and Markdown alike."""
    lines = asked.text.split("\n")
    here = asked.line - 1
    if found := list(written(lines[here], asked.schedule)):
        yield from found
        return
    for anchor in dict.fromkeys(_LINK.findall(lines[here])):
        target = next((at for at, line in enumerate(lines) if f'id="{anchor}"' in line and at != here), None)
        if target is not None and (found := _from(lines, target, asked)):
            yield from found
            return
    yield from _from(lines, here, asked) or _before(lines, here, asked)


def _from(lines: list[str], start: int, asked: Asked) -> list[Origin]:
    for line in lines[start : start + _NEAR]:
        if found := list(written(line, asked.schedule)):
            return found
    return []


def _before(lines: list[str], start: int, asked: Asked) -> list[Origin]:
    for line in reversed(lines[max(start - _NEAR, 0) : start]):
        if found := list(written(line, asked.schedule)):
            return found
    return []
