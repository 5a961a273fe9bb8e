"""The rows of all parts of a run as one set of arrays, in the final order: by moment, then R17, then id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import attrs
import numpy as np

from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.engine.results import NONE, Audiences, Links, Moves, Part, Rows, Skips, Tasks
from gridlang.schedule.model import Schedule

T = TypeVar("T", Rows, Tasks, Audiences, Skips, Moves)


@attrs.frozen(eq=False)
class Merged:
    """A run's tables; `links` holds the chains of all of them."""

    touches: Rows
    tasks: Tasks
    audiences: Audiences
    skips: Skips
    moves: Moves
    links: Links
    leads: Array
    """Of all parts, as `Part.leads`."""


def merged(schedule: Schedule, parts: Sequence[Part]) -> Merged:
    """Parts put together, each table in its order."""
    tables = {
        name: _joined([_moved(getattr(part, name), *before) for part, before in _sizes(parts)])
        for name in ("touches", "tasks", "audiences", "skips")
    }
    links: Links = _joined([part.links for part in parts])
    moves: Moves = _joined([part.moves for part in parts])
    ordered = {name: taken(table, _order(schedule, _rows(table))) for name, table in tables.items()}
    leads = np.concatenate([part.leads for part in parts])
    return Merged(**ordered, moves=taken(moves, np.lexsort((moves.account, moves.at))), links=links, leads=leads)


def _sizes(parts: Sequence[Part]) -> Iterator[tuple[Part, tuple[int, int]]]:
    """Each part, with how many links and leads come before its own."""
    links = leads = 0
    for part in parts:
        yield part, (links, leads)
        links, leads = links + part.links.rule.size, leads + len(part.leads)


def taken(table: T, order: Array | slice) -> T:
    """These rows of a table."""
    found: T = _each(lambda column: column[order], table)
    return found


def _rows(table: Any) -> Rows:
    rows: Rows = table if isinstance(table, Rows) else table.rows
    return rows


def _moved(table: T, links: int, leads: int) -> T:
    """The table with its chains so many links further on, and its leads."""
    rows = _rows(table)
    moved = attrs.evolve(rows, chain=rows.chain + links, lead=np.where(rows.lead < 0, rows.lead, rows.lead + leads))
    return moved if table is rows else attrs.evolve(table, rows=moved)  # type: ignore[call-arg, return-value]


def _each(change: Any, *tables: Any) -> Any:
    """A table whose arrays are made from those of others of its kind."""
    first = tables[0]
    if not attrs.has(type(first)):
        return change(*tables)
    names = [field.name for field in attrs.fields(type(first))]
    return type(first)(**{name: _each(change, *(getattr(table, name) for table in tables)) for name in names})


def _joined(tables: Sequence[Any]) -> Any:
    return tables[0] if len(tables) == 1 else _each(lambda *columns: np.concatenate(columns), *tables)


def _order(schedule: Schedule, rows: Rows) -> Array:
    """The order of a table: by moment, then R17. Ids need not be asked: contact, campaign, step and visit are one row.

    The plan's own rows have no person and stand first, as its empty id does.
    """
    priorities = np.array([-campaign.priority for campaign in schedule.campaigns], np.int64)
    what = (rows.campaign.astype(np.int64) << 32) | (rows.step.astype(np.int64) - NONE)
    who = ((rows.person.astype(np.int64) - NONE) << 24) | rows.visit
    first = (rows.at << 8) | (priorities[rows.campaign] + 128) if rows.at.size else rows.at
    return np.lexsort((who, what, rows.ready, first))
