"""What is known of a plan's people at one moment, as plain records: texts, whole numbers, truths, lists and maps.

Everything is named by accounts, contacts, campaigns, steps and rules, never by an index, so that an edited plan and
another engine can read it (R25). Moments are whole seconds UTC since 1970. What is cheap to work out again is not here.
An account's record holds everything that its people need; what all accounts share stands in `PlanRecord`.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import attrs

VERSION = 2
"""Of these records. A change that an older reader would get wrong raises it; a state of a newer version is refused."""
OLDEST = 1
"""The oldest that is read. A state of version 1 has no signs of its accounts, so the first run looks at all of them."""

Plain: TypeAlias = str | int | bool | list[str] | dict[str, str]
"""A typed value as JSON has it; `values` reads and writes it."""


@attrs.frozen(kw_only=True)
class LinkRecord:
    """A link of a because-chain; `place` is `file:line:column declaration`."""

    rule: str
    place: str
    delay: int = 0


@attrs.frozen(kw_only=True)
class EventRecord:
    """A row of events that was taken, or an event derived from what is known (`derived`).

    `number` is the event's own in its account, in the order of time, from 1; 0: a row that is no event, only a task's
    outcome, or one that waits for its account to enter; of these `counted`: it has counted against caps where its
    person lived before (R15). `said`: the moment of the row, where it came too late and was taken `at` the state's
    (R26). `taken`: an edge of the journey used it up (R3). `file`, `row` and `line`: where a row that waits was read,
    in case there will be something to say about it.
    """

    contact: str
    at: int
    number: int = 0
    event: str | None = None
    outcome: str | None = None
    task: str | None = None
    step: str | None = None
    payload: dict[str, Plain] = attrs.field(factory=dict)
    id: str | None = None
    said: int | None = None
    derived: bool = False
    taken: bool = False
    counted: bool = False
    file: str = ""
    row: int = 0
    line: int | None = None


@attrs.frozen(kw_only=True)
class WaitingRecord:
    """A touch or task that has not been made (R12 to R18)."""

    channel: str
    ready: int
    earliest: int
    moment: int
    deadline: int
    chain: list[LinkRecord]
    at_desk: bool = False


@attrs.frozen(kw_only=True)
class TurnRecord:
    """Where a `repeat` is (R22a); `series` is a wall clock, `2027-02-01T10:00:00`."""

    reached: int
    number: int = 0
    series: str | None = None


@attrs.frozen(kw_only=True)
class RunRecord:
    """A person's run through a campaign, at a step. `used`: numbers of events (R19); `turns` by the id of a `repeat`;
    `turning`: the one whose next turn it waits for; `task`: the id of the open task that it waits for."""

    campaign: str
    step: str
    started: int
    ready: int
    visit: int
    wake: int | None = None
    last_contact: int | None = None
    used: list[int] = attrs.field(factory=list)
    jumps: dict[str, int] = attrs.field(factory=dict)
    turns: dict[str, TurnRecord] = attrs.field(factory=dict)
    turning: str | None = None
    waiting: WaitingRecord | None = None
    task: str | None = None


@attrs.frozen(kw_only=True)
class TaskRecord:
    """A task that was handed out (R18, R21). One that is `closed` keeps only what later outcomes and the desk ask for:
    what was said stands in the story. `ready` is when its step was reached."""

    id: str
    contact: str
    campaign: str
    step: str
    visit: int
    team: str
    member: str
    due: int
    ready: int
    closed: int | None = None
    channel: str = ""
    message: str = ""
    subject: str = ""
    local: str = ""
    deadline: int | None = None
    script: str = ""
    outcomes: list[str] = attrs.field(factory=list)
    because: list[LinkRecord] = attrs.field(factory=list)


@attrs.frozen(kw_only=True)
class AudienceRecord:
    """Somebody is in an audience. `until` is the end of its `for`; None: it ends with the run."""

    id: str
    campaign: str
    step: str
    visit: int
    channel: str
    message: str
    start: int
    ready: int
    until: int | None = None
    because: list[LinkRecord] = attrs.field(factory=list)


@attrs.frozen(kw_only=True)
class GoalRecord:
    """A goal that can still be reached: up to, not with, `until` (R7)."""

    campaign: str
    event: str
    until: int | None = None


@attrs.frozen(kw_only=True)
class PersonRecord:
    """A person: the row that was last read, and how they stand in the plan.

    `gone`: the last run had no row of them. `dated`: by attribute whose value a later row changed, when (R13).
    `counted`: by cap, the moments of touches that still counted at the last of them (R15); `peaks`: the most that
    counted at a time; `lived`: of somebody whose account has not entered, up to when they lived in another.
    `standing`: the campaigns in whose cell they stand; `starts`: by campaign that waits for the date of its `starts`,
    the moment; `ended`: by campaign, when the last run ended; `visits`: by campaign and step (R24).
    """

    id: str
    gone: bool = False
    alone: bool = False
    row_roles: list[str] = attrs.field(factory=list)
    timezone: str | None = None
    language: str | None = None
    since: Plain | None = None
    salesperson: str | None = None
    attributes: dict[str, Plain] = attrs.field(factory=dict)
    dated: dict[str, int] = attrs.field(factory=dict)
    figures: list[str] = attrs.field(factory=list)
    roles: list[str] = attrs.field(factory=list)
    truths: dict[str, bool] = attrs.field(factory=dict)
    turns: dict[str, int] = attrs.field(factory=dict)
    counted: dict[str, list[int]] = attrs.field(factory=dict)
    peaks: dict[str, int] = attrs.field(factory=dict)
    lived: int | None = None
    standing: list[str] = attrs.field(factory=list)
    starts: dict[str, int | None] = attrs.field(factory=dict)
    runs: list[RunRecord] = attrs.field(factory=list)
    ended: dict[str, int] = attrs.field(factory=dict)
    visits: dict[str, dict[str, int]] = attrs.field(factory=dict)
    goals: list[GoalRecord] = attrs.field(factory=list)
    audiences: list[AudienceRecord] = attrs.field(factory=list)
    received: list[str] = attrs.field(factory=list)


@attrs.frozen(kw_only=True)
class AccountRecord:
    """A household or a company and its people; id "" is the plan itself, for campaigns that are one run for it.

    `level`: the relation on which it stands now for `contact_every`, since `level_since`; `touched`: when anybody in it
    was last reached (R28). `events` in the order of time; of an account that has not `entered`, the rows that wait.
    """

    id: str
    attributes: dict[str, Plain] = attrs.field(factory=dict)
    entered: bool = False
    segment: str | None = None
    phase: str = ""
    relation: str | None = None
    relation_turns: int | None = None
    level: str | None = None
    level_since: int | None = None
    touched: int | None = None
    counted: dict[str, list[int]] = attrs.field(factory=dict)
    peaks: dict[str, int] = attrs.field(factory=dict)
    events: list[EventRecord] = attrs.field(factory=list)
    tasks: list[TaskRecord] = attrs.field(factory=list)
    people: list[PersonRecord] = attrs.field(factory=list)


@attrs.frozen(kw_only=True)
class PlanRecord:
    """What all accounts share.

    `since`: when the first run began. `known`: events are complete before it, and everything before it has been
    executed. `schedule`: SHA-256 of the schedule that was executed. `spent` in the plan's currency (R28). `begun` and
    `reached`: runs by campaign (R7). `arrows`: how often runs took each, by campaign, step and word; `happened`: events
    that KPIs count, by day of the plan's clock. `told`: templates whose failure was told. `fields`: the attributes of
    persons, `carries` what each event carries: what an edit adds was not missing before.
    """

    plan: str
    since: int
    known: int
    schedule: str
    spent: str = "0"
    begun: dict[str, int] = attrs.field(factory=dict)
    reached: dict[str, int] = attrs.field(factory=dict)
    arrows: dict[str, dict[str, dict[str, int]]] = attrs.field(factory=dict)
    happened: dict[str, dict[str, int]] = attrs.field(factory=dict)
    told: list[str] = attrs.field(factory=list)
    fields: list[str] = attrs.field(factory=list)
    carries: dict[str, list[str]] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class DiaryRecord:
    """What a table does not tell: whose cell changed to what, which campaign began or ended for whom, and `why`."""

    at: int
    account: str
    contact: str
    what: Literal["cell", "begins", "ends"]
    campaign: str = ""
    segment: str = ""
    phase: str = ""
    relation: str = ""
    roles: tuple[str, ...] = ()
    why: str = ""


RECORDS = (
    PlanRecord,
    AccountRecord,
    PersonRecord,
    RunRecord,
    WaitingRecord,
    LinkRecord,
    TurnRecord,
    TaskRecord,
    AudienceRecord,
    GoalRecord,
    EventRecord,
    DiaryRecord,
)
"""Every kind of record, as the manual lists them."""
