"""Breaking paragraphs into lines, never inside a short piece of `code`."""

from __future__ import annotations

import re
import textwrap

_CODE = re.compile(r"`[^`]{1,40}`")
_KEPT = "\u00a0"


def wrapped(text: str, width: int, first: str = "", following: str = "") -> str:
    """The text in lines of at most `width`; `first` and `following` stand before them."""
    held = _CODE.sub(lambda code: code[0].replace(" ", _KEPT), text)
    filled = textwrap.fill(
        held, width, initial_indent=first, subsequent_indent=following, break_long_words=False, break_on_hyphens=False
    )
    return filled.replace(_KEPT, " ")
