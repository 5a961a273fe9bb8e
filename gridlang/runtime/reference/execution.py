"""`execute`: schedule x input x [start, until) -> rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TypeAlias

from gridlang.runtime.reference import contacts, happenings, instant, making, reports
from gridlang.runtime.reference.desk import Desk
from gridlang.runtime.reference.moments import Moments
from gridlang.runtime.reference.people import Account, Person
from gridlang.runtime.reference.prepare import prepare
from gridlang.runtime.reference.tally import Tally
from gridlang.runtime.reference.watching import Watch
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Contact, Counts, Execution, Input, Issue, Origin
from gridlang.schedule import clock, model
from gridlang.schedule import steps as st

DAY = 86_400
Progress: TypeAlias = Callable[[int, int, int], None]
"""Told seconds executed, seconds in all, and rows so far, at most once for a day of the plan."""


def execute(
    schedule: model.Schedule,
    given: Input,
    start: int,
    until: int,
    *,
    entries: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> Execution:
    """Execute a schedule on people, from `start` up to, not with, `until`; the period cuts both (R27).

    `entries`: accounts (by id) that enter the plan in the given phase, whatever their history says. `progress` is told
    how far it is; `watch` of every arrow that a run takes.
    """
    world = begin(schedule, given, start, until, watch=watch)
    start = max(start, world.plan.period[0])
    advance(world, world.moments.horizon, start, dict(entries or {}), progress)
    if until >= world.plan.period[1]:
        close_period(world)
    return rows(world, start, world.moments.horizon, given.issues)


def begin(schedule: model.Schedule, given: Input, start: int, until: int, *, watch: Watch | None = None) -> World:
    """The world before the first second of a first run."""
    plan = prepare(schedule)
    start, horizon = max(start, plan.period[0]), min(until, plan.period[1])
    world = World(plan, Moments(horizon), Desk(plan.timing), watch=watch)
    world.accounts = _accounts(world, given, start)
    mass(world, start)
    return world


def advance(
    world: World,
    until: int,
    start: int,
    entries: dict[str, str] | None = None,
    progress: Progress | None = None,
) -> None:
    """Live every moment before `until`; `start` is where the bar of `progress` begins."""
    told, entries = start, entries or {}
    world.lived = start if world.lived is None else world.lived
    world.since = world.lived if world.since is None else world.since
    while (now := world.moments.next()) is not None and now < until:
        world.moments.now = now
        instant.live(world, world.moments.take(now), now, entries)
        if progress is not None and now >= told + DAY:
            told = now
            progress(now - start, world.moments.horizon - start, world.record.rows)


def _accounts(world: World, given: Input, start: int) -> list[Account]:
    """The accounts of the input with their people and what will happen to them, in order of their ids."""
    accounts: dict[str, Account] = {}
    people: dict[str, Person] = {}
    for contact in sorted(given.contacts, key=lambda each: each.id):
        account = accounts.get(contact.account)
        if account is None:
            attributes = given.accounts.get(contact.account, {})
            account = accounts[contact.account] = Account(contact.account, dict(attributes), start)
        people[contact.id] = person_of(world, contact, account)
        account.people.append(people[contact.id])
    for happening in given.happenings:
        if happening.contact in people:
            person = people[happening.contact]
            person.account.inbox.append((person, happening))
    ordered = [accounts[account_id] for account_id in sorted(accounts)]
    for account in ordered:
        expect(world, account, start)
    return ordered


def expect(world: World, account: Account, start: int) -> None:
    """R2: it enters at the later of the start and its earliest `since`; every event is looked at when it comes."""
    account.inbox.sort(key=lambda each: (each[1].at, happenings.order(world, *each)))
    account.entry = max([start, *filter(None, [_earliest_since(account)])])
    world.moments.know(account)
    world.moments.add(account.entry, account)
    for moment in {happening.at for _, happening in account.inbox if happening.at > account.entry}:
        world.moments.add(moment, account)


def _earliest_since(account: Account) -> int | None:
    since = [(person, person.contact.since) for person in account.people if person.contact.since is not None]
    moments = [clock.moment(dt.datetime.combine(date, _time_of(date)), person.zone) for person, date in since]
    return min(moments, default=None)


def _time_of(date: dt.date) -> dt.time:
    return date.time() if isinstance(date, dt.datetime) else dt.time()


def person_of(world: World, contact: Contact, account: Account, *, complain: bool = True) -> Person:
    """R8: a person's clock is their `timezone`, else the plan's; with an unknown zone too, which is an issue."""
    zone = contact.timezone or world.plan.timing.zone
    if not clock.known_zone(zone):
        reason = f"no time zone is called {zone}; the plan's is used"
        if complain:
            world.complain("unknown_timezone", reason, contact=contact.id)
        zone = world.plan.timing.zone
    reserved = {"id": contact.id, "roles": contact.roles, "timezone": zone, "language": contact.language}
    known = {**contact.attributes, **reserved, "since": contact.since, "salesperson": contact.salesperson}
    attributes = {name: value for name, value in known.items() if value is not None}
    return Person(contact, account, zone, attributes)


def mass(world: World, start: int, *, was_there: bool = False) -> None:
    """R6: campaigns with `show` are one run for the plan, for nobody, from the period's start or by `starts`.

    `was_there`: a plan that has none any more had one in an earlier run.
    """
    if not was_there and not any(flow.campaign.mass for flow in world.plan.flows):
        return
    account = Account("", {}, start)
    contact = Contact(id="", account="", origin=Origin("", 0))
    account.people.append(Person(contact, account, world.plan.timing.zone, {}))
    account.entered = account.moved = True
    world.mass = account
    world.moments.know(account)
    world.moments.add(start, account)


def close_period(world: World) -> None:
    """R27: what still waits at the end of the period is a skip `period_over`."""
    end = world.plan.period[1]
    for account in world.accounts:
        for person in account.people:
            for run in person.runs.values():
                if run.waiting is not None and isinstance(run.step, st.Send | st.Task):
                    chain = contacts.cut(run.waiting.chain, end - run.waiting.ready)
                    rules = world.plan.channels[run.waiting.channel]
                    making.record_skip(world, run, run.step, rules, end, "period_over", chain)


def rows(world: World, since: int, until: int, issues: tuple[Issue, ...] = ()) -> Execution:
    """Everything recorded so far as tables, as they stand at `until`; `issues` of the input come first."""
    record = world.record
    for account in world.accounts:
        if account.people:
            reports.silences(world, account, since, until)
    return Execution(
        touches=record.sorted_touches(),
        tasks=record.sorted_tasks(until),
        audiences=record.sorted_audiences(until),
        moves=record.sorted_moves(),
        skips=record.sorted_skips(),
        reports=tuple(sorted(record.reports, key=lambda row: (row.at or 0, row.check, row.subject, row.contact))),
        issues=(*issues, *record.issues),
        counts=_counts(world, until),
    )


def _counts(world: World, until: int) -> Counts:
    tally = Tally()
    tally.add(world.beside)
    for account in world.accounts:
        tally.count(account)
    return Counts(
        accounts=tally.accounts,
        contacts=tally.contacts,
        by_segment={**{segment.name: 0 for segment in world.plan.schedule.segments}, **tally.by_segment},
        goals={
            flow.campaign.name: (world.reached.get(flow.index, 0), world.begun.get(flow.index, 0))
            for flow in world.plan.flows
            if flow.campaign.goal is not None
        },
        since=until if world.since is None else world.since,
        lived=(until if world.lived is None else world.lived, until),
        arrows=dict(sorted(world.arrows.items())),
        pressure=dict(sorted(tally.pressure.items())),
        happened=dict(sorted(world.happened.items())),
    )
