"""How wide a text is, and where it breaks.

Every text of a drawing also carries its width (`textLength`), so that it keeps its room in a browser that has none of
the faces of the style.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from gridlang.targets.direction import closed
from gridlang.targets.drawing.widths import BOLD, REGULAR

ELLIPSIS = "…"
_WIDE, _OTHER = 1100, 620
"""Thousandths: East Asian and emoji, and letters of alphabets that the table does not hold."""


def clean(text: str) -> str:
    """One line that XML can hold: line ends and runs of blanks become one blank, control characters a mark."""
    shown = (
        " " if sign.isspace() else "\ufffd" if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text
    )
    return closed(" ".join("".join(shown).split()))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in pixels at a font size in pixels."""
    return sum(map(_table(bold).__getitem__, text)) * size / 1000


def wrap(text: str, room: float, size: float, *, bold: bool = False, lines: int = 3) -> tuple[str, ...]:
    """The text in at most `lines` lines no wider than `room` pixels; what is left over becomes an ellipsis."""
    done: list[str] = []
    words = _words(clean(text), room, size, bold)
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if not line or width(longer, size, bold=bold) <= room:
            line = longer
        elif len(done) + 1 < lines:
            done.append(line)
            line = word
        else:
            line = _shortened(f"{line} {ELLIPSIS}", room, size, bold)
            break
    return (*done, line) if line else tuple(done)


def _words(text: str, room: float, size: float, bold: bool) -> list[str]:
    """The words, those that are wider than the room cut in pieces; only as much of a long text as could ever show."""
    pieces: list[str] = []
    for word in text[:2000].split(" "):
        while width(word, size, bold=bold) > room:
            fits = _fitting(word, room, size, bold)
            pieces.append(word[:fits])
            word = word[fits:]
        pieces.append(word)
    return [piece for piece in pieces if piece]


def _fitting(word: str, room: float, size: float, bold: bool) -> int:
    """How many signs of a word fit, at least one."""
    taken = 0.0
    for count, sign in enumerate(word):
        taken += _table(bold)[sign] * size / 1000
        if taken > room:
            return max(count, 1)
    return len(word)


def _shortened(line: str, room: float, size: float, bold: bool) -> str:
    """A line that ends in an ellipsis, cut until it fits."""
    kept = line.removesuffix(ELLIPSIS).rstrip()
    while kept and width(kept + ELLIPSIS, size, bold=bold) > room:
        kept = kept[:-1].rstrip()
    return kept + ELLIPSIS


class _Advances(dict[str, int]):
    """How far each sign takes the pen; one that the style's face does not hold is guessed when it is asked for."""

    def __missing__(self, sign: str) -> int:
        self[sign] = guessed = _guessed(sign)
        return guessed


def _guessed(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Mn", "Me"):
        return 0
    if unicodedata.east_asian_width(sign) in "WF" or ord(sign) >= 0x1F000:
        return _WIDE
    return _OTHER


@cache
def _table(bold: bool) -> _Advances:
    return _Advances({sign: wide for wide, signs in (BOLD if bold else REGULAR).items() for sign in signs})
