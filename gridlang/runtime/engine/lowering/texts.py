"""The names of people and accounts as the kernel reads them: where their bytes stand, and how many they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import attrs
import numpy as np
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.columns import Array
from gridlang.runtime.engine.reading.texts import Texts


@attrs.frozen(eq=False)
class Places:
    """Texts at addresses; `held` must live as long as anybody looks there."""

    at: Array
    """int64 (n,)."""
    length: Array
    """int64 (n,): bytes."""
    held: tuple[object, ...]


def places(texts: Sequence[str]) -> Places:
    """Where the bytes of each text stand; those of Arrow stay where they are."""
    arrow = texts.arrow if isinstance(texts, Texts) else pyarrow.array(list(texts), pyarrow.large_string())
    _, offsets, content = arrow.buffers()
    if not len(arrow) or content is None:
        return Places(np.zeros(len(arrow), np.int64), np.zeros(len(arrow), np.int64), ())
    begins = np.frombuffer(offsets, np.int64)[arrow.offset : arrow.offset + len(arrow) + 1]
    return Places(content.address + begins[:-1], np.diff(begins), (arrow,))


def normal_places(texts: Sequence[str], plain: Places) -> Places:
    """The same in Unicode's form NFC (R24), which plain ASCII is already."""
    odd = _beyond_ascii(plain)
    if not odd.size:
        return plain
    made = places([unicodedata.normalize("NFC", texts[int(number)]) for number in odd])
    at, length = plain.at.copy(), plain.length.copy()
    at[odd], length[odd] = made.at, made.length
    return Places(at, length, (*plain.held, *made.held))


def _beyond_ascii(plain: Places) -> Array:
    """The numbers of the texts that hold any other character."""
    if not plain.held:
        return np.empty(0, np.int64)
    (arrow,) = plain.held
    content = np.frombuffer(arrow.buffers()[2], np.uint8)  # type: ignore[attr-defined]
    first = int(plain.at[0]) - arrow.buffers()[2].address  # type: ignore[attr-defined]
    found = np.flatnonzero(content[first : first + int(plain.length.sum())] >= 0x80)
    ends = np.cumsum(plain.length)
    return np.unique(np.searchsorted(ends, found, side="right"))
