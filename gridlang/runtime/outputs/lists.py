"""The lists that a run writes for other systems beside its tables: tasks for CRMs, audiences for advertising.

Each has a name, by which `[run] lists` asks for it, and options, which stand in `[targets.NAME]`: for a CRM the same
table that the target of that name is built by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import attrs

from gridlang.crm import checks
from gridlang.crm.options import SalesforceOptions
from gridlang.crm.system import System
from gridlang.crm.systems import systems
from gridlang.diagnostics.model import Diagnostic
from gridlang.outputs import OutputFile
from gridlang.runtime.outputs import crm, roles, task_calendar
from gridlang.runtime.outputs.ads.systems import SYSTEMS, Ads
from gridlang.runtime.outputs.task_calendar import TaskCalendarOptions
from gridlang.runtime.rows import Execution, Input, TaskRow
from gridlang.schedule.model import Schedule
from gridlang.schedule.steps import Notify, Task
from gridlang.settings.options import Options

USUAL = ("hubspot",)
"""The lists of a run that says nothing of lists."""


@attrs.frozen(kw_only=True)
class Ran:
    """What a run was given and what it gave. `tasks` are those that are news to another system."""

    schedule: Schedule
    execution: Execution
    tasks: tuple[TaskRow, ...]
    given: Input | None


class RunList(Protocol):
    """A list for another system."""

    @property
    def name(self) -> str:
        """What `[run] lists` calls it."""

    @property
    def doc(self) -> str:
        """What it is, on a line."""

    @property
    def options(self) -> type[Options]:
        """The class of its options."""

    def check(self, schedule: Schedule, options: Any) -> Iterator[Diagnostic]:
        """What is missing in the options for this plan, before the run."""

    def asks_everybody(self, options: Any) -> bool:
        """Whether it asks what happened to people, or for people without a task."""

    def files(self, ran: Ran, options: Any) -> tuple[OutputFile, ...]:
        """The files."""


@attrs.frozen
class Tasks:
    """Tasks for a CRM; for Salesforce the roles of the buying group too."""

    system: System

    @property
    def name(self) -> str:
        return self.system.name

    @property
    def doc(self) -> str:
        return self.system.doc

    @property
    def options(self) -> type[Options]:
        return self.system.options

    def check(self, schedule: Schedule, options: Any) -> Iterator[Diagnostic]:
        return checks.findings(self.system, schedule, options, _workers(schedule))

    def asks_everybody(self, options: Any) -> bool:
        return isinstance(options, SalesforceOptions) and options.opportunities is not None

    def files(self, ran: Ran, options: Any) -> tuple[OutputFile, ...]:
        made = crm.files(self.system, options, ran.schedule, ran.tasks, ran.given)
        if isinstance(options, SalesforceOptions) and ran.given is not None:
            made += roles.files(ran.schedule, ran.execution, ran.given, options)
        return tuple(_placed(options, file) for file in made)


@attrs.frozen
class Audiences:
    """Audiences for an advertising system."""

    ads: Ads

    @property
    def name(self) -> str:
        return self.ads.name

    @property
    def doc(self) -> str:
        return self.ads.doc

    @property
    def options(self) -> type[Options]:
        return self.ads.options

    def check(self, schedule: Schedule, options: Any) -> Iterator[Diagnostic]:
        return self.ads.check(schedule, options)

    def asks_everybody(self, options: Any) -> bool:
        return True

    def files(self, ran: Ran, options: Any) -> tuple[OutputFile, ...]:
        made = self.ads.made(ran.schedule, ran.execution, ran.given, options)
        return tuple(_placed(options, file) for file in made)


@attrs.frozen
class TaskCalendar:
    """Open tasks as a calendar a team."""

    name: str = "task_calendar"
    doc: str = "open tasks as a calendar a team (iCalendar)"
    options: type[Options] = TaskCalendarOptions

    def check(self, schedule: Schedule, options: Any) -> Iterator[Diagnostic]:
        return iter(())

    def asks_everybody(self, options: Any) -> bool:
        return False

    def files(self, ran: Ran, options: Any) -> tuple[OutputFile, ...]:
        items = crm.items(ran.schedule, ran.tasks, ran.given)
        made = task_calendar.files(ran.schedule, items, ran.execution.counts.lived[1], options)
        return tuple(_placed(options, file) for file in made)


def _workers(schedule: Schedule) -> Iterator[str]:
    """Everybody who can be handed a task, and the teams that get notes."""
    steps = [step for campaign in schedule.campaigns for step in campaign.steps]
    for team in schedule.teams:
        if any(isinstance(step, Task) and step.team == team.name for step in steps):
            yield from team.members or (team.name,)
        elif any(isinstance(step, Notify) and step.team == team.name for step in steps):
            yield team.name


def _placed(options: Options, file: OutputFile) -> OutputFile:
    return attrs.evolve(file, path=f"{options.folder}/{file.path}") if options.folder else file


def known() -> dict[str, RunList]:
    """All lists by name."""
    found: list[RunList] = [*map(Tasks, systems().values()), *map(Audiences, SYSTEMS), TaskCalendar()]
    return {each.name: each for each in found}


def usual() -> dict[str, Options]:
    """The lists of a run without settings, with their options."""
    return {name: known()[name].options() for name in USUAL}


def ask_everybody(chosen: Mapping[str, Options]) -> bool:
    """Whether one of the lists asks what happened to people, or for people without a task."""
    lists = known()
    return any(lists[name].asks_everybody(options) for name, options in chosen.items())


def files(ran: Ran, chosen: Mapping[str, Options]) -> tuple[OutputFile, ...]:
    """The files of the chosen lists, in the order of their names."""
    lists = known()
    return tuple(file for name in sorted(chosen) for file in lists[name].files(ran, chosen[name]))
