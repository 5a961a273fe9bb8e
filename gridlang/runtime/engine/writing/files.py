"""A run's tables as files, from arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gridlang.outputs import OutputStream, Sink
from gridlang.runtime.engine.writing.encoding import ENCODERS
from gridlang.runtime.engine.writing.tables import Chunk, Run
from gridlang.runtime.outputs import encode
from gridlang.runtime.outputs.files import Format
from gridlang.runtime.outputs.table import Table
from gridlang.runtime.outputs.tables import ISSUES, REPORTS
from gridlang.runtime.rows import Execution

_FEW = {"csv": encode.as_csv, "jsonl": encode.as_jsonl, "parquet": encode.as_parquet}


def files(run: Run, told: Callable[[], Execution], format: Format) -> tuple[OutputStream, ...]:
    """Every table in one format, the same bytes as `outputs.files`.

    `told` gives the reports and issues of the run, of which there are few; it is asked last, since only the texts that
    were made until then tell which templates fail.
    """
    streams = (
        OutputStream(f"{table.name}.{format}", _writer(table, chunks, format)) for table, chunks, _ in run.chunks()
    )
    few = (OutputStream(f"{table.name}.{format}", _few(run, table, told, format)) for table in (REPORTS, ISSUES))
    return (*streams, *few)


def _few(run: Run, table: Table, told: Callable[[], Execution], format: Format) -> Callable[[Sink], None]:
    def write(sink: Sink) -> None:
        sink(_FEW[format](table.columns, table.rows(run.schedule, told())))

    return write


def _writer(table: Table, chunks: Callable[[], Iterator[Chunk]], format: Format) -> Callable[[Sink], None]:
    def write(sink: Sink) -> None:
        ENCODERS[format](table.columns, chunks(), sink)

    return write
