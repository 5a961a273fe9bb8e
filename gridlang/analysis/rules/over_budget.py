"""The flights cost more than the plan may.

Why: the money is spent when the bookings are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gridlang.analysis.mending import plan_field
from gridlang.diagnostics import Code, Diagnostic, Level, Related
from gridlang.quantities import Money
from gridlang.schedule import steps
from gridlang.semantics.model import Model

OVER_BUDGET = Code(
    "L0108",
    "over-budget",
    Level.WARNING,
    "the flights cost {total}, the plan may cost {budget}",
    why="{over} would be spent that nobody has granted",
    help="show for a shorter time, or raise the budget",
)


def check(model: Model) -> Iterator[Diagnostic]:
    plan = model.schedule.plan
    if plan.budget is None:
        return
    budget = Money.parse(plan.budget)
    flights = [
        (Money.parse(step.budget).amount, step)
        for campaign in model.schedule.campaigns
        for step in campaign.steps
        if isinstance(step, steps.Show) and step.budget is not None
    ]
    total = sum((amount for amount, _ in flights), Decimal(0))
    if total > budget.amount:
        yield OVER_BUDGET.at(
            model.span(plan.place),
            total=_written(total, budget),
            budget=_written(budget.amount, budget),
            over=_written(total - budget.amount, budget),
            related=tuple(Related(model.span(step.place), f"{step.budget}") for _, step in flights),
            fixes=plan_field(
                model, "budget", _written(total, budget), f"raise the budget to {_written(total, budget)}"
            ),
        )


def _written(amount: Decimal, budget: Money) -> str:
    """An amount as a plan writes it, `1_450_000 DKK`."""
    return f"{amount:,} {budget.currency}".replace(",", "_")
