"""The events of an instant: those of the files, those derived (R5a), the outcomes of tasks (R21)."""

from __future__ import annotations

import datetime as dt

from gridlang.runtime.reference import caps, changes, consent, outcomes, runs
from gridlang.runtime.reference.people import Account, Occurrence, Person
from gridlang.runtime.reference.predicates import View
from gridlang.runtime.reference.prepare import Asked
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import AttributeValue, Happening
from gridlang.schedule import clock
from gridlang.schedule import steps as st

Order = tuple[int, str, str, str, str, str]


def order(world: World, person: Person, happening: Happening) -> Order:
    """Events of one second: by the event's declaration, contact, id of the row, then what it says; never by row."""
    name = happening.event or happening.outcome or ""
    number = world.plan.event_numbers.get(name, len(world.plan.event_numbers))
    about = happening.task or happening.step or ""
    return number, person.id, happening.id or "", name, about, repr(sorted(happening.payload.items()))


def _order_of_derived(world: World, person: Person, name: str) -> Order:
    return world.plan.event_numbers[name], person.id, "", name, "", ""


def take(world: World, account: Account, now: int) -> None:
    """Everything that happens in this instant and has not happened yet; then what that makes true."""
    due: list[tuple[Order, Person, Happening | str]] = []
    while account.read < len(account.inbox) and account.inbox[account.read][1].at <= now:
        person, happening = account.inbox[account.read]
        due.append((order(world, person, happening), person, happening))
        account.read += 1
    for person, name in dates_due(world, account, now) if world.plan.dates else ():
        due.append((_order_of_derived(world, person, name), person, name))
    for _, person, what in sorted(due, key=lambda each: each[0]) if due else ():
        if isinstance(what, str):
            happen(world, person, what, now, {})
        else:
            _take_row(world, person, what, now)
    while turned := _turned_true(world, account, now):
        for person, name in turned:
            happen(world, person, name, now, {})


def _take_row(world: World, person: Person, row: Happening, now: int) -> None:
    """R21: an outcome closes its task first; if an event of that name exists, it is also that event."""
    if row.outcome is None:
        happen(world, person, row.event or "", now, row.payload, row)
        return
    run = outcomes.close(world, person, row, now)
    if row.outcome in world.plan.events:
        event = happen(world, person, row.outcome, now, row.payload, row)
        if run is not None:
            run.used.add(event.number)


def happen(
    world: World,
    person: Person,
    name: str,
    now: int,
    payload: dict[str, AttributeValue],
    row: Happening | None = None,
) -> Occurrence:
    """An event happens to a person; whoever waits for it will be asked in this instant. `row` None: it is derived."""
    event = remember(world, person, name, now, payload, row)
    account = person.account
    account.happened.append(event)
    account.unstarted.append(event)
    caps_of_elsewhere(world, event)
    runs.note_goals(world, event)
    _count(world, event)
    for each in account.people:
        for run in each.runs.values():
            run.stirred = run.stirred or isinstance(run.step, st.Ask | st.WaitFor)
    if world.plan.rule_mentions.intersection(event.names):
        runs.ask_touches_again(account, now)
    if world.mass is not None and world.mass is not account and world.plan.mass_starts.intersection(event.names):
        world.mass.unstarted.append(event)
        world.moments.add(now, world.mass)
    return event


def _count(world: World, event: Occurrence) -> None:
    """Events that KPIs count, by the day of the plan's clock."""
    for name in world.plan.measured.intersection(event.names):
        day = clock.day_of(event.at, world.plan.timing.zone)
        world.happened[name, day] = world.happened.get((name, day), 0) + 1


def remember(
    world: World,
    person: Person,
    name: str,
    at: int,
    payload: dict[str, AttributeValue],
    row: Happening | None = None,
) -> Occurrence:
    """Keep an event for predicates, relations and consent; history is only that (R2)."""
    names = world.plan.events.get(name, (name,))
    event = Occurrence(world.number(), person, at, names, payload, row=row)
    keep(event)
    person.account.relation_asked |= bool(world.plan.relation_mentions.intersection(names))
    person.account.asked_again.update(names)
    for date in world.plan.dates:
        if date.mentions.intersection(names):
            for each_person in person.account.people:
                plan_date(world, each_person, date.name, at)
    return event


