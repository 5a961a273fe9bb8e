"""The schedule: everything needed to execute a plan, as one versioned document.

It is the contract between the compiler and whatever executes or shows a plan: the interpreter, the engine, every
target. `place` is an index into `places` wherever it stands. Names refer by kind (`phase` by the name of a phase).
Dates, times, durations, rates and money are texts (`gridlang.quantities` reads them); dates are local, ends of date
ranges included. Declarations keep the order in which they were written, which R1, R5 and R17 depend on.
"""

from __future__ import annotations

from typing import Literal

import attrs

from gridlang.records import Record
from gridlang.schedule.expressions import Expression, ValueType
from gridlang.schedule.steps import Step

FORMAT = "gridlang.schedule"
VERSION = 1
PATIENCE = "14d"
"""How long a touch waits when neither campaign nor channel says (R16)."""


@attrs.frozen(kw_only=True, repr=False)
class Place(Record):
    """Where something was written: file relative to the plan's folder (`std/…` for the library), line and column
    from 1."""

    file: str
    line: int
    column: int
    declaration: str
    """`campaign close_the_sale`."""


@attrs.frozen(kw_only=True, repr=False)
class _Named(Record):
    """What every declaration has. `title` falls back to the name where it is shown."""

    name: str
    place: int
    title: str | None = None
    doc: str | None = None

    @property
    def label(self) -> str:
        """What people read: the title, else the name."""
        return self.title or self.name


@attrs.frozen(kw_only=True, repr=False)
class Plan(_Named):
    starts: str
    """First day of the period."""
    ends: str
    """Last day of the period, included."""
    timezone: str
    locale: str
    currency: str
    seed: str
    budget: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Segment(_Named):
    """`where` None: `otherwise`, everybody whom no other segment takes; it stands last."""

    where: Expression | None = None
    size: int | None = None
    persona: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Phase(_Named):
    purpose: str | None = None
    resting: bool = False
    needs: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class Transition(Record):
    """`source -> target: events`; without events only `move` takes it (R3)."""

    source: str
    target: str
    events: tuple[str, ...]
    place: int


@attrs.frozen(kw_only=True, repr=False)
class Journey(_Named):
    start: str
    phases: tuple[Phase, ...]
    transitions: tuple[Transition, ...]


@attrs.frozen(kw_only=True, repr=False)
class Relation(_Named):
    """A level; the schedule lists them lowest first. `when` None: holds for everybody."""

    when: Expression | None = None
    contact_every: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Role(_Named):
    decides: bool = False


@attrs.frozen(kw_only=True, repr=False)
class Field(_Named):
    """An attribute or a payload field. `options` for OneOf; `of` is the type of a list's values."""

    type: ValueType
    optional: bool = False
    options: tuple[str, ...] = ()
    of: str | None = None
    """For List: `Text`, or the kind referred to, `channel`."""
    currency: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Event(_Named):
    """`ancestors` are the events it also is, nearest first (`ordered` is also `purchase`).

    `when` is the predicate whose turning true is the event; `date` the date expression at whose 00:00 it happens (R5a).
    """

    ancestors: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    carries: tuple[Field, ...] = ()
    when: Expression | None = None
    date: Expression | None = None


@attrs.frozen(kw_only=True, repr=False)
class Person(_Named):
    """Someone around the buyer. `when`: which contacts play it; `known` False: not in the CRM."""

    when: Expression | None = None
    known: bool = True
    motive: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    attitude: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class Part(Record):
    """A person's roles on a map."""

    person: str
    roles: tuple[str, ...]
    place: int


@attrs.frozen(kw_only=True, repr=False)
class Influence(Record):
    source: str
    target: str
    strength: Literal["weak", "normal", "strong"]
    place: int


@attrs.frozen(kw_only=True, repr=False)
class Map(_Named):
    """Integration Map of segments in phases; an empty `segments` or `phases` means any."""

    segments: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    influence: tuple[Influence, ...] = ()
    needs: tuple[str, ...] = ()
    barriers: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class Hours(Record):
    """`start` .. `end`, end excluded; `20:00 .. 08:00` runs over midnight and belongs to the day it starts;
    `24:00` is the end of the day."""

    start: str
    end: str
    place: int


@attrs.frozen(kw_only=True, repr=False)
class Days(Record):
    """Either `workdays` of the plan's calendar, or weekdays (0 is Monday)."""

    workdays: bool
    weekdays: tuple[int, ...]
    place: int


@attrs.frozen(kw_only=True, repr=False)
class Cap(Record):
    """`rate` of touches on `channels` (empty: all personal channels together), per person or per account (R15)."""

    rate: str
    place: int
    channels: tuple[str, ...] = ()
    per_account: bool = False


@attrs.frozen(kw_only=True, repr=False)
class Channel(_Named):
    """`ancestors` are the channels it starts from, nearest first. `address` and `consent` name attributes of the
    person;
    `consent` None: none is required."""

    ancestors: tuple[str, ...] = ()
    reach: tuple[Literal["person", "audience", "mass", "earned"], ...] = ("person",)
    address: str | None = None
    consent: str | None = None
    hours: tuple[Hours, ...] = ()
    days: Days | None = None
    quiet: tuple[Hours, ...] = ()
    cap: Cap | None = None
    on_cap: Literal["wait", "skip"] = "wait"
    patience: str | None = None
    lead: str | None = None
    cost: str | None = None
    inbound: bool = False


@attrs.frozen(kw_only=True, repr=False)
class Order(Record):
    """Message `first` before message `then` for one person (R28)."""

    first: str
    then: str
    place: int


