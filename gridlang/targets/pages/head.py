"""The head of a page: title, purpose, period, money, and the segments with their sizes."""

from __future__ import annotations

import datetime as dt

import attrs

from gridlang.schedule.model import Segment
from gridlang.targets.pages.told import Context, Fact, Where, facts
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.money import bookings, total
from gridlang.targets.words import quantities
from gridlang.targets.words.predicates import predicate


@attrs.frozen(kw_only=True)
class SegmentView:
    """`share`: hundredths of the largest segment, for a bar."""

    title: str
    doc: str | None
    who: str
    persona: str | None
    size: str | None
    share: int
    anchor: str
    where: Where


@attrs.frozen(kw_only=True)
class Head:
    """What stands there."""

    title: str
    doc: str | None
    period: str
    facts: tuple[Fact, ...]
    segments: tuple[SegmentView, ...]
    where: Where
    missing: str | None
    """The locale that has no catalogue, so that the page is in English."""


def head(told: Context) -> Head:
    """What the plan is, in a glance."""
    plan = told.schedule.plan
    return Head(
        title=told.names.label(plan),
        doc=told.doc(plan),
        period=_period(told),
        facts=_facts(told),
        segments=_segments(told),
        where=told.where(plan.place),
        missing=told.words.missing,
    )


def _period(told: Context) -> str:
    plan = told.schedule.plan
    return quantities.date_range(told.words, plan.starts, plan.ends)


def _facts(told: Context) -> tuple[Fact, ...]:
    plan, say = told.schedule.plan, told.words.say
    booked = total(bookings(told.schedule))
    return facts(
        (say("Period"), (_period(told), _length(told))),
        (say("Budget"), quantities.money(told.words, plan.budget) if plan.budget else None),
        (say("Booked media"), tuple(told.words.money(amount, currency) for currency, amount in booked.items())),
        (say("Journey"), told.names.label(told.schedule.journey)),
        (say("Calendar"), told.names.label(told.schedule.calendar)),
        (say("Time zone"), plan.timezone),
    )


def _length(told: Context) -> str:
    plan = told.schedule.plan
    days = (dt.date.fromisoformat(plan.ends) - dt.date.fromisoformat(plan.starts)).days + 1
    return told.words.count("%(number)s day", "%(number)s days", days)


def _who(told: Context, segment: Segment) -> str:
    """The predicate in words; who is left, where other segments come before."""
    if segment.where:
        return predicate(told.names, segment.where)
    say = told.words.say
    return say("everybody else") if len(told.schedule.segments) > 1 else say("everybody")


def _segments(told: Context) -> tuple[SegmentView, ...]:
    largest = max((segment.size or 0 for segment in told.schedule.segments), default=0)
    return tuple(
        SegmentView(
            title=told.names.label(segment),
            doc=told.doc(segment),
            who=_who(told, segment),
            persona=segment.persona,
            size=told.words.number(segment.size) if segment.size is not None else None,
            share=round((segment.size or 0) / largest * 100) if largest else 0,
            anchor=anchor("segment", segment.name),
            where=told.where(segment.place),
        )
        for segment in told.schedule.segments
    )
