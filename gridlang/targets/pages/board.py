"""The plan on a page, for the board: who, why, for how much, how far it reaches, and what is aimed at."""

from __future__ import annotations

from decimal import Decimal

import attrs

from gridlang.quantities import Money
from gridlang.schedule.model import Segment
from gridlang.targets.pages.told import Chip, Context, Where
from gridlang.targets.views.anchors import anchor
from gridlang.targets.views.grid import Matrix, matrices
from gridlang.targets.views.money import Booking, bookings, total
from gridlang.targets.views.reach import Listener, channels_of, maps_in_phase
from gridlang.targets.words import quantities


@attrs.frozen(kw_only=True)
class Coverage:
    """`covered` of `of`, in words, and in hundredths for a bar."""

    said: str
    share: int


@attrs.frozen(kw_only=True)
class SegmentRow:
    """A segment with what is wanted of it and how much of its grid is filled."""

    name: str
    anchor: str
    title: str
    size: str | None
    campaigns: int
    goals: tuple[str, ...]
    cells: Coverage | None
    """None: nobody stands in its grid."""
    where: Where


@attrs.frozen(kw_only=True)
class CostRow:
    """The booked media of a phase, or of the phases that share a campaign, in the order of the channels."""

    phases: tuple[Chip, ...]
    cells: tuple[str, ...]
    total: str


@attrs.frozen(kw_only=True)
class Budget:
    """The plan's budget, how much of it is booked, and what is `left`, or how far the booked media are `over` it."""

    said: str
    booked: Coverage
    left: str
    over: bool


@attrs.frozen(kw_only=True)
class Costs:
    """Phase by channel, with sums. `touches`: what each touch costs on
    the channels that have a price, which only a run can sum up."""

    channels: tuple[str, ...]
    rows: tuple[CostRow, ...]
    sums: tuple[str, ...]
    total: str
    budget: Budget | None
    touches: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class InfluenceRow:
    """An Integration Map in a phase: how many of those who sway whoever approves hear anything, and who does not."""

    phase: Chip
    segment: str
    segment_name: str
    map: str
    heard: Coverage
    silent: tuple[str, ...]
    where: Where


@attrs.frozen(kw_only=True)
class Board:
    """All of it; KPIs are told by `work`."""

    segments: tuple[SegmentRow, ...]
    costs: Costs
    influence: tuple[InfluenceRow, ...]


def board(told: Context) -> Board:
    """In order of declaration."""
    every = matrices(told.schedule)
    return Board(
        segments=tuple(_segment(told, segment, every) for segment in told.schedule.segments),
        costs=_costs(told),
        influence=tuple(_influence(told)),
    )


# --- segments ---------------------------------------------------------------------------------------------------------


def _segment(told: Context, segment: Segment, every: tuple[Matrix, ...]) -> SegmentRow:
    here = [each for each in told.schedule.campaigns if not each.segments or segment.name in each.segments]
    spoken = [each for each in here if channels_of(each)]
    goals = dict.fromkeys(told.names.event(each.goal.event) for each in here if each.goal)
    return SegmentRow(
        name=segment.name,
        anchor=anchor("segment", segment.name),
        title=told.names.label(segment),
        size=told.words.number(segment.size) if segment.size is not None else None,
        campaigns=len(spoken),
        goals=tuple(goals),
        cells=_cells(told, segment, every),
        where=told.where(segment.place),
    )


def _cells(told: Context, segment: Segment, every: tuple[Matrix, ...]) -> Coverage | None:
    """Phase by role by group of relations; a role that nobody has is no cell to fill."""
    states = [
        cell.state
        for matrix in every
        if matrix.segment.name == segment.name
        for row in matrix.rows
        for cell in row.cells
        if cell.state != "nobody"
    ]
    return _coverage(told, len([state for state in states if state != "empty"]), len(states)) if states else None


def _coverage(told: Context, part: int, whole: int) -> Coverage:
    words = told.words
    said = words.say("%(part)s of %(whole)s", part=words.number(part), whole=words.number(whole))
    return Coverage(said=said, share=round(part / whole * 100) if whole else 0)


# --- money ------------------------------------------------------------------------------------------------------------


def _costs(told: Context) -> Costs:
    booked = list(bookings(told.schedule))
    channels = tuple(dict.fromkeys(each.show.channel for each in booked))
    rows: dict[tuple[str, ...], list[Booking]] = {}
    order = [phase.name for phase in told.schedule.journey.phases]
    for each in sorted(booked, key=lambda each: [order.index(phase) for phase in each.campaign.phases]):
        rows.setdefault(each.campaign.phases, []).append(each)
    return Costs(
        channels=tuple(told.names.channel(channel) for channel in channels),
        rows=tuple(
            CostRow(
                phases=tuple(told.phase(phase) for phase in phases),
                cells=_by_channel(told, some, channels),
                total=_said(told, some),
            )
            for phases, some in rows.items()
        ),
        sums=_by_channel(told, booked, channels),
        total=_said(told, booked),
        budget=_budget(told, booked),
        touches=_touches(told),
    )


def _by_channel(told: Context, booked: list[Booking], channels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_said(told, [each for each in booked if each.show.channel == channel]) for channel in channels)


def _said(told: Context, booked: list[Booking]) -> str:
    return told.words.both(told.words.money(amount, currency) for currency, amount in total(booked).items())


def _budget(told: Context, booked: list[Booking]) -> Budget | None:
    """What is in another currency than the budget is not held against it."""
    plan, words = told.schedule.plan, told.words
    if not plan.budget:
        return None
    budget = Money.parse(plan.budget)
    spent = total(booked).get(budget.currency, Decimal())
    left = budget.amount - spent
    share = min(100, round(spent / budget.amount * 100)) if budget.amount else 0
    return Budget(
        said=quantities.money(words, plan.budget),
        booked=Coverage(said=words.whole_percent(spent, budget.amount), share=share),
        left=words.money(abs(left), budget.currency),
        over=left < 0,
    )


def _touches(told: Context) -> tuple[tuple[str, str], ...]:
    used = {channel for campaign in told.schedule.campaigns for channel in channels_of(campaign)}
    return tuple(
        (told.names.channel(channel.name), quantities.money(told.words, channel.cost))
        for channel in told.schedule.channels
        if channel.cost and channel.name in used
    )


# --- influence --------------------------------------------------------------------------------------------------------


def _influence(told: Context) -> list[InfluenceRow]:
    """Only maps on which somebody approves."""
    rows = []
    for phase in told.schedule.journey.phases:
        for each in maps_in_phase(told.schedule, phase.name):
            swaying = [one for one in each.listeners if one.decides or one.to_approver]
            if swaying:
                rows.append(
                    InfluenceRow(
                        phase=told.phase(phase.name),
                        segment=told.names.segment(each.segment),
                        segment_name=each.segment,
                        map=told.names.label(each.map),
                        heard=_coverage(told, len([one for one in swaying if one.heard]), len(swaying)),
                        silent=_silent(told, swaying),
                        where=told.where(each.map.place),
                    )
                )
    return rows


def _silent(told: Context, listeners: list[Listener]) -> tuple[str, ...]:
    return tuple(told.names.person(one.person.name) for one in listeners if not one.heard)
