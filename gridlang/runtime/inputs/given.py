"""What a run is handed to read: named bytes, or rows that somebody iterated already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import attrs


@attrs.frozen
class InputFile:
    """A file's name, as messages and issues print it, and its bytes. The end of the name tells the format."""

    name: str
    content: bytes = attrs.field(repr=False)


@attrs.frozen
class InputRows:
    """Rows from elsewhere (a test in the plan, a database): values as in CSV, JSON or Python; None is missing."""

    name: str
    rows: Iterable[Mapping[str, object]] = attrs.field(repr=False)


InputTable: TypeAlias = InputFile | InputRows


@attrs.frozen(kw_only=True)
class InputFiles:
    """The people and events of a run; `accounts` is a file of account attributes. None: not given."""

    persons: InputTable | None = None
    events: InputTable | None = None
    accounts: InputTable | None = None
