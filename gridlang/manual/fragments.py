"""The parts of the manual that people write: Markdown, cut into sections and blocks.

Only what the texts use is understood: `## name` begins a section, `### title` a heading in it, a fence an example,
`- ` an item of a list, `|` a row of a table, anything else a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gridlang import resources
from gridlang.manual.pages import Block, Example, Heading, Listing, Prose, Rows

_SECTION = re.compile(r"^## (.+)\n", re.MULTILINE)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```\n?", re.MULTILINE | re.DOTALL)


def sections(name: str) -> dict[str, tuple[Block, ...]]:
    """The sections of one text by their heading, in order. What stands before the first is under the empty name."""
    first, *others = _SECTION.split(resources.manual_text(name))
    found = {"": tuple(blocks(first))} if first.strip() else {}
    return found | {
        heading.strip(): tuple(blocks(body)) for heading, body in zip(others[::2], others[1::2], strict=True)
    }


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a piece of Markdown."""
    parts = _FENCE.split(text)
    for number in range(0, len(parts), 3):
        for piece in re.split(r"\n\s*\n", parts[number]):
            if piece.strip():
                yield _block(piece.strip("\n"))
        if number + 2 < len(parts):
            yield Example(parts[number + 2], language=parts[number + 1])


def _block(piece: str) -> Block:
    if piece.startswith("### "):
        return Heading(piece.removeprefix("### "))
    if piece.startswith("- "):
        return Listing(tuple(_joined(item) for item in re.split(r"^- ", piece, flags=re.MULTILINE)[1:]))
    if piece.startswith("|"):
        head, _, *rows = [_cells(line) for line in piece.splitlines()]
        return Rows(head, tuple(rows))
    return Prose(_joined(piece))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|")))
