"""A line of schedule.json: the innermost thing around it that says where it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from gridlang.tracing.origin import Origin

if TYPE_CHECKING:
    from gridlang.tracing.forms import Asked

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|-?\d+(?:\.\d+)?|\n|true|false|null')


@attrs.define
class _Thing:
    """An object of the document: the lines from `first` to `last`, and its own simple values by key."""

    first: int
    depth: int
    values: dict[str, Any] = attrs.field(factory=dict)
    last: int = 0


def origins(asked: Asked) -> Iterator[Origin]:
    """Of all objects that stand on the line or around it, the smallest that have a place."""
    things = [each for each in _things(asked.text) if each.first <= asked.line <= each.last]
    places = _places(asked.text)
    inside = sorted(things, key=lambda each: (each.last - each.first, -each.depth))
    found = [(each, origin) for each in inside if (origin := _origin(each, places)) is not None]
    smallest = [each.last - each.first for each, _ in found][:1]
    yield from (origin for each, origin in found if each.last - each.first in smallest)


def _origin(thing: _Thing, places: list[dict[str, Any]]) -> Origin | None:
    values = thing.values
    if {"file", "line", "declaration"} <= set(values):
        return Origin(file=values["file"], line=values["line"], declaration=values["declaration"], what="place")
    if {"path", "sha256"} <= set(values):
        return Origin(file=values["path"], line=1, what="source")
    place = values.get("place")
    if not isinstance(place, int) or not 0 <= place < len(places):
        return None
    at = places[place]
    return Origin(
        file=at["file"],
        line=at["line"],
        declaration=at["declaration"],
        what=str(values.get("name") or values.get("id") or ""),
    )


def _places(text: str) -> list[dict[str, Any]]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return []
    places = document.get("places", []) if isinstance(document, dict) else []
    return [each for each in places if isinstance(each, dict) and {"file", "line", "declaration"} <= set(each)]


def _things(text: str) -> Iterator[_Thing]:
    """The objects of the document, each when it ends."""
    stack: list[_Thing | None] = []
    line, key = 1, None
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign == "\n":
            line += 1
        elif sign in "{[":
            stack.append(_Thing(line, len(stack)) if sign == "{" else None)
            key = None
        elif sign in "}]":
            ended = stack.pop() if stack else None
            if ended is not None:
                ended.last = line
                yield ended
        elif stack and stack[-1] is not None:
            if key is None and sign.startswith('"') and text[token.end() : token.end() + 1] == ":":
                key = json.loads(sign)
            elif key is not None:
                stack[-1].values[key] = json.loads(sign)
                key = None
