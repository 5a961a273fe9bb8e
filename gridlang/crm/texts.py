"""Texts as a cell of an import file may hold them."""

from __future__ import annotations

import re
import unicodedata

from gridlang.formulas import neutral
from gridlang.schedule import clock

MARK = "…"


def cell(text: str, most: int | None = None) -> str:
    """A text that no spreadsheet works out, cut at a word where a system takes no more."""
    return cut(neutral(clean(text)), most)


def line(text: str, most: int | None = None) -> str:
    """The same on one line."""
    return cell(" ".join(clean(text).split()), most)


def body(lines: tuple[str, ...], trace: str, most: int | None = None) -> str:
    """A text of several lines whose last says where it comes from; that one is never cut."""
    text = neutral(clean("\n".join(lines)))
    return f"{cut(text, None if most is None else most - len(trace) - 1)}\n{trace}"


def clean(text: str) -> str:
    """Without control characters but line ends, which are `\\n`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def cut(text: str, most: int | None) -> str:
    """At most so many characters: whole words, and a mark that something is missing. No letter loses its accents, and
    no emoji is torn apart."""
    if most is None or len(text) <= most:
        return text
    kept = text[: most - len(MARK)]
    if not text[len(kept)].isspace():
        found = re.search(r"\s\S*$", kept)
        # A word that takes half of the room is cut itself.
        kept = kept[: found.start()] if found and found.start() >= most // 2 else _whole(text, len(kept))
    return kept.rstrip() + MARK


def _whole(text: str, end: int) -> str:
    """The text up to a place where a letter begins."""
    joins = "\u200d"
    while end and (unicodedata.combining(text[end]) or text[end] in joins + "\ufe0f" or text[end - 1] in joins):
        end -= 1
    return text[:end]


def utc(moment: int) -> str:
    """`2027-02-01T08:00:00Z`."""
    return f"{clock.local(moment, 'UTC').isoformat()}Z"


def utc_day(moment: int) -> str:
    """`2027-02-01`, in UTC."""
    return clock.local(moment, "UTC").date().isoformat()


def utc_time(moment: int) -> str:
    """`08:00`, in UTC."""
    return clock.local(moment, "UTC").strftime("%H:%M")
