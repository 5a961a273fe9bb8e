"""Rows of events: what happened to whom and when, and how tasks went."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

import attrs

from gridlang.runtime.inputs import scalars
from gridlang.runtime.inputs.columns import Required
from gridlang.runtime.inputs.records import Column, Record, columns_of, on_clock, seconds
from gridlang.runtime.inputs.scalars import Wrong
from gridlang.runtime.inputs.tables import Cell, Row, Table
from gridlang.runtime.inputs.values import did_you_mean
from gridlang.runtime.rows import AttributeValue, Contact, Happening, Issue, Origin
from gridlang.schedule import clock
from gridlang.schedule.model import Schedule
from gridlang.schedule.steps import Task

RESERVED = ("id", "contact", "at", "event", "outcome", "task", "step")


@attrs.frozen
class Vocabulary:
    """The names that rows of events may use in this plan, and what each event carries."""

    events: dict[str, tuple[Column, ...]]
    outcomes: frozenset[str]
    """The outcomes of tasks, and every event: an outcome of its name is the event too (R21)."""
    steps: frozenset[str]
    """Tasks by id and label, alone and as `campaign.step`."""

    @classmethod
    def of(cls, schedule: Schedule, earlier: Iterable[Schedule] = ()) -> Vocabulary:
        """`earlier`: the plan before edits; its tasks are still with people, who answer as they were asked (R25)."""
        declared = {event.name: event for event in schedule.events}
        events: dict[str, tuple[Column, ...]] = {}
        for event in schedule.events:
            line = [event, *(declared[name] for name in event.ancestors if name in declared)]
            fields = {field.name: field for one in reversed(line) for field in one.carries}
            events[event.name] = columns_of((f for f in fields.values() if f.name not in RESERVED), schedule)
        plans = (schedule, *earlier)
        tasks = [(c.name, step) for plan in plans for c in plan.campaigns for step in c.steps if isinstance(step, Task)]
        outcomes = {outcome for _, step in tasks for arm in step.arms for outcome in arm.outcomes}
        return cls(events, frozenset(outcomes | events.keys()), frozenset(_step_names(tasks)))

    @property
    def known(self) -> tuple[str, ...]:
        """The columns of a file of events."""
        carried = (column.field.name for columns in self.events.values() for column in columns)
        return (*RESERVED, *dict.fromkeys(carried))


def _step_names(tasks: list[tuple[str, Task]]) -> Iterator[str]:
    for campaign, step in tasks:
        for name in filter(None, (step.id, step.label, step.was)):
            yield name
            yield f"{campaign}.{name}"


def required(table: Table) -> Iterator[Required]:
    """`contact`, `at`, and `event` or `outcome`."""
    yield Required("contact", "an event happens to somebody", "add the CRM's id of the person")
    yield Required("at", "a plan answers in time: every event needs its moment", "add the moment, 2027-02-01T08:00:00Z")
    if "outcome" not in table.columns:
        yield Required("event", "a row must say what happened", "add the names of the events")


@attrs.frozen
class People:
    """Whom events can be about: the contacts of the run, and the ids that were refused with where they stood."""

    contacts: Mapping[str, Contact]
    refused: Mapping[str, Origin]
    timezone: str
    """The plan's, for those without one (R8)."""


def read_event(vocabulary: Vocabulary, people: People, table: Table, row: Row) -> Happening | Issue:
    """The event of one row, or everything that is wrong with the row."""
    record = Record(table.name, row.number, row.cells)
    contact = _contact(record, people)
    zone = (contact.timezone if contact else None) or people.timezone
    at = _at(record, zone)
    event, outcome = _what(record, vocabulary)
    task = record.take("task", scalars.text)
    step = record.take("step", scalars.text)
    if outcome is not None:
        _which_task(record, vocabulary, task, step)
    payload = _payload(record, vocabulary, event, outcome, zone)
    identity = record.take("id", scalars.text)
    if record.flaws or at is None:
        return record.issue()
    return Happening(
        contact=record.contact,
        at=at,
        event=event,
        outcome=outcome,
        task=task if outcome is not None else None,
        step=step if outcome is not None else None,
        payload=payload,
        id=identity,
        origin=table.origin(row.number),
    )