def keep(event: Occurrence) -> None:
    """Put an event where predicates, relations and consent find it."""
    for each in event.names:
        event.person.events.setdefault(each, []).append(event)
        event.person.account.events.setdefault(each, []).append(event)
    consent.remember(event)


def caps_of_elsewhere(world: World, event: Occurrence) -> None:
    """R15: the std event `contacted`, made by another system, counts too, on a personal channel as our own does."""
    if caps.CONTACTED in event.names:
        channel = event.payload.get("channel")
        known = world.plan.channels.get(channel) if isinstance(channel, str) else None
        if known is None or "person" in known.channel.reach:
            name = known.channel.name if known else None
            caps.count(world.plan.caps, event.person, name, event.at, world.plan.timing)


def plan_date(world: World, person: Person, name: str, after: int, *, at_entry: bool = False) -> None:
    """R5a: the date of a derived event, on the person's clock, if it is still to come."""
    asked = next(date for date in world.plan.dates if date.name == name)
    moment = _midnight_of(asked, person, after)
    if moment is None or moment < after or (moment == after and not at_entry):
        person.turns.pop(name, None)
    else:
        person.turns[name] = moment
        world.moments.add(moment, person.account)


def _midnight_of(asked: Asked, person: Person, now: int) -> int | None:
    """00:00 of the date on the person's clock; of a wall clock, 00:00 of its date."""
    date = asked.evaluate(View(person.account, person, now), None)
    if not isinstance(date, dt.date):
        return None
    return clock.midnight(date.date() if isinstance(date, dt.datetime) else date, person.zone)


def dates_due(world: World, account: Account, now: int) -> list[tuple[Person, str]]:
    """Derived events whose date has come; each is used up."""
    due = [
        (person, date.name)
        for date in world.plan.dates
        for person in account.people
        if person.turns.get(date.name, now + 1) <= now
    ]
    for person, name in due:
        del person.turns[name]
    return due


def first_look(world: World, person: Person, now: int) -> None:
    """R5a: what is true when the person is first seen is no event."""
    for asked in world.plan.predicates:
        look(world, person, asked, now)


def look(world: World, person: Person, asked: Asked, now: int) -> None:
    """See whether the predicate of one derived event holds, and when it can turn by itself."""
    view = View(person.account, person, now)
    person.truths[asked.name] = bool(asked.evaluate(view, None))
    _plan_turn(world, person, asked.name, changes.next_change(asked.points, view))


def _plan_turn(world: World, person: Person, name: str, moment: int | None) -> None:
    if moment is None:
        person.turns.pop(name, None)
    else:
        person.turns[name] = moment
        world.moments.add(moment, person.account)


def _turned_true(world: World, account: Account, now: int) -> list[tuple[Person, str]]:
    """R5a: whose predicates turn from false to true at this second, by an event or by time."""
    if not world.plan.predicates or not (account.asked_again or _turn_is_due(account, now)):
        return []
    names, account.asked_again = account.asked_again, set()
    turned: list[tuple[Person, str]] = []
    for asked in world.plan.predicates:
        touched = not asked.mentions.isdisjoint(names)
        for person in account.people:
            if touched or person.turns.get(asked.name, now + 1) <= now:
                view = View(account, person, now)
                before, after = person.truths[asked.name], bool(asked.evaluate(view, None))
                person.truths[asked.name] = after
                _plan_turn(world, person, asked.name, changes.next_change(asked.points, view))
                if after and not before and not _happened_at(person, asked.name, now):
                    turned.append((person, asked.name))
    return turned


def _turn_is_due(account: Account, now: int) -> bool:
    return any(moment <= now for person in account.people for moment in person.turns.values())


def _happened_at(person: Person, name: str, now: int) -> bool:
    events = person.events.get(name)
    return bool(events) and events is not None and events[-1].at == now
