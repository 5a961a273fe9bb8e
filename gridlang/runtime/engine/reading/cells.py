"""Texts of Arrow, cleaned as `inputs.tables` cleans cells."""

from __future__ import annotations

import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.reading import scanning
from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.inputs.tables import clean, text_flaw


def texts_of(offsets: Array, data: Array) -> Arrow:
    """Texts from offsets and bytes."""
    return pyarrow.LargeStringArray.from_buffers(
        offsets.size - 1, pyarrow.py_buffer(offsets), pyarrow.py_buffer(data), null_count=0
    )


def parts_of(texts: Arrow) -> tuple[Array, Array]:
    """Offsets and bytes of texts; a null is an empty text."""
    if texts.null_count:
        texts = texts.fill_null("")
    _, offsets, data = texts.buffers()
    cut = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return cut, np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)


def cleaned(texts: Arrow) -> tuple[Arrow, Array]:
    """The texts without white space around them, in their composed form, null where nothing is left; and the indices
    of those that no output can hold."""
    offsets, data = parts_of(texts)
    doubtful = scanning.unclean(offsets, data)
    flawed: list[int] = []
    if doubtful.size:
        texts, flawed = _by_hand(texts, doubtful)
        offsets, _ = parts_of(texts)
    empty = offsets[1:] == offsets[:-1]
    if empty.any():
        texts = with_nulls(texts, empty)
    return texts, np.array(flawed, np.int64)


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
    values = pyarrow.array(list(mended.values()), pyarrow.large_string())
    return pyarrow.compute.replace_with_mask(texts, pyarrow.array(mask), values)


def with_nulls(texts: Arrow, empty: Array) -> Arrow:
    """The texts, null where `empty` says so."""
    import pyarrow.compute as compute  # type: ignore[import-untyped, import-not-found, unused-ignore]

    return compute.if_else(pyarrow.array(empty), pyarrow.scalar(None, pyarrow.large_string()), texts)
