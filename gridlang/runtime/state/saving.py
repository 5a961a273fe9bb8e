"""From the world of an execution to the records of a state."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from gridlang.runtime.reference import units
from gridlang.runtime.reference.audiences import Audience
from gridlang.runtime.reference.handouts import Handout
from gridlang.runtime.reference.people import Account, GoalWatch, Occurrence, Person
from gridlang.runtime.reference.running import Run, Turn, Waiting
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import Because, Happening
from gridlang.runtime.state import codec, names, signs
from gridlang.runtime.state.accounts import Line, State
from gridlang.runtime.state.places import links
from gridlang.runtime.state.records import (
    AccountRecord,
    AudienceRecord,
    EventRecord,
    GoalRecord,
    LinkRecord,
    PersonRecord,
    PlanRecord,
    RunRecord,
    TaskRecord,
    TurnRecord,
    WaitingRecord,
)
from gridlang.runtime.state.upcoming import upcoming
from gridlang.runtime.state.values import all_plain, plain
from gridlang.schedule import clock
from gridlang.schedule.model import Schedule


def save(world: World, known: int, schedule: Schedule, fingerprint: str, carried: Iterable[Line] = ()) -> State:
    """The state as of `known`, up to which the world has lived; accounts that are `carried` over stand as they stood.

    `schedule` is the plan's with every place that a chain may name; `fingerprint` is of the plan's own.
    """
    saving = _Saving(world, known, schedule, names.cap_names(world.plan))
    lived = map(saving.line, [*([world.mass] if world.mass else []), *world.accounts])
    accounts = sorted((*lived, *carried), key=lambda line: line.signs.id)
    return State(plan=saving.plan(fingerprint), accounts=tuple(accounts))


@attrs.frozen
class _Saving:
    world: World
    known: int
    schedule: Schedule
    caps: tuple[str, ...]

    def plan(self, fingerprint: str) -> PlanRecord:
        world, schedule = self.world, self.world.plan.schedule
        return PlanRecord(
            plan=schedule.plan.name,
            since=self.known if world.since is None else world.since,
            known=self.known,
            schedule=fingerprint,
            spent=f"{world.spent:f}",
            begun=self._by_campaign(world.begun),
            reached=self._by_campaign(world.reached),
            arrows=_arrows(world),
            happened=_happened(world),
            told=sorted(world.wordings.told),
            fields=sorted(field.name for field in schedule.person_fields),
            carries=carried(schedule),
        )

    def _by_campaign(self, numbers: dict[int, int]) -> dict[str, int]:
        return dict(sorted((self._campaign(index), number) for index, number in numbers.items()))

    def _campaign(self, index: int) -> str:
        return self.world.plan.flows[index].campaign.name

    def line(self, account: Account) -> Line:
        """An account, as it is written."""
        record = self.account(account)
        rows = signs.digest_of_people(account.attributes, (person.contact for person in account.people))
        changes = upcoming(self.world, account, self.known)
        return Line(codec.line(record), signs.signs_of(record, rows, min(changes, default=None)))

    def account(self, account: Account) -> AccountRecord:
        """An account with its people; whoever is absent stands among them."""
        happened = in_time(account) if account.entered else []
        numbers = {event.number: number for number, event in enumerate(happened, 1)}
        since, level = account.levels[-1] if account.levels else (None, None)
        everybody = sorted((*account.people, *account.absent), key=lambda person: person.id)
        absent = {person.id for person in account.absent}
        return AccountRecord(
            id=account.id,
            attributes=all_plain(account.attributes),
            entered=account.entered and not account.moved,
            segment=account.segment.name if account.segment else None,
            phase=account.phase,
            relation=account.relation,
            relation_turns=account.relation_turns,
            level=level,
            level_since=since,
            touched=account.touched[-1] if account.touched else None,
            counted=self._counted(account.counted, self.world.plan.timing.zone),
            peaks=self._peaks(account.peaks),
            events=_events(account, happened) if account.entered else _ahead(account, self.known),
            tasks=[self._task(each) for each in account.handouts.values()],
            people=[self._person(person, numbers, person.id in absent) for person in everybody],
        )

    def _task(self, handout: Handout) -> TaskRecord:
        row = handout.row
        kept = TaskRecord(
            id=row.id,
            contact=row.contact,
            campaign=row.campaign,
            step=row.step,
            visit=row.visit,
            team=row.team,
            member=row.member,
            due=row.due,
            ready=handout.key[1],
            closed=handout.closed,
        )
        if handout.closed is not None:
            return kept
        return attrs.evolve(
            kept,
            channel=row.channel,
            message=row.message,
            subject=row.subject,
            local=row.local,
            deadline=row.deadline,
            script=row.script,
            outcomes=list(row.outcomes),
            because=self._links(row.because),
        )

    def _links(self, chain: Iterable[Because]) -> list[LinkRecord]:
        return links(self.schedule, chain)

    def _person(self, person: Person, numbers: dict[int, int], absent: bool) -> PersonRecord:
        row = person.contact
        visits: dict[str, dict[str, int]] = {}
        for (campaign, step), times in sorted(person.visits.items()):
            visits.setdefault(campaign, {})[step] = times
        return PersonRecord(
            id=row.id,
            gone=absent,
            alone=row.alone,
            row_roles=list(row.roles),
            timezone=row.timezone,
            language=row.language,
            since=None if row.since is None else plain(row.since),
            salesperson=row.salesperson,
            attributes=all_plain(row.attributes),
            dated=dict(sorted((person.dated or {}).items())),
            figures=list(person.figures),
            roles=list(person.roles),
            truths=dict(sorted(person.truths.items())),
            turns=dict(sorted(person.turns.items())),
            counted=self._counted(person.counted, person.zone),
            peaks=self._peaks(person.peaks),
            lived=None if person.account.entered else person.lived,
            standing=[self._campaign(index) for index in person.standing],
            starts={self._campaign(index): moment for index, moment in sorted(person.starts.items())},
            runs=[self._run(run, numbers) for _, run in sorted(person.runs.items())],
            ended=dict(sorted(person.ended.items())),
            visits=visits,
            goals=[self._goal(goal) for goal in person.goals if goal.until is None or goal.until > self.known],
            audiences=[self._audience(each) for each in person.audiences if self._still_in(each)],
            received=sorted(person.received),
        )

    def _counted(self, counted: dict[int, list[tuple[int, int]]], zone: str) -> dict[str, list[int]]:
        """By cap: the touches that still counted when the last of them was made (R15). So a list changes only with a
        touch, and not because time passes."""
        kept: dict[str, list[int]] = {}
        for index, made in counted.items():
            rate = self.world.plan.caps[index].rate
            last = max((at for at, _ in made), default=0)
            if rate.calendar:
                begin = units.start(last, rate.calendar, zone)
                left = [at for at, _ in made if at >= begin]
            else:
                left = [at for at, free in made if free > last]
            if left:
                kept[self.caps[index]] = left
        return dict(sorted(kept.items()))

    def _peaks(self, peaks: dict[int, int]) -> dict[str, int]:
        return dict(sorted((self.caps[index], peak) for index, peak in peaks.items()))

    def _goal(self, goal: GoalWatch) -> GoalRecord:
        return GoalRecord(campaign=self._campaign(goal.campaign), event=goal.event, until=goal.until)

    def _still_in(self, audience: Audience) -> bool:
        return audience.end is None and (audience.until is None or audience.until >= self.known)

    def _audience(self, audience: Audience) -> AudienceRecord:
        row = audience.row
        return AudienceRecord(
            id=row.id,
            campaign=row.campaign,
            step=row.step,
            visit=row.visit,
            channel=row.channel,
            message=row.message,
            start=row.start,
            ready=audience.key[1],
            until=audience.until,
            because=self._links(row.because),
        )

    def _run(self, run: Run, numbers: dict[int, int]) -> RunRecord:
        return RunRecord(
            campaign=run.flow.campaign.name,
            step=run.step.id,
            started=run.started,
            ready=run.ready,
            visit=run.visit,
            wake=run.wake,
            last_contact=run.last_contact,
            used=sorted(numbers[number] for number in run.used if number in numbers),
            jumps=dict(sorted(run.jumps.items())),
            turns={step: _turn(turn) for step, turn in sorted(run.turns.items())},
            turning=run.turning,
            waiting=self._waiting(run.waiting) if run.waiting else None,
            task=run.handout.row.id if run.handout else None,
        )

    def _waiting(self, waiting: Waiting) -> WaitingRecord:
        return WaitingRecord(
            channel=waiting.channel,
            ready=waiting.ready,
            earliest=waiting.earliest,
            moment=waiting.moment,
            deadline=waiting.deadline,
            chain=self._links(waiting.chain),
            at_desk=waiting.at_desk,
        )


def _arrows(world: World) -> dict[str, dict[str, dict[str, int]]]:
    arrows: dict[str, dict[str, dict[str, int]]] = {}
    for (campaign, step, word), times in sorted(world.arrows.items()):
        arrows.setdefault(campaign, {}).setdefault(step, {})[word] = times
    return arrows


def _happened(world: World) -> dict[str, dict[str, int]]:
    happened: dict[str, dict[str, int]] = {}
    for (event, day), times in sorted(world.happened.items()):
        happened.setdefault(event, {})[clock.date_of(day).isoformat()] = times
    return happened


def carried(schedule: Schedule) -> dict[str, list[str]]:
    """By event: what its rows may carry, what its parents carry included."""
    declared = {event.name: event for event in schedule.events}
    return {
        event.name: sorted(
            {
                field.name
                for name in (event.name, *event.ancestors)
                if name in declared
                for field in declared[name].carries
            }
        )
        for event in schedule.events
    }


def _turn(turn: Turn) -> TurnRecord:
    series = None if turn.series is None else turn.series.isoformat()
    return TurnRecord(reached=turn.reached, number=turn.number, series=series)


def in_time(account: Account) -> list[Occurrence]:
    """Every event of the account once, in the order of time."""
    every = {id(event): event for events in account.events.values() for event in events}
    return sorted(every.values(), key=lambda event: (event.at, event.number))


def _events(account: Account, happened: list[Occurrence]) -> list[EventRecord]:
    """What happened, in the order of time, then outcomes that were no event."""
    events = [_occurrence(event, number) for number, event in enumerate(happened, 1)]
    heard = {id(event.row) for event in happened}
    rest = [_row(row) for _, row in account.inbox[: account.read] if id(row) not in heard]
    return [*events, *sorted(rest, key=lambda row: (row.at, row.contact, row.outcome or "", row.said or 0))]


def _occurrence(event: Occurrence, number: int) -> EventRecord:
    if event.row is not None:
        return attrs.evolve(_row(event.row), at=event.at, event=event.name, number=number, taken=event.taken)
    return EventRecord(
        contact=event.person.id, at=event.at, number=number, event=event.name, derived=True, taken=event.taken
    )


def _row(row: Happening) -> EventRecord:
    return EventRecord(
        contact=row.contact,
        at=row.at,
        event=row.event,
        outcome=row.outcome,
        task=row.task,
        step=row.step,
        payload=all_plain(row.payload),
        id=row.id,
        said=row.said,
    )


def _ahead(account: Account, known: int) -> list[EventRecord]:
    """The rows of an account that has not entered: they will be its history."""
    return [
        attrs.evolve(_row(row), counted=row.counted, file=row.origin.file, row=row.origin.row, line=row.origin.line)
        for _, row in account.inbox
        if row.at < known
    ]
