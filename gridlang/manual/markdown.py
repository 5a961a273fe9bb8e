"""Pages as Markdown, for the reference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from gridlang.manual.pages import Block, Example, Heading, Listing, Prose, Rows
from gridlang.manual.wrapping import wrapped

WIDTH = 120


def render(blocks: Iterable[Block], level: int) -> str:
    """Blocks one after another; a heading in them is of that level."""
    return "\n".join(f"{_block(block, level)}\n" for block in blocks)


def _block(block: Block, level: int) -> str:
    match block:
        case Prose():
            return wrapped(f"**{block.label}:** {block.text}" if block.label else block.text, WIDTH)
        case Listing():
            return "\n".join(wrapped(item, WIDTH, "- ", "  ") for item in block.items)
        case Example():
            label = f"{block.label}:\n\n" if block.label else ""
            return f"{label}```{block.language}\n{block.text.rstrip()}\n```"
        case Rows():
            return _table(block)
        case Heading():
            return f"{'#' * level} {block.text}"
        case _:
            assert_never(block)


def _table(table: Rows) -> str:
    rows = [table.head, tuple("---" for _ in table.head), *table.rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
