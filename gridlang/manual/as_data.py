"""Pages as plain data, for machines."""

from __future__ import annotations

from typing import Any

import attrs

from gridlang.manual.pages import Block, Page


def page(page: Page) -> dict[str, Any]:
    """The page as JSON holds it; every block says of which sort it is."""
    blocks = [_block(block) for block in page.blocks]
    return {"sort": page.sort, "name": page.name, "title": page.title, "blocks": blocks}


def _block(block: Block) -> dict[str, Any]:
    return {"block": type(block).__name__.lower(), **attrs.asdict(block)}
