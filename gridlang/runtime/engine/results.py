"""What comes out of the engine: a set of arrays for each table, with indices instead of names.

Indices are those of `columns` (person, account) and of the schedule (campaign, message, channel, team, phase, relation
in order of declaration; step: its position in the campaign). `NONE` (-1) is none everywhere. Moments are int64 seconds
UTC; `NEVER` is none. Tables are in no order; the final one is: moment, then R17: priority (higher first), ready,
campaign, step, person (accounts and people stand in the order of their ids), visit.

A large run comes in parts, each with all rows of a stretch of accounts; what is of the run as a whole (issues, counts,
the budget) comes once, at the end.
"""

from __future__ import annotations

from typing import TypeAlias

import attrs

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.rows import Counts, Issue, ReportRow

Stamp: TypeAlias = tuple[int, int, tuple[int, ...], int]
"""Moment; 0 settling, 1 touches, 2 the plan itself; whose turn; which of them (see `stamps`)."""
NONE = -1
NEVER = -(1 << 62)

RULES = (
    "ready",
    "lead",
    "at",
    "hours",
    "days",
    "quiet",
    "blackout",
    "forbid",
    "cap",
    "desk",
    "capacity",
    "consent",
    "address",
    "patience",
    "holdout",
    "period_over",
    "event",
    "move",
    "entry",
)
"""The words of chains, by their number."""
REASONS = ("consent", "address", "cap", "patience", "holdout", "period_over")
"""Of skips, by number."""
STATES = ("open", "done", "overdue", "withdrawn")
"""Of tasks, by number."""


@attrs.frozen(eq=False)
class Links:
    """The links of all chains of a part, one after the other."""

    rule: Array
    """uint8: an index into `RULES`."""
    place: Array
    """int32: an index into the schedule's places."""
    delay: Array
    """int64: seconds."""


@attrs.frozen(eq=False, kw_only=True)
class Rows:
    """What every row of touches, tasks, audiences and skips has. All arrays are (n,)."""

    person: Array
    """int32; `NONE`: the plan itself (a flight)."""
    campaign: Array
    """int32."""
    step: Array
    """int32; `NONE`: "holdout"."""
    visit: Array
    """int32."""
    channel: Array
    """int32; `NONE`: a notice, a holdout."""
    message: Array
    """int32; `NONE`: none (the text is empty)."""
    at: Array
    """int64: due, start or at, as the table calls it."""
    ready: Array
    """int64: for R17."""
    chain: Array
    """int64: where its links begin."""
    links: Array
    """int32: how many."""
    turn: Array
    """int32: which came first among rows of one account (the order of execution; for issues of templates)."""
    lead: Array
    """int32: an index into `Part.leads`, or -1: the row's own key, -2: before any touch of its second."""


@attrs.frozen(eq=False, kw_only=True)
class Tasks:
    """Beside `rows`, (n,) each. Notices stand here too: team and rows only, `notice` true, done."""

    rows: Rows
    team: Array
    """int32."""
    member: Array
    """int32: an index into the team's members; `NONE`: nobody."""
    deadline: Array
    """int64; `NEVER`: a notice."""
    state: Array
    """uint8: an index into `STATES`."""
    outcome: Array
    """int32: a code of `columns.events.outcome`; `NONE`: none."""
    closed: Array
    """int64; `NEVER`: not."""
    notice: Array
    """bool."""


@attrs.frozen(eq=False, kw_only=True)
class Audiences:
    """Who was in which audience, (n,) each."""

    rows: Rows
    end: Array
    """int64; `NEVER`: still in it."""


@attrs.frozen(eq=False, kw_only=True)
class Skips:
    """Touches not made, (n,) each."""

    rows: Rows
    reason: Array
    """uint8: an index into `REASONS`."""


@attrs.frozen(eq=False, kw_only=True)
class Moves:
    """Moves of one account in one second stand in their order; sorted by (at, account), stably."""

    account: Array
    """int32."""
    source: Array
    """int32: a phase; `NONE`: it enters the plan."""
    target: Array
    """int32."""
    at: Array
    """int64."""
    event: Array
    """int32: `why` is this event of the schedule; `NONE`: it is no event."""
    campaign: Array
    """int32: `why` is `move CAMPAIGN STEP`; `NONE` for both: `entry`."""
    step: Array
    """int32."""
    place: Array
    """int32: of the one link, whose rule is event, move or entry as above, without delay."""


@attrs.frozen(eq=False, kw_only=True)
class Silences:
    """Reports of `contact_every` (R28)."""

    account: Array
    """int32."""
    relation: Array
    """int32."""
    since: Array
    """int64: nobody was reached since."""
    at: Array
    """int64: when it had lasted too long."""


@attrs.frozen(eq=False, kw_only=True)
class Orders:
    """Reports of `order` (R28): message `then` came at that moment without `first`."""

    person: Array
    """int32."""
    rule: Array
    """int32: an index into the schedule's rules."""
    number: Array
    """int32: which of the rule's orders."""
    at: Array
    """int64."""


@attrs.frozen(eq=False, kw_only=True)
class Part:
    """All rows of a stretch of accounts (the first part holds the plan's own flights too)."""

    touches: Rows
    tasks: Tasks
    audiences: Audiences
    skips: Skips
    moves: Moves
    silences: Silences
    orders: Orders
    links: Links
    leads: Array
    """int64 (n, 6): keys of R17 (negated priority, ready, campaign, step, person, visit)."""


@attrs.frozen(eq=False, kw_only=True)
class Whole:
    """What is of the run as a whole. `issues` are those of the execution, in its order (of templates: see
    `texts`)."""

    issues: tuple[Issue, ...]
    stamps: tuple[Stamp, ...]
    """When each came, so that issues of templates can be put between them."""
    budget: ReportRow | None
    counts: Counts
