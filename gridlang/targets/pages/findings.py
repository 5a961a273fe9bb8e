"""The findings of the check on the page: what, where, why, and the way out."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from gridlang.diagnostics.model import Diagnostic, Level
from gridlang.source import Span
from gridlang.targets.pages.told import Chip, Context, Text, Where, texts
from gridlang.targets.views.anchors import anchor
from gridlang.targets.words.findings import KINDS


@attrs.frozen(kw_only=True)
class FindingView:
    """A finding. `said` is what the check says of this very place, in English; `why` and `way_out` are in the language
    of the page where the kind has words in it, else the check's own, which `foreign` says."""

    anchor: str
    code: str
    level: str
    warns: bool
    title: str
    said: tuple[Text, ...]
    why: tuple[Text, ...]
    way_out: tuple[Text, ...]
    foreign: bool
    about: Chip | None
    segments: tuple[str, ...]
    where: Where | None
    related: tuple[tuple[str, Where], ...]


@attrs.frozen(kw_only=True)
class FindingsView:
    """`told`: whether anybody has checked; a page of a built schedule does not know. `english`: the page is."""

    told: bool
    english: bool
    sum: str
    findings: tuple[FindingView, ...]


def findings(told: Context, found: Sequence[Diagnostic] | None) -> FindingsView:
    """Warnings first, then notes, each in the order of files and lines; an error builds no page."""
    weighed = sorted(found or (), key=lambda each: each.level is not Level.WARNING)
    return FindingsView(
        told=found is not None,
        english=told.words.locale.language == "en",
        sum=_sum(told, weighed),
        findings=tuple(_finding(told, each, number) for number, each in enumerate(weighed, 1)),
    )


def _sum(told: Context, found: Sequence[Diagnostic]) -> str:
    words = told.words
    warnings = len([each for each in found if each.level is Level.WARNING])
    counted = []
    if warnings:
        counted.append(words.count("%(number)s warning", "%(number)s warnings", warnings))
    if len(found) > warnings:
        counted.append(words.count("%(number)s note", "%(number)s notes", len(found) - warnings))
    return words.both(counted) if counted else ""


def _finding(told: Context, found: Diagnostic, number: int) -> FindingView:
    say, kind = told.words.say, KINDS.get(found.code.id)
    english = told.words.locale.language == "en" or kind is None
    warns = found.level is Level.WARNING
    about = _about(told, found.span)
    return FindingView(
        anchor=anchor("finding", str(number)),
        code=found.code.id,
        level=say("warning") if warns else say("note"),
        warns=warns,
        title=say(kind.title) if kind else found.code.name.replace("-", " "),
        said=texts(found.message),
        why=texts(found.why if english or kind is None else say(kind.why)),
        way_out=texts(found.help if english or kind is None else say(kind.way_out)),
        foreign=kind is None,
        about=about[0] if about else None,
        segments=about[1] if about else (),
        where=_where(told, found.span),
        related=tuple((each.text, where) for each in found.related if (where := _where(told, each.span)) is not None),
    )


def _where(told: Context, span: Span | None) -> Where | None:
    return told.line(span.source.path, span.line) if span else None


def _about(told: Context, span: Span | None) -> tuple[Chip, tuple[str, ...]] | None:
    """What of the page it is about, and the segments that are concerned, none for all."""
    kind, _, name = told.declaration(span.source.path, span.line).partition(" ") if span else ("", "", "")
    schedule, names = told.schedule, told.names
    if kind == "campaign":
        campaign = next((each for each in schedule.campaigns if each.name == name), None)
        return (told.campaign(campaign), campaign.segments) if campaign else None
    if kind == "map" and (drawn := next((each for each in schedule.maps if each.name == name), None)):
        return Chip(names.label(drawn), link="people"), drawn.segments
    labels = {
        "person": (schedule.persons, names.person),
        "message": (schedule.messages, names.message),
        "team": (schedule.teams, names.team),
        "segment": (schedule.segments, names.segment),
    }
    if kind in labels and any(each.name == name for each in labels[kind][0]):
        return Chip(labels[kind][1](name), link=anchor(kind, name)), (name,) if kind == "segment" else ()
    return None
