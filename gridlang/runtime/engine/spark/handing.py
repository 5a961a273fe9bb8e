"""People, accounts and events on their way into partitions: a table of Arrow, and columns of the engine again.

A row is an account, a person or an event; `account` parts the table, (account, kind, place) is its order. What the rows
are was decided when they were read, so that a bad row has one wording wherever it is read.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import NONE, Accounts, Array, Column, Columns, Events, People
from gridlang.runtime.engine.reading.texts import Texts

ACCOUNT, PERSON, EVENT = range(3)
"""Kinds of rows."""
SHARED = 4096
"""A column with at most so many different values sends them once, and codes in its rows; any other its values."""
_STRETCH = 1 << 20
_RESERVED = ("timezone", "language", "since", "salesperson", "roles")
_OF_EVENTS = ("event", "outcome", "task", "step", "id")
_NUMBERED = ("event", "outcome")
"""Columns whose numbers partitions have in common: results name them."""


@attrs.frozen
class Cells:
    """A column of the table: of which rows, which of their columns, and its values where they are few."""

    kind: int
    name: str
    own: bool
    """Whether a person, account or event always has it; otherwise the plan declares it."""
    values: tuple[Any, ...] | None


@attrs.frozen
class Shape:
    """What every partition must know to read the table."""

    cells: tuple[Cells, ...]
    file: str


# --- there -----------------------------------------------------------------------------------------------------------


def shape_of(columns: Columns) -> Shape:
    """What the rows of the table say."""
    cells = tuple(_cells(kind, name, own, column) for kind, name, own, column in _all(columns))
    return Shape(cells, columns.events.file)


def _all(columns: Columns) -> Iterator[tuple[int, str, bool, Column]]:
    people, accounts, events = columns.people, columns.accounts, columns.events
    for name in _RESERVED:
        yield PERSON, name, True, getattr(people, name)
    for name in _OF_EVENTS:
        yield EVENT, name, True, getattr(events, name)
    declared: tuple[tuple[int, Mapping[str, Column]], ...] = (
        (ACCOUNT, accounts.attributes), (PERSON, people.attributes), (EVENT, events.payload),
    )  # fmt: skip
    for kind, named in declared:
        yield from ((kind, name, False, column) for name, column in named.items())


def _cells(kind: int, name: str, own: bool, column: Column) -> Cells:
    shared = len(column.values) <= SHARED or (own and name in _NUMBERED)
    return Cells(kind, name, own, tuple(column.values) if shared else None)


def table_of(columns: Columns, shape: Shape) -> Any:
    """All rows as a table of Arrow."""
    found = []
    given = {(kind, name, own): column for kind, name, own, column in _all(columns)}
    mine = [(f"c{number}", each.kind, each, given[each.kind, each.name, each.own])
            for number, each in enumerate(shape.cells)]  # fmt: skip
    for kind, rows in enumerate((columns.accounts.ids, columns.people.ids, columns.events.at)):
        for begin in range(0, len(rows), _STRETCH):
            part = slice(begin, min(begin + _STRETCH, len(rows)))
            told = {name: _told(column, cells, part) for name, of, cells, column in mine if of == kind}
            found.append(pyarrow.table({**_keys(columns, kind, part), **told}))
    names = [name for name, *_ in mine]
    return pyarrow.concat_tables(found, promote_options="default") if found else _nothing(names)


def _nothing(names: Sequence[str]) -> Any:
    return pyarrow.table({name: pyarrow.array([], pyarrow.int64()) for name in ("account", "kind", "place", *names)})


def _keys(columns: Columns, kind: int, part: slice) -> dict[str, Any]:
    people, events = columns.people, columns.events
    place = np.arange(part.start, part.stop)
    keys: dict[str, Any] = {"place": place, "kind": np.full(place.size, kind, np.int8)}
    if kind == ACCOUNT:
        return {**keys, "account": place, "id": _texts(columns.accounts.ids, part)}
    if kind == PERSON:
        return {**keys, "account": np.asarray(people.account[part], np.int64), "id": _texts(people.ids, part)}
    person = np.asarray(events.person[part], np.int64)
    account = np.asarray(people.account, np.int64)[person]
    numbers = {"at": events.at[part], "row": events.row[part], "line": events.line[part]}
    return {**keys, "account": account, "person": person, **numbers}


def _texts(texts: Sequence[str], part: slice) -> Any:
    return texts.arrow[part].cast(pyarrow.string()) if isinstance(texts, Texts) else pyarrow.array(list(texts[part]))


def _told(column: Column, cells: Cells, part: slice) -> Any:
    codes = np.asarray(column.codes[part], np.int32)
    if cells.values is not None:
        return pyarrow.array(codes)
    used = np.unique(codes[codes != NONE])
    values = [column.values[int(code)] for code in used]
    places = pyarrow.array(np.searchsorted(used, codes), mask=codes == NONE)
    if isinstance(column.values, Texts):
        return pyarrow.array(values, pyarrow.string()).take(places)
    return pyarrow.array([pickle.dumps(value) for value in values], pyarrow.binary()).take(places)


# --- and back --------------------------------------------------------------------------------------------------------


def columns_of(table: Any, shape: Shape) -> Columns:
    """The rows of a partition, sorted by (account, kind, place), as columns."""
    kinds = table.column("kind").to_numpy()
    accounts, people, events = (
        table.take(pyarrow.array(np.flatnonzero(kinds == kind))) for kind in (ACCOUNT, PERSON, EVENT)
    )
    homes, persons = _numbers(accounts, "account"), _numbers(people, "place")
    read = _Reading(shape, (accounts, people, events))
    whose = np.searchsorted(homes, _numbers(people, "account")).astype(np.int32)
    return Columns(
        people=People(ids=_list(people, "id"), account=whose, attributes=read.declared(PERSON), **read.own(PERSON)),
        accounts=Accounts(
            ids=_list(accounts, "id"),
            people=np.searchsorted(whose, np.arange(len(homes) + 1)).astype(np.int64),
            attributes=read.declared(ACCOUNT),
        ),
        events=_events(read, events, homes, persons, shape.file),
        account_numbers=homes,
        person_numbers=persons,
    )


def _events(read: _Reading, events: Any, homes: Array, persons: Array, file: str) -> Events:
    account = np.searchsorted(homes, _numbers(events, "account"))
    return Events(
        of=np.searchsorted(account, np.arange(len(homes) + 1)).astype(np.int64),
        person=np.searchsorted(persons, _numbers(events, "person")).astype(np.int32),
        at=_numbers(events, "at"),
        row=_numbers(events, "row"),
        line=_numbers(events, "line"),
        file=file,
        payload=read.declared(EVENT),
        **read.own(EVENT),
    )


@attrs.frozen(eq=False)
class _Reading:
    shape: Shape
    tables: tuple[Any, Any, Any]

    def own(self, kind: int) -> dict[str, Any]:
        return dict(self._read(kind, own=True))

    def declared(self, kind: int) -> dict[str, Column]:
        return dict(self._read(kind, own=False))

    def _read(self, kind: int, *, own: bool) -> Iterator[tuple[str, Column]]:
        for number, cells in enumerate(self.shape.cells):
            if cells.kind == kind and cells.own == own:
                yield cells.name, _column(self.tables[kind], f"c{number}", cells)


def _column(table: Any, name: str, cells: Cells) -> Column:
    if not len(table):
        return Column(np.empty(0, np.int32), cells.values or ())
    found = table.column(name).combine_chunks()
    if cells.values is not None:
        return Column(found.to_numpy(zero_copy_only=False).astype(np.int32), cells.values)
    coded = found.dictionary_encode()
    values = coded.dictionary.to_pylist()
    if pyarrow.types.is_binary(found.type) or pyarrow.types.is_large_binary(found.type):
        values = [pickle.loads(value) for value in values]
    return Column(coded.indices.fill_null(NONE).to_numpy(zero_copy_only=False).astype(np.int32), values)


def _numbers(table: Any, name: str) -> Array:
    """int64 (rows,)."""
    return table.column(name).to_numpy().astype(np.int64) if len(table) else np.empty(0, np.int64)


def _list(table: Any, name: str) -> list[str]:
    return list(table.column(name).to_pylist()) if len(table) else []
