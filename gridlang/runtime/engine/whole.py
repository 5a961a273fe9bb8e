"""What is of a run as a whole: its issues, the budget's report (R28), its counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import attrs
import numpy as np

from gridlang.quantities import Money
from gridlang.runtime.engine import stamps
from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.driving import Log
from gridlang.runtime.engine.kernel import flows, layout
from gridlang.runtime.engine.lowering import Lowered, Stretch
from gridlang.runtime.engine.results import Part, Rows, Stamp, Whole
from gridlang.runtime.reference.flows import MOST_STEPS
from gridlang.runtime.rows import Arrow, Counts, Issue, ReportRow
from gridlang.schedule import clock
from gridlang.schedule import steps as st

assert flows.MOST_STEPS == MOST_STEPS  # the kernel has its own: what is compiled can import nothing of others


@attrs.define(eq=False)
class Gathering:
    """Told of every part of a stretch of accounts, it knows what is of the whole."""

    lowered: Lowered
    told: list[tuple[Stamp, Issue]] = attrs.field(factory=list)
    spent: list[tuple[Array, Array]] = attrs.field(factory=list)
    _segments: Array = attrs.field(init=False)
    _goals: Array = attrs.field(init=False)
    _arrows: Array = attrs.field(init=False)
    _pressure: Counter[tuple[int, int]] = attrs.field(factory=Counter)
    _happened: Counter[tuple[int, int]] = attrs.field(factory=Counter)
    _accounts: int = 0
    _contacts: int = 0

    def __attrs_post_init__(self) -> None:
        schedule = self.lowered.plan.schedule
        self._segments = np.zeros(len(schedule.segments) + 1, np.int64)
        self._arrows = np.zeros(len(self.lowered.arrows), np.int64)
        self._goals = np.zeros((len(schedule.campaigns), 2), np.int64)

    def add(self, log: Log, stretch: Stretch) -> None:
        """Count a part, of accounts of a stretch."""
        self.told += _issues(self.lowered, stretch, log)
        of = log.accounts
        entered = of[(of[:, 1] != 0) & (of[:, 0] >= 0)]
        self._accounts += len(entered)
        self._contacts += int(entered[:, 3].sum())
        self._segments += np.bincount(entered[:, 2] + 1, minlength=len(self._segments))
        np.add.at(self._goals, log.goals[:, 0], log.goals[:, 1:3])
        self._arrows += log.arrows
        self._pressure.update(_counted(log.peaks))
        self._happened.update(_counted(log.happened))

    def whole(self, everybody: Lowered, parts: Sequence[Part]) -> Whole:
        """Everything, in the columns of everybody; `parts` are looked at again for the budget."""
        ordered = sorted(self.told, key=lambda each: each[0])
        issues = (*_unknown_zones(everybody), *(issue for _, issue in ordered))
        marks = (*((_FIRST,) * (len(issues) - len(ordered))), *(stamp for stamp, _ in ordered))
        return Whole(issues=issues, stamps=marks, budget=budget(everybody, parts), counts=self.counts())

    def counts(self) -> Counts:
        schedule = self.lowered.plan.schedule
        by_segment = {segment.name: int(n) for segment, n in zip(schedule.segments, self._segments[1:], strict=True)}
        if self._segments[0]:
            by_segment[""] = int(self._segments[0])
        goals = {
            campaign.name: (int(self._goals[number, 0]), int(self._goals[number, 1]))
            for number, campaign in enumerate(schedule.campaigns)
            if campaign.goal is not None
        }
        return Counts(
            accounts=self._accounts,
            contacts=self._contacts,
            by_segment=by_segment,
            goals=goals,
            **self._counters(),
        )

    def _counters(self) -> dict[str, Any]:
        taken: Counter[Arrow] = Counter()
        for arrow, times in zip(self.lowered.arrows, self._arrows, strict=True):
            taken[arrow] += int(times)
        names = list(self.lowered.names.events)
        return {
            "lived": (self.lowered.start, self.lowered.horizon),
            "since": self.lowered.start,
            "arrows": {arrow: times for arrow, times in sorted(taken.items()) if times},
            "pressure": dict(sorted(self._pressure.items())),
            "happened": dict(sorted(((names[name], day), n) for (name, day), n in self._happened.items())),
        }


def _counted(records: Array) -> dict[tuple[int, int], int]:
    """How often each pair of numbers stands in records."""
    found, times = np.unique(records[:, :2], axis=0, return_counts=True)
    return {(int(one), int(other)): int(n) for (one, other), n in zip(found, times, strict=True)}


_FIRST: Stamp = (layout.MISS, 0, (), 0)


# --- issues ----------------------------------------------------------------------------------------------------------


def _unknown_zones(lowered: Lowered) -> Iterator[Issue]:
    """R8, in the order of contacts."""
    people = lowered.columns.people
    unknown = {code: str(z) for code, z in enumerate(people.timezone.values) if not clock.known_zone(str(z))}
    if not unknown:
        return
    found = np.nonzero(np.isin(np.asarray(people.timezone.codes), list(unknown)))[0]
    for person in sorted(found, key=lambda each: people.ids[int(each)]):
        zone = unknown[int(people.timezone.codes[person])]
        reason = f"no time zone is called {zone}; the plan's is used"
        yield Issue(code="unknown_timezone", reason=reason, contact=people.ids[int(person)], refused=False)


def _issues(lowered: Lowered, stretch: Stretch, log: Log) -> Iterator[tuple[Stamp, Issue]]:
    for record in log.issues.tolist():
        kind, at, a, b, c, d, e, account, lead, last, turn = record
        issue = issue_of(lowered, stretch, kind, at, account, (a, b, c, d, e))
        yield stamps.of(at, last if lead == -3 else lead, account, turn, log.part.leads), issue


def issue_of(lowered: Lowered, stretch: Stretch, kind: int, at: int, account: int, of: tuple[int, ...]) -> Issue:
    """`account`: its number among all; -1, the plan itself."""
    if kind == layout.ISSUE_SPINNING_RUN:
        campaign = lowered.plan.schedule.campaigns[of[1]]
        reason = f"{campaign.name} goes round at {campaign.steps[of[2]].id} and no time passes; its run ends here"
        contact = "" if account < 0 else _contacts(lowered, account)[of[0]]
        return Issue(code="spinning", reason=reason, contact=contact, at=at, refused=False)
    if kind == layout.ISSUE_SPINNING_PHASE:
        return _spinning(lowered, at, account, of)
    return _of_outcome(lowered, int(stretch.row_of[of[0]]), kind, of)


def _row(lowered: Lowered, account: int) -> int:
    """Where an account stands in the columns."""
    numbers = lowered.columns.account_numbers
    return account if numbers is None else int(np.searchsorted(numbers, account))


def _contacts(lowered: Lowered, account: int) -> Sequence[str]:
    """The people of an account."""
    row, people = _row(lowered, account), lowered.columns.accounts.people
    return lowered.columns.people.ids[int(people[row]) : int(people[row + 1])]


def _spinning(lowered: Lowered, at: int, account: int, of: tuple[int, ...]) -> Issue:
    phases = lowered.plan.schedule.journey.phases
    phase, why, a, b, stays = of
    if why == 1:
        by = list(lowered.names.events)[a]
    else:
        campaign = lowered.plan.schedule.campaigns[a]
        by = f"move {campaign.name} {campaign.steps[b].id}"
    name = lowered.columns.accounts.ids[_row(lowered, account)]
    twice = f"account {name} would enter {phases[phase].name} twice in one second, by {by}"
    reason = f"{twice}; it stays in {phases[stays].name}"
    return Issue(code="spinning", reason=reason, contact=_contacts(lowered, account)[0], at=at, refused=False)


def _of_outcome(lowered: Lowered, row: int, kind: int, of: tuple[int, ...]) -> Issue:
    """As `gridlang.runtime.reference.outcomes` says it."""
    events = lowered.columns.events
    outcome = str(events.outcome.value(row) or "")
    named = str(events.task.value(row) or events.step.value(row) or "")
    contact = lowered.columns.people.ids[int(events.person[row])]
    if kind == layout.ISSUE_OFFERED:
        step = lowered.plan.schedule.campaigns[of[1]].steps[of[2]]
        assert isinstance(step, st.Task)
        offered = ", ".join(word for arm in step.arms for word in arm.outcomes)
        code, reason, refused = "unknown_outcome", f"the task {step.id} offers {offered}, not {outcome}", False
    elif kind == layout.ISSUE_LATE:
        reason = f"outcome {outcome} of {named} came after the task was closed, and is no event"
        code, refused = "late_outcome", True
    else:
        reason = f"nobody asked {contact} for {named}: no such task was handed out before this"
        code, refused = "outcome_unasked", outcome not in lowered.plan.events
    line = int(events.line[row])
    return Issue(
        code=code,
        reason=reason,
        file=events.file,
        row=int(events.row[row]),
        line=None if line < 0 else line,
        contact=contact,
        at=int(events.at[row]),
        refused=refused,
    )


# --- the budget (R28) ------------------------------------------------------------------------------------------------


def budget(lowered: Lowered, parts: Sequence[Part]) -> ReportRow | None:
    """Told once, when what was spent passes the plan's budget."""
    plan = lowered.plan.schedule.plan
    limit = Money.parse(plan.budget).amount if plan.budget else None
    if limit is None:
        return None
    costs = [_cost(channel.cost, plan.currency) for channel in lowered.plan.schedule.channels]
    moment, before = _passing(lowered, parts, costs, limit)
    if moment is None:
        return None
    spent = before
    for _, amount in sorted(_spent_at(lowered, parts, costs, moment), key=lambda each: each[0]):
        if spent <= limit < spent + amount:
            return _report(lowered, limit, spent + amount, moment)
        spent += amount
    raise AssertionError("the budget is passed in this second")


