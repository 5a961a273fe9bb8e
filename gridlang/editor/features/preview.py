"""`gridlang/preview`: the declaration under the cursor as a picture, with its steps, also while the rest is broken."""

from __future__ import annotations

from typing import Any

from lsprotocol import types as lsp

from gridlang.editor import drawn, positions
from gridlang.editor.asking import Asked, Feature
from gridlang.editor.index.path import declaration_at

METHOD = "gridlang/preview"


def preview(asked: Asked) -> dict[str, Any] | None:
    """`{kind, name, svg, stale, step, steps: [{id, element, range}]}`; nothing where there is nothing to draw.

    `step` is the one at the cursor; `element` is the id of the step's element in the SVG.
    """
    source = asked.text.source
    offset = positions.offset_of(source, _position(asked.params), asked.encoding)
    node = declaration_at(asked.text.file, offset)
    found = drawn.drawing(asked.text, node) if node is not None else None
    if found is None:
        return None
    return {
        "kind": found.kind,
        "name": found.name,
        "svg": found.svg,
        "stale": found.stale,
        "step": drawn.step_at(found, offset, source),
        "steps": [
            {"id": id, "element": element, "uri": asked.uri(span), "range": _plain(asked.range(span))}
            for id, element, span in found.steps
        ],
    }


def _position(params: Any) -> lsp.Position:
    """The position of a request that pygls does not know the shape of; the start when there is none."""
    found = _part(params, "position")
    line, character = _part(found, "line"), _part(found, "character")
    if isinstance(line, int) and isinstance(character, int) and line >= 0 and character >= 0:
        return lsp.Position(line, character)
    return lsp.Position(0, 0)


def _part(of: Any, name: str) -> Any:
    return of.get(name) if isinstance(of, dict) else getattr(of, name, None)


def _plain(range: lsp.Range) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": range.start.line, "character": range.start.character},
        "end": {"line": range.end.line, "character": range.end.character},
    }


FEATURES = (Feature(METHOD, preview),)
