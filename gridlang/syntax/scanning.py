"""Cuts a text into tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gridlang.syntax import mistakes
from gridlang.syntax.tables import tables

_TAIL = re.compile(r"[ \t]*[{}][ \t{}]*\Z")
_ODD_QUOTE = re.compile("[“”„‟«»″]")


_WORDS = ("KEY", "GENERIC", "NAME")
_SURE = ("COLON", "COMMA", "LBRACE", "RBRACE", "ARROW", "TEXT", "LPAR", "RPAR")
"""Nothing else begins like these."""


@cache
def token_pattern() -> re.Pattern[str]:
    """One expression for all tokens, after any white space; `BAD` is a character that begins none.

    What is frequent is tried first, and what begins with a digit only before a digit: half the time of the order of
    the grammar.
    """
    patterns = {**mistakes.FIRST, **dict(tables().patterns), **mistakes.LAST}
    white = patterns.pop("WHITESPACE")
    del patterns["WAS"]  # a KEY, and this word where the grammar takes it
    groups = {name: f"(?P<{name}>{pattern})" for name, pattern in patterns.items()}
    digits = [name for name, pattern in patterns.items() if pattern.startswith("[0-9]")]
    rest = [name for name in patterns if name not in (*_WORDS, *_SURE, *digits)]
    frequent = "|".join(groups[name] for name in (*_WORDS, *_SURE))
    numbers = "|".join(groups[name] for name in digits)
    others = "|".join(groups[name] for name in rest)
    return re.compile(rf"(?:{white})?(?:{frequent}|(?=[0-9])(?:{numbers})|{others}|(?P<STOP>\Z)|(?P<BAD>[\s\S]))")


def tokens(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The tokens between two offsets: kind, start and end. Remarks and docs are among them, white space is not."""
    scan = token_pattern().finditer
    at = start
    while at is not None:
        restart = None
        for match in scan(text, at, end):
            kind = match.lastgroup or "BAD"
            first, last = match.span(kind)
            if kind == "UNCLOSED_TEXT":
                last = restart = first + len(unclosed(match[kind]))
                yield kind, first, last
                break
            if kind == "STOP":
                return
            yield kind, first, last
        if restart is None:
            return
        at = restart


def unclosed(raw: str) -> str:
    """How much of a line from its lone quote on was probably meant as text: braces at the end of the line are not."""
    odd = _ODD_QUOTE.search(raw)
    if odd and not raw[odd.end() :].strip(" \t{}"):
        return raw[: odd.end()]
    tail = _TAIL.search(raw, max(1, len(raw) - 200))
    return raw[: tail.start()] if tail else raw.rstrip()
