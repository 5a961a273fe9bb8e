"""What was measured beside what was aimed at: KPIs, and the goals of campaigns."""

from __future__ import annotations

from decimal import Decimal

import attrs

from gridlang.quantities import Rate
from gridlang.run_page import small, spans
from gridlang.run_page.spans import Span
from gridlang.runtime.figures import Figures
from gridlang.schedule.model import Kpi
from gridlang.targets.drawing.columns import Columns, Series
from gridlang.targets.pages.told import Chip, Context, Where
from gridlang.targets.views.anchors import anchor
from gridlang.targets.words import quantities


@attrs.frozen(kw_only=True)
class SpanView:
    """A stretch of the run; `aim` is that of its days, where the run cuts it short."""

    name: str
    happened: str
    aim: str


@attrs.frozen(kw_only=True)
class KpiView:
    """`aimed` is the aim over all days of the run; `reached` the share of it that was reached."""

    title: str
    anchor: str
    doc: str | None
    counts: str
    aim: str | None
    responsible: str | None
    happened: str
    aimed: str | None
    reached: str | None
    spans: tuple[SpanView, ...]
    chart: Columns | None
    """None where there is only one stretch."""
    where: Where


@attrs.frozen(kw_only=True)
class GoalView:
    """A campaign with a goal: the runs that began, and those that reached it in time (R7)."""

    chip: Chip
    event: str
    runs: str
    reached: str
    share: str
    bar: int


def kpis(told: Context, figures: Figures) -> tuple[KpiView, ...]:
    """In order of declaration."""
    return tuple(_kpi(told, figures, kpi) for kpi in told.schedule.kpis)


def _kpi(told: Context, figures: Figures, kpi: Kpi) -> KpiView:
    words = told.words
    rate = Rate.parse(kpi.aim) if kpi.aim else None
    stretches = spans.spans_of(rate, *spans.counted_days(told.schedule, figures))
    happened = [_happened(figures, kpi.counts, span) for span in stretches]
    aims = [_aim(rate, span) for span in stretches] if rate else []
    return KpiView(
        title=told.names.label(kpi),
        anchor=anchor("kpi", kpi.name),
        doc=told.doc(kpi),
        counts=told.names.event(kpi.counts),
        aim=quantities.rate(words, kpi.aim) if kpi.aim else None,
        responsible=told.names.team(kpi.responsible) if kpi.responsible else None,
        happened=words.number(sum(happened)),
        aimed=words.number(_tenths(sum(aims, Decimal()))) if rate else None,
        reached=words.whole_percent(sum(happened), sum(aims, Decimal())) if rate else None,
        spans=tuple(
            SpanView(
                name=spans.name(words, span),
                happened=words.number(happened[number]),
                aim=words.number(_tenths(aims[number])) if rate else "–",
            )
            for number, span in enumerate(stretches)
        ),
        chart=_chart(told, kpi, stretches, happened, aims) if len(stretches) > 1 else None,
        where=told.where(kpi.place),
    )


def _happened(figures: Figures, event: str, span: Span) -> int:
    happened = figures.counts.happened
    return sum(happened.get((event, day), 0) for day in range(span.first, span.last + 1))


def _aim(rate: Rate, span: Span) -> Decimal:
    return Decimal(rate.count) * span.days / span.whole


def _tenths(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1") if value < 10 else Decimal(1)).normalize() + 0


def _chart(told: Context, kpi: Kpi, stretches: tuple[Span, ...], happened: list[int], aims: list[Decimal]) -> Columns:
    words, title = told.words, told.names.label(kpi)
    series = Series(
        label="",
        total=words.number(sum(happened)),
        title=f"{title}: {words.number(sum(happened))}",
        values=tuple(happened),
        limits=tuple(float(aim) for aim in aims),
    )
    return Columns(
        id=anchor("drawn", "kpi", kpi.name),
        title=words.say("%(kpi)s over time", kpi=title),
        description=words.say("The figures stand in the table under the drawing."),
        series=(series,),
        ticks=spans.ticks(words, stretches),
    )


def goals(told: Context, figures: Figures) -> tuple[GoalView, ...]:
    """In order of declaration."""
    found = []
    for campaign in told.schedule.campaigns:
        if campaign.goal is not None:
            reached, runs = figures.counts.goals.get(campaign.name, (0, 0))
            found.append(
                GoalView(
                    chip=told.campaign(campaign),
                    event=told.names.event(campaign.goal.event),
                    runs=small.people(told.words, runs),
                    reached=small.people(told.words, reached),
                    share=small.share(told.words, reached, runs),
                    bar=small.bar(reached, runs),
                )
            )
    return tuple(found)
