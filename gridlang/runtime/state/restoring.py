"""From the records of a state, today's plan and today's rows to a world that goes on from the state's moment (R26)."""

from __future__ import annotations

import itertools

import attrs

from gridlang.runtime.reference import happenings
from gridlang.runtime.reference.desk import Desk
from gridlang.runtime.reference.execution import expect, mass, person_of
from gridlang.runtime.reference.moments import Moments
from gridlang.runtime.reference.people import Account, GoalWatch, Occurrence, Person
from gridlang.runtime.reference.prepare import prepare
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Contact, Happening, Origin
from gridlang.runtime.state import concern as concerns
from gridlang.runtime.state import joining, names, shared
from gridlang.runtime.state.accounts import State
from gridlang.runtime.state.concern import Concern
from gridlang.runtime.state.diary import Keeper
from gridlang.runtime.state.flight import Flight
from gridlang.runtime.state.places import Places
from gridlang.runtime.state.records import (
    AccountRecord,
    EventRecord,
    PersonRecord,
    PlanRecord,
)
from gridlang.runtime.state.seen import Unseen
from gridlang.runtime.state.upcoming import own_moments
from gridlang.runtime.state.values import all_typed
from gridlang.schedule.model import Schedule


def restore(
    schedule: Schedule,
    state: State,
    given: Unseen,
    until: int,
    places: Places,
    edited: joining.Edited,
    diary: Keeper | None = None,
) -> Restored:
    """The world at the state's moment, with today's rows, of the accounts that they concern."""
    plan = prepare(schedule)
    world = World(plan, Moments(min(until, plan.period[1])), Desk(plan.timing), diary=diary)
    chosen = concerns.concern(
        state,
        given,
        world.moments.horizon,
        everybody=edited.any,
        ended=until >= plan.period[1],
        counts=lambda due: shared.still_count(world, due, state.plan.known),
    )
    restored = Restored(world, state.plan, chosen, given, places, edited)
    restored.put_together()
    if diary is not None:
        diary.know(world.accounts)
    return restored


@attrs.define
class _Here:
    """Somebody in today's world: `record` what the state knows of them, None: nothing; `home` where that stands."""

    person: Person
    record: PersonRecord | None
    home: AccountRecord | None

    @property
    def entered(self) -> bool:
        """Whether they have lived in the plan before."""
        return self.home is not None and self.home.entered