@attrs.frozen(kw_only=True, repr=False)
class Rule(_Named):
    """Empty coordinates mean any. `channels` are expanded with those that start from them."""

    channels: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    cap: Cap | None = None
    quiet: tuple[Hours, ...] = ()
    when: Expression | None = None
    order: tuple[Order, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class Wording(Record):
    """A message's Jinja2 templates, in one language; a file's text is already read in."""

    subject: str | None = None
    body: str | None = None
    script: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Message(_Named):
    wording: Wording
    languages: dict[str, Wording] = attrs.field(factory=dict)
    """Variants by language; `wording` is for everybody else."""
    answers: tuple[str, ...] = ()
    wakes: tuple[str, ...] = ()
    draft: bool = False


@attrs.frozen(kw_only=True, repr=False)
class Need(_Named):
    pass


@attrs.frozen(kw_only=True, repr=False)
class Barrier(_Named):
    pass


@attrs.frozen(kw_only=True, repr=False)
class Team(_Named):
    members: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()
    days: Days | None = None
    capacity: str | None = None
    capacity_place: int | None = None


@attrs.frozen(kw_only=True, repr=False)
class Holiday(Record):
    date: str
    name: str


@attrs.frozen(kw_only=True, repr=False)
class Stretch(Record):
    """A range of days, both included, with what the author calls it."""

    start: str
    end: str
    name: str | None
    place: int


@attrs.frozen(kw_only=True, repr=False)
class Calendar(_Named):
    """Resolved for the period and a year on both sides: nobody asks a library at run time."""

    country: str | None = None
    region: str | None = None
    weekend: tuple[int, ...] = (5, 6)
    holidays: tuple[Holiday, ...] = ()
    closed: tuple[Stretch, ...] = ()
    open: tuple[Stretch, ...] = ()
    blackout: tuple[Stretch, ...] = ()
    named: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    """Named days: their dates, ascending."""


@attrs.frozen(kw_only=True, repr=False)
class Starts(Record):
    """Exactly one of `event` (of the account) and `date` (an expression over attributes) is set; never after
    `until`."""

    place: int
    event: str | None = None
    date: Expression | None = None
    until: Expression | None = None


@attrs.frozen(kw_only=True, repr=False)
class Goal(Record):
    event: str
    within: str | None
    place: int


@attrs.frozen(kw_only=True, repr=False)
class Campaign(_Named):
    """Empty coordinates mean any. `addressed` are persons of maps, (map, person).

    `mass`: its flow has a `show`, so it is one run for the plan (R6). Its position in the schedule is its order of
    declaration.
    """

    segments: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    addressed: tuple[tuple[str, str], ...] = ()
    relations: tuple[str, ...] = ()
    starts: Starts | None = None
    goal: Goal | None = None
    priority: int = 50
    holdout: int = 0
    """Hundredths of a percent of the accounts (R20)."""
    owner: str | None = None
    reentry: str = "always"
    """`always`, `once`, or a duration after the end of the last run."""
    patience: str | None = None
    mass: bool = False
    was: str | None = None
    steps: tuple[Step, ...]


@attrs.frozen(kw_only=True, repr=False)
class Kpi(_Named):
    counts: str
    """An event."""
    aim: str | None = None
    """A rate."""
    responsible: str | None = None
    reward: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class StoryPerson(Record):
    """Somebody of a test: a row of persons. Values are written as in a file of persons (lists joined by `;`)."""

    name: str
    place: int
    values: dict[str, str]
    """By column; `id` is not among them: the name is."""


@attrs.frozen(kw_only=True, repr=False)
class StoryEvent(Record):
    """Something that happens in a test: an event with what it carries, or a task's outcome at a step."""

    at: str
    """A moment on the person's clock, `2027-02-08T10:30:00`."""
    person: str
    place: int
    event: str | None = None
    outcome: str | None = None
    step: str | None = None
    values: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True, repr=False)
class Expectation(Record):
    """What must follow (`verb` send, task, move, skip, notify), or must not (`no`).

    `at`, `after` and `before` are moments on the person's clock, or a date for any moment of that day; `between` is
    `after` with `before`. What is None is not asked.
    """

    verb: Literal["send", "task", "move", "skip", "notify", "no"]
    place: int
    channel: str | None = None
    message: str | None = None
    phase: str | None = None
    person: str | None = None
    team: str | None = None
    because: str | None = None
    at: str | None = None
    after: str | None = None
    before: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Story(Record):
    """A test of the plan: who stands where when it begins, what happens, what must follow. Its persons are one account
    unless they say `account`."""

    title: str
    place: int
    starts: str
    enter: str | None
    """The phase in which the account is put when it begins; None: it walks the journey from its start."""
    persons: tuple[StoryPerson, ...]
    events: tuple[StoryEvent, ...]
    expectations: tuple[Expectation, ...]


@attrs.frozen(kw_only=True, repr=False)
class SourceFile(Record):
    path: str
    sha256: str


@attrs.frozen(kw_only=True, repr=False)
class Schedule(Record):
    plan: Plan
    journey: Journey
    relations: tuple[Relation, ...]
    roles: tuple[Role, ...]
    segments: tuple[Segment, ...]
    persons: tuple[Person, ...]
    maps: tuple[Map, ...]
    person_fields: tuple[Field, ...]
    account_fields: tuple[Field, ...]
    events: tuple[Event, ...]
    channels: tuple[Channel, ...]
    rules: tuple[Rule, ...]
    messages: tuple[Message, ...]
    needs: tuple[Need, ...]
    barriers: tuple[Barrier, ...]
    teams: tuple[Team, ...]
    calendar: Calendar
    campaigns: tuple[Campaign, ...]
    kpis: tuple[Kpi, ...]
    places: tuple[Place, ...]
    sources: tuple[SourceFile, ...]
    tests: tuple[Story, ...] = ()
    format: Literal["gridlang.schedule"] = "gridlang.schedule"
    version: Literal[1] = 1
