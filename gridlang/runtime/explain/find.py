"""A row of a run's tables, by its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gridlang.diagnostics import Diagnostic, Outcome
from gridlang.diagnostics.codes.rows import ROW_NOT_FOUND
from gridlang.runtime.explain.tell import ChainRow
from gridlang.runtime.outputs.read_back import read_back
from gridlang.runtime.outputs.table import Table
from gridlang.runtime.outputs.tables import AUDIENCES, MOVES, SKIPS, TASKS, TOUCHES
from gridlang.runtime.rows import AudienceRow, MoveRow, SkipRow, TaskRow, Touch

_WITH_ID = (TOUCHES, TASKS, AUDIENCES, SKIPS)


def find(tables: Mapping[str, bytes], wanted: str) -> Outcome[tuple[ChainRow, ...]]:
    """The rows with the id `wanted` in a run's files (`touches.csv` -> its bytes; CSV, JSON lines or Parquet).

    Moves have no id: an account's id finds its moves. Nothing found is a finding (G0710).
    """
    problems: list[Diagnostic] = []
    found = [row for table in _WITH_ID for row in _rows(table, tables, wanted, problems) if _id(row) == wanted]
    if not found:
        moves = _rows(MOVES, tables, wanted, problems)
        found = [row for row in moves if isinstance(row, MoveRow) and row.account == wanted]
    if not found:
        problems.append(ROW_NOT_FOUND.at(None, id=wanted))
    return Outcome(tuple(found), tuple(problems))


def _id(row: ChainRow) -> str | None:
    return None if isinstance(row, MoveRow) else row.id


def _rows(table: Table, tables: Mapping[str, bytes], wanted: str, problems: list[Diagnostic]) -> Iterator[ChainRow]:
    """The rows of one table. A file of text in which the id does not stand is not taken apart."""
    for ending in ("csv", "jsonl", "parquet"):
        name = f"{table.name}.{ending}"
        content = tables.get(name)
        if content is None or (ending != "parquet" and wanted.encode() not in content):
            continue
        read = read_back(table, name, content)
        problems.extend(read.problems)
        for row in read.value:
            assert isinstance(row, Touch | TaskRow | AudienceRow | MoveRow | SkipRow)
            yield row