def _cost(cost: str | None, currency: str) -> Decimal:
    amount = Money.parse(cost) if cost else None
    return Decimal(0) if amount is None or amount.currency != currency else amount.amount


def _flight(lowered: Lowered, campaign: int, step: int) -> Decimal | None:
    """What a flight costs; None: the row is no flight."""
    show = lowered.plan.schedule.campaigns[campaign].steps[step]
    return _cost(show.budget, lowered.plan.schedule.plan.currency) if isinstance(show, st.Show) else None


def _tables(part: Part) -> Iterator[tuple[Rows, Array]]:
    yield part.touches, np.ones(len(part.touches.at), bool)
    yield part.tasks.rows, ~part.tasks.notice


def _passing(
    lowered: Lowered, parts: Sequence[Part], costs: Sequence[Decimal], limit: Decimal
) -> tuple[int | None, Decimal]:
    """The second in which the budget is passed, and what had been spent before it."""
    by_moment: dict[int, Decimal] = {}
    for part in parts:
        for rows, real in _tables(part):
            _add_up(lowered, rows, real, costs, by_moment)
    spent = Decimal(0)
    for moment in sorted(by_moment):
        if spent + by_moment[moment] > limit:
            return moment, spent
        spent += by_moment[moment]
    return None, spent


def _add_up(lowered: Lowered, rows: Rows, real: Array, costs: Sequence[Decimal], found: dict[int, Decimal]) -> None:
    flights = rows.person[real] < 0
    at, channel = rows.at[real], rows.channel[real]
    paid = np.array([bool(cost) for cost in costs] or [False])[channel] & ~flights
    key = (at[paid].astype(np.int64) << 16) + channel[paid]
    for each, times in zip(*np.unique(key, return_counts=True), strict=True):
        moment = int(each) >> 16
        found[moment] = found.get(moment, Decimal(0)) + costs[int(each) & 0xFFFF] * int(times)
    for number in np.nonzero(real)[0][flights]:
        cost = _flight(lowered, int(rows.campaign[number]), int(rows.step[number]))
        moment = int(rows.at[number])
        if cost:
            found[moment] = found.get(moment, Decimal(0)) + cost


def _spent_at(
    lowered: Lowered, parts: Sequence[Part], costs: Sequence[Decimal], moment: int
) -> Iterator[tuple[Stamp, Decimal]]:
    for part in parts:
        for rows, real in _tables(part):
            for number in np.nonzero(real & (rows.at == moment))[0]:
                flight = _flight(lowered, int(rows.campaign[number]), int(rows.step[number]))
                cost = costs[int(rows.channel[number])] if flight is None else flight
                if cost:
                    yield stamps.of_row(lowered, part, rows, int(number)), cost


def _report(lowered: Lowered, limit: Decimal, spent: Decimal, moment: int) -> ReportRow:
    plan = lowered.plan.schedule.plan
    return ReportRow(
        check="budget",
        subject=plan.name,
        contact="",
        at=moment,
        expected=f"at most {limit:f} {plan.currency}",
        happened=f"{spent:f} {plan.currency}",
        place=plan.place,
    )
