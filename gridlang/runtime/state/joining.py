"""What today's rows and today's plan change for people in flight, at the state's moment (R25, R26)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from gridlang.runtime.reference import cells, flows, happenings, history, runs
from gridlang.runtime.reference.handouts import Handout
from gridlang.runtime.reference.people import Account, Person
from gridlang.runtime.reference.prepare import Flow
from gridlang.runtime.reference.running import Run
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import AttributeValue, Because, Contact, MoveRow, Origin
from gridlang.runtime.state.names import Names
from gridlang.runtime.state.records import PersonRecord, RunRecord
from gridlang.runtime.state.values import all_typed, typed
from gridlang.schedule import steps as st
from gridlang.schedule.model import Schedule

NOWHERE = Origin("", 0)
"""A row that the state remembers, and no file of this run."""

STEP_GONE, PERSON_GONE, PHASE_GONE = "step_gone", "person_gone", "phase_gone"


@attrs.frozen
class Edited:
    """Whether the plan is another one than that of the state, and what of it matters to people in flight.

    `fresh`: derived events that are new or asked otherwise: what they say today is no event (R5a). `verbs`: the verb of
    each step before, by campaign and step.
    """

    any: bool
    fresh: frozenset[str]
    verbs: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, before: Schedule, now: Schedule, *, edited: bool) -> Edited:
        old = {event.name: event.when for event in before.events}
        fresh = frozenset(e.name for e in now.events if e.when is not None and e.when != old.get(e.name))
        verbs = {(campaign.name, step.id): step.verb for campaign in before.campaigns for step in campaign.steps}
        return cls(edited, fresh, verbs)


def run_of(world: World, names: Names, edited: Edited, person: Person, flow: Flow, record: RunRecord) -> Run | None:
    """R25: the run at its step of today, with its deadlines; None when the step is gone, or is another kind of step."""
    stands = names.step(flow, record.turning or record.step)
    if stands is None or flow.steps[stands].verb != edited.verbs.get((record.campaign, record.turning or record.step)):
        return None
    step = stands if record.turning is None else names.step(flow, record.step) or stands
    return Run(
        flow=flow,
        person=person,
        started=record.started,
        step=flow.steps[step],
        ready=record.ready,
        visit=record.visit,
        key=world.key(flow, person, step, record.ready, record.visit),
        fresh=edited.any
        and record.waiting is not None
        and not _still_by(world, flow.steps[step], record.waiting.channel),
        wake=record.wake,
        last_contact=record.last_contact,
        turning=None if record.turning is None else stands,
    )


def _still_by(world: World, step: st.Step, channel: str) -> bool:
    """Whether the step still goes by the channel that was chosen; if not, it is reached anew."""
    if isinstance(step, st.Send):
        return channel in step.channels
    return isinstance(step, st.Task) and channel == step.channel


def contact_of(account: str, record: PersonRecord) -> Contact:
    """The row that was last read of a person."""
    since = None if record.since is None else typed(record.since)
    assert since is None or isinstance(since, dt.date)
    return Contact(
        id=record.id,
        account=account,
        alone=record.alone,
        roles=tuple(record.row_roles),
        timezone=record.timezone,
        language=record.language,
        since=since,
        salesperson=record.salesperson,
        attributes=all_typed(record.attributes),
        origin=NOWHERE,
    )


@attrs.frozen
class Resident:
    """Somebody of an account who has lived in the plan before; `row` is what was read of them then."""

    person: Person
    row: Contact
    gone: bool
    """Whether the last run had no row of them."""

    @property
    def changed(self) -> bool:
        return self.gone or attrs.evolve(self.row, origin=self.person.contact.origin) != self.person.contact

    @property
    def moved_in(self) -> bool:
        return self.row.account != self.person.account.id


@attrs.frozen
class Changes:
    """Applied account by account, before the first second is lived."""

    world: World
    edited: Edited
    start: int
    fields: frozenset[str]
    """The attributes that the plan of the state had."""

    def lost(self, person: Person, flow: Flow | None, record: RunRecord, handout: Handout | None) -> None:
        """R25: a run whose step is gone ends, and what it had open is withdrawn."""
        campaign = flow.campaign.name if flow else record.campaign
        what = f"step {record.turning or record.step}" if flow else "campaign"
        self._complain(
            STEP_GONE,
            f"{person.id or 'the plan'} stood at {record.turning or record.step} of campaign {campaign}, and the plan "
            f"has no such {what} any more; the run ends here",
            person.id,
        )
        if handout is not None and handout.open:
            flows.withdraw(handout, self.start)
        if flow is not None:
            flows.leave_audiences(person, flow.index, self.start, also_timed=False)
        person.ended[campaign] = self.start
        self._ended(person, campaign, STEP_GONE)

    def account(
        self,
        account: Account,
        before: Mapping[str, AttributeValue],
        residents: Iterable[Resident],
        newcomers: list[Person],
    ) -> None:
        """Rows and plan of today for an account that has entered; `before` are its attributes in the state."""
        residents = list(residents)
        gone = [person for person in account.absent if self._is_gone(person)]
        if not account.entered or not account.people:
            return
        phase_is_gone = self._leave_phase_that_is_gone(account)
        whole = self.edited.any or dict(before) != account.attributes
        changed = [each for each in residents if each.changed]
        for each in changed:
            self._date(each)
        if any(each.moved_in for each in changed):
            for events in account.events.values():
                events.sort(key=lambda event: event.at)
        for each in residents if whole else changed:
            self._ask_again(each.person)
        if newcomers:
            history.join(self.world, account, newcomers, self.start)
        if whole or changed or gone or newcomers or phase_is_gone:
            account.moved = account.relation_asked = True
            self.world.moments.add(self.start, account)

    def plan_itself(self) -> None:
        """An edit may have brought a flight, or taken one."""
        if self.world.mass is not None and self.edited.any:
            self.world.mass.moved = True

    def _is_gone(self, person: Person) -> bool:
        """R26: runs of a missing person end. Whether they had anything that ends."""
        if person.runs:
            names = ", ".join(sorted(run.flow.campaign.name for run in person.runs.values()))
            self._complain(
                PERSON_GONE, f"{person.id} has no row of persons any more; what ran ends: {names}", person.id
            )
        for run in list(person.runs.values()):
            flows.end(self.world, run, self.start, left=True)
        for audience in person.audiences:
            audience.end = self.start
        was_here = bool(person.standing or person.roles)
        person.audiences, person.standing, person.roles = [], (), ()
        person.starts.clear()
        return was_here

    def _leave_phase_that_is_gone(self, account: Account) -> bool:
        """R25: a phase that is gone: the account goes to the journey's start, with an issue. A segment that is gone is
        asked for anew."""
        journey = self.world.plan.schedule.journey
        source = account.phase
        if any(phase.name == source for phase in journey.phases):
            if account.segment is None and self.edited.any:
                cells.place_in_segment(self.world, account, self.start)
            return False
        reason = (
            f"account {account.id} stood in phase {source}, and the journey has no such phase any more; it goes to "
        )
        self._complain(PHASE_GONE, reason + journey.start, account.people[0].id)
        account.phase = journey.start
        because = (Because(PHASE_GONE, journey.place),)
        self.world.record.moves.append(
            MoveRow(
                account=account.id,
                source=source,
                target=journey.start,
                at=self.start,
                why=PHASE_GONE,
                because=because,
            )
        )
        cells.place_in_segment(self.world, account, self.start)
        return True

    def _date(self, resident: Resident) -> None:
        """R13: a changed value of consent is dated this run's start; that of a field that is new has not changed."""
        person, before = resident.person, resident.row.attributes
        asked = {channel.consent for channel in self.world.plan.schedule.channels if channel.consent is not None}
        for name in sorted(asked & self.fields):
            if before.get(name) != person.contact.attributes.get(name):
                person.dated = {**(person.dated or {}), name: self.start}

    def _ask_again(self, person: Person) -> None:
        """Whatever looks at a row or at the plan's own words, as of now."""
        world, start, plan = self.world, self.start, self.world.plan
        person.figures = cells.figures(world, person, start)
        for date in plan.dates:
            happenings.plan_date(world, person, date.name, start, at_entry=True)
        for asked in plan.predicates:
            if asked.name in person.truths and asked.name not in self.edited.fresh:
                person.turns[asked.name] = start
            else:
                happenings.look(world, person, asked, start)
        for index in list(person.starts):
            starts = plan.flows[index].starts
            if starts is None:
                del person.starts[index]
            else:
                person.starts[index] = runs.date_moment(starts.evaluate, person, start)
                world.moments.add(person.starts[index], person.account)

    def _complain(self, code: str, reason: str, contact: str) -> None:
        self.world.complain(code, reason, contact=contact, at=self.start)

    def _ended(self, person: Person, campaign: str, why: str) -> None:
        if self.world.diary is not None:
            self.world.diary.ended(person, campaign, self.start, why)
