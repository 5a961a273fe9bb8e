"""Small stories for the tests of the rules: a plan's text and rows of people and events go the whole way, in memory.

Nothing here knows how the interpreter works: dates are turned to wall clocks by `zoneinfo`, and every expectation of a
test is worked out by hand from the rules.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

import attrs

from gridlang import resources
from gridlang.cache import remembered
from gridlang.compiler import compile_plan
from gridlang.diagnostics import Diagnostic, Level, Outcome
from gridlang.runtime import inputs, reference
from gridlang.runtime.inputs import InputFiles, InputRows
from gridlang.runtime.rows import Because, Execution, Input
from gridlang.schedule.model import Schedule
from gridlang.source import Source

MONDAY = "2027-02-01 08:00"
"""When most stories begin: Monday 1 February 2027, 08:00 in Copenhagen."""

PLAN = {
    "period": "2027-01-04 .. 2027-12-31",
    "timezone": '"Europe/Copenhagen"',
    "locale": "en",
    "currency": "DKK",
    "calendar": "std.calendars.denmark",
    "journey": "stages",
}

SHARED = """
journey stages "Stages" {
  start: first
  phase first  "First"  {}
  phase second "Second" {}
  phase third  "Third"  {}
  first  -> second, third
  second -> first, third
  third  -> first
  first  -> second: went_on
  second -> third:  went_on
}

fields person {
  first_name:     Text?
  email:          Text?
  mobile:         Text?
  address:        Text?
  tier:           Text?
  household_role: Text?
  day:            Date?
  consent:        List<Channel>
  newsletter_yes: List<Channel>
}

event went_on "Went on" { from: web }
event asked   "Asked"   { from: web }
event begged  "Begged"  { from: web }

/// Somebody who can be reached at any moment, whatever they have said.
channel plain "Plain" { reach: person }
channel other "Other" { reach: person }

message hello   "Hello"   { subject: "Hello"    body: "Hello."    script: "Say hello."  }
message again   "Again"   { subject: "Again"    body: "Again."    script: "Say again."  }
message goodbye "Goodbye" { subject: "Goodbye"  body: "Goodbye."  script: "Say goodbye." }
"""

EVERYBODY = """
segment everybody "Everybody" { where: otherwise }
"""

REACHABLE = {"email": "x@example.dk", "mobile": "+45 20 30 40 50", "address": "Allé 1", "consent": "email;phone;sms"}
"""Attributes of somebody whom every channel of the library may reach."""

Row = Mapping[str, object]


@attrs.frozen
class Memory:
    """A workspace of one file, `plan.grid`."""

    text_: str

    def grid_files(self, folder: str) -> Outcome[tuple[Source, ...]]:
        return Outcome((Source("plan.grid", self.text_),) if folder == "" else ())

    def text(self, path: str, folder: str = "") -> Outcome[str | None]:
        raise AssertionError(f"no plan of these tests reads a file: {path}")

    def library(self) -> tuple[Source, ...]:
        return resources.library()


@attrs.frozen
class Task:
    """A row of the tasks; `when` on the person's clock, `deadline` and `closed` on the plan's."""

    when: str
    contact: str
    message: str
    deadline: str
    member: str
    state: str
    outcome: str
    closed: str


@attrs.frozen
class Story:
    """What a run gave, in wall clocks."""

    schedule: Schedule
    execution: Execution
    zones: dict[str, str]
    text: str

    @property
    def touches(self) -> list[tuple[str, str, str, str]]:
        """(when on the person's clock, contact, channel, message)."""
        rows = self.execution.touches
        return [(self.local(row.due, row.contact), row.contact, row.channel, row.message) for row in rows]

    @property
    def sent(self) -> list[tuple[str, str]]:
        """(when on the person's clock, message)."""
        return [(when, message) for when, _, _, message in self.touches]

    @property
    def sent_to(self) -> list[tuple[str, str]]:
        """(when on the person's clock, contact)."""
        return [(when, contact) for when, contact, _, _ in self.touches]

    @property
    def skips(self) -> list[tuple[str, str, str]]:
        """(when on the person's clock, message, reason)."""
        return [(self.local(row.at, row.contact), row.message, row.reason) for row in self.execution.skips]

    @property
    def moves(self) -> list[tuple[str, str, str]]:
        """(when on the plan's clock, source, target), entries left out."""
        return [(self.local(row.at), row.source, row.target) for row in self.execution.moves if row.source]

    @property
    def entries(self) -> list[tuple[str, str]]:
        """(when on the plan's clock, phase) of accounts that enter."""
        return [(self.local(row.at), row.target) for row in self.execution.moves if not row.source]

    @property
    def tasks(self) -> list[Task]:
        return [
            Task(
                when=self.local(row.due, row.contact),
                contact=row.contact,
                message=row.message,
                deadline="" if row.deadline is None else self.local(row.deadline),
                member=row.member,
                state=row.state,
                outcome=row.outcome,
                closed="" if row.closed is None else self.local(row.closed),
            )
            for row in self.execution.tasks
            if row.kind == "task"
        ]

    @property
    def handed_out(self) -> list[tuple[str, str]]:
        """(when on the person's clock, contact) of tasks."""
        return [(task.when, task.contact) for task in self.tasks]

    @property
    def audiences(self) -> list[tuple[str, str, str]]:
        """(start, end or nothing, contact) on the person's clock."""
        return [
            (
                self.local(row.start, row.contact),
                "" if row.end is None else self.local(row.end, row.contact),
                row.contact,
            )
            for row in self.execution.audiences
        ]

    @property
    def issues(self) -> list[str]:
        return [issue.code for issue in self.execution.issues]

    def local(self, moment: int, contact: str = "") -> str:
        """The wall clock of a contact, or of the plan; seconds only where there are some."""
        zone = ZoneInfo(self.zones.get(contact, self.schedule.plan.timezone))
        wall = dt.datetime.fromtimestamp(moment, zone)
        return wall.strftime("%Y-%m-%d %H:%M:%S" if wall.second else "%Y-%m-%d %H:%M")

    def words(self, chain: Iterable[Because]) -> list[str]:
        """The words of a chain that moved the moment: `quiet 11:00:00`."""
        return [f"{link.rule} {dt.timedelta(seconds=link.delay)}" for link in chain if link.delay]

    def line(self, place: int) -> str:
        """The text of the line of the test's own plan that a place names."""
        found = self.schedule.places[place]
        assert found.file == "plan.grid"
        return self.text.splitlines()[found.line - 1].strip()


def utc(moment: int) -> str:
    return dt.datetime.fromtimestamp(moment, dt.UTC).strftime("%Y-%m-%d %H:%M")


def at(wall: str, zone: str = "Europe/Copenhagen") -> int:
    """The moment of a wall clock that occurs once."""
    local = dt.datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))
    moment = local.timestamp()
    assert dt.datetime.fromtimestamp(moment, ZoneInfo(zone)).replace(tzinfo=None) == local.replace(tzinfo=None)
    return int(moment)