@attrs.define
class Restored:
    """The world as it was saved; `change` does what today's rows and today's plan ask for, at the state's moment."""

    world: World
    plan: PlanRecord
    concern: Concern
    given: Unseen
    places: Places
    edited: joining.Edited
    names: names.Names = attrs.field(init=False)
    flight: Flight = attrs.field(init=False)
    start: int = attrs.field(init=False)
    accounts: dict[str, Account] = attrs.field(factory=dict)
    records: dict[str, AccountRecord] = attrs.field(init=False)
    people: dict[str, _Here] = attrs.field(factory=dict)
    past: dict[str, list[tuple[Person, Happening]]] = attrs.field(factory=dict)
    """By account: rows that have happened."""

    def __attrs_post_init__(self) -> None:
        self.names = names.Names.of(self.world.plan)
        self.start = self.plan.known
        self.records = {account.id: account for account in self.concern.records}
        self.flight = Flight(self.world, self.start, self.names, self.places, self.edited)
        self.world.moments.now = self.start

    def put_together(self) -> None:
        """Everything as it stood when the state was saved, in today's plan."""
        shared.restore(self.world, self.names, self.plan)
        self._contacts()
        self._absent()
        for record in self.concern.records:
            self._account(record)
        for record in self.concern.records:
            self._events(record)
        for here in self.people.values():
            if here.record is not None:
                self._standing(here, here.record)
        self._inboxes()
        self._plan_itself()
        self.world.accounts = [self.accounts[id] for id in sorted(self.accounts) if id]
        concern = self.concern
        every = (*(each.tasks for each in concern.records), *(each.tasks for each in concern.beside))
        shared.restore_desk(self.world, itertools.chain.from_iterable(every), self.start)
        self._beside()
        self._wake()

    # --- accounts and people ---

    def _contacts(self) -> None:
        """Today's rows."""
        before = {person.id: (person, account) for account in self.concern.records for person in account.people}
        for contact in self.concern.people.contacts:
            record, home = before.get(contact.id, (None, None))
            account = self._home(contact.account)
            told = record is not None and record.timezone == contact.timezone
            person = person_of(self.world, contact, account, complain=not told)
            account.people.append(person)
            self.people[contact.id] = _Here(person, record, home)

    def _home(self, account_id: str) -> Account:
        account = self.accounts.get(account_id)
        if account is None:
            attributes = self.concern.people.accounts.get(account_id, {})
            account = self.accounts[account_id] = Account(account_id, dict(attributes), self.start)
        return account

    def _absent(self) -> None:
        """Whom the state knows and no row of today: they stay with their account, so that nothing is forgotten."""
        for home in self.concern.records:
            for record in home.people:
                if record.id in self.people or not home.id:
                    continue
                account = self._home(home.id)
                if not account.people:
                    account.attributes = all_typed(home.attributes)
                contact = joining.contact_of(home.id, record)
                person = person_of(self.world, contact, account, complain=False)
                account.absent = (*account.absent, person)
                self.people[record.id] = _Here(person, record, home)

    def _account(self, record: AccountRecord) -> None:
        """What the state says of an account that has entered."""
        account = self.accounts.get(record.id)
        if account is None or not record.entered:
            return
        plan = self.world.plan
        account.entered = True
        account.segment = next((segment for segment, _ in plan.segments if segment.name == record.segment), None)
        account.phase, account.relation, account.relation_turns = record.phase, record.relation, record.relation_turns
        account.levels = [] if record.level_since is None else [(record.level_since, record.level)]
        account.touched = [] if record.touched is None else [record.touched]
        account.counted = self._counted(record.counted, plan.timing.zone)
        account.peaks = self._peaks(record.peaks)

    def _counted(self, counted: dict[str, list[int]], zone: str) -> dict[int, list[tuple[int, int]]]:
        """R15: by today's caps of these names, at their rates of today."""
        plan, found = self.world.plan, {}
        for index, name in enumerate(names.cap_names(plan)):
            made = counted.get(name, [])
            duration = plan.caps[index].rate.duration
            if made:
                found[index] = [(at, plan.timing.later(at, duration, zone) if duration else at) for at in made]
        return found

    def _peaks(self, peaks: dict[str, int]) -> dict[int, int]:
        caps = names.cap_names(self.world.plan)
        return {index: peaks[name] for index, name in enumerate(caps) if name in peaks}

    # --- what happened ---

    def _events(self, record: AccountRecord) -> None:
        """Give each event to the account in which its person is today, and each task too."""
        numbers: dict[int, int] = {}
        for event in record.events:
            here = self.people.get(event.contact)
            if here is None:
                continue
            account = here.person.account
            if record.entered and account.entered and event.number:
                numbers[event.number] = self._occurrence(event, here.person)
            elif not event.derived:
                happened = record.entered and account.entered
                inbox = self.past.setdefault(account.id, []) if happened else account.inbox
                has_counted = event.counted or (record.entered and event.number > 0)
                inbox.append((here.person, _happening(event, has_counted)))
        for task in record.tasks:
            here = self.people.get(task.contact)
            if here is not None:
                here.person.account.handouts[task.id] = self.flight.handout(here.person, task)
        for person in record.people:
            self._runs(self.people.get(person.id), person, numbers)

    def _occurrence(self, record: EventRecord, person: Person) -> int:
        world, name = self.world, record.event or ""
        names_ = world.plan.events.get(name, (name,))
        row = None if record.derived else _happening(record, record.counted)
        payload = {} if row is None else row.payload
        event = Occurrence(world.number(), person, record.at, names_, payload, record.taken, row)
        happenings.keep(event)
        if row is not None:
            self.past.setdefault(person.account.id, []).append((person, row))
        return event.number

    # --- where people stand ---

    def _standing(self, here: _Here, record: PersonRecord) -> None:
        """What is a person's own, wherever they live today."""
        person, flows = here.person, self.names.flows
        person.dated = dict(record.dated) or None
        person.counted = self._counted(record.counted, person.zone)
        person.peaks = self._peaks(record.peaks)
        person.lived = self.start if here.entered else record.lived
        person.ended = {self.names.campaign(campaign): at for campaign, at in record.ended.items()}
        for campaign, steps in record.visits.items():
            for step, times in steps.items():
                key = (self.names.campaign(campaign), self.names.step_or_before(campaign, step))
                person.visits[key] = max(times, person.visits.get(key, 0))
        person.received = set(record.received)
        person.goals = [
            GoalWatch(flows[goal.campaign].index, goal.event, goal.until)
            for goal in record.goals
            if goal.campaign in flows
        ]
        person.standing = tuple(sorted({flows[name].index for name in record.standing if name in flows}))
        person.starts = {flows[name].index: at for name, at in record.starts.items() if name in flows}
        if person.account.entered and here.entered:
            person.figures, person.roles = tuple(record.figures), tuple(record.roles)
            asked = {each.name for each in (*self.world.plan.predicates, *self.world.plan.dates)}
            person.truths = {name: truth for name, truth in record.truths.items() if name in asked}
            person.turns = {name: at for name, at in record.turns.items() if name in asked}

    def _runs(self, here: _Here | None, record: PersonRecord, numbers: dict[int, int]) -> None:
        if here is None:
            return
        for run in record.runs:
            self.flight.run(here.person, run, numbers)
        for audience in record.audiences:
            self.flight.audience(here.person, audience)

    # --- what is to come ---

    def _inboxes(self) -> None:
        """Today's rows of events behind those that have happened; accounts that have not entered wait for their day."""
        for row in self.given.happenings:
            here = self.people.get(row.contact)
            if here is not None:
                here.person.account.inbox.append((here.person, row))
        for account in self.accounts.values():
            account.inbox.sort(key=lambda each: (each[1].at, happenings.order(self.world, *each)))
            past = self.past.get(account.id, [])
            account.inbox, account.read = [*past, *account.inbox], len(past)

    def _plan_itself(self) -> None:
        """The run of the plan for nobody (R6)."""
        record = self.records.get("")
        mass(self.world, self.start, was_there=record is not None)
        if record is None or self.world.mass is None:
            return
        account = self.world.mass
        person = account.people[0]
        self.accounts[""] = account
        self.people[""] = _Here(person, record.people[0], record)
        self._standing(self.people[""], record.people[0])
        self._runs(self.people[""], record.people[0], {})
        account.moved = not record.entered

    def _beside(self) -> None:
        """Accounts that are carried over: they are counted, and what is open there is told as it stands."""
        self.world.beside = concerns.tally(self.concern.carried, names.cap_names(self.world.plan))
        for each in self.concern.beside:
            account = Account(each.id, {}, self.start)
            for task in each.tasks:
                if task.closed is None:
                    self.world.record.handouts.append(self.flight.handout(self._named(task.contact, account), task))
            for id, audiences in each.audiences.items():
                for audience in audiences:
                    self.flight.audience(self._named(id, account), audience)

    def _named(self, id: str, account: Account) -> Person:
        """Somebody of whom no more is asked than who they are, and where they live."""
        contact = Contact(id=id, account=account.id, origin=joining.NOWHERE)
        return Person(contact, account, self.world.plan.timing.zone, {})

    def _wake(self) -> None:
        """Every moment for which something waits."""
        moments, start = self.world.moments, self.start
        for account in filter(None, [*self.world.accounts, self.world.mass]):
            moments.know(account)
            self.world.record.handouts += [each for each in account.handouts.values() if each.open]
            if not account.entered:
                expect(self.world, account, start)
            if account.people:
                moment_of_rows = (row.at for _, row in account.inbox[account.read :])
                for moment in (*moment_of_rows, *own_moments(account)):
                    moments.add(max(moment, account.entry), account)

    def change(self) -> None:
        """What today's rows and today's plan change, at the state's moment."""
        changes = joining.Changes(self.world, self.edited, self.start, frozenset(self.plan.fields))
        for person, flow, record, handout in self.flight.lost:
            changes.lost(person, flow, record, handout)
        for account in self.world.accounts:
            here = [self.people[person.id] for person in account.people]
            residents = [
                joining.Resident(each.person, joining.contact_of(each.home.id, each.record), each.record.gone)
                for each in here
                if each.home is not None and each.home.entered and each.record is not None
            ]
            newcomers = [each.person for each in here if not each.entered]
            record_of = self.records.get(account.id)
            before = all_typed(record_of.attributes) if record_of else {}
            changes.account(account, before, residents, newcomers)
        changes.plan_itself()


def _happening(record: EventRecord, counted: bool) -> Happening:
    return Happening(
        contact=record.contact,
        at=record.at,
        event=record.event if record.outcome is None else None,
        outcome=record.outcome,
        task=record.task,
        step=record.step,
        payload=all_typed(record.payload),
        id=record.id,
        said=record.said,
        counted=counted,
        origin=Origin(record.file, record.row, record.line),
    )
