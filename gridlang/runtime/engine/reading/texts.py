"""Sequences of texts that Arrow holds, and makes into Python's when asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

import attrs
import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

from gridlang.runtime.engine.reading.arrays import Array, Arrow
from gridlang.runtime.rows import AttributeValue


@attrs.frozen(eq=False)
class Texts(Sequence[str]):
    """Texts without a null among those that anybody asks for."""

    arrow: Arrow
    """A large_string array."""

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Texts: ...
    def __getitem__(self, index: int | slice) -> str | Texts:
        if isinstance(index, slice):
            return Texts(self.arrow[index])
        text: str | None = self.arrow[index].as_py()
        return text or ""

    def taken(self, numbers: Array) -> list[str]:
        """Those with these numbers."""
        texts: list[str] = self.arrow.take(pyarrow.array(numbers)).to_pylist()
        return texts

    def __len__(self) -> int:
        return len(self.arrow)

    def __iter__(self) -> Iterator[str]:
        for chunk in range(0, len(self.arrow), 1 << 16):
            yield from (text or "" for text in self.arrow[chunk : chunk + (1 << 16)].to_pylist())


class Untold(Sequence[AttributeValue]):
    """The values of a column of which a run asks only whether they are missing: there are none to look at."""

    def __getitem__(self, index: Any) -> Any:
        raise LookupError("the values of this column were not kept, since nothing in the plan asks for them")

    def __len__(self) -> int:
        return 1
