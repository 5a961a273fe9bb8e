"""The head of a run's page: which plan, which days, how many people, what was made."""

from __future__ import annotations

import attrs

from gridlang.run_page import small
from gridlang.run_page.spans import counted_days, days_of
from gridlang.runtime.figures import Figures
from gridlang.schedule.clock import date_of
from gridlang.targets.pages.told import Context, Fact, Where, facts
from gridlang.targets.words import quantities


@attrs.frozen(kw_only=True)
class SegmentView:
    """`share` of all accounts in hundredths, for a bar."""

    title: str
    accounts: str
    share: int


@attrs.frozen(kw_only=True)
class Head:
    """What stands there; `missing` is a locale that has no catalogue.

    `counted` is the day from which earlier runs count too, where a run goes on from a state.
    """

    title: str
    doc: str | None
    facts: tuple[Fact, ...]
    segments: tuple[SegmentView, ...]
    where: Where
    missing: str | None
    counted: str | None


def head(told: Context, figures: Figures) -> Head:
    """A run in a glance."""
    plan = told.schedule.plan
    return Head(
        title=told.names.label(plan),
        doc=told.doc(plan),
        facts=_facts(told, figures),
        segments=_segments(told, figures),
        where=told.where(plan.place),
        missing=told.words.missing,
        counted=_counted(told, figures),
    )


def _counted(told: Context, figures: Figures) -> str | None:
    first, begun = counted_days(told.schedule, figures)[0], days_of(told.schedule, figures)[0]
    return told.words.date(date_of(first)) if first < begun else None


def _facts(told: Context, figures: Figures) -> tuple[Fact, ...]:
    say, number = told.words.say, told.words.number
    made = {
        kind: sum(rows for key, rows in figures.made.items() if key.kind == kind)
        for kind in ("touch", "task", "notice", "audience")
    }
    first, last = (date_of(day).isoformat() for day in days_of(told.schedule, figures))
    return facts(
        (say("Days of the run"), quantities.date_range(told.words, first, last)),
        (say("Accounts"), number(figures.counts.accounts)),
        (say("People"), number(figures.counts.contacts)),
        (say("Touches"), number(made["touch"])),
        (say("Tasks"), number(made["task"])),
        (say("Notices"), number(made["notice"]) if made["notice"] else None),
        (say("Put in audiences"), number(made["audience"]) if made["audience"] else None),
        (say("Not made"), small.people(told.words, sum(figures.skipped.values()))),
        (say("Rows refused"), number(figures.refused) if figures.refused else None),
    )


def _segments(told: Context, figures: Figures) -> tuple[SegmentView, ...]:
    counts, words = figures.counts.by_segment, told.words
    named = [(told.names.label(segment), counts.get(segment.name, 0)) for segment in told.schedule.segments]
    if counts.get(""):
        named.append((words.say("in no segment"), counts[""]))
    return tuple(
        SegmentView(
            title=title,
            accounts=small.people(words, accounts),
            share=small.bar(accounts, figures.counts.accounts),
        )
        for title, accounts in named
    )
