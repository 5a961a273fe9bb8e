"""Whether what a story expects came true, and what to show when it did not."""

from __future__ import annotations

import attrs

from gridlang.runtime.explain import ChainRow, explain
from gridlang.runtime.rows import Execution
from gridlang.runtime.testing import times
from gridlang.runtime.testing.rows import Rows, moment_of, person_of, sort_of, sorts
from gridlang.runtime.testing.standing import standing
from gridlang.runtime.testing.times import Clocks
from gridlang.runtime.testing.told import Failure, Happened
from gridlang.schedule.model import Expectation, Schedule

MOST_SHOWN = 2
"""Rows beside an expectation; the nearest says most, a page of them nothing."""

WEIGHTS = {"person": 8, "message": 4, "phase": 4, "channel": 2, "team": 1, "because": 1}
"""How much it says about an expectation that a row has a word of it."""
_SAME_SORT = 3


@attrs.frozen
class Judge:
    """Everything one story is judged by; it runs over [start, until)."""

    schedule: Schedule
    execution: Execution
    rows: Rows
    clocks: Clocks
    start: int
    until: int

    def failure(self, expectation: Expectation) -> Failure | None:
        """Why an expectation did not come true; None when it did."""
        found = [row for row in self.rows.all if self._is_it(expectation, row)]
        if not self._within(expectation):
            outside = "nothing can happen then: the story goes from its `starts` to the end of the plan's period"
            return self._shown(expectation, [], outside)
        if expectation.verb == "no":
            return self._too_much(expectation, found) if found else None
        return None if found else self._missing(expectation)

    def _is_it(self, expectation: Expectation, row: ChainRow) -> bool:
        when = times.stretch(expectation, self.clocks.zone(person_of(row)))
        return when.holds(moment_of(row)) and self.rows.fits(expectation, row)

    def _within(self, expectation: Expectation) -> bool:
        when = times.stretch(expectation, self.clocks.zone(expectation.person))
        return when.meets(self.start, self.until)

    def _too_much(self, expectation: Expectation, found: list[ChainRow]) -> Failure:
        more = len(found) - MOST_SHOWN
        return self._shown(expectation, found[:MOST_SHOWN], f"and {more} more of the kind" if more > 0 else None)

    def _missing(self, expectation: Expectation) -> Failure:
        near = self._nearest(expectation)
        remarks = [] if near else [self._nothing(expectation)]
        if self.execution.counts.by_segment.get(""):
            remarks.append("no segment takes this account, so no campaign reaches it (R1)")
        elif not near and (account := self._account(expectation)):
            when = times.stretch(expectation, self.clocks.zone(expectation.person))
            moment = self.until - 1 if when.end is None else min(when.end, self.until) - 1
            remarks.append(standing(self.schedule, self.execution, account, moment))
        return self._shown(expectation, near, "; ".join(remarks) or None)

    def _account(self, expectation: Expectation) -> str | None:
        """Whose place in the journey says something about it; None where there are several."""
        if expectation.person:
            return self.rows.accounts.get(expectation.person)
        accounts = set(self.rows.accounts.values())
        return accounts.pop() if len(accounts) == 1 else None

    def _nothing(self, expectation: Expectation) -> str:
        what = {"move": "the account did not move", "notify": "no team was told anything"}
        to = f" to {expectation.person}" if expectation.person else ""
        return what.get(expectation.verb, f"nothing of the kind happened{to}")

    def _nearest(self, expectation: Expectation) -> list[ChainRow]:
        """The rows most like what was expected, and of those the nearest in time."""
        measured = [
            (self._likeness(expectation, row), -self._distance(expectation, row), -number, row)
            for number, row in enumerate(self.rows.all)
            if sort_of(row) in _RELATED[expectation.verb]
        ]
        near = sorted((each for each in measured if each[0]), key=lambda each: each[:3], reverse=True)
        best = near[0][0] if near else 0
        return [row for likeness, _, _, row in near if likeness >= best - _SAME_SORT][:MOST_SHOWN]

    def _likeness(self, expectation: Expectation, row: ChainRow) -> int:
        """0: it says nothing about it."""
        agreed = {name for name, has in self.rows.agreements(expectation, row).items() if has}
        said = {name for name in ("person", "message", "phase") if getattr(expectation, name) is not None}
        if sort_of(row) != "move" and said and not said & agreed:
            return 0
        likeness = sum(WEIGHTS[name] for name in agreed)
        return likeness + (_SAME_SORT if sort_of(row) in sorts(expectation) else 1)

    def _distance(self, expectation: Expectation, row: ChainRow) -> int:
        return times.stretch(expectation, self.clocks.zone(person_of(row))).distance(moment_of(row))

    def _shown(self, expectation: Expectation, rows: list[ChainRow], remark: str | None) -> Failure:
        happened = tuple(Happened(row=row, chain=explain(self.schedule, row).rstrip("\n")) for row in rows)
        return Failure(place=expectation.place, expected=in_words(expectation), happened=happened, remark=remark)


_RELATED: dict[str, tuple[str, ...]] = {
    "send": ("send", "skip", "task"),
    "task": ("task", "skip", "send"),
    "skip": ("skip", "send", "task"),
    "notify": ("notify",),
    "move": ("move",),
    "no": (),
}
"""By what is expected: the sorts of rows that say something about it. A skip says why nothing was sent."""


def in_words(expectation: Expectation) -> str:
    """`send email meeting_invite to per, Mon 1 Feb 2027 09:00`: the line of the story."""
    named = {"move": (expectation.phase,), "notify": (expectation.team,)}
    words = [expectation.verb, *named.get(expectation.verb, (expectation.channel, expectation.message))]
    words += ["to", expectation.person] if expectation.person else []
    words += ["by", expectation.team] if expectation.team and expectation.verb != "notify" else []
    words += ["because", expectation.because] if expectation.because else []
    return " ".join(word for word in words if word) + times.in_words(expectation)
