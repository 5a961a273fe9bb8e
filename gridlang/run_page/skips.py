"""What was not made, and why; and what moved what was made."""

from __future__ import annotations

from collections import Counter

import attrs

from gridlang.run_page import small
from gridlang.run_page.pressure import length
from gridlang.runtime.figures import Figures
from gridlang.targets.pages.told import Chip, Context, MarkView, Where
from gridlang.targets.words.reasons import REASONS, RULES


@attrs.frozen(kw_only=True)
class ReasonView:
    """A reason, and how many touches were not made for it."""

    reason: str
    times: str
    share: str
    bar: int


@attrs.frozen(kw_only=True)
class SkipView:
    """A campaign's channel with a figure for each reason that there is."""

    chip: Chip
    mark: MarkView | None
    figures: tuple[str, ...]


@attrs.frozen(kw_only=True)
class DelayView:
    """A rule that moved touches: how many, and by how long on average."""

    rule: str
    of: str
    times: str
    average: str
    bar: int
    where: Where


@attrs.frozen(kw_only=True)
class SkipsView:
    """What stands there."""

    reasons: tuple[ReasonView, ...]
    skips: tuple[SkipView, ...]
    delays: tuple[DelayView, ...]


def skips(told: Context, figures: Figures) -> SkipsView:
    """Reasons in order of the rules; campaigns and channels in order of declaration; the most frequent delay first."""
    sums: Counter[str] = Counter()
    for key, rows in figures.skipped.items():
        sums[key.reason] += rows
    found = [reason for reason in REASONS if sums[reason]]
    most, whole = max(sums.values(), default=0), sum(sums.values())
    return SkipsView(
        reasons=tuple(
            ReasonView(
                reason=told.words.say(REASONS[reason]),
                times=small.people(told.words, sums[reason]),
                share=small.share(told.words, sums[reason], whole),
                bar=small.bar(sums[reason], most),
            )
            for reason in found
        ),
        skips=_skips(told, figures, found),
        delays=_delays(told, figures),
    )


def _skips(told: Context, figures: Figures, reasons: list[str]) -> tuple[SkipView, ...]:
    by: dict[tuple[str, str], Counter[str]] = {}
    for key, rows in figures.skipped.items():
        by.setdefault((key.campaign, key.channel), Counter())[key.reason] += rows
    order = {channel.name: number for number, channel in enumerate(told.schedule.channels)}
    return tuple(
        SkipView(
            chip=told.campaign(campaign),
            mark=told.mark(channel) if channel else None,
            figures=tuple(small.people(told.words, by[campaign.name, channel][reason]) for reason in reasons),
        )
        for campaign in told.schedule.campaigns
        for channel in sorted(
            (channel for name, channel in by if name == campaign.name), key=lambda name: order.get(name, -1)
        )
    )


def _delays(told: Context, figures: Figures) -> tuple[DelayView, ...]:
    """By rule and place, over all channels."""
    rows: Counter[tuple[str, int]] = Counter()
    seconds: Counter[tuple[str, int]] = Counter()
    for key, number in figures.delayed.items():
        rows[key.rule, key.place] += number
        seconds[key.rule, key.place] += figures.seconds[key]
    most = max(rows.values(), default=0)
    return tuple(
        DelayView(
            rule=told.words.say(RULES[rule]) if rule in RULES else rule,
            of=told.schedule.places[place].declaration,
            times=told.words.number(number),
            average=length(told.words, seconds[rule, place] / number),
            bar=small.bar(number, most),
            where=told.where(place),
        )
        for (rule, place), number in sorted(rows.items(), key=lambda each: (-each[1], each[0]))
    )