def plan_text(text: str, plan: Mapping[str, str]) -> str:
    """A whole plan: the shared beginning, the test's own declarations, and everybody in one segment if it says none."""
    fields = "\n".join(f"  {name}: {value}" for name, value in {**PLAN, **plan}.items())
    segments = "" if "segment " in text else EVERYBODY
    return f'plan small "Small" {{\n{fields}\n}}\n{SHARED}{segments}{text}'


def _errors(problems: Iterable[Diagnostic]) -> str:
    return "\n".join(f"{p.span}: {p.message}" for p in problems if p.level is Level.ERROR)


def compiled(text: str, plan: Mapping[str, str] | None = None) -> Schedule:
    """The schedule of a plan without errors."""
    whole = plan_text(text, plan or {})
    outcome = compile_plan(Memory(whole), remembered)
    assert not outcome.failed, _errors(outcome.problems)
    assert outcome.value is not None
    return outcome.value.schedule


def story(
    text: str,
    persons: Iterable[Row] = ({"id": "per", **REACHABLE},),
    events: Iterable[Row] = (),
    *,
    start: str = MONDAY,
    until: str = "2028-01-01 00:00",
    plan: Mapping[str, str] | None = None,
    entries: Mapping[str, str] | None = None,
) -> Story:
    """Run a small plan from `start` up to `until` (the plan's clock; the end of the period if not said)."""
    schedule = compiled(text, plan)
    return told(schedule, plan_text(text, plan or {}), persons, events, start=start, until=until, entries=entries)


def told(
    schedule: Schedule,
    text: str,
    persons: Iterable[Row],
    events: Iterable[Row],
    *,
    start: str,
    until: str,
    entries: Mapping[str, str] | None = None,
) -> Story:
    """Run a schedule on rows; `entries` puts accounts into a phase when they enter."""
    people = [dict(person) for person in persons]
    files = InputFiles(persons=InputRows("persons", people), events=InputRows("events", list(events)))
    read = inputs.read(schedule, files)
    assert not read.failed, _errors(read.problems)
    zone = schedule.plan.timezone
    execution = executed(schedule, read.value, at(start, zone), at(until, zone), entries)
    zones = {contact.id: contact.timezone for contact in read.value.contacts if contact.timezone}
    made = Story(schedule, execution, zones, text)
    _sound(made)
    return made


def executed(
    schedule: Schedule, given: Input, start: int, until: int, entries: Mapping[str, str] | None = None
) -> Execution:
    """What the reference gives; the engine, where it is installed, must give the same."""
    found = reference.execute(schedule, given, start, until, entries=entries)
    if importlib.util.find_spec("numba") is not None:
        from gridlang.runtime.engine.execution import execute

        assert execute(schedule, given, start, until, entries=entries) == found
    return found


def _sound(made: Story) -> None:
    """What holds in every story: ids are unique, chains only delay, and `local` is the person's clock."""
    run = made.execution
    ids = [row.id for row in run.touches] + [row.id for row in run.skips]
    ids += [row.id for row in run.tasks] + [row.id for row in run.audiences]
    assert len(ids) == len(set(ids))
    locals_ = [(row.local, row.due, row.contact) for row in run.touches]
    locals_ += [(row.local, row.due, row.contact) for row in run.tasks]
    for local, due, contact in locals_:
        assert local[:16].replace("T", " ") == made.local(due, contact)[:16]
    for chain in _chains(run):
        assert chain, "every row says why"
        assert all(link.delay >= 0 and 0 <= link.place < len(made.schedule.places) for link in chain)


def _chains(run: Execution) -> Iterator[tuple[Because, ...]]:
    yield from (row.because for row in run.touches)
    yield from (row.because for row in run.tasks)
    yield from (row.because for row in run.moves)
    yield from (row.because for row in run.skips)
