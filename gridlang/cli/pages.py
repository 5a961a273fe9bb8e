"""The pages of the manual, as `grid explain` shows them."""

from __future__ import annotations

import json
import re
from typing import Literal

from gridlang.cache import remembered
from gridlang.manual import as_data, contents, terminal
from gridlang.manual.pages import Page

Style = Literal["text", "json"]


def find(what: str) -> Page | None:
    """The page of a code, by its id or name, or of a word of the language."""
    return contents.find(what, remembered)


def overview() -> Page:
    """The table of contents."""
    return contents.overview()


def is_id(what: str) -> bool:
    """Whether it has the form of a row's id (R24)."""
    return re.fullmatch(r"[0-9a-f]{20}", what) is not None


def unknown(what: str) -> str:
    """A word about something that has no page, with the nearest that have one."""
    near = contents.near(what)
    hint = f" Did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else ""
    return (
        f"`{what}` is not the code of a finding nor a word of the language, and there is no run here whose rows could "
        f"have it as their id (--run DIR).{hint}"
    )


def shown(page: Page, style: Style, *, color: bool) -> str:
    """The page for people, or for machines."""
    if style == "json":
        return json.dumps(as_data.page(page), ensure_ascii=False, indent=2)
    return terminal.render(page, color=color)
