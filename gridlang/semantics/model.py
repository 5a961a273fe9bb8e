"""What the checker gives: the schedule, and for every place in it the characters it was read from."""

from __future__ import annotations

import attrs

from gridlang.schedule.model import Schedule
from gridlang.semantics.memory import Memory
from gridlang.semantics.scope import Scope
from gridlang.source import Span


@attrs.frozen(eq=False)
class Model:
    """A checked plan. `spans[place]` is what stands at a place of the schedule.

    `schedule` holds all that could be built, also beside errors, so that every rule can look at what there is.
    """

    schedule: Schedule
    spans: tuple[Span, ...]
    scope: Scope
    misdeclared: frozenset[str] = frozenset()
    """The attributes whose type nobody knows."""
    broken: frozenset[str] = frozenset()
    """The campaigns whose flow could not be joined."""
    memory: Memory = attrs.field(factory=Memory)
    """What rules have worked out, from reading to reading."""

    def span(self, place: int) -> Span:
        return self.spans[place]
