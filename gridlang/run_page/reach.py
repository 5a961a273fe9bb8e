"""What went out, week by week and channel by channel, and what it cost against the budget."""

from __future__ import annotations

from decimal import Decimal

import attrs

from gridlang.quantities import Money
from gridlang.run_page import small, spans
from gridlang.runtime.figures import Figures
from gridlang.schedule.steps import Show
from gridlang.targets.drawing.columns import Columns, Series
from gridlang.targets.pages.told import Context, MarkView
from gridlang.targets.words import quantities


@attrs.frozen(kw_only=True)
class WeekView:
    """A week of the run with a figure for each channel."""

    name: str
    figures: tuple[str, ...]


@attrs.frozen(kw_only=True)
class CostView:
    """A channel: touches, tasks and flights at what they cost; `share` of all costs in the plan's currency."""

    mark: MarkView
    made: str
    each: str
    cost: str
    share: str
    bar: int


@attrs.frozen(kw_only=True)
class ReachView:
    """What stands there; `chart` None: nobody was reached."""

    channels: tuple[MarkView, ...]
    weeks: tuple[WeekView, ...]
    sums: tuple[str, ...]
    chart: Columns | None
    costs: tuple[CostView, ...]
    spent: tuple[str, ...]
    budget: str | None
    of_budget: str


def reach(told: Context, figures: Figures) -> ReachView:
    """Channels in order of declaration."""
    used = {channel for channel, _ in figures.weeks}
    channels = [channel.name for channel in told.schedule.channels if channel.name in used]
    weeks = spans.weeks_of(told.schedule, figures)
    table = {
        channel: tuple(figures.weeks.get((channel, spans.monday(week)), 0) for week in weeks) for channel in channels
    }
    words, plan = told.words, told.schedule.plan
    costs, spent = _costs(told, figures)
    in_plan = spent.get(plan.currency, Decimal())
    budget = Money.parse(plan.budget) if plan.budget else None
    return ReachView(
        channels=tuple(told.mark(channel) for channel in channels),
        weeks=tuple(
            WeekView(
                name=spans.name(words, week),
                figures=tuple(words.number(table[channel][number]) for channel in channels),
            )
            for number, week in enumerate(weeks)
        ),
        sums=tuple(words.number(sum(table[channel])) for channel in channels),
        chart=_chart(told, table, weeks) if channels else None,
        costs=costs,
        spent=tuple(words.money(amount, currency) for currency, amount in spent.items()),
        budget=quantities.money(words, plan.budget) if plan.budget else None,
        of_budget=words.whole_percent(in_plan, budget.amount) if budget else "",
    )


def _chart(told: Context, table: dict[str, tuple[int, ...]], weeks: tuple[spans.Span, ...]) -> Columns:
    words = told.words
    return Columns(
        id="drawn-weeks",
        title=words.say("Touches by week and channel"),
        description=words.say("Each row has a scale of its own; the figures stand in the table under the drawing."),
        series=tuple(
            Series(
                label=told.names.channel(channel),
                total=words.number(sum(values)),
                title=f"{told.names.channel(channel)}: {words.number(sum(values))}",
                values=values,
                style=f"p{number % 8 + 1}",
            )
            for number, (channel, values) in enumerate(table.items())
        ),
        ticks=spans.ticks(words, weeks),
    )


def _costs(told: Context, figures: Figures) -> tuple[tuple[CostView, ...], dict[str, Decimal]]:
    """What each channel cost: its price a touch, and the budgets of the flights that were shown."""
    words, currency = told.words, told.schedule.plan.currency
    flights, made = _flights(told, figures), _made(figures)
    found: list[tuple[str, int, str, dict[str, Decimal]]] = []
    spent: dict[str, Decimal] = {}
    for channel in told.schedule.channels:
        price = Money.parse(channel.cost) if channel.cost else None
        cost = dict(flights.get(channel.name, {}))
        if price and made.get(channel.name):
            cost[price.currency] = cost.get(price.currency, Decimal()) + price.amount * made[channel.name]
        for each, amount in cost.items():
            spent[each] = spent.get(each, Decimal()) + amount
        if cost:
            each_costs = quantities.money(words, channel.cost) if channel.cost else "–"
            found.append((channel.name, made.get(channel.name, 0), each_costs, cost))
    whole = spent.get(currency, Decimal())
    views = tuple(
        CostView(
            mark=told.mark(channel),
            made=words.number(number),
            each=each_costs,
            cost=words.both(words.money(amount, unit) for unit, amount in cost.items()),
            share=words.whole_percent(cost.get(currency, Decimal()), whole),
            bar=small.bar(cost.get(currency, Decimal()), whole),
        )
        for channel, number, each_costs, cost in found
    )
    return views, spent


def _made(figures: Figures) -> dict[str, int]:
    """Touches and tasks by channel; a flight is one touch of its channel."""
    made: dict[str, int] = {}
    for key, rows in figures.made.items():
        if key.kind in ("touch", "task"):
            made[key.channel] = made.get(key.channel, 0) + rows
    return made


def _flights(told: Context, figures: Figures) -> dict[str, dict[str, Decimal]]:
    shown = {(key.campaign, key.step): rows for key, rows in figures.made.items() if key.kind == "touch"}
    cost: dict[str, dict[str, Decimal]] = {}
    for campaign in told.schedule.campaigns:
        for step in campaign.steps:
            if isinstance(step, Show) and step.budget and (campaign.name, step.id) in shown:
                money = Money.parse(step.budget)
                of = cost.setdefault(step.channel, {})
                amount = money.amount * shown[campaign.name, step.id]
                of[money.currency] = of.get(money.currency, Decimal()) + amount
    return cost
