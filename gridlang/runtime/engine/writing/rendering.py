"""Columns as the bytes that their cells have in CSV and in JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, assert_never

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.engine.reading.cells import parts_of
from gridlang.runtime.engine.reading.typed import TEXT
from gridlang.runtime.engine.results import NEVER
from gridlang.runtime.engine.writing import formatting
from gridlang.runtime.engine.writing.columns import Cells, Moments, Named, Numbers, Own, Shared, Truths
from gridlang.runtime.outputs.encode import cell_text
from gridlang.runtime.outputs.table import Column, Kind

Value = str | tuple[str, ...]


@attrs.frozen(eq=False)
class Slices:
    """Cells as slices of bytes: `lengths` -1 is missing."""

    starts: Array
    lengths: Array
    data: Array


@attrs.define(eq=False)
class Rendering:
    """How the cells of a format are written. `render` gives a cell's bytes; `doubtful` the indices of texts that are
    not written as they are."""

    render: Callable[[Kind, Value], str]
    doubtful: Callable[[Array, Array], Array]
    _known: dict[tuple[int, Kind], tuple[Sequence[Value], int, Slices]] = attrs.field(factory=dict)

    def slices(self, column: Column, cells: Cells) -> Slices:
        """The cells of a column."""
        match cells:
            case Named():
                return self._named(column.kind, cells)
            case Own():
                return self._own(column.kind, cells.texts)
            case Shared():
                return _named(self._own(column.kind, cells.texts), cells.codes)
            case Numbers():
                return _numbers(cells)
            case Moments():
                return _fixed(
                    formatting.utc(np.where(cells.seconds == NEVER, 0, cells.seconds)), cells.seconds == NEVER
                )
            case Truths():
                return _named(_slices([b"false", b"true"]), cells.truths.astype(np.int64))
            case _:
                assert_never(cells)

    def _named(self, kind: Kind, cells: Named) -> Slices:
        key = id(cells.values), kind
        known = self._known.get(key)
        if known is None or known[1] != len(cells.values):
            every = _slices([self.render(kind, value).encode() for value in cells.values])
            known = self._known[key] = (cells.values, len(cells.values), every)
        return _named(known[2], cells.codes)

    def _own(self, kind: Kind, texts: Arrow) -> Slices:
        none = texts.is_null().to_numpy(zero_copy_only=False)
        offsets, data = parts_of(texts)
        doubtful = self.doubtful(offsets, data)
        if doubtful.size:
            mask = np.zeros(len(texts), np.bool_)
            mask[doubtful] = True
            mended = [self.render(kind, texts[at].as_py()) for at in doubtful.tolist()]
            filled = texts.fill_null("") if texts.null_count else texts
            texts = pyarrow.compute.replace_with_mask(filled, pyarrow.array(mask), pyarrow.array(mended, TEXT))
            offsets, data = parts_of(texts)
        return Slices(offsets[:-1], np.where(none, -1, np.diff(offsets)), data)


def _named(every: Slices, codes: Array) -> Slices:
    starts, lengths = np.append(every.starts, 0), np.append(every.lengths, -1)
    return Slices(starts[codes], lengths[codes], every.data)


def _slices(cells: Iterable[bytes]) -> Slices:
    each = list(cells)
    lengths = np.array([len(cell) for cell in each], np.int64)
    starts = np.concatenate([[0], np.cumsum(lengths)])[: len(each)].astype(np.int64)
    return Slices(starts, lengths, np.frombuffer(b"".join(each), np.uint8))


def _fixed(cells: Array, none: Array) -> Slices:
    rows, length = cells.shape
    return Slices(np.arange(rows) * length, np.where(none, -1, length), cells.reshape(-1))


def _numbers(cells: Numbers) -> Slices:
    offsets, data = parts_of(pyarrow.array(cells.numbers).cast(TEXT))
    lengths = np.diff(offsets)
    return Slices(offsets[:-1], lengths if cells.missing is None else np.where(cells.missing, -1, lengths), data)


# --- CSV -------------------------------------------------------------------------------------------------------------


def for_csv() -> Rendering:
    """Cells as `outputs.encode.as_csv` writes them."""
    return Rendering(_csv_cell, formatting.for_csv)


def _csv_cell(kind: Kind, value: Value) -> str:
    return quoted(cell_text(kind, value))


def quoted(text: str) -> str:
    """The text as a cell, in quotes where it needs them."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow([text, ""])
    return out.getvalue()[:-2]


def csv_frame(columns: Sequence[Column]) -> Frame:
    """What stands round the cells of a row."""
    return Frame.of([("" if at == 0 else ",", "", "" if at == 0 else ",") for at in range(len(columns))], "\n")


# --- JSON lines ------------------------------------------------------------------------------------------------------


def for_json() -> Rendering:
    """Cells as `outputs.encode.as_jsonl` writes them, texts without their quotes."""
    return Rendering(_json_cell, formatting.for_json)


def _json_cell(kind: Kind, value: Value) -> str:
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)[1:-1]


_BARE = ("whole", "truth", "names")


def json_frame(columns: Sequence[Column]) -> Frame:
    """What stands round the cells of a row."""
    around = []
    for at, column in enumerate(columns):
        key = f"{'{' if at == 0 else ', '}{json.dumps(column.name)}: "
        quote = "" if column.kind in _BARE else '"'
        around.append((key + quote, quote, key + "null"))
    return Frame.of(around, "}\n")


# --- rows ------------------------------------------------------------------------------------------------------------


@attrs.frozen(eq=False)
class Frame:
    """What stands round cells: see `formatting.interleave`."""

    before: Array
    cuts: Array
    missing: Array
    absent: Array
    end: Array

    @classmethod
    def of(cls, around: Sequence[tuple[str, str, str]], end: str) -> Frame:
        """For each column what stands before a cell, behind it, and where there is none."""
        pieces = [text.encode() for before, behind, _ in around for text in (before, behind)]
        none = [text.encode() for _, _, text in around]
        return cls(_bytes(pieces), _cuts(pieces), _bytes(none), _cuts(none), _bytes([end.encode()]))

    def rows(self, cells: Sequence[Slices]) -> bytes:
        """Rows of these columns."""
        shape = len(cells), cells[0].starts.size
        starts, lengths = np.empty(shape, np.int64), np.empty(shape, np.int64)
        base = 0
        for column, each in enumerate(cells):
            np.add(each.starts, base, out=starts[column])
            lengths[column] = each.lengths
            base += each.data.size
        data = np.concatenate([each.data for each in cells])
        found: Any = formatting.interleave(
            starts, lengths, data, self.before, self.cuts, self.missing, self.absent, self.end
        )
        return bytes(found)


def _bytes(pieces: Sequence[bytes]) -> Array:
    return np.frombuffer(b"".join(pieces), np.uint8)


def _cuts(pieces: Sequence[bytes]) -> Array:
    return np.concatenate([[0], np.cumsum([len(piece) for piece in pieces])]).astype(np.int64)
