"""Everything one execution holds: the prepared schedule, the heap, the desk, the rows so far."""

from __future__ import annotations

from decimal import Decimal

import attrs

from gridlang.runtime.reference import identity, order
from gridlang.runtime.reference.desk import Desk
from gridlang.runtime.reference.diary import Diary
from gridlang.runtime.reference.moments import Moments
from gridlang.runtime.reference.people import Account, Person
from gridlang.runtime.reference.prepare import Flow, Prepared
from gridlang.runtime.reference.record import Record
from gridlang.runtime.reference.running import Run
from gridlang.runtime.reference.tally import Tally
from gridlang.runtime.reference.watching import Watch
from gridlang.runtime.reference.wording import Wordings
from gridlang.runtime.rows import Arrow, Because, Issue
from gridlang.schedule import steps as st


@attrs.define(eq=False)
class World:
    """`reached` and `begun`: runs by campaign (R7). `spent` is in the plan's currency."""

    plan: Prepared
    moments: Moments
    desk: Desk
    record: Record = attrs.field(factory=Record)
    numbered: int = 0
    reached: dict[int, int] = attrs.field(factory=dict)
    begun: dict[int, int] = attrs.field(factory=dict)
    spent: Decimal = Decimal(0)
    wordings: Wordings = attrs.field(init=False)
    mass: Account | None = None
    """The plan itself, for campaigns that are one run for the plan (R6)."""
    since: int | None = None
    """The first moment that the counters count; with a state that of the first run."""
    lived: int | None = None
    """The first moment of this run."""
    arrows: dict[Arrow, int] = attrs.field(factory=dict)
    """How often runs took each arrow of a flowchart."""
    happened: dict[tuple[str, int], int] = attrs.field(factory=dict)
    """Events that KPIs count, by day of the plan's clock."""
    watch: Watch | None = None
    """Who is told of every arrow that is taken."""
    diary: Diary | None = None
    """Who is told of cells, and of beginnings and ends of runs."""
    accounts: list[Account] = attrs.field(factory=list)
    """All accounts but the plan itself, in order of their ids; with a state, those that the run concerns."""
    beside: Tally = attrs.field(factory=Tally)
    """What accounts that the run does not concern add to the counts."""

    def __attrs_post_init__(self) -> None:
        self.wordings = Wordings(self.plan.messages, self._template_failed)

    def _template_failed(self, name: str, reason: str) -> None:
        self.complain("template_failed", f"{name}: {reason}", at=self.moments.now)

    def number(self) -> int:
        """The next number of an event."""
        self.numbered += 1
        return self.numbered

    def visit(self, flow: Flow, person: Person, step: str) -> int:
        """R24: this contact's visits of this step in the plan, from 1."""
        key = (flow.campaign.name, step)
        person.visits[key] = person.visits.get(key, 0) + 1
        return person.visits[key]

    def row_id(self, flow: Flow, person: Person, step: str, visit: int) -> str:
        """R24."""
        return identity.row_id(self.plan.schedule.plan.name, person.id, flow.campaign.name, step, visit)

    def key(self, flow: Flow, person: Person, step: str, ready: int, visit: int) -> order.Key:
        """R17."""
        number = flow.numbers.get(step, -1)
        priority = flow.campaign.priority
        return order.key(priority, ready, flow.index, number, person.account.id, person.id, visit)

    def ready(self, step: st.Step) -> Because:
        """The first link of a chain: the step was reached."""
        return Because("ready", step.place)

    def wake(self, run: Run, moment: int) -> None:
        """Look at the run at that moment."""
        run.wake = moment
        if moment > self.moments.now:
            self.moments.add(moment, run.person.account)

    def took(self, campaign: str, step: str, word: str, contact: str) -> None:
        """A run of a contact takes an arrow: it is counted, and whoever watches is told."""
        arrow = (campaign, step, word)
        self.arrows[arrow] = self.arrows.get(arrow, 0) + 1
        if self.watch is not None:
            self.watch.took(campaign, step, word, contact, self.moments.now)

    def complain(self, code: str, reason: str, *, contact: str = "", at: int | None = None) -> None:
        """An issue that is no refused row."""
        self.record.issues.append(Issue(code=code, reason=reason, contact=contact, at=at, refused=False))
