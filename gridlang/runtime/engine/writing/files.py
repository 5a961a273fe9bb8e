"""A run's tables as files, from arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gridlang.outputs import OutputStream, Sink
from gridlang.runtime.engine.writing.encoding import ENCODERS
from gridlang.runtime.engine.writing.rows import in_columns
from gridlang.runtime.engine.writing.tables import Chunk, Run
from gridlang.runtime.outputs.files import Format
from gridlang.runtime.outputs.table import Table
from gridlang.runtime.outputs.tables import ISSUES, REPORTS
from gridlang.runtime.rows import Execution


def files(run: Run, told: Callable[[], Execution], format: Format) -> tuple[OutputStream, ...]:
    """Every table in one format, the same bytes as `outputs.files`.

    `told` gives the reports and issues of the run, which are rows; it is asked last, since only the texts that were
    made until then tell which templates fail.
    """
    streams = (
        OutputStream(f"{table.name}.{format}", _writer(table, chunks, format)) for table, chunks, _ in run.chunks()
    )
    told_as_rows = (
        OutputStream(f"{table.name}.{format}", _of_rows(run, table, told, format)) for table in (REPORTS, ISSUES)
    )
    return (*streams, *told_as_rows)


def _of_rows(run: Run, table: Table, told: Callable[[], Execution], format: Format) -> Callable[[Sink], None]:
    def write(sink: Sink) -> None:
        ENCODERS[format](table.columns, iter([in_columns(table, table.rows(run.schedule, told()))]), sink)

    return write


def _writer(table: Table, chunks: Callable[[], Iterator[Chunk]], format: Format) -> Callable[[Sink], None]:
    def write(sink: Sink) -> None:
        ENCODERS[format](table.columns, chunks(), sink)

    return write
