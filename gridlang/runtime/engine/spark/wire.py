"""The results of a partition as rows of Arrow, and back: a row of numbers for each row of `results`.

`part` says which stretch of accounts found it (chains and leads are counted within a part), `table` what it is.
`numbers` are the columns of that table in order of declaration; what is no number stands in `text`, pickled.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.results import Audiences, Links, Moves, Orders, Part, Rows, Silences, Skips, Tasks

SCHEMA = "part long, table string, numbers array<long>, text binary"
_FIELDS = pyarrow.schema(
    [
        ("part", pyarrow.int64()),
        ("table", pyarrow.string()),
        ("numbers", pyarrow.list_(pyarrow.int64())),
        ("text", pyarrow.binary()),
    ]
)
LEADS = "leads"
_TABLES: Mapping[str, type] = {
    "touches": Rows,
    "tasks": Tasks,
    "audiences": Audiences,
    "skips": Skips,
    "moves": Moves,
    "silences": Silences,
    "orders": Orders,
    "links": Links,
}
_LONG = frozenset({"at", "ready", "chain", "deadline", "closed", "end", "since", "delay"})
_STRETCH = 1 << 16


def batches(part: int, tables: Mapping[str, Array]) -> Iterator[Any]:
    """Tables of numbers, (rows, columns) each."""
    for name, numbers in tables.items():
        for begin in range(0, len(numbers), _STRETCH):
            stretch = np.ascontiguousarray(numbers[begin : begin + _STRETCH], np.int64)
            rows, width = stretch.shape
            cuts = np.arange(0, (rows + 1) * width, width, dtype=np.int32)
            lists = pyarrow.ListArray.from_arrays(cuts, stretch.reshape(-1))
            yield _batch(part, name, lists, pyarrow.nulls(rows, pyarrow.binary()))


def told(part: int, name: str, what: object) -> Any:
    """Something that is no table of numbers, in one row."""
    return _batch(part, name, pyarrow.nulls(1, _FIELDS.field("numbers").type), pyarrow.array([pickle.dumps(what)]))


def _batch(part: int, name: str, numbers: Any, text: Any) -> Any:
    rows = len(text)
    parts = pyarrow.array(np.full(rows, part, np.int64))
    return pyarrow.record_batch([parts, pyarrow.array([name] * rows, pyarrow.string()), numbers, text], schema=_FIELDS)


def tables_of(part: Part) -> dict[str, Array]:
    """A part as tables of numbers."""
    found = {name: _matrix(getattr(part, name)) for name in _TABLES}
    return {**found, LEADS: part.leads}


def part_of(tables: Mapping[str, Array]) -> Part:
    """A part again; a table that nothing was found for may be missing."""
    found = {name: _made(kind, iter(tables[name].T if name in tables else _empty(kind)))
             for name, kind in _TABLES.items()}  # fmt: skip
    return Part(**found, leads=tables.get(LEADS, np.empty((0, 6), np.int64)))


def _matrix(table: Any) -> Array:
    return np.column_stack([column.astype(np.int64) for column in _columns(table)])


def _columns(table: Any) -> Iterator[Array]:
    for field in attrs.fields(type(table)):
        value = getattr(table, field.name)
        if attrs.has(type(value)):
            yield from _columns(value)
        else:
            yield value


def _empty(kind: type) -> Array:
    return np.empty((len(attrs.fields(kind)) + len(attrs.fields(Rows)), 0), np.int64)


def _made(kind: type, columns: Iterator[Array]) -> Any:
    """A table from its columns in order, each of the type that `results` declares."""
    made = {}
    for field in attrs.fields(kind):
        if field.name == "rows":
            made["rows"] = _made(Rows, columns)
        else:
            made[field.name] = next(columns).astype(_type(kind, field.name))
    return kind(**made)


def _type(kind: type, name: str) -> type:
    if name in _LONG:
        return np.int64
    if name == "notice":
        return np.bool_
    return np.uint8 if name in ("state", "reason") or (kind, name) == (Links, "rule") else np.int32


@attrs.frozen(eq=False)
class Found:
    """What came back: of each part its tables, and what was told."""

    parts: dict[int, dict[str, Array]]
    told: dict[str, list[Any]]


def found(table: Any) -> Found:
    """The rows of all partitions; those of a part and table stand in their order."""
    parts: dict[int, dict[str, list[Array]]] = {}
    said: dict[str, list[Any]] = {}
    for batch in table.to_batches():
        for part, name, numbers, text in _runs(batch):
            if name in said or text.null_count < len(text):
                said.setdefault(name, []).extend(pickle.loads(each) for each in text.to_pylist())
            else:
                parts.setdefault(part, {}).setdefault(name, []).append(numbers)
    joined = {part: {name: np.concatenate(each) for name, each in parts[part].items()} for part in sorted(parts)}
    return Found(joined, said)


def _runs(batch: Any) -> Iterator[tuple[int, str, Array, Any]]:
    """Stretches of a batch that are of one part and table."""
    part, name, numbers, text = (batch.column(field.name) for field in _FIELDS)
    names = name.dictionary_encode()
    codes, parts = names.indices.to_numpy(), part.to_numpy()
    turns = np.flatnonzero((np.diff(codes) != 0) | (np.diff(parts) != 0)) + 1
    for begin, end in zip([0, *turns], [*turns, len(parts)] if len(parts) else [], strict=False):
        rows = numbers[begin:end]
        values = np.asarray(rows.flatten().to_numpy(zero_copy_only=False), np.int64)
        yield int(parts[begin]), name[int(begin)].as_py(), values.reshape(end - begin, -1), text[begin:end]
