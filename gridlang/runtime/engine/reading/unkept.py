"""Columns of texts whose texts are not kept, since nobody asks for them any more."""

from __future__ import annotations

import attrs
import numpy as np

from gridlang.runtime.engine.columns import NONE, Column
from gridlang.runtime.engine.reading.arrays import Array, Arrow, Kept, narrow
from gridlang.runtime.engine.reading.cells import Distinct
from gridlang.runtime.engine.reading.gathering import taken
from gridlang.runtime.engine.reading.hashing import hash_of, hashes
from gridlang.runtime.engine.reading.texts import Untold
from gridlang.runtime.engine.reading.typed import Many
from gridlang.runtime.inputs.tables import Cell
from gridlang.runtime.rows import AttributeValue


@attrs.define(eq=False)
class Whether:
    """A column of texts of which only is kept in which rows it has one."""

    _kept: Kept = attrs.field(factory=Kept)
    _added: list[int] = attrs.field(factory=list)
    _last: Array = attrs.field(init=False, default=None)

    def prepare(self, cells: Arrow | Distinct | list[Cell]) -> Array:
        return Many().prepare(cells)[1]

    def read(self, prepared: Array) -> Array:
        """int32: 0 for a text, `NONE` for a missing one, DOUBT for what the row code must judge."""
        self._last = prepared
        return self._last

    def absent(self, rows: int) -> Array:
        """The codes of a column that the file does not have."""
        return self.read(np.full(rows, NONE, np.int32))

    def keep(self, chosen: Array) -> None:
        self._kept.put(self._last, chosen)

    def only(self, staying: Array) -> None:
        """Of the rows kept, these (bool) stay."""
        self._kept.only(staying)

    def add(self, value: AttributeValue | None) -> None:
        self._added.append(NONE if value is None else 0)

    def filled(self) -> bool:
        """Whether any row that was kept has a value."""
        return self._kept.any(but=NONE)

    def column(self, order: Array | None) -> Column:
        """The rows in this order; None: as they stand. Nothing else can be asked of the column then."""
        self._kept.whole(self._added)
        return Column(narrow(taken(self._kept.released(), order), 1), Untold())


@attrs.define(eq=False)
class Hashed:
    """A column of texts of which only the hashes are kept, for as long as it matters which are alike."""

    _kept: Kept = attrs.field(factory=Kept)
    added: list[str | None] = attrs.field(factory=list)
    _last: Array = attrs.field(init=False, default=None)

    def prepare(self, cells: Arrow | Distinct | list[Cell]) -> tuple[Array, Array]:
        texts, codes = Many().prepare(cells)
        return hashes(texts), codes

    def read(self, prepared: tuple[Array, Array]) -> Array:
        """int32: 0 for a text, `NONE` for a missing one, DOUBT for what the row code must judge."""
        self._last, codes = prepared
        return codes

    def absent(self, rows: int) -> Array:
        """The codes of a column that the file does not have."""
        return self.read((np.broadcast_to(np.uint64(0), rows), np.full(rows, NONE, np.int32)))

    def keep(self, chosen: Array) -> None:
        self._kept.append(self._last if chosen.size == self._last.size else self._last[chosen])

    def only(self, staying: Array) -> None:
        """Of the rows kept, these (bool) stay."""
        self._kept.only(staying)

    def add(self, value: AttributeValue | None) -> None:
        assert value is None or isinstance(value, str)
        self.added.append(value)

    def filled(self) -> bool:
        """Whether any row that was kept has a value."""
        return self._kept.any(but=0)

    def hashes(self) -> Array:
        """uint64: those of all rows kept and added; 0 where the text is missing."""
        added = [hash_of(text or "") for text in self.added]
        return np.append(self._kept.whole(), np.array(added, np.uint64)) if added else self._kept.whole()

    def forget(self) -> None:
        """The hashes."""
        self._kept.released()
