"""Numbers for what the schedule declares, and tables of the names of events."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from gridlang.runtime.engine.kernel import layout as k
from gridlang.runtime.engine.lowering.channels import record
from gridlang.runtime.engine.lowering.tables import Tables
from gridlang.runtime.reference import caps, consent
from gridlang.runtime.reference.prepare import Prepared
from gridlang.schedule.model import Schedule


def _numbered(names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, name in enumerate(names):
        found.setdefault(name, number)
    return found


@attrs.define(eq=False)
class Names:
    """By kind, the number of each name. `events` begin with the declared ones; others are what rows brought."""

    schedule: Schedule
    events: dict[str, int]
    outcomes: dict[str, int]
    _channels: dict[str, int] = attrs.field(init=False)
    _messages: dict[str, int] = attrs.field(init=False)
    _teams: dict[str, int] = attrs.field(init=False)
    _phases: dict[str, int] = attrs.field(init=False)
    _roles: dict[str, int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._channels = _numbered(each.name for each in self.schedule.channels)
        self._messages = _numbered(each.name for each in self.schedule.messages)
        self._teams = _numbered(each.name for each in self.schedule.teams)
        self._phases = _numbered(each.name for each in self.schedule.journey.phases)
        self._roles = _numbered(each.name for each in self.schedule.roles)

    def number(self, event: str) -> int:
        return self.events[event]

    def outcome(self, word: str) -> int:
        """-2: no row says it."""
        return self.outcomes.get(word, -2)

    def channel(self, name: str) -> int:
        return self._channels[name]

    def message(self, name: str | None) -> int:
        return -1 if name is None else self._messages[name]

    def team(self, name: str) -> int:
        return self._teams[name]

    def phase(self, name: str) -> int:
        return self._phases[name]

    def role(self, name: str | None) -> int:
        """-1: of anybody; a role that nobody can have is one beyond all."""
        return -1 if name is None else self._roles.get(name, 63)


def event_names(schedule: Schedule, rows: Iterable[str]) -> dict[str, int]:
    """Declared events, then names that only rows know."""
    return _numbered([*(event.name for event in schedule.events), *rows])


def put_events(plan: Prepared, tables: Tables, names: Names, slots: dict[str, int]) -> None:
    """What follows from each name: the events that it also is, who asks about it, the edges that it takes (R3)."""
    found: list[int] = []
    declared, starts = len(plan.event_numbers), _starts(plan)
    for name in names.events:
        lineage = plan.events.get(name, (name,))
        asked = [slots[each] for each in lineage if each in slots]
        found += record(
            {
                k.N_LINEAGE: tables.put([names.events.get(each, -1) for each in lineage]),
                k.N_LINEAGE_N: len(lineage),
                k.N_SLOTS: tables.put(asked),
                k.N_SLOTS_N: len(asked),
                k.N_NUMBER: plan.event_numbers.get(name, declared),
                k.N_RELATION: not plan.relation_mentions.isdisjoint(lineage),
                k.N_RULE: not plan.rule_mentions.isdisjoint(lineage),
                k.N_MASS: not plan.mass_starts.isdisjoint(lineage),
                k.N_GIVEN: consent.GIVEN in lineage,
                k.N_WITHDRAWN: consent.WITHDRAWN in lineage,
                k.N_CONTACTED: caps.CONTACTED in lineage,
                k.N_MEASURED: tables.put([names.events[each] for each in lineage if each in plan.measured]),
                k.N_MEASURED_N: sum(each in plan.measured for each in lineage),
                k.N_STARTS: not starts.isdisjoint(lineage),
            },
            k.NAME,
        )
    tables.table(k.P_NAMES, found)
    tables.head(k.H_EVENTS, len(names.events))
    tables.head(k.H_SLOTS, len(slots))
    tables.table(k.P_SLOT_OF, [slots.get(name, -1) for name in names.events])
    _put_mentions(plan, tables, names)
    _put_edges(plan, tables, names)


def heeded(plan: Prepared, names: Names, slots: Iterable[str]) -> list[bool]:
    """Of each name, whether anything follows in this plan from what happens by it."""
    asked = {*slots, *_starts(plan), *plan.measured, consent.GIVEN, consent.WITHDRAWN, caps.CONTACTED}
    asked |= plan.relation_mentions | plan.rule_mentions | plan.mass_starts
    asked |= {flow.campaign.goal.event for flow in plan.flows if flow.campaign.goal}
    asked |= {name for each in (*plan.predicates, *plan.dates) for name in each.mentions}
    phases = [each.name for each in plan.schedule.journey.phases]
    lines = [plan.events.get(name, (name,)) for name in names.events]
    return [not asked.isdisjoint(line) or any(plan.edge(phase, line) for phase in phases) for line in lines]


def _starts(plan: Prepared) -> set[str | None]:
    """The events by which campaigns start, or which move their start."""
    found = {flow.campaign.starts.event for flow in plan.flows if flow.campaign.starts}
    return found | {name for flow in plan.flows if flow.starts for name in flow.starts.mentions}


def _put_mentions(plan: Prepared, tables: Tables, names: Names) -> None:
    """For each name, which predicates, dates and starts of campaigns ask about it."""
    lines = [plan.events.get(name, (name,)) for name in names.events]
    tables.table(
        k.P_NAME_PREDICATES, [not a.mentions.isdisjoint(line) for line in lines for a in plan.predicates]
    )  # fmt: skip
    tables.table(k.P_NAME_DATES, [not a.mentions.isdisjoint(line) for line in lines for a in plan.dates])
    starts = [flow.starts.mentions if flow.starts else frozenset() for flow in plan.flows]
    tables.table(k.P_NAME_STARTS, [not asked.isdisjoint(line) for line in lines for asked in starts])


def _put_edges(plan: Prepared, tables: Tables, names: Names) -> None:
    phases = _numbered(each.name for each in plan.schedule.journey.phases)
    found = []
    for phase in phases:
        for name in names.events:
            edge = plan.edge(phase, plan.events.get(name, (name,)))
            found.append(0 if edge is None else tables.put([phases[edge.target], edge.place]))
    tables.table(k.P_EDGES, found)
    tables.head(k.H_PHASES, len(phases))
