"""What comes out of the engine: a set of arrays for each table, with indices instead of names.

Indices are those of `columns` (person, account) and of the schedule (campaign, message, channel, team, phase, relation
in order of declaration; step: its position in the campaign). `NONE` (-1) is none everywhere. Moments are int64 seconds
UTC; `NEVER` is none. Whole numbers of rows take no more room than they need (`small`). Tables are in no order; the
final one is: moment, then R17: priority (higher first), ready, campaign, step, person (accounts and people stand in the
order of their ids), visit.

A large run comes in parts, each with all rows of a stretch of accounts; what is of the run as a whole (issues, counts,
the budget) comes once, at the end.
"""

from __future__ import annotations

from typing import TypeAlias

import attrs
import numpy as np

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


KINDS = (np.int8, np.int16, np.int32, np.int64)
"""Of whole numbers, by the room that they take."""


def small(numbers: Array) -> Array:
    """The same whole numbers in no more room than they need."""
    if not numbers.size:
        return numbers.astype(np.int8)
    low, high = int(numbers.min()), int(numbers.max())
    for kind in KINDS[:-1]:
        if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max:
            return numbers.astype(kind)
    return numbers.astype(np.int64)


@attrs.frozen(eq=False)
class Links:
    """The links of all chains of a part, one after the other."""

    rule: Array
    """uint8: an index into `RULES`."""
    place: Array
    """an index into the schedule's places."""
    delay: Array
    """seconds."""


@attrs.frozen(eq=False, kw_only=True)
class Rows:
    """What every row of touches, tasks, audiences and skips has. All arrays are (n,)."""

    person: Array
    """`NONE`: the plan itself (a flight)."""
    campaign: Array
    step: Array
    """`NONE`: "holdout"."""
    visit: Array
    channel: Array
    """`NONE`: a notice, a holdout."""
    message: Array
    """`NONE`: none (the text is empty)."""
    at: Array
    """due, start or at, as the table calls it."""
    ready: Array
    """for R17."""
    chain: Array
    """where its links begin."""
    links: Array
    """how many."""
    turn: Array
    """which came first among rows of one account (the order of execution; for issues of templates)."""
    lead: Array
    """an index into `Part.leads`, or -1: the row's own key, -2: before any touch of its second."""


@attrs.frozen(eq=False, kw_only=True)
class Tasks:
    """Beside `rows`, (n,) each. Notices stand here too: team and rows only, `notice` true, done."""

    rows: Rows
    team: Array
    member: Array
    """an index into the team's members; `NONE`: nobody."""
    deadline: Array
    """int64; `NEVER`: a notice."""
    state: Array
    """uint8: an index into `STATES`."""
    outcome: Array
    """a code of `columns.events.outcome`; `NONE`: none."""
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
    source: Array
    """a phase; `NONE`: it enters the plan."""
    target: Array
    at: Array
    event: Array
    """`why` is this event of the schedule; `NONE`: it is no event."""
    campaign: Array
    """`why` is `move CAMPAIGN STEP`; `NONE` for both: `entry`."""
    step: Array
    place: Array
    """of the one link, whose rule is event, move or entry as above, without delay."""


@attrs.frozen(eq=False, kw_only=True)
class Silences:
    """Reports of `contact_every` (R28)."""

    account: Array
    relation: Array
    since: Array
    """nobody was reached since."""
    at: Array
    """when it had lasted too long."""


@attrs.frozen(eq=False, kw_only=True)
class Orders:
    """Reports of `order` (R28): message `then` came at that moment without `first`."""

    person: Array
    rule: Array
    """an index into the schedule's rules."""
    number: Array
    """which of the rule's orders."""
    at: Array


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
