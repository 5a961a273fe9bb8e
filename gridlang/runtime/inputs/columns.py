"""The columns of a file against what the plan declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from gridlang.diagnostics import Diagnostic
from gridlang.diagnostics.codes.rows import MISSING_COLUMN, WRONG_COLUMN_TYPE
from gridlang.runtime.inputs.tables import Cell, Row, Table
from gridlang.runtime.inputs.values import did_you_mean, nearest
from gridlang.runtime.rows import Issue


@attrs.frozen
class Required:
    """A column that a file must have, and why."""

    column: str
    reason: str
    way_out: str


def missing_columns(table: Table, required: Iterable[Required], known: Iterable[str]) -> Iterator[Diagnostic]:
    """The required columns that are not there. A file of objects without any object has no columns to miss."""
    if not table.columns:
        return
    spare = [column for column in table.columns if column and column not in set(known)]
    for one in required:
        if one.column not in table.columns:
            near = nearest(one.column, spare)
            way_out = f"rename the column `{near}`" if near else one.way_out
            yield MISSING_COLUMN.at(None, file=table.name, column=one.column, reason=one.reason, way_out=way_out)


def unknown_columns(table: Table, known: Iterable[str]) -> Iterator[Issue]:
    """One word about all columns that the plan does not know; their values are not read."""
    names = set(known)
    unknown = [column for column in table.columns if column not in names]
    if unknown:
        free = names - set(table.columns)
        listed = ", ".join(
            f"`{column}`{did_you_mean(column, free)}" if column else "one without a name" for column in unknown
        )
        reason = f"columns that the plan does not declare, and whose values are not read: {listed}"
        yield Issue(code="unknown_column", reason=reason, file=table.name, refused=False)


def nested_columns(table: Table, known: Iterable[str]) -> Iterator[Diagnostic]:
    """Declared columns that hold objects in every row that has a value: no type of the plan is one."""
    for column in known:
        if column in table.columns:
            cells = (row.cells[column] for row in table.rows if column in row.cells)
            if _nested(next(cells, None)) and all(map(_nested, cells)):
                yield WRONG_COLUMN_TYPE.at(
                    None, file=table.name, column=column, held="nested objects", wanted="one value, or a list of texts"
                )


def _nested(cell: Cell) -> bool:
    return isinstance(cell, dict) or (isinstance(cell, list) and isinstance(cell[0], dict | list))


@attrs.frozen
class Distinct:
    """Rows of which no two have one id; `equal` are the numbers of rows that only repeat another."""

    rows: tuple[Row, ...]
    refused: tuple[Issue, ...]
    equal: tuple[int, ...]


def one_by_id(table: Table, known: Iterable[str], about: str | None) -> Distinct:
    """Equal rows are one; rows of one id that differ in a known column are all refused. Without an id: passed on.

    `about` is the column that names the contact of a row, for the issues.
    """
    names = tuple(known)
    first: dict[str, Row] = {}
    kept: list[Row] = []
    others: dict[str, list[Row]] = {}
    for row in table.rows:
        if "id" not in row.cells:
            kept.append(row)
            continue
        name = str(row.cells["id"])
        if first.setdefault(name, row) is not row:
            others.setdefault(name, []).append(row)
    kept += [row for name, row in first.items() if name not in others]
    refused: list[Issue] = []
    equal: list[int] = []
    for name, rows in others.items():
        group = [first[name], *rows]
        differing = [n for n in names if any(row.cells.get(n) != group[0].cells.get(n) for row in group[1:])]
        if differing:
            refused.extend(_conflicts(table.name, name, group, differing, about))
        else:
            kept.append(group[0])
            equal.extend(row.number for row in group[1:])
    return Distinct(tuple(sorted(kept, key=lambda row: row.number)), tuple(refused), tuple(equal))


def _conflicts(file: str, name: str, group: list[Row], differing: list[str], about: str | None) -> Iterator[Issue]:
    numbers = _listed([row.number for row in group])
    what = ", ".join(f"`{column}`" for column in differing)
    reason = f"id `{name}` stands in rows {numbers} with different {what}: nobody can tell which holds"
    for row in group:
        contact = str(row.cells.get(about, "")) if about else ""
        yield Issue(code="different_rows", reason=reason, file=file, row=row.number, contact=contact)


def equal_rows(file: str, equal: tuple[int, ...]) -> Iterator[Issue]:
    """One word about the rows that repeat another row: each was taken once."""
    if equal:
        word = "row repeats another" if len(equal) == 1 else "rows repeat another"
        reason = f"{len(equal)} {word}, counted once: {_listed(sorted(equal))}"
        yield Issue(code="equal_rows", reason=reason, file=file, refused=False)


def _listed(numbers: list[int], most: int = 10) -> str:
    more = f" and {len(numbers) - most} more" if len(numbers) > most else ""
    return ", ".join(map(str, numbers[:most])) + more
