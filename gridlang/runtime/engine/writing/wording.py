"""Subjects, scripts and notes of a run, in columns: which template says what to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Columns
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.typed import TEXT
from gridlang.runtime.engine.results import Rows, Stamp
from gridlang.runtime.engine.writing.columns import Shared
from gridlang.runtime.engine.writing.template import People, Template
from gridlang.runtime.reference.wording import Part, variant
from gridlang.runtime.rows import Issue
from gridlang.schedule.model import Message, Schedule


@attrs.frozen(eq=False)
class Use:
    """Rows (indices) that one template words; `name` says which it is, for the one issue about it."""

    source: str
    name: str
    rows: Array


@attrs.define(eq=False)
class Texts:
    """The texts of a run, made for a chunk of rows at a time."""

    schedule: Schedule
    people: People
    stamp: Callable[[Rows, int], Stamp]
    """When, in the order of the execution, a row was made."""
    failures: dict[str, tuple[Stamp, Issue]] = attrs.field(factory=dict)
    """By the name of a template: the first of its failures."""
    _templates: dict[str, Template] = attrs.field(factory=dict)

    @classmethod
    def of(cls, schedule: Schedule, columns: Columns, stamp: Callable[[Rows, int], Stamp]) -> Texts:
        """For the people of a run."""
        return cls(schedule, People.of(columns, schedule.plan.timezone), stamp)

    def of_messages(self, part: Part, rows: Rows) -> Iterator[Use]:
        """Whom the subjects or scripts of messages are for."""
        language = self.people.language(rows.person)
        for number in np.unique(rows.message[rows.message != NONE]).tolist():
            chosen, message = np.flatnonzero(rows.message == number), self.schedule.messages[number]
            for source, codes in self._sources(message, part, language[chosen]).items():
                alike = chosen if len(message.languages) == 0 else chosen[np.isin(language[chosen], codes)]
                yield Use(source, f"{part} of message {message.name}", alike)

    def _sources(self, message: Message, part: Part, language: Array) -> dict[str, list[int]]:
        """The wordings of a message, and the languages (codes) of those who get each."""
        found: dict[str, list[int]] = {}
        for code in np.unique(language).tolist() if message.languages else [NONE]:
            known = None if code == NONE else str(self.people.columns.people.language.values[code])
            told: str | None = getattr(variant(message, known), part)
            source = getattr(message.wording, part) if told is None else told
            if source:
                found.setdefault(source, []).append(code)
        return found

    def cells(self, rows: Rows, uses: Iterable[Use]) -> Shared:
        """The texts of all rows: what no template words is missing."""
        codes = np.full(rows.at.size, NONE, np.int32)
        texts: list[Arrow] = [pyarrow.array([], TEXT)]
        made = 0
        for use in uses:
            told = self._template(use.source).tell(self.people, rows.person[use.rows])
            codes[use.rows] = np.where(told.codes == NONE, NONE, told.codes + made)
            texts.append(told.texts)
            made += len(told.texts)
            for reason, whom in told.failures:
                self._fail(use.name, reason, rows, use.rows[whom])
        return Shared(codes, pyarrow.concat_arrays(texts))

    def _template(self, source: str) -> Template:
        template = self._templates.get(source)
        if template is None:
            template = self._templates[source] = Template.of(source)
        return template

    def _fail(self, name: str, reason: str, rows: Rows, failing: Array) -> None:
        at = int(rows.at[failing].min())
        earliest = failing[rows.at[failing] == at].tolist()
        stamp = min(self.stamp(rows, row) for row in earliest)
        if name not in self.failures or stamp < self.failures[name][0]:
            issue = Issue(code="template_failed", reason=f"{name}: {reason}", at=at, refused=False)
            self.failures[name] = stamp, issue
