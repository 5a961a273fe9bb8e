"""Pressure as it was: the touches people got in the windows of each cap, and how many it held back for how long."""

from __future__ import annotations

from collections import Counter

import attrs

from gridlang.quantities import Rate
from gridlang.run_page import small
from gridlang.runtime.figures import Figures, caps_of
from gridlang.schedule.model import Cap, Channel, Rule
from gridlang.targets.pages.rules import cap as cap_in_words
from gridlang.targets.pages.told import Context, Where
from gridlang.targets.views.anchors import anchor
from gridlang.targets.words import Words, phrase


@attrs.frozen(kw_only=True)
class PeakView:
    """Those whose busiest window had so many touches; `mark` says which row is the cap, or beyond it."""

    touches: str
    people: str
    share: str
    bar: int
    state: str
    """`below`, `at` or `over`, a style; `mark` says it in words."""
    mark: str


@attrs.frozen(kw_only=True)
class HeldView:
    """Touches that a cap held back, by how long; `made` in the end, or given up."""

    delay: str
    made: str
    given_up: str
    bar: int


@attrs.frozen(kw_only=True)
class CapView:
    """A cap as it worked."""

    title: str
    anchor: str
    says: str
    per_account: bool
    peaks: tuple[PeakView, ...]
    at_cap: str
    held: tuple[HeldView, ...]
    held_sum: str
    where: Where


def pressure(told: Context, figures: Figures) -> tuple[CapView, ...]:
    """The caps that plan and channels set, those that nothing ever came under left out when the library wrote them."""
    found = []
    for number, (owner, cap) in enumerate(caps_of(told.schedule)):
        peaks = {most: people for (of, most), people in figures.counts.pressure.items() if of == number}
        if peaks or not told.names.from_library(owner.place):
            found.append(_cap(told, figures, owner, cap, peaks))
    return tuple(found)


def _cap(told: Context, figures: Figures, owner: Channel | Rule, cap: Cap, peaks: dict[int, int]) -> CapView:
    words, limit = told.words, Rate.parse(cap.rate).count
    held, seconds = _held(figures, owner, cap)
    return CapView(
        title=told.names.label(owner),
        anchor=anchor("cap", "channel" if isinstance(owner, Channel) else "rule", owner.name),
        says=cap_in_words(told, cap),
        per_account=cap.per_account,
        peaks=_peaks(told, figures, cap, peaks, limit),
        at_cap=small.people(words, sum(people for most, people in peaks.items() if most >= limit)),
        held=_held_views(told, held),
        held_sum=_sum(words, sum(held.values()), seconds),
        where=told.where(cap.place),
    )


def _peaks(told: Context, figures: Figures, cap: Cap, peaks: dict[int, int], limit: int) -> tuple[PeakView, ...]:
    words = told.words
    whole = figures.counts.accounts if cap.per_account else figures.counts.contacts
    everybody = {0: max(0, whole - sum(peaks.values())), **peaks}
    tallest = max(everybody.values())
    return tuple(
        PeakView(
            touches=words.number(most),
            people=small.people(words, everybody.get(most, 0)),
            share=small.share(words, everybody.get(most, 0), whole),
            bar=small.bar(everybody.get(most, 0), tallest),
            state="over" if most > limit else "at" if most == limit else "below",
            mark=words.say("over the cap") if most > limit else words.say("the cap") if most == limit else "",
        )
        for most in _rows(max(everybody), limit)
    )


def _rows(most: int, limit: int) -> list[int]:
    """From none to the cap, and beyond it where somebody was; of a cap too high to list, the part that was used."""
    return list(range(max(most, limit) + 1 if limit <= most + 20 else most + 2))


Held = dict[tuple[bool, int], int]
"""Rows by whether they were made, and by sort of delay."""


def _held(figures: Figures, owner: Channel | Rule, cap: Cap) -> tuple[Held, int]:
    """A channel that starts from another shares its cap's place, so a channel's cap is told from its rows."""
    held: Counter[tuple[bool, int]] = Counter()
    seconds = 0
    for key, rows in figures.delayed.items():
        own = isinstance(owner, Rule) or key.channel == owner.name
        if key.rule == "cap" and key.place == cap.place and own:
            held[key.made, key.sort] += rows
            seconds += figures.seconds[key]
    return dict(held), seconds


SORTS = (
    phrase("up to an hour"),
    phrase("up to a day"),
    phrase("up to three days"),
    phrase("up to a week"),
    phrase("longer than a week"),
)
"""Delays, by their sort in `Figures`."""


def _held_views(told: Context, held: Held) -> tuple[HeldView, ...]:
    words, most = told.words, max(held.values(), default=0)
    return tuple(
        HeldView(
            delay=words.say(text),
            made=words.number(held.get((True, sort), 0)),
            given_up=words.number(held.get((False, sort), 0)),
            bar=small.bar(held.get((True, sort), 0), most),
        )
        for sort, text in enumerate(SORTS)
        if held.get((True, sort)) or held.get((False, sort))
    )


def _sum(words: Words, rows: int, seconds: int) -> str:
    if not rows:
        return words.say("It held nothing back.")
    return words.count(
        "It held back %(number)s touch, by %(time)s.",
        "It held back %(number)s touches, by %(time)s on average.",
        rows,
        time=length(words, seconds / rows),
    )


def length(words: Words, seconds: float) -> str:
    """`3 days`, `5 hours`, `20 minutes`: whole, in the largest unit of which there are two."""
    if seconds >= 2 * 86_400:
        return words.count("%(number)s day", "%(number)s days", round(seconds / 86_400))
    if seconds >= 2 * 3_600:
        return words.count("%(number)s hour", "%(number)s hours", round(seconds / 3_600))
    return words.count("%(number)s minute", "%(number)s minutes", round(seconds / 60))
