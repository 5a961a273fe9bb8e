"""What goes into a run and what comes out of it, as rows. Moments are whole seconds UTC since 1970."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal, TypeAlias

import attrs

from gridlang.quantities import Duration, Money

AttributeValue: TypeAlias = (
    str | int | Decimal | bool | Money | dt.date | dt.datetime | dt.time | Duration | tuple[str, ...]
)
"""A typed value of a declared attribute: Text and OneOf are str, Percent is Decimal (10 % is 10), List is a tuple of
str;
a DateTime is naive, on the person's clock."""


@attrs.frozen
class Origin:
    """The row of an input file (from 1, header not counted) that something came from; of a CSV file also the line."""

    file: str
    row: int
    line: int | None = attrs.field(default=None, eq=False)

    def __str__(self) -> str:
        """`persons.csv row 8, line 9`."""
        return f"{self.file} row {self.row}" + (f", line {self.line}" if self.line is not None else "")


@attrs.frozen(kw_only=True)
class Contact:
    """A person of the CRM. A missing value stands as a missing key in `attributes`.

    `account` is never None here: who has none gets a key of their own that no account of the files can have;
    `alone` says so.
    """

    id: str
    account: str
    alone: bool = False
    roles: tuple[str, ...] = ()
    timezone: str | None = None
    language: str | None = None
    since: dt.datetime | dt.date | None = None
    """Naive: on the person's clock."""
    salesperson: str | None = None
    attributes: dict[str, AttributeValue] = attrs.field(factory=dict)
    origin: Origin


@attrs.frozen(kw_only=True)
class Happening:
    """An event of the files: `event` names it; or a task's outcome: `outcome`, with `task` (an id) or `step` (its id or
    label, `campaign.step` where two campaigns share it)."""

    contact: str
    at: int
    event: str | None = None
    outcome: str | None = None
    task: str | None = None
    step: str | None = None
    payload: dict[str, AttributeValue] = attrs.field(factory=dict)
    id: str | None = None
    origin: Origin
    said: int | None = None
    """The moment of the row, where it is older than the state and taken at the state's moment (R26)."""
    counted: bool = False
    """Whether an earlier run has counted it against caps, in an account that its person has left (R15)."""


@attrs.frozen(kw_only=True)
class Issue:
    """A row refused or a moment out of order, with its reason in words; `code` is a stable word for machines.

    `refused`: the row was left out (these count against `--max-issues`).
    """

    code: str
    reason: str
    file: str = ""
    row: int | None = None
    line: int | None = None
    """The line of a CSV file where the row begins; the header is line 1."""
    contact: str = ""
    at: int | None = None
    refused: bool = True


@attrs.frozen(kw_only=True)
class FileCount:
    """What became of the rows of an input file: `rows` = `taken` + `repeated` (equal to a row taken) + `refused`."""

    file: str
    rows: int
    taken: int
    repeated: int
    refused: int


@attrs.frozen(kw_only=True)
class Input:
    """Everything a run is given beside the schedule. Accounts map an account's id to its attributes."""

    contacts: tuple[Contact, ...]
    accounts: dict[str, dict[str, AttributeValue]]
    happenings: tuple[Happening, ...]
    issues: tuple[Issue, ...] = ()
    files: tuple[FileCount, ...] = ()


@attrs.frozen
class Because:
    """One link of the chain that gave a row its time.

    `rule` is a word (ready, at, lead, consent, address, hours, days, quiet, blackout, cap, desk, capacity,
    patience, event, move, entry …),
    `place` an index into the schedule's places, `delay` the seconds by which this link moved the moment.
    """

    rule: str
    place: int
    delay: int = 0

    def __str__(self) -> str:
        return f"{self.rule}@{self.place}" + (f"+{self.delay}" if self.delay else "")


@attrs.frozen(kw_only=True)
class Touch:
    id: str
    contact: str
    account: str
    channel: str
    message: str
    subject: str
    due: int
    local: str
    """The wall clock of the person, `2027-02-01T09:00:00+01:00`."""
    campaign: str
    step: str
    visit: int
    because: tuple[Because, ...]


@attrs.frozen(kw_only=True)
class TaskRow:
    """`kind` task or notice. `closed` is when the outcome came, the task was withdrawn, or None."""

    id: str
    contact: str
    account: str
    channel: str
    message: str
    subject: str
    due: int
    local: str
    campaign: str
    step: str
    visit: int
    team: str
    member: str
    deadline: int | None
    script: str
    outcomes: tuple[str, ...]
    state: Literal["open", "done", "overdue", "withdrawn"]
    outcome: str
    closed: int | None
    kind: Literal["task", "notice"]
    because: tuple[Because, ...]


