"""One proposal of a completion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import attrs
from lsprotocol import types as lsp

_PLACEHOLDER = re.compile(r"\$\{\d+(?::([^{}]*)|\|([^,|]*)[^}]*)?\}|\$\d")
Kind = lsp.CompletionItemKind


@attrs.frozen(kw_only=True)
class Offer:
    """What could be written. `snippet` holds places to fill in (`${1:name}`); `rank` 0 is shown first."""

    label: str
    kind: lsp.CompletionItemKind
    detail: str = ""
    doc: str | None = None
    snippet: str | None = None
    rank: int = 5

    @property
    def plain(self) -> str:
        """The text for a client that knows no snippets."""
        text, found = self.snippet or self.label, 1
        while found:  # one place to fill in may stand in another
            text, found = _PLACEHOLDER.subn(lambda place: place[1] or place[2] or "", text)
        return text


Offers: TypeAlias = Iterator[Offer]


def escaped(text: str) -> str:
    """A text that is no placeholder in a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
