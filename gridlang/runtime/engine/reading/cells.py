"""Texts of Arrow, cleaned as `inputs.tables` cleans cells."""

from __future__ import annotations

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.reading import scanning
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.inputs.tables import Cell, clean, text_flaw

TEXT = pyarrow.large_string()


@attrs.frozen(eq=False)
class Distinct:
    """Cells of many kinds, each different one once; `at` (int32) is the index of each row's."""

    cells: list[Cell | None]
    at: Array

    def each(self) -> list[Cell]:
        """The cell of each row; None: there is none."""
        return [self.cells[at] for at in self.at.tolist()]


def texts_of(offsets: Array, data: Array) -> Arrow:
    """Texts from offsets and bytes."""
    return pyarrow.LargeStringArray.from_buffers(
        offsets.size - 1, pyarrow.py_buffer(offsets), pyarrow.py_buffer(data), null_count=0
    )


def parts_of(texts: Arrow) -> tuple[Array, Array]:
    """Offsets and bytes of texts; a null is an empty text."""
    offsets, data = _buffers_of(texts)
    if texts.null_count and (offsets[1:] - offsets[:-1])[missing(texts)].any():
        offsets, data = _buffers_of(texts.fill_null(""))
    return offsets, data


def _buffers_of(texts: Arrow) -> tuple[Array, Array]:
    if not len(texts):
        return np.zeros(1, np.int64), np.empty(0, np.uint8)
    _, offsets, data = texts.buffers()
    cut = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return cut, np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)


def missing(cells: Arrow) -> Array:
    """bool: where there is no cell."""
    return cells.is_null().to_numpy(zero_copy_only=False)


def is_text(kind: Arrow) -> bool:
    """Whether a type of Arrow is one of texts."""
    return bool(pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind))


def plain_texts(cells: Arrow | Distinct | list[Cell]) -> tuple[Arrow, Array]:
    """The cells as texts, and the indices of those that the row code must judge."""
    if isinstance(cells, Distinct):
        cells = cells.each()
    if isinstance(cells, list):
        texts = [cell if isinstance(cell, str) else None for cell in cells]
        others = [at for at, cell in enumerate(cells) if cell is not None and not isinstance(cell, str)]
        return pyarrow.array(texts, TEXT), np.array(others, np.int64)
    cells, kind = _decoded(cells)
    if is_text(kind):
        return cleaned(cells.cast(TEXT))
    if pyarrow.types.is_integer(kind):
        return cells.cast(TEXT), np.empty(0, np.int64)
    return pyarrow.nulls(len(cells), TEXT), np.flatnonzero(~missing(cells))


def _decoded(cells: Arrow) -> tuple[Arrow, Arrow]:
    kind = cells.type
    return (cells.cast(kind.value_type), kind.value_type) if pyarrow.types.is_dictionary(kind) else (cells, kind)


def cleaned(texts: Arrow) -> tuple[Arrow, Array]:
    """The texts without white space around them, in their composed form, null where nothing is left; and the indices
    of those that no output can hold."""
    offsets, data = parts_of(texts)
    doubtful = unclean(offsets, data)
    flawed: list[int] = []
    if doubtful.size:
        texts, flawed = _by_hand(texts, doubtful)
        offsets, _ = parts_of(texts)
    empty = offsets[1:] == offsets[:-1]
    if np.count_nonzero(empty) > texts.null_count:
        texts = with_nulls(texts, empty)
    return texts, np.array(flawed, np.int64)


def unclean(offsets: Array, data: Array) -> Array:
    """The indices of texts that `tables.clean` may change or refuse. Where all bytes are ASCII and
    none a NUL, only the ends of texts are looked at."""
    bytes_ = data[offsets[0] : offsets[-1]]
    if bytes_.size and bytes_.max() < 0x80 and bytes_.min() > 0:
        return scanning.spaced(offsets, data)
    return scanning.unclean(offsets, data)


def _by_hand(texts: Arrow, indices: Array) -> tuple[Arrow, list[int]]:
    mended: dict[int, str] = {}
    flawed: list[int] = []
    for index in indices.tolist():
        text = clean(texts[index].as_py())
        if isinstance(text, str) and text_flaw(text):
            flawed.append(index)
        else:
            mended[index] = text if isinstance(text, str) else ""
    return _replaced(texts, mended), flawed


def _replaced(texts: Arrow, mended: dict[int, str]) -> Arrow:
    if not mended:
        return texts
    mask = np.zeros(len(texts), np.bool_)
    mask[list(mended)] = True
    values = pyarrow.array(list(mended.values()), TEXT)
    return pyarrow.compute.replace_with_mask(texts, pyarrow.array(mask), values)


def with_nulls(texts: Arrow, empty: Array) -> Arrow:
    """The texts, null where `empty` says so."""
    import pyarrow.compute as compute  # type: ignore[import-untyped, import-not-found, unused-ignore]

    return compute.if_else(pyarrow.array(empty), pyarrow.scalar(None, TEXT), texts)
