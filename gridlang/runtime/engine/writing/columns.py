"""A column of an output table: what its cells say, before anybody knows the format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import attrs

from gridlang.runtime.engine.reading.arrays import Array, Arrow


@attrs.frozen(eq=False)
class Named:
    """Cells that share few values: `codes` are indices into `values`, -1 is missing. The same list of values gives the
    same cells in every chunk."""

    codes: Array
    values: Sequence[str | tuple[str, ...]]


@attrs.frozen(eq=False)
class Own:
    """Texts, one for each row; null is missing."""

    texts: Arrow


@attrs.frozen(eq=False)
class Shared:
    """Cells that share texts made for this chunk: `codes` are indices into `texts`, -1 is missing."""

    codes: Array
    texts: Arrow


@attrs.frozen(eq=False)
class Numbers:
    """Whole numbers; `missing` (bool) where there is none, None: nowhere."""

    numbers: Array
    missing: Array | None = None


@attrs.frozen(eq=False)
class Moments:
    """Seconds UTC; NEVER is missing."""

    seconds: Array


@attrs.frozen(eq=False)
class Truths:
    """bool."""

    truths: Array


Cells: TypeAlias = Named | Own | Shared | Numbers | Moments | Truths
