"""What people have in flight, put back into today's plan: runs, open tasks, audiences (R25)."""

from __future__ import annotations

import datetime as dt

import attrs

from gridlang.runtime.reference.audiences import Audience
from gridlang.runtime.reference.handouts import Handout
from gridlang.runtime.reference.people import Person
from gridlang.runtime.reference.prepare import Flow
from gridlang.runtime.reference.running import Turn, Waiting
from gridlang.runtime.reference.world import World
from gridlang.runtime.rows import AudienceRow, TaskRow
from gridlang.runtime.state import joining
from gridlang.runtime.state.names import Names
from gridlang.runtime.state.places import Places
from gridlang.runtime.state.records import AudienceRecord, RunRecord, TaskRecord, TurnRecord, WaitingRecord
from gridlang.schedule import steps as st


@attrs.frozen
class Flight:
    """Puts it back, one by one; tasks before the runs that wait for them."""

    world: World
    start: int
    names: Names
    places: Places
    edited: joining.Edited
    lost: list[tuple[Person, Flow | None, RunRecord, Handout | None]] = attrs.field(factory=list)
    """Runs whose step is gone."""

    def handout(self, person: Person, task: TaskRecord) -> Handout:
        """A task that was handed out to this person, as it stands."""
        row = TaskRow(
            **attrs.asdict(task, filter=lambda field, _: field.name in _TASK, recurse=False),
            account=person.account.id,
            outcomes=tuple(task.outcomes),
            state="open",
            outcome="",
            kind="task",
            because=tuple(self.places.chain(task.because)),
        )
        row = attrs.evolve(row, closed=None)
        key = self._key(person, task.campaign, task.step, task.ready, task.visit)
        return Handout(row, key, None, closed=task.closed)

    def run(self, person: Person, record: RunRecord, numbers: dict[int, int]) -> None:
        """R25: it goes on where its step still is, or is named by `was:`; else it is lost, and ends."""
        handout = person.account.handouts.get(record.task or "")
        flow = self.names.flows.get(record.campaign)
        run = joining.run_of(self.world, self.names, self.edited, person, flow, record) if flow else None
        if flow is None or run is None or flow.index in person.runs:
            self.lost.append((person, flow, record, handout))
            return
        run.used = {numbers[number] for number in record.used if number in numbers}
        run.turns = {
            step: _turn(turn)
            for before, turn in record.turns.items()
            if (step := self.names.step(flow, before)) is not None
        }
        run.jumps = {
            step: times for before, times in record.jumps.items() if (step := self.names.step(flow, before)) is not None
        }
        run.waiting = self._waiting(record.waiting) if record.waiting and not run.fresh else None
        if handout is not None and isinstance(run.step, st.Task):
            handout.run, run.handout = run, handout
            run.wake = handout.row.deadline if run.step.has_overdue else None
        person.runs[flow.index] = run

    def _waiting(self, record: WaitingRecord) -> Waiting:
        return Waiting(
            channel=record.channel,
            ready=record.ready,
            earliest=record.earliest,
            moment=record.moment,
            deadline=record.deadline,
            chain=self.places.chain(record.chain),
            at_desk=record.at_desk,
        )

    def audience(self, person: Person, record: AudienceRecord) -> None:
        """It ends where its campaign is gone."""
        flow = self.names.flows.get(record.campaign)
        row = AudienceRow(
            id=record.id,
            contact=person.id,
            account=person.account.id,
            channel=record.channel,
            message=record.message,
            start=record.start,
            end=None,
            campaign=record.campaign,
            step=record.step,
            visit=record.visit,
            because=tuple(self.places.chain(record.because)),
        )
        key = self._key(person, record.campaign, record.step, record.ready, record.visit)
        audience = Audience(row, key, flow.index if flow else -1, record.until)
        self.world.record.audiences.append(audience)
        if flow is None:
            audience.end = self.start
        else:
            person.audiences.append(audience)

    def _key(
        self, person: Person, campaign: str, step: str, ready: int, visit: int
    ) -> tuple[int, int, int, int, str, str, int]:
        flow = self.names.flows.get(campaign)
        if flow is None:
            return (0, ready, -1, -1, person.account.id, person.id, visit)
        return self.world.key(flow, person, self.names.step(flow, step) or step, ready, visit)


_TASK = {
    "id", "contact", "campaign", "step", "visit", "team", "member", "due", "closed", "channel", "message", "subject",
    "local", "deadline", "script",
}  # fmt: skip


def _turn(record: TurnRecord) -> Turn:
    series = None if record.series is None else dt.datetime.fromisoformat(record.series)
    return Turn(record.reached, series, record.number)
