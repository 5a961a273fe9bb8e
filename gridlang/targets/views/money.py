"""What is booked before anybody has answered: the budgets of flights, by phase and channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import attrs

from gridlang.quantities import Money
from gridlang.schedule.model import Campaign, Schedule
from gridlang.schedule.steps import Show
from gridlang.targets.views.year import flights


@attrs.frozen
class Booking:
    """A `show` with what all its flights cost together."""

    campaign: Campaign
    show: Show
    cost: Money


def bookings(schedule: Schedule) -> Iterator[Booking]:
    """Every show with a budget: as often as it is flown where that is known, else once."""
    flown = Counter((flight.campaign.name, flight.show.id) for flight in flights(schedule))
    for campaign in schedule.campaigns:
        for step in campaign.steps:
            if isinstance(step, Show) and step.budget:
                cost = Money.parse(step.budget)
                times = flown[campaign.name, step.id] or 1
                yield Booking(campaign, step, attrs.evolve(cost, amount=cost.amount * times))


def total(booked: Iterator[Booking] | list[Booking]) -> dict[str, Decimal]:
    """The sum by currency."""
    sums: dict[str, Decimal] = {}
    for booking in booked:
        sums[booking.cost.currency] = sums.get(booking.cost.currency, Decimal()) + booking.cost.amount
    return sums
