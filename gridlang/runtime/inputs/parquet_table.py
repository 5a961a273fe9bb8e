"""Parquet, by pyarrow, which is loaded only when somebody hands us such a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gridlang.diagnostics import Outcome
from gridlang.diagnostics.codes.rows import BROKEN_PARQUET, PARQUET_MISSING
from gridlang.runtime.inputs.csv_table import header_problem
from gridlang.runtime.inputs.tables import Broken, Cell, Row, Table, clean_row

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]


def read_parquet(name: str, content: bytes) -> Outcome[Table | None]:
    """The rows of a Parquet file."""
    try:
        import pyarrow
        import pyarrow.parquet  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError:
        return Outcome(None, (PARQUET_MISSING.at(None, file=name),))
    try:
        arrow = pyarrow.parquet.ParquetFile(pyarrow.BufferReader(content)).read()
        columns = {column: cells_of(arrow.column(at)) for at, column in enumerate(arrow.column_names)}
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        return Outcome(None, (BROKEN_PARQUET.at(None, file=name, reason=_first_line(error)),))
    if problem := header_problem(name, tuple(arrow.column_names)):
        return Outcome(None, (problem,))
    return Outcome(_table(name, columns, arrow.num_rows))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _table(name: str, columns: dict[str, list[Cell]], count: int) -> Table:
    names = tuple(column.strip() for column in columns)
    cells = list(columns.values())
    rows: list[Row] = []
    broken: list[Broken] = []
    for at in range(count):
        read = clean_row(at + 1, ((column, cell[at]) for column, cell in zip(names, cells, strict=True)))
        if isinstance(read, Row):
            rows.append(read)
        else:
            broken.append(read)
    return Table(name, names, tuple(rows), tuple(broken))


def cells_of(column: pyarrow.ChunkedArray) -> list[Cell]:
    """The column's values as Python's; moments are cut to the microsecond, bytes are texts with their flaws kept."""
    import pyarrow

    kind: Any = column.type
    if pyarrow.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pyarrow.timestamp("us", tz=kind.tz), safe=False)
    elif pyarrow.types.is_time64(kind) and kind.unit == "ns":
        column = column.cast(pyarrow.time64("us"), safe=False)
    return [_text(cell) if isinstance(cell, bytes) else cell for cell in column.to_pylist()]


def _text(cell: bytes) -> str:
    return cell.decode("utf-8", "surrogateescape")
