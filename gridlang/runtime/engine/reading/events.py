"""Events in columns: rows that are clearly right stay there, all others go through the row code.

What the row code must see: rows with a cell that is wrong or odd, about nobody, of one id, or of which it is not plain
what they say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import attrs
import numpy as np

from gridlang.runtime.engine.columns import NONE, Column
from gridlang.runtime.engine.reading import readers
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.carried import Carried
from gridlang.runtime.engine.reading.hashing import Index
from gridlang.runtime.engine.reading.moments import Moments
from gridlang.runtime.engine.reading.sheet import Sheet
from gridlang.runtime.engine.reading.source import Batch, Source
from gridlang.runtime.engine.reading.typed import Codes, plain_texts
from gridlang.runtime.engine.reading.values import DOUBT, Values
from gridlang.runtime.inputs import scalars
from gridlang.runtime.inputs.columns import one_by_id, unknown_columns
from gridlang.runtime.inputs.events import (
    RESERVED,
    People,
    Vocabulary,
    carried_by_no_event,
    read_event,
    unread_values,
)
from gridlang.runtime.inputs.read import Seen, sorted_out
from gridlang.runtime.inputs.tables import Cell
from gridlang.runtime.rows import AttributeValue, Contact, Happening, Origin
from gridlang.schedule.model import Schedule

Lost: TypeAlias = dict[tuple[str, str], tuple[int, int]]
"""By event and column: how many values nobody reads, and the first row."""


@attrs.frozen(eq=False)
class Everybody(Mapping[str, Contact]):
    """The people of the run as the row code asks for them: by id, with their clock."""

    index: Index
    ids: Arrow
    zones: Array
    """int32, for each person: an index into `names`, or past their end."""
    names: tuple[str, ...]

    @classmethod
    def of(cls, index: Index, ids: Arrow, zones: Column) -> Everybody:
        """Everybody, by an index of the ids and the column of time zones."""
        names = tuple(str(name) for name in zones.values)
        return cls(index, ids, np.where(zones.codes == NONE, len(names), zones.codes).astype(np.int32), names)

    def __getitem__(self, name: str) -> Contact:
        at = int(self.index.find_one(name))
        if at < 0:
            raise KeyError(name)
        zone = int(self.zones[at])
        known = self.names[zone] if zone < len(self.names) else None
        return Contact(id=name, account="", timezone=known, origin=Origin("", 0))

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids.to_pylist())

    def __len__(self) -> int:
        return len(self.ids)


@attrs.define(eq=False)
class Whom:
    """The column `contact`: the index of the person."""

    people: Everybody
    _kept: list[Array] = attrs.field(factory=list)
    _added: list[int] = attrs.field(factory=list)
    _last: Array = None

    def read(self, cells: Arrow | list[Cell]) -> Array:
        """int32: the index, `NONE` for a missing cell, DOUBT for nobody."""
        texts, doubtful = plain_texts(cells)
        self._last = self.people.index.find(texts)
        self._last[self._last < 0] = DOUBT
        self._last[doubtful] = DOUBT
        return self._last

    def absent(self, rows: int) -> Array:
        """The codes of a column that the file does not have."""
        self._last = np.full(rows, DOUBT, np.int32)
        return self._last

    def keep(self, chosen: Array) -> None:
        self._kept.append(self._last if chosen.size == self._last.size else self._last[chosen])

    def only(self, staying: Array) -> None:
        self._kept = [np.concatenate(self._kept)[staying]]

    def add(self, value: AttributeValue | None) -> None:
        assert isinstance(value, str)
        self._added.append(int(self.people.index.find_one(value)))

    def filled(self) -> bool:
        """Whether any row that was kept is about somebody."""
        return any(kept.size for kept in self._kept)

    def persons(self) -> Array:
        """int32, of all rows kept and added."""
        return np.concatenate([*self._kept, np.array(self._added, np.int32)])


@attrs.frozen(eq=False)
class EventSheet:
    """A file of events, and what the plan reads in it."""

    vocabulary: Vocabulary
    sheet: Sheet
    whom: Whom
    at: Moments
    payload: tuple[Carried, ...]
    timezone: str

    @classmethod
    def of(cls, schedule: Schedule, source: Source, people: Everybody) -> EventSheet:
        """The file, to be read."""
        vocabulary = Vocabulary.of(schedule)
        carried = tuple(Carried.of(vocabulary, name) for name in vocabulary.known if name not in RESERVED)
        whom, at = Whom(people), Moments((*people.names, schedule.plan.timezone))
        values = {
            "id": Values(scalars.text),
            "contact": Values(scalars.text),
            "at": Values(scalars.text),
            "event": Values(readers.one_of(vocabulary.events)),
            "outcome": Values(readers.one_of(vocabulary.outcomes)),
            "task": Values(scalars.text),
            "step": Values(scalars.text),
            **{column.name: column.values for column in carried},
        }
        for name in vocabulary.events:
            values["event"].of_value(name)
        for name in sorted(vocabulary.outcomes):
            values["outcome"].of_value(name)
        own: dict[str, Codes] = {"contact": whom, "at": at, **{column.name: column for column in carried}}
        sheet = Sheet(source, values, frozenset({"id"}), own)
        return cls(vocabulary, sheet, whom, at, carried, schedule.plan.timezone)

    def doubtful(self, batch: Batch, codes: dict[str, Array]) -> Array:
        """Rows of which it is not plain what they say; and the cells that only their row explains are read."""
        persons = codes["contact"]
        zones = np.append(self.whom.people.zones, len(self.at.zones) - 1)[np.maximum(persons, NONE)]
        self.at.settle(zones)
        event, outcome = codes["event"], codes["outcome"]
        found = (codes["at"] == NONE) | ((event == NONE) == (outcome == NONE))
        is_outcome = outcome != NONE
        found |= is_outcome & ((codes["task"] == NONE) & ~self._known_step(codes["step"]))
        for name in ("task", "step"):
            codes[name][(codes[name] >= 0) & ~is_outcome] = NONE
        self._read_payload(event, outcome, codes)
        return found

    def _known_step(self, codes: Array) -> Array:
        steps = self.sheet.values["step"].values
        known = np.array([*(step in self.vocabulary.steps for step in steps), False, False], np.bool_)
        return known[codes]

    def _read_payload(self, event: Array, outcome: Array, codes: dict[str, Array]) -> None:
        words = self.words()
        events = len(self.sheet.values["event"].values)
        names = np.where(outcome >= 0, events + outcome, np.where(event >= 0, event, len(words)))
        for column in self.payload:
            column.settle(names, words, outcome == NONE, codes[column.name])

    def words(self) -> list[str]:
        """The names of all events, then those of all outcomes."""
        return [str(name) for column in ("event", "outcome") for name in self.sheet.values[column].values]

    # --- the row code ------------------------------------------------------------------------------------------------

    def close(self, seen: Seen) -> list[Happening]:
        """What the row code says of the rows that it must see; the file's issues are put down."""
        table, numbers = self.sheet.table(), self.sheet.numbers
        people = People(self.whom.people, seen.refused, self.timezone)
        distinct = one_by_id(table, self.vocabulary.known, "contact")
        taken, refused = sorted_out(lambda row: read_event(self.vocabulary, people, table, row), distinct.rows)
        cells = {row.number: row.cells for row in distinct.rows}
        lost = self._lost(unread_values(self.vocabulary, cells, taken), numbers)
        issues = [*unknown_columns(table, self.vocabulary.known), *refused, *carried_by_no_event(table, lost)]
        seen.close(table, distinct, len(taken), issues, "contact", numbers.size)
        return taken

    def _lost(self, lost: Lost, numbers: Array) -> Lost:
        """Values that nobody reads, of the rows kept too."""
        words = self.words()
        for column in self.payload:
            for name, times, first in column.lost(words, numbers):
                before, earlier = lost.get((name, column.name), (0, first))
                lost[name, column.name] = (before + times, min(first, earlier))
        return lost

    def add(self, happening: Happening) -> None:
        """Put an event down that the row code read."""
        reserved: dict[str, AttributeValue | None] = {
            "id": happening.id,
            "contact": happening.contact,
            "at": happening.at,
            "event": happening.event,
            "outcome": happening.outcome,
            "task": happening.task,
            "step": happening.step,
        }
        self.sheet.add({**happening.payload, **reserved})
