"""From a named file, or rows of elsewhere, to a table. The end of the name tells the format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gridlang.diagnostics import Outcome
from gridlang.diagnostics.codes.rows import UNKNOWN_FORMAT
from gridlang.runtime.inputs.csv_table import read_csv
from gridlang.runtime.inputs.given import InputRows, InputTable
from gridlang.runtime.inputs.jsonl_table import read_jsonl
from gridlang.runtime.inputs.parquet_table import read_parquet
from gridlang.runtime.inputs.tables import Broken, Cell, Row, Table, clean_row

SUFFIXES = (".csv", ".jsonl", ".ndjson", ".parquet")
"""The ends of names that tell a format, in the order in which a folder is asked for them."""


def load(given: InputTable, wanted: str) -> Outcome[Table | None]:
    """The rows of a file; `wanted` lists the columns that it should have, for whoever gave an empty one."""
    if isinstance(given, InputRows):
        return Outcome(_iterated(given.name, given.rows))
    name = given.name.lower()
    if name.endswith(".csv"):
        return read_csv(given.name, given.content, wanted)
    if name.endswith((".jsonl", ".ndjson")):
        return Outcome(read_jsonl(given.name, given.content))
    if name.endswith(".parquet"):
        return read_parquet(given.name, given.content)
    return Outcome(None, (UNKNOWN_FORMAT.at(None, file=given.name),))


def _iterated(name: str, given: Iterable[Mapping[str, Cell]]) -> Table:
    rows: list[Row] = []
    broken: list[Broken] = []
    columns: dict[str, None] = {}
    for number, cells in enumerate(given, 1):
        columns.update(dict.fromkeys(cells))
        read = clean_row(number, cells.items())
        if isinstance(read, Row):
            rows.append(read)
        else:
            broken.append(read)
    return Table(name, tuple(columns), tuple(rows), tuple(broken))
