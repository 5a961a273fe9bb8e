"""Small stories in several runs: each takes up the state that the one before has left, through its files."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping

import attrs

from gridlang.diagnostics import Outcome
from gridlang.runtime import inputs
from gridlang.runtime.inputs import InputFiles, InputRows
from gridlang.runtime.rows import Execution, Input
from gridlang.runtime.state import kept, manifest
from gridlang.runtime.state.kept import Made
from gridlang.schedule.model import Schedule
from tests.rules.plans import MONDAY, REACHABLE, Row, Story, at, compiled, plan_text

PER: Row = {"id": "per", **REACHABLE}
"""Somebody whom every channel of the library may reach."""


@attrs.frozen
class Day(Story):
    """What one of the runs gave."""

    made: Made

    def _when(self, rows: Iterable[object], moment: str) -> list[tuple[str, str]]:
        return [(self.local(getattr(row, moment), row.contact), row.message) for row in rows]  # type: ignore[attr-defined]

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(when, message) of touches that are no plan."""
        return self._when(self._touches(planned=False), "due")

    @property
    def planned(self) -> list[tuple[str, str]]:
        """(when, message) of touches that are planned."""
        return self._when(self._touches(planned=True), "due")

    def _touches(self, *, planned: bool) -> list[object]:
        known = self.made.marks.known
        return [row for row in self.execution.touches if (known is not None and row.due >= known) is planned]

    @property
    def withdrawn(self) -> list[tuple[str, str, bool]]:
        """(when, message, whether that has passed) of what does not hold any more."""
        rows = self.made.marks.withdrawn
        return [(*pair, row.passed) for pair, row in zip(self._when(rows, "due"), rows, strict=True)]

    @property
    def news(self) -> list[str]:
        """What is news about the touches and tasks, in their order."""
        news = self.made.marks.news
        touches = [news["touches", row.id] for row in self.execution.touches]
        return touches + [news["tasks", row.id] for row in self.execution.tasks]

    @property
    def told(self) -> list[tuple[str, str]]:
        """(code, contact) of issues."""
        return [(issue.code, issue.contact) for issue in self.execution.issues]


def made_by_both(
    schedule: Schedule, given: Input, before: kept.Kept | None, *, start: int, known: int, until: int
) -> Made:
    """What the reference makes of a run; it must make the same when it passes no account over, and so must the engine,
    which is given columns, where it is installed."""
    made = kept.run(schedule, given, before, start=start, known=known, until=until)
    if before is not None:
        whole = attrs.evolve(before.before, state=before.before.state.whole())
        every = kept.run(schedule, given, attrs.evolve(before, before=whole), start=start, known=known, until=until)
        assert attrs.evolve(every, manifest=made.manifest, packed=made.packed) == made
        assert _but_signs(every) == _but_signs(made)
    if importlib.util.find_spec("numba") is not None:
        from gridlang.runtime.engine.columns import from_input
        from gridlang.runtime.engine.state import advance
        from gridlang.runtime.engine.today import OfColumns

        columns = from_input(given, {event.name: number for number, event in enumerate(schedule.events)})
        today = OfColumns(columns)
        again = kept.run(schedule, today, before, start=start, known=known, until=until, advance=advance)
        assert again.execution == made.execution
        assert again == made
    return made


def _but_signs(made: Made) -> list[bytes]:
    """The files of a state; signs of who is looked at whatever the day holds are others where no time has passed."""
    return [file.content for file in made.packed if not file.entry.name.startswith("index")]


class Days:
    """The runs of one plan on one state. Rows that are not given again are those of the day before."""

    def __init__(self, text: str, persons: Iterable[Row] = (PER,), *, plan: Mapping[str, str] | None = None) -> None:
        self.text, self.persons, self.plan = text, list(persons), plan
        self.events: list[Row] = []
        self.accounts: list[Row] | None = None
        self.files: dict[str, bytes] = {}
        self.manifest: manifest.Manifest | None = None
        self.published = True

    def run(
        self,
        until: str,
        *,
        known: str | None = None,
        start: str = MONDAY,
        text: str | None = None,
        persons: Iterable[Row] | None = None,
        events: Iterable[Row] | None = None,
        new_events: Iterable[Row] = (),
        published: bool = True,
    ) -> Day:
        """Run up to `until` (the plan's clock); events are complete before `known`."""
        self.text = self.text if text is None else text
        self.persons = self.persons if persons is None else list(persons)
        self.events = [*(self.events if events is None else events), *new_events]
        schedule = compiled(self.text, self.plan)
        earlier = kept.earlier_plans(self.manifest, schedule, self._fetch) if self.manifest else ()
        read = inputs.read(schedule, self._files(), earlier)
        assert not read.failed, [problem.message for problem in read.problems]
        zone = schedule.plan.timezone
        first, end = at(start, zone), at(until, zone)
        moment = end if known is None else at(known, zone)
        before = None
        if self.manifest is not None:
            taken = kept.take_up(self.manifest, self._fetch, published=self.published, known=moment)
            assert taken.value is not None, [problem.message for problem in taken.problems]
            before, first = taken.value, taken.value.before.state.plan.known
        made = made_by_both(schedule, read.value, before, start=first, known=moment, until=end)
        self._keep(made, published)
        zones = {contact.id: contact.timezone for contact in read.value.contacts if contact.timezone}
        return Day(schedule, made.execution, zones, plan_text(self.text, self.plan or {}), made)

    def _files(self) -> InputFiles:
        accounts = None if self.accounts is None else InputRows("accounts", self.accounts)
        persons, events = InputRows("persons", self.persons), InputRows("events", self.events)
        return InputFiles(persons=persons, events=events, accounts=accounts)

    def _fetch(self, entry: manifest.FileEntry) -> Outcome[bytes | None]:
        return manifest.unpack(self.files[entry.name], entry, entry.name)

    def _keep(self, made: Made, published: bool) -> None:
        content = manifest.to_bytes(made.manifest)
        read = manifest.from_bytes(content, "manifest.json")
        assert read.value == made.manifest, read.problems
        self.manifest, self.published = read.value, published
        self.files |= {file.entry.name: file.content for file in made.packed}


def without(execution: Execution, *names: str) -> dict[str, object]:
    """The tables of an execution but for those named."""
    return {field: getattr(execution, field) for field in ("touches", "tasks", "skips", "moves") if field not in names}
