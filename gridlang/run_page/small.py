"""How people are counted on a page that is passed round: exactly from five up, and of fewer only that they are few.

One household of a segment, or two people who answered: whoever knows them could read off the page what they are and
did. The limit is against a glance, not against arithmetic: who knows all other figures of a sum can still subtract.
What the firm itself did (touches, tasks, delays by its rules) is counted exactly. The tables of a run hold everything,
and are for those who may see them.
"""

from __future__ import annotations

from decimal import Decimal

from gridlang.targets.words import Words

FEW = 5


def is_small(number: int) -> bool:
    """Whether so many people are too few to be counted out."""
    return 0 < number < FEW


def people(words: Words, number: int) -> str:
    """`1,204`, `0`, or `1–4`."""
    return f"{words.number(1)}–{words.number(FEW - 1)}" if is_small(number) else words.number(number)


def share(words: Words, part: int, whole: int) -> str:
    """`34 %`; nothing where it would count out a few."""
    if whole < FEW or is_small(part):
        return ""
    return words.whole_percent(part, whole)


def counted(words: Words, part: int, whole: int) -> str:
    """`412 · 34 %`."""
    return " · ".join(filter(None, (people(words, part), share(words, part, whole))))


def bar(part: int | Decimal, whole: int | Decimal) -> int:
    """The length of a bar in hundredths; a few are as long as any few."""
    if isinstance(part, int) and is_small(part):
        part = FEW // 2
    return min(100, round(part * 100 / whole)) if whole else 0
