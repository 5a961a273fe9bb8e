"""The `test` blocks of the example plans, told to the reference interpreter: what they expect must happen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs

from gridlang.cli.period import stretch
from gridlang.files import Workspace
from gridlang.runtime import inputs, reference
from gridlang.runtime.inputs import InputFiles, InputRows
from gridlang.runtime.rows import Execution
from gridlang.schedule import clock
from gridlang.schedule.model import Schedule
from gridlang.syntax import nodes, parse
from tests.unit.examples.plans import EXAMPLES, compiled

HOME = "home"


@attrs.frozen
class Story:
    """One `test` block of an example."""

    example: str
    block: nodes.Block

    @property
    def title(self) -> str:
        assert self.block.title is not None
        return self.block.title.value

    def items(self, kind: type[Any]) -> Iterator[Any]:
        return (item for item in self.block.items if isinstance(item, kind))


def stories(example: str) -> list[Story]:
    """The tests of an example, in order."""
    files = Workspace.at(str(EXAMPLES / example)).grid_files("").value
    blocks = (block for file in files for block in parse(file).value.declarations)
    return [Story(example, block) for block in blocks if isinstance(block, nodes.Block) and block.kind.text == "test"]


def failures(story: Story) -> list[str]:
    """What the story expects and does not happen, in its own words."""
    schedule = compiled(story.example).schedule
    execution = told(story, schedule)
    assert execution.issues == (), execution.issues
    return [expect.span.text for expect in story.items(nodes.Expect) if not _holds(expect, execution, schedule)]


def told(story: Story, schedule: Schedule) -> Execution:
    """The story's people are one account, and enter where it says, when it starts."""
    people = [block for block in story.items(nodes.Block) if block.kind.text == "person"]
    given = inputs.read(
        schedule,
        InputFiles(
            persons=InputRows("persons", [_person(block, schedule) for block in people]),
            events=InputRows("events", [_event(item) for item in story.items(nodes.Happens)]),
        ),
    )
    assert not given.failed, given.problems
    assert given.value.issues == (), given.value.issues
    starts = next(field.values[0].value for field in story.items(nodes.Field))
    phase = next(enter.phase.text for enter in story.items(nodes.Enter))
    until = stretch(schedule.plan, None, None)[1]
    return reference.execute(schedule, given.value, _moment(starts, schedule), until, entries={HOME: phase})


def _person(block: nodes.Block, schedule: Schedule) -> dict[str, object]:
    """A list that the story does not speak of is the empty list."""
    fields = (item for item in block.items if isinstance(item, nodes.Field))
    row: dict[str, object] = {field.name.text: ";".join(map(_cell, field.values)) for field in fields}
    empty = {field.name: "" for field in schedule.person_fields if field.type == "List"}
    assert block.name is not None
    return {**empty, **row, "id": block.name.text, "account": HOME}


def _event(item: nodes.Happens) -> dict[str, object]:
    row: dict[str, object] = {"contact": item.person.text, "at": item.at.value.isoformat()}
    if item.step is not None:
        return {**row, "outcome": item.event.text, "step": item.step.text}
    payload = {argument.name.text: _cell(argument.value) for argument in item.arguments if argument.name}
    return {**row, "event": item.event.text, **payload}


def _cell(value: Any) -> str:
    return str(value.text if isinstance(value, nodes.Reference) else value.value)


def _moment(value: dt.datetime | dt.date, schedule: Schedule) -> int:
    whole = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    return clock.moment(whole, schedule.plan.timezone)


def _holds(expect: nodes.Expect, execution: Execution, schedule: Schedule) -> bool:
    rows = [row for row in _rows(expect, execution) if _in_time(expect, row, schedule)]
    return not rows if expect.verb.text == "no" else bool(rows)


def _rows(expect: nodes.Expect, execution: Execution) -> Iterator[dict[str, object]]:
    """The rows of the expected sort with the expected words."""
    words = [word.text for word in expect.words]
    who = expect.person.text if expect.person else None
    for row in _table(expect.verb.text, execution):
        named = [row.get(field) for field in ("channel", "message", "target") if row.get(field)]
        told = {
            "contact": who,
            "team": expect.team and expect.team.text,
            "reason": expect.because and expect.because.text,
        }
        if named[: len(words)] == words and all(row.get(field) == word for field, word in told.items() if word):
            yield row


def _table(verb: str, execution: Execution) -> list[dict[str, Any]]:
    tables: dict[str, tuple[Any, ...]] = {
        "send": execution.touches,
        "task": execution.tasks,
        "move": execution.moves,
        "skip": execution.skips,
        "no": (*execution.touches, *execution.tasks),
    }
    return [attrs.asdict(row, recurse=False) for row in tables[verb]]


def _in_time(expect: nodes.Expect, row: dict[str, Any], schedule: Schedule) -> bool:
    moment = row.get("due", row.get("at"))
    assert isinstance(moment, int)
    exact, after, before = (
        _moment(bound.value, schedule) if bound else None for bound in (expect.at, expect.after, expect.before)
    )
    return (
        (exact is None or moment == exact)
        and (after is None or moment >= after)
        and (before is None or moment < before)
    )