def _contact(record: Record, people: People) -> Contact | None:
    if "contact" not in record.cells:
        record.missing("contact")
        return None
    name = record.take("contact", scalars.text)
    record.contact = name or ""
    if name is None or name in people.contacts:
        return people.contacts[name] if name else None
    if origin := people.refused.get(name):
        reason = f"contact `{name}` was left out ({origin})"
        record.flaws.append(Wrong(reason, "contact_left_out"))
    else:
        record.flaws.append(Wrong(f"nobody has the id `{name}`", "unknown_contact"))
    return None


def _at(record: Record, zone: str) -> int | None:
    """The moment; without an offset it is on the contact's clock (R8, R10)."""
    if "at" not in record.cells:
        record.missing("at")
    read = record.take("at", scalars.moment)
    if read is None:
        return None
    return clock.moment(read, zone) if read.tzinfo is None else seconds(read)


def _what(record: Record, vocabulary: Vocabulary) -> tuple[str | None, str | None]:
    """The event and the outcome; a row is one of them, and `event` may only repeat the outcome's name."""
    event = record.take("event", scalars.text)
    outcome = record.take("outcome", scalars.text)
    if "event" not in record.cells and "outcome" not in record.cells:
        record.flaws.append(Wrong("neither `event` nor `outcome` says what happened", "missing_value"))
    if event is not None and event not in vocabulary.events:
        reason = f"the plan has no event `{event}`{did_you_mean(event, vocabulary.events)}"
        record.flaws.append(Wrong(reason, "unknown_event"))
    if outcome is not None and outcome not in vocabulary.outcomes:
        reason = f"no task of the plan has the outcome `{outcome}`{did_you_mean(outcome, vocabulary.outcomes)}"
        record.flaws.append(Wrong(reason, "unknown_outcome"))
    if event is not None and outcome is not None and event != outcome:
        reason = f"event `{event}` and outcome `{outcome}` in one row; write a row for each"
        record.flaws.append(Wrong(reason, "wrong_value"))
    return (event if outcome is None else None), outcome


def _which_task(record: Record, vocabulary: Vocabulary, task: str | None, step: str | None) -> None:
    if task is None and step is None:
        record.flaws.append(Wrong("an outcome needs `task` (the id of the task) or `step` (its name)", "missing_value"))
    elif task is None and step is not None and step not in vocabulary.steps:
        reason = f"no campaign has a task `{step}`{did_you_mean(step, vocabulary.steps)}"
        record.flaws.append(Wrong(reason, "unknown_step"))


def _payload(
    record: Record, vocabulary: Vocabulary, event: str | None, outcome: str | None, zone: str
) -> dict[str, AttributeValue]:
    """What the event carries. An outcome that is also an event may carry it, but need not."""
    columns = vocabulary.events.get(event or outcome or "", ())
    return record.fields(columns, on_clock(zone), complete=event is not None)


@functools.lru_cache(maxsize=1)
def _reserved() -> frozenset[str]:
    return frozenset(RESERVED)


def unread_values(
    vocabulary: Vocabulary, rows: Mapping[int, Mapping[str, Cell]], happenings: list[Happening]
) -> dict[tuple[str, str], tuple[int, int]]:
    """By event and column: how many values nobody reads, since the event does not carry them, and the first row."""
    carried = set(vocabulary.known) - _reserved()
    lost: dict[tuple[str, str], tuple[int, int]] = {}
    for happening in happenings:
        name, row = happening.event or happening.outcome or "", happening.origin.row
        own = {column.field.name for column in vocabulary.events.get(name, ())}
        for column in rows[row].keys() & carried - own:
            times, first = lost.get((name, column), (0, row))
            lost[name, column] = (times + 1, min(first, row))
    return lost


def carried_by_no_event(table: Table, lost: Mapping[tuple[str, str], tuple[int, int]]) -> Iterator[Issue]:
    """One word for each event and column whose values nobody reads."""
    for (name, column), (times, first) in sorted(lost.items()):
        reason = f"`{name}` does not carry `{column}`: {times} values are not read"
        yield Issue(code="unread_value", reason=reason, file=table.name, row=first, refused=False)