@attrs.frozen(kw_only=True)
class AudienceRow:
    """Somebody is in an audience from `start` up to `end` (None: still in it)."""

    id: str
    contact: str
    account: str
    channel: str
    message: str
    start: int
    end: int | None
    campaign: str
    step: str
    visit: int
    because: tuple[Because, ...]


@attrs.frozen(kw_only=True)
class MoveRow:
    """An account's step from phase to phase; `source` is empty when it enters the plan. `why` is the event's name,
    `move CAMPAIGN STEP`, or `entry`."""

    account: str
    source: str
    target: str
    at: int
    why: str
    because: tuple[Because, ...]


@attrs.frozen(kw_only=True)
class SkipRow:
    """A touch or task not made. `reason` is one of consent, address, cap, patience, holdout, period_over."""

    id: str
    contact: str
    account: str
    channel: str
    message: str
    at: int
    campaign: str
    step: str
    visit: int
    reason: Literal["consent", "address", "cap", "patience", "holdout", "period_over"]
    because: tuple[Because, ...]


@attrs.frozen(kw_only=True)
class WithdrawnRow:
    """Something that an earlier run put out as planned, and that does not hold any more (R26). `due` is what was said.

    `passed`: that moment lies before what is known now, so it may have gone out.
    """

    id: str
    table: Literal["touches", "tasks", "audiences"]
    contact: str
    account: str
    channel: str
    message: str
    due: int
    campaign: str
    step: str
    visit: int
    team: str
    member: str
    passed: bool


News: TypeAlias = Literal["new", "changed", "known"]
"""What the run before had said of a row: nothing, something else, or the same."""


@attrs.frozen(kw_only=True)
class ReportRow:
    """What R28 checks and never delays: `check` is order, budget or contact_every."""

    check: Literal["order", "budget", "contact_every"]
    subject: str
    contact: str
    at: int | None
    expected: str
    happened: str
    place: int


Arrow: TypeAlias = tuple[str, str, str]
"""An arrow of a flowchart: campaign, step it leaves, and the word before it (`BEGINS` has none but its own)."""
BEGINS = ("", "begins")
"""Step and word of the arrow into a flowchart: a run begins."""


@attrs.frozen(kw_only=True)
class Counts:
    """What is said of a run beside its rows: accounts by segment (`""`: no segment takes them), goals reached, and
    plain counters.

    The counters have keys of the plan alone, never of a person, and each counts in [from, until) only; with a state,
    from the first run on. They add up: whoever executes accounts apart (the engine in its loop, a part of a table)
    counts in integers by position and adds the parts. Keys that counted nothing may be left out, so two executions are
    equal when their counts above 0 are.
    """

    accounts: int
    contacts: int
    by_segment: dict[str, int]
    goals: dict[str, tuple[int, int]]
    """By campaign: runs that reached their goal in time, runs begun (R7)."""
    lived: tuple[int, int] = (0, 0)
    """[from, until) of this run, whose rows its tables hold."""
    since: int = 0
    """The first moment that the counters count: of this run, with a state of the first run."""
    arrows: dict[Arrow, int] = attrs.field(factory=dict)
    """How often runs took each arrow. Words: `next`, `else` (a skipped send that has one; a counted arrow used up),
    `again` (a counted arrow), `body` (each turn of a `repeat`), `nothing`, `overdue`, `otherwise`; the event of an arm
    as the arm writes it; an outcome that the task offers (any other, and a task that was skipped, goes on by `next`);
    the number of an arm, from 0, of a `choose` or `split`."""
    pressure: dict[tuple[int, int], int] = attrs.field(factory=dict)
    """By cap (its number: caps of channels in order of declaration, then caps of rules) and by the most touches that
    counted in one window of it at a time: how many persons, for a cap per account how many accounts (R15). Who was
    never counted is left out; `contacted` counts from a person's history on."""
    happened: dict[tuple[str, int], int] = attrs.field(factory=dict)
    """By an event that a KPI counts and by day of the plan's clock (days since 1970): how often it happened to people
    in the plan, events that start from it included."""


@attrs.frozen(kw_only=True)
class Execution:
    """Everything a run gives, each table in its final order (by moment, then R17, then id)."""

    touches: tuple[Touch, ...]
    tasks: tuple[TaskRow, ...]
    audiences: tuple[AudienceRow, ...]
    moves: tuple[MoveRow, ...]
    skips: tuple[SkipRow, ...]
    reports: tuple[ReportRow, ...]
    issues: tuple[Issue, ...]
    counts: Counts
