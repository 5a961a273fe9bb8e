"""A run's tasks as the lists of a CRM. What is withdrawn is left out: an import makes tasks and changes none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from gridlang.crm import writing
from gridlang.crm.item import Item
from gridlang.crm.options import CrmOptions
from gridlang.crm.system import System
from gridlang.outputs import OutputFile
from gridlang.runtime.outputs.attributes import texts
from gridlang.runtime.rows import AttributeValue, Contact, Input, TaskRow
from gridlang.schedule import clock
from gridlang.schedule.model import Campaign, Channel, Message, Place, Schedule

_WAYS = (("phone", "call"), ("email", "email"), ("meeting", "meeting"))


@attrs.frozen
class _Known:
    """The plan by name, and who the tasks are about."""

    schedule: Schedule
    campaigns: dict[str, Campaign]
    channels: dict[str, Channel]
    messages: dict[str, Message]
    people: Mapping[str, Contact]
    accounts: Mapping[str, Mapping[str, AttributeValue]]
    alone: frozenset[str]


def files(
    system: System, options: CrmOptions, schedule: Schedule, tasks: Iterable[TaskRow], given: Input | None
) -> tuple[OutputFile, ...]:
    """The lists of a system; `given` has the attributes of people for those who map them."""
    return writing.files(system, schedule.plan, items(schedule, tasks, given), options)


def items(schedule: Schedule, tasks: Iterable[TaskRow], given: Input | None) -> Iterator[Item]:
    """The tasks and notes that are not withdrawn, in their order."""
    contacts = given.contacts if given else ()
    known = _Known(
        schedule,
        {each.name: each for each in schedule.campaigns},
        {each.name: each for each in schedule.channels},
        {each.name: each for each in schedule.messages},
        {each.id: each for each in contacts},
        given.accounts if given else {},
        frozenset(each.account for each in contacts if each.alone),
    )
    return (_item(known, task) for task in tasks if task.state != "withdrawn")


def _item(known: _Known, task: TaskRow) -> Item:
    due = task.due if task.deadline is None else task.deadline
    campaign = known.campaigns.get(task.campaign)
    account = "" if task.account in known.alone else task.account
    person = known.people.get(task.contact)
    return Item(
        id=task.id,
        subject=task.subject or _title(known, task),
        lines=tuple(_lines(task)),
        start=task.due,
        due=due,
        due_day=clock.local(due, known.schedule.plan.timezone).date().isoformat(),
        way=_way(known, task.channel),  # type: ignore[arg-type]
        priority=campaign.priority if campaign else 50,
        done=task.state == "done",
        team=task.team,
        member=task.member,
        campaign=task.campaign,
        place=_place(known, task),
        contact=task.contact,
        account=account,
        channel=task.channel,
        message=task.message,
        step=task.step,
        kind=task.kind,
        outcome=task.outcome,
        outcomes=task.outcomes,
        person=texts(person.attributes) if person else {},
        household=texts(known.accounts.get(task.account, {})),
    )


def _title(known: _Known, task: TaskRow) -> str:
    """What a task without a subject is called: its message, else its campaign."""
    named = known.messages.get(task.message) or known.campaigns.get(task.campaign)
    return named.label if named else task.step


def _lines(task: TaskRow) -> Iterator[str]:
    yield f"{task.contact} ({task.account})" if task.account else task.contact
    if task.script:
        yield task.script
    if task.outcomes:
        yield " / ".join(task.outcomes)


def _way(known: _Known, name: str) -> str:
    channel = known.channels.get(name)
    line = (name, *(channel.ancestors if channel else ()))
    return next((way for kind, way in _WAYS if kind in line), "task")


def _place(known: _Known, task: TaskRow) -> Place:
    """Where its step is written; of a step that is gone from the plan, its campaign; else the plan."""
    campaign = known.campaigns.get(task.campaign)
    step = next((each for each in campaign.steps if each.id == task.step), None) if campaign else None
    named = step or campaign or known.schedule.plan
    return known.schedule.places[named.place]
