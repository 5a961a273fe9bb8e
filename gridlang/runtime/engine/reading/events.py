"""Events in columns: rows that are clearly right stay there, all others go through the row code.

What the row code must see: rows with a cell that is wrong or odd, about nobody, of one id, or of which it is not plain
what they say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Column
from gridlang.runtime.engine.reading import readers
from gridlang.runtime.engine.reading.arrays import Array, Arrow, Kept
from gridlang.runtime.engine.reading.carried import Carried
from gridlang.runtime.engine.reading.cells import TEXT, Distinct, is_text, plain_texts
from gridlang.runtime.engine.reading.hashing import Index
from gridlang.runtime.engine.reading.moments import Moments
from gridlang.runtime.engine.reading.sheet import Sheet
from gridlang.runtime.engine.reading.source import Batch, Source
from gridlang.runtime.engine.reading.typed import Codes
from gridlang.runtime.engine.reading.unkept import Hashed
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

Lost: TypeAlias = dict[tuple[str, str], tuple[int, int]]
"""By event and column: how many values nobody reads, and the first row."""


@attrs.define(eq=False)
class Everybody(Mapping[str, Contact]):
    """The people of the run as the row code asks for them: by id, with their clock."""

    index: Index
    ids: Arrow
    zones: Column

    def __getitem__(self, name: str) -> Contact:
        at = int(self.index.find_one(name))
        if at < 0:
            raise KeyError(name)
        return Contact(id=name, account="", timezone=self.zones.value(at), origin=Origin("", 0))

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids.to_pylist())

    def __len__(self) -> int:
        return len(self.ids)

    def forget(self) -> None:
        """Nobody is looked for any more."""
        self.index = Index.of(pyarrow.array([], TEXT))


@attrs.define(eq=False)
class Whom:
    """The column `contact`: the index of the person."""

    people: Everybody
    _kept: Kept = attrs.field(factory=Kept)
    _added: list[int] = attrs.field(factory=list)
    _last: Array = None

    def prepare(self, cells: Arrow | Distinct | list[Cell]) -> Array:
        """int32: the index, DOUBT for nobody, or where no text stands."""
        if isinstance(cells, list | Distinct):
            return self._cleaned(cells)
        if pyarrow.types.is_dictionary(cells.type):
            each = np.append(self.prepare(cells.dictionary), np.int32(DOUBT))
            return each[cells.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
        if not is_text(cells.type):
            return self._cleaned(cells)
        found = self.people.index.find(cells.cast(TEXT))
        other = np.flatnonzero(found < 0)  # whoever is found as the cell is written has no need to be cleaned
        if other.size:
            found[other] = self._cleaned(cells.take(pyarrow.array(other)))
        return found

    def _cleaned(self, cells: Arrow | Distinct | list[Cell]) -> Array:
        texts, doubtful = plain_texts(cells)
        found = self.people.index.find(texts)
        found[found < 0] = DOUBT
        found[doubtful] = DOUBT
        return found

    def read(self, prepared: Array) -> Array:
        """int32: the index, DOUBT for nobody."""
        self._last = prepared
        return self._last

    def absent(self, rows: int) -> Array:
        """The codes of a column that the file does not have."""
        self._last = np.full(rows, DOUBT, np.int32)
        return self._last

    def keep(self, chosen: Array) -> None:
        self._kept.put(self._last, chosen)

    def only(self, staying: Array) -> None:
        self._kept.only(staying)

    def add(self, value: AttributeValue | None) -> None:
        assert isinstance(value, str)
        self._added.append(int(self.people.index.find_one(value)))

    def filled(self) -> bool:
        """Whether any row that was kept is about somebody."""
        return self._kept.size > 0

    def persons(self) -> Array:
        """int32, of all rows kept and added; nothing else can be asked of the column then."""
        self._kept.whole(self._added)
        return self._kept.released().astype(np.int32, copy=False)


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
    def of(cls, vocabulary: Vocabulary, timezone: str, source: Source, people: Everybody, *, ids: bool) -> EventSheet:
        """The file, to be read; `timezone`: the plan's; `ids`: keep those of the events."""
        carried = tuple(Carried.of(vocabulary, name) for name in vocabulary.known if name not in RESERVED)
        whom, at = Whom(people), Moments((*map(str, people.zones.values), timezone))
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
        if not ids:
            own["id"] = Hashed()
        sheet = Sheet(source, values, unique=frozenset({"id"}), own=own)
        return cls(vocabulary, sheet, whom, at, carried, timezone)

    def doubtful(self, batch: Batch, codes: dict[str, Array]) -> Array:
        """Rows of which it is not plain what they say; and the cells that only their row explains are read."""
        self.at.settle(lambda rows: self._zones(codes["contact"][rows]))
        event, outcome = codes["event"], codes["outcome"]
        found = (codes["at"] == NONE) | ((event == NONE) == (outcome == NONE))
        is_outcome = outcome != NONE
        found |= is_outcome & ((codes["task"] == NONE) & ~self._known_step(codes["step"]))
        for name in ("task", "step"):
            codes[name][(codes[name] >= 0) & ~is_outcome] = NONE
        self._read_payload(event, outcome, codes)
        return found

    def _zones(self, persons: Array) -> Array:
        """By index, the zones on whose clocks they stand; the plan's is the last, of nobody too."""
        of, plan = self.whom.people.zones.codes, len(self.at.zones) - 1
        zones = np.full(persons.size, NONE, np.int32)
        zones[persons >= 0] = of[persons[persons >= 0]]
        return np.where(zones == NONE, plan, zones)

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
        table = self.sheet.table()
        people = People(self.whom.people, seen.refused, self.timezone)
        distinct = one_by_id(table, self.vocabulary.known, "contact")
        taken, refused = sorted_out(lambda row: read_event(self.vocabulary, people, table, row), distinct.rows)
        cells = {row.number: row.cells for row in distinct.rows}
        lost = self._lost(unread_values(self.vocabulary, cells, taken))
        issues = [*unknown_columns(table, self.vocabulary.known), *refused, *carried_by_no_event(table, lost)]
        seen.close(table, distinct, len(taken), issues, "contact", self.sheet.kept)
        return taken

    def _lost(self, lost: Lost) -> Lost:
        """Values that nobody reads, of the rows kept too."""
        words = self.words()
        for column in self.payload:
            for name, times, first in column.lost(words, lambda: self.sheet.numbers):
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
