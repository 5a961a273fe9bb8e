"""A story as the input of a run: its persons and events are rows, typed as those of files are."""

from __future__ import annotations

from gridlang.diagnostics import Outcome
from gridlang.runtime import inputs
from gridlang.runtime.inputs import InputFiles, InputRows
from gridlang.runtime.rows import Input, Issue
from gridlang.schedule.model import Schedule, Story, StoryEvent, StoryPerson

HOME = "home"
"""The account of persons who say none."""
PERSONS, EVENTS = "persons", "events"


def read(schedule: Schedule, story: Story) -> Outcome[Input]:
    """The input of a story; row n of `persons` and `events` is the n-th of the story."""
    lists = [field.name for field in (*schedule.person_fields, *schedule.account_fields) if field.type == "List"]
    persons = [_person(person, lists) for person in story.persons]
    events = [_event(event) for event in story.events]
    files = InputFiles(
        persons=InputRows(PERSONS, persons),
        events=InputRows(EVENTS, events) if events else None,
    )
    return inputs.read(schedule, files)


def accounts(story: Story) -> tuple[str, ...]:
    """The accounts of a story's persons, each once."""
    return tuple(dict.fromkeys(account_of(person) for person in story.persons))


def account_of(person: StoryPerson) -> str:
    """The account of a story's person."""
    return person.values.get("account") or HOME


def place_of(story: Story, issue: Issue) -> int:
    """The line of the story that an issue is about; the story's own when it says none."""
    lines = {PERSONS: [each.place for each in story.persons], EVENTS: [each.place for each in story.events]}
    places = lines.get(issue.file, [])
    if issue.row is not None and 0 < issue.row <= len(places):
        return places[issue.row - 1]
    named = (person.place for person in story.persons if person.name == issue.contact)
    return next(named, story.place)


def _person(person: StoryPerson, lists: list[str]) -> dict[str, object]:
    """A list of which the story does not speak is the empty list."""
    empty = dict.fromkeys(lists, "")
    return {**empty, **person.values, "id": person.name, "account": account_of(person)}


def _event(event: StoryEvent) -> dict[str, object]:
    what = {"event": event.event, "outcome": event.outcome, "step": event.step}
    said = {name: word for name, word in what.items() if word is not None}
    return {**event.values, "contact": event.person, "at": event.at, **said}
