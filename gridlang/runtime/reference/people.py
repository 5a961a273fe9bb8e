"""Accounts and their people while a plan is executed: what is known of them, and where they stand.

Plain data; the rules live beside it. Everything that a state must keep between runs is in these classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from gridlang.runtime.rows import AttributeValue, Contact, Happening
from gridlang.schedule import model

if TYPE_CHECKING:
    from gridlang.runtime.reference.audiences import Audience
    from gridlang.runtime.reference.handouts import Handout
    from gridlang.runtime.reference.running import Run


@attrs.define(eq=False)
class Occurrence:
    """An event that happened to a person. `names` are its own and those of the events it also is.

    `taken`: an edge of the journey used it up (R3). `number` counts the events of the execution.
    """

    number: int
    person: Person
    at: int
    names: tuple[str, ...]
    payload: dict[str, AttributeValue]
    taken: bool = False
    row: Happening | None = None
    """The row of the files that said it; None: derived (R5a)."""

    @property
    def name(self) -> str:
        return self.names[0]


@attrs.define(eq=False)
class GoalWatch:
    """A run's goal, as long as it can be reached: up to, not with, `until` (R7)."""

    campaign: int
    event: str
    until: int | None


@attrs.define(eq=False)
class Person:
    """A contact of the input. `attributes` hold the reserved names too (`since`, `language`, …)."""

    contact: Contact
    account: Account
    zone: str
    attributes: dict[str, AttributeValue]
    figures: tuple[str, ...] = ()
    """The persons of maps that this contact plays."""
    roles: tuple[str, ...] = ()
    """In the map of the account's segment and phase, with those of the row."""
    events: dict[str, list[Occurrence]] = attrs.field(factory=dict)
    truths: dict[str, bool] = attrs.field(factory=dict)
    """By derived event: whether its predicate holds (R5a)."""
    turns: dict[str, int] = attrs.field(factory=dict)
    """By derived event: the moment at which its predicate can turn without an event, or its date comes."""
    consents: list[tuple[int, bool, str | None]] = attrs.field(factory=list)
    """Facts by events, oldest first: moment, yes or no, channel or all (R13)."""
    dated: dict[str, int] | None = None
    """By attribute whose value a later run's row changed: that run's start (R13). Others are older than every event."""
    counted: dict[int, list[tuple[int, int]]] = attrs.field(factory=dict)
    """By cap: the touches that count, as (made, free again) (R15)."""
    peaks: dict[int, int] = attrs.field(factory=dict)
    """By cap: the most touches that counted in one of its windows at a time."""
    lived: int | None = None
    """Up to which moment they lived in the plan in earlier runs: what was derived until then has counted (R15)."""
    standing: tuple[int, ...] = ()
    """The campaigns in whose cell this person stands, in order of declaration (R4)."""
    starts: dict[int, int | None] = attrs.field(factory=dict)
    """By campaign that waits for the date of its `starts`: the moment; None as long as there is no date (R6)."""
    runs: dict[int, Run] = attrs.field(factory=dict)
    ended: dict[str, int] = attrs.field(factory=dict)
    """By the name of a campaign: when its last run ended; reentry asks (R6)."""
    visits: dict[tuple[str, str], int] = attrs.field(factory=dict)
    """By the names of campaign and step (R24)."""
    goals: list[GoalWatch] = attrs.field(factory=list)
    audiences: list[Audience] = attrs.field(factory=list)
    received: set[str] = attrs.field(factory=set)
    """Messages; rules with `order` ask (R28)."""

    @property
    def id(self) -> str:
        return self.contact.id


@attrs.define(eq=False)
class Account:
    """A household or a company. `people` are in order of their ids; `inbox` is what the files say, in order."""

    id: str
    attributes: dict[str, AttributeValue]
    entry: int
    people: list[Person] = attrs.field(factory=list)
    inbox: list[tuple[Person, Happening]] = attrs.field(factory=list)
    read: int = 0
    """How much of the inbox has happened."""
    entered: bool = False
    segment: model.Segment | None = None
    phase: str = ""
    relation: str | None = None
    relation_turns: int | None = None
    """The next moment at which the relation can change without an event (R5)."""
    relation_asked: bool = False
    """Whether an event may have changed the relation since it was asked."""
    asked_again: set[str] = attrs.field(factory=set)
    """Names of events since derived predicates were asked (R5a)."""
    moved: bool = False
    """Whether the cells must be asked again (R4)."""
    events: dict[str, list[Occurrence]] = attrs.field(factory=dict)
    counted: dict[int, list[tuple[int, int]]] = attrs.field(factory=dict)
    peaks: dict[int, int] = attrs.field(factory=dict)
    now: int = -1
    """The instant that is going on (R23)."""
    happened: list[Occurrence] = attrs.field(factory=list)
    """Events of this instant."""
    unstarted: list[Occurrence] = attrs.field(factory=list)
    """Those that have not been offered to `starts` yet."""
    visited: set[str] = attrs.field(factory=set)
    """Phases entered in this instant."""
    handouts: dict[str, Handout] = attrs.field(factory=dict)
    """Tasks by id, open ones and those of the past (R21)."""
    levels: list[tuple[int, str | None]] = attrs.field(factory=list)
    """When which relation began (R28)."""
    touched: list[int] = attrs.field(factory=list)
    """When anybody in it was reached (R28)."""
    absent: tuple[Person, ...] = ()
    """Who belonged to it in an earlier run, and has no row in this one (R26). What they did stays in `events`."""
