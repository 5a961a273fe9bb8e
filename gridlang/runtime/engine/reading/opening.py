"""From a named file, or rows of elsewhere, to a source of batches. The end of the name tells the format."""

from __future__ import annotations

from gridlang.diagnostics import Outcome
from gridlang.runtime.engine.reading.csv_source import CsvSource, open_csv
from gridlang.runtime.engine.reading.jsonl_source import JsonlSource
from gridlang.runtime.engine.reading.parquet_source import ParquetSource, open_parquet
from gridlang.runtime.engine.reading.rows_source import RowsSource
from gridlang.runtime.engine.reading.source import Source
from gridlang.runtime.inputs.given import InputRows, InputTable
from gridlang.runtime.inputs.loading import load


def opened(given: InputTable, wanted: str) -> Outcome[Source | None]:
    """The file, ready to be read; `wanted` lists the columns that it should have, for whoever gave an empty one."""
    if not isinstance(given, InputRows):
        name = given.name.lower()
        if name.endswith(".csv"):
            return _as_source(open_csv(given, wanted))
        if name.endswith((".jsonl", ".ndjson")):
            return Outcome(JsonlSource(given.name, given.content))
        if name.endswith(".parquet"):
            return _as_source(open_parquet(given))
    loaded = load(given, wanted)
    return Outcome(None if loaded.value is None else RowsSource(loaded.value), loaded.problems)


def _as_source(found: Outcome[CsvSource | None] | Outcome[ParquetSource | RowsSource | None]) -> Outcome[Source | None]:
    return Outcome(found.value, found.problems)
