"""A sample person: what the plan does with somebody of its tests, or of its file of persons, step by step.

The reference interpreter tells it, for one account, in memory; it stops when a flow takes more arrows than anybody
would look at.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import attrs

from gridlang.editor import disk
from gridlang.editor.session import Plan, Understood
from gridlang.runtime import inputs
from gridlang.runtime.inputs import InputFiles, InputRows
from gridlang.runtime.reference import execution
from gridlang.runtime.rows import Contact, Execution, Input
from gridlang.runtime.testing import given, times
from gridlang.schedule import clock
from gridlang.schedule.model import Schedule, Story

MOST_ARROWS = 3_000
"""So many arrows of one person, and the rest is not told."""
MOST_ROWS = 500
"""Rows of a file of persons that can be chosen."""
PERSONS = "persons.csv"


@attrs.frozen
class Choice:
    """Somebody who can be chosen: `id` is stable while the plan is written, `label` is for people."""

    id: str
    label: str


@attrs.frozen(eq=False)
class Walk:
    """What happened to the sample: by campaign and step the moments, each with the arrow that was taken then.

    `contact` is the sample, `people` everybody of their account by id.
    """

    choice: Choice
    schedule: Schedule
    contact: Contact
    account: dict[str, Any]
    execution: Execution | None
    arrows: dict[tuple[str, str], list[tuple[int, str]]]

    @property
    def zone(self) -> str:
        zone = self.contact.timezone
        return zone if zone and clock.known_zone(zone) else self.schedule.plan.timezone


class _Enough(Exception):  # noqa: N818 - no error: the walk is long enough
    """The sample has gone as many steps as anybody looks at."""


@attrs.define(eq=False)
class _Notes:
    """The arrows of one contact, and of the campaigns that are for nobody."""

    contact: str
    arrows: dict[tuple[str, str], list[tuple[int, str]]] = attrs.field(factory=dict)
    count: int = 0

    def took(self, campaign: str, step: str, word: str, contact: str, at: int) -> None:
        self.count += 1
        if contact in (self.contact, ""):
            self.arrows.setdefault((campaign, step), []).append((at, word))
        if self.count > MOST_ARROWS:
            raise _Enough


def choices(plan: Plan, schedule: Schedule) -> list[Choice]:
    """Everybody who can be the sample: the persons of the tests, then those of the plan's file of persons."""
    found = [
        Choice(f"test:{story.title}:{person.name}", f"{person.name} · {story.title}")
        for story in schedule.tests
        for person in story.persons
    ]
    return [*found, *(Choice(f"row:{row['id']}", f"{row['id']} · {PERSONS}") for row in _rows(plan))]


def _rows(plan: Plan) -> Iterator[dict[str, Any]]:
    content = disk.table_beside(plan.key, PERSONS)
    text = (content or b"").decode("utf-8-sig", "replace")
    sample = text[:1000].split("\n", 1)[0]
    for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=";" if ";" in sample else ",")):
        if number >= MOST_ROWS:
            return
        if row.get("id"):
            yield row


def walk(plan: Plan, understood: Understood, chosen: str | None) -> Walk | None:
    """What happens to the chosen sample, else to the first there is; None when there is nobody or no whole plan."""
    model = understood.model
    if model is None or understood.failed:
        return None
    made: Walk | None = understood.once(f"walk {chosen}", lambda: _walk(plan, model.schedule, chosen))
    return made


def _walk(plan: Plan, schedule: Schedule, chosen: str | None) -> Walk | None:
    found = choices(plan, schedule)
    choice = next((each for each in found if each.id == chosen), found[0] if found else None)
    if choice is None:
        return None
    if choice.id.startswith("row:"):
        return _of_row(plan, schedule, choice)
    for story in schedule.tests:
        for person in story.persons:
            if choice.id == f"test:{story.title}:{person.name}":
                return _of_story(schedule, story, choice, person.name)
    return None


def _of_story(schedule: Schedule, story: Story, choice: Choice, name: str) -> Walk | None:
    read = given.read(schedule, story)
    if read.failed:
        return None
    entries = {} if story.enter is None else dict.fromkeys(given.accounts(story), story.enter)
    start = times.moment(story.starts, schedule.plan.timezone)
    return _told(schedule, read.value, choice, name, start, entries)


def _of_row(plan: Plan, schedule: Schedule, choice: Choice) -> Walk | None:
    """Somebody of the file, with their account, from the beginning of the period."""
    rows = list(_rows(plan))
    name = choice.id.removeprefix("row:")
    row = next((each for each in rows if each["id"] == name), None)
    if row is None:
        return None
    account = row.get("account")
    together = [each for each in rows if each is row or (account and each.get("account") == account)]
    read = inputs.read(schedule, InputFiles(persons=InputRows(PERSONS, together)))
    start = times.moment(schedule.plan.starts, schedule.plan.timezone)
    return None if read.failed else _told(schedule, read.value, choice, name, start, {})


def _told(
    schedule: Schedule, people: Input, choice: Choice, name: str, start: int, entries: dict[str, str]
) -> Walk | None:
    contact = next((each for each in people.contacts if each.id == name), None)
    if contact is None:
        return None
    notes = _Notes(name)
    until = clock.midnight(clock.next_date(dt.date.fromisoformat(schedule.plan.ends)), schedule.plan.timezone)
    world = execution.begin(schedule, people, start, until, watch=notes)
    with contextlib.suppress(_Enough):
        execution.advance(world, world.moments.horizon, start, entries)
    rows = execution.rows(world, start, world.moments.horizon, people.issues)
    return Walk(choice, schedule, contact, dict(people.accounts.get(contact.account, {})), rows, notes.arrows)


def variables(walk: Walk) -> dict[str, Any]:
    """What a template may ask for of the sample."""
    contact = walk.contact
    own = {"id": contact.id, "roles": contact.roles, "timezone": walk.zone, "salesperson": contact.salesperson}
    known = {**contact.attributes, **own, "since": contact.since}
    attributes = {name: value for name, value in known.items() if value is not None}
    return {**attributes, "account": walk.account, "language": contact.language or ""}
