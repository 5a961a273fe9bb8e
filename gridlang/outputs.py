"""What a target or a run hands over: files as bytes. Who writes them is `files/`, called by the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import attrs


@attrs.frozen
class OutputFile:
    """`path` is relative to the output folder, with forward slashes."""

    path: str
    content: bytes


def csv_bytes(header: Iterable[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file of cells that are ready as they are: UTF-8, commas, a header row, `\\n`."""
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


Sink: TypeAlias = Callable[[bytes], object]
"""Takes the next bytes of a file."""


@attrs.frozen(eq=False)
class OutputStream:
    """A file that is too large to stand in memory: `write` hands its bytes over, piece by piece, the same each time."""

    path: str
    write: Callable[[Sink], None]
