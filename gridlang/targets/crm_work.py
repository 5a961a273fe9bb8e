"""The plan's dated work (media to book, flights to start, texts to write) as the task lists of a CRM."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from gridlang.crm.options import CrmOptions
from gridlang.crm.system import System
from gridlang.diagnostics.model import Outcome
from gridlang.schedule.model import Schedule

if TYPE_CHECKING:
    from gridlang.crm.item import Item
    from gridlang.targets.interface import Files
    from gridlang.targets.views.work import Work
    from gridlang.targets.words.names import Names

DAY_ENDS = "17:00"
"""When work is due on its day, by the plan's clock, for a team that says no hours."""


@attrs.frozen
class CrmWork:
    """The target of a system."""

    system: System
    usual: bool = False

    @property
    def name(self) -> str:
        return self.system.name

    @property
    def doc(self) -> str:
        return self.system.doc

    @property
    def options(self) -> type[CrmOptions]:
        return self.system.options

    def files(self, schedule: Schedule, options: CrmOptions | None = None) -> Files:
        """A row a booking, a start or a text; nothing when somebody who has work is unknown there."""
        from gridlang.crm import checks, writing
        from gridlang.targets.views.work import dated_work

        chosen = options or self.options()
        work = dated_work(schedule)
        problems = tuple(checks.findings(self.system, schedule, chosen, _workers(work)))
        if problems:
            return Outcome((), problems)
        return Outcome(writing.files(self.system, schedule.plan, items(schedule, work), chosen))


def _workers(work: tuple[Work, ...]) -> Iterator[str]:
    return (each.team for each in work if each.team)


def items(schedule: Schedule, work: tuple[Work, ...]) -> Iterator[Item]:
    """The work in the plan's language."""
    from gridlang.targets.words import words_for
    from gridlang.targets.words.names import Names

    names = Names(schedule, words_for(schedule.plan.locale))
    return (_item(names, each) for each in work)


def _item(names: Names, work: Work) -> Item:
    from gridlang.crm.item import Item
    from gridlang.targets.words import work as said

    schedule = names.schedule
    return Item(
        id=work.id,
        subject=said.title(names, work),
        lines=said.details(names, work),
        start=_moment(schedule, work.due, "09:00"),
        due=_moment(schedule, work.due, _ends(schedule, work.team)),
        due_day=work.due.isoformat(),
        way="task",
        priority=work.campaign.priority,
        done=False,
        team=work.team or "",
        member="",
        campaign=work.campaign.name,
        place=schedule.places[work.place],
        channel=work.channel,
        message=work.message,
        kind=work.kind,
    )


def _ends(schedule: Schedule, team: str | None) -> str:
    """When a team's day ends; hours over midnight end on the day after, so that day ends at midnight."""
    hours = next((each.hours for each in schedule.teams if each.name == team), ())
    ends = [each.end for each in hours if each.start < each.end and each.end != "24:00"]
    return max(ends, default=DAY_ENDS)


def _moment(schedule: Schedule, day: dt.date, time: str) -> int:
    from gridlang.schedule import clock

    return clock.moment(dt.datetime.combine(day, dt.time.fromisoformat(time)), schedule.plan.timezone)
