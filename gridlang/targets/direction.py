"""Texts that run from right to left: what one of them begins, it ends, so that its neighbours keep their order."""

from __future__ import annotations

_ENDS = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", "\u2069"),
}
"""Embeddings, overrides and isolates of Unicode, each with the sign that ends it."""


def closed(text: str) -> str:
    """The text, with whatever direction it leaves open ended behind it."""
    if text.isascii() or _ENDS.keys().isdisjoint(text):
        return text
    open_ends: list[str] = []
    for sign in text:
        if sign in _ENDS:
            open_ends.append(_ENDS[sign])
        elif sign == "\u2069" and sign in open_ends:
            # The end of an isolate ends what was opened within it too.
            while open_ends.pop() != sign:
                pass
        elif open_ends and sign == open_ends[-1]:
            open_ends.pop()
    return text + "".join(reversed(open_ends))
