"""R28: `order`, `budget` and `contact_every` never delay; they are checked, and reported."""

from __future__ import annotations

from decimal import Decimal

from gridlang.quantities import Money
from gridlang.runtime.reference.people import Account
from gridlang.runtime.reference.rulebook import ChannelRules
from gridlang.runtime.reference.running import Run
from gridlang.runtime.reference.timing import duration, local_text
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import ReportRow


def made(world: World, run: Run, rules: ChannelRules, message: str | None, now: int) -> None:
    """A touch or hand-out has been made: look at the orders, the budget, and when the account was reached last."""
    run.person.account.touched.append(now)
    spend(world, rules.channel.cost, now)
    if message is not None:
        _check_order(world, run, rules, message, now)
        run.person.received.add(message)


def _check_order(world: World, run: Run, rules: ChannelRules, message: str, now: int) -> None:
    """Message `first` before message `then`, for one person, where the rule's coordinates hold."""
    person = run.person
    for rule in world.plan.orders:
        if rule.rule.channels and not set(rules.names) & set(rule.rule.channels):
            continue
        for order in rule.rule.order:
            if order.then == message and order.first not in person.received and rule.holds_for(person, now):
                row = ReportRow(
                    check="order",
                    subject=rule.rule.name,
                    contact=person.id,
                    at=now,
                    expected=f"{order.first} before {order.then}",
                    happened=f"{order.then} at {local_text(now, person.zone)}, without {order.first}",
                    place=order.place,
                )
                world.record.reports.append(row)


def spend(world: World, cost: str | None, now: int) -> None:
    """Flights cost their budget, touches and tasks what their channel costs; told once, when it passes the plan's."""
    plan = world.plan.schedule.plan
    amount = Money.parse(cost) if cost else None
    if amount is None or amount.currency != plan.currency:
        return
    before, world.spent = world.spent, world.spent + amount.amount
    budget = Money.parse(plan.budget).amount if plan.budget else None
    if budget is None or not before <= budget < world.spent:
        return
    row = ReportRow(
        check="budget",
        subject=plan.name,
        contact="",
        at=now,
        expected=f"at most {_text(budget)} {plan.currency}",
        happened=f"{_text(world.spent)} {plan.currency}",
        place=plan.place,
    )
    world.record.reports.append(row)


def _text(amount: Decimal) -> str:
    return f"{amount:f}"


def silences(world: World, account: Account, since: int, until: int) -> None:
    """`contact_every`: every stretch in which the account stood on a level and nobody in it was reached for so long.

    Those that grew so long from `since` up to `until`. The row is about the account; its contact is the first of them.
    """
    every = {level.name: level for level in world.plan.schedule.relations if level.contact_every}
    for number, (begin, name) in enumerate(account.levels):
        level = every.get(name or "")
        if level is None or level.contact_every is None:
            continue
        end = account.levels[number + 1][0] if number + 1 < len(account.levels) else until
        length = duration(level.contact_every)
        marks = [begin, *(moment for moment in account.touched if begin < moment < end)]
        for mark, following in zip(marks, [*marks[1:], end], strict=True):
            late = world.plan.timing.later(mark, length, world.plan.timing.zone)
            if since <= late < min(following, until):
                _report_silence(world, account, level.name, level.contact_every, mark, late, level.place)


def next_silence(world: World, account: Account) -> int | None:
    """When the stretch that goes on now will have been too long, or was; None on a level without `contact_every`."""
    begin, name = account.levels[-1] if account.levels else (0, None)
    level = next((level for level in world.plan.schedule.relations if level.name == name), None)
    if level is None or level.contact_every is None:
        return None
    mark = max([begin, *account.touched[-1:]])
    return world.plan.timing.later(mark, duration(level.contact_every), world.plan.timing.zone)


def _report_silence(world: World, account: Account, level: str, every: str, since: int, at: int, place: int) -> None:
    zone = world.plan.timing.zone
    row = ReportRow(
        check="contact_every",
        subject=level,
        contact=account.people[0].id,
        at=at,
        expected=f"a contact every {every}",
        happened=f"none since {local_text(since, zone)}",
        place=place,
    )
    world.record.reports.append(row)
