"""Accounts in stretches: each a run of its own, with the numbers that its accounts and people have among all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import numpy as np

from gridlang.runtime.engine.columns import Accounts, Column, Columns, People
from gridlang.runtime.engine.lowering import Lowered, lower
from gridlang.runtime.engine.reading.assembly import nothing
from gridlang.runtime.rows import Counts
from gridlang.schedule.model import Schedule

STRETCH = 1 << 15
"""Accounts of a stretch: so few that what the kernel reads of them stays near the processor."""


def stretches(columns: Columns) -> Iterator[tuple[int, int]]:
    """From which account up to, not with, which."""
    n = len(columns.accounts.ids)
    return ((first, min(first + STRETCH, n)) for first in range(0, n, STRETCH))


def plan_alone(schedule: Schedule, columns: Columns, start: int, until: int) -> Lowered:
    """The plan lowered without people, with events and outcomes numbered as theirs are."""
    none = np.empty(0, np.int32)
    empty = Column(none, ())
    people = columns.people
    nobody = People(
        ids=(),
        account=none,
        timezone=empty,
        language=empty,
        since=empty,
        salesperson=empty,
        roles=empty,
        attributes=dict.fromkeys(people.attributes, empty),
    )
    attributes = dict.fromkeys(columns.accounts.attributes, empty)
    nowhere = Accounts(ids=(), people=np.zeros(1, np.int64), attributes=attributes)
    events = attrs.evolve(
        nothing(nowhere),
        event=Column(none, columns.events.event.values),
        outcome=Column(none, columns.events.outcome.values),
        payload=dict.fromkeys(columns.events.payload, empty),
    )
    return lower(schedule, Columns(people=nobody, accounts=nowhere, events=events), start, until)


def added(counts: Sequence[Counts]) -> Counts:
    """Counts of stretches of accounts as those of all; each key in its order."""
    goals: dict[str, tuple[int, int]] = {}
    for each in counts:
        for name, (reached, begun) in each.goals.items():
            before = goals.get(name, (0, 0))
            goals[name] = before[0] + reached, before[1] + begun

    def sums(name: str) -> dict[Any, int]:
        found: Counter[Any] = Counter()
        for each in counts:
            for key, times in getattr(each, name).items():
                found[key] += times
        return dict(found)

    return attrs.evolve(
        counts[0],
        accounts=sum(each.accounts for each in counts),
        contacts=sum(each.contacts for each in counts),
        by_segment=sums("by_segment"),
        goals=goals,
        arrows=dict(sorted(sums("arrows").items())),
        pressure=dict(sorted(sums("pressure").items())),
        happened=dict(sorted(sums("happened").items())),
    )
