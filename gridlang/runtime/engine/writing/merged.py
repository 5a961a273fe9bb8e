"""The rows of all parts of a run as one set of arrays, and their final order: by moment, then R17, then id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, TypeVar

import attrs
import numpy as np

from gridlang.runtime.engine.reading.arrays import Array
from gridlang.runtime.engine.reading.threads import in_order
from gridlang.runtime.engine.results import NONE, Audiences, Links, Moves, Part, Rows, Skips, Tasks, small
from gridlang.schedule.model import Schedule

T = TypeVar("T", Rows, Tasks, Audiences, Skips, Moves)


TABLES = ("touches", "moves", "skips", "tasks", "audiences")
"""The largest first."""


@attrs.frozen(eq=False)
class Merged:
    """A run's tables, in the order of its parts; `links` holds the chains of all of them."""

    touches: Rows
    tasks: Tasks
    audiences: Audiences
    skips: Skips
    moves: Moves
    links: Links
    leads: Array
    """Of all parts, as `Part.leads`."""
    order: dict[str, Array]
    """By table: its rows (indices) in their final order."""


def merged(schedule: Schedule, parts: list[Part]) -> Merged:
    """Parts put together, and each table's order. The parts are used up: nothing stands in memory twice for long."""
    before, leads = list(_sizes(parts)), np.concatenate([part.leads for part in parts])
    tables = {name: [getattr(part, name) for part in parts] for name in (*TABLES, "links")}
    parts.clear()
    made = {name: _table(tables.pop(name), before) for name in (*TABLES, "links")}
    orders = in_order(partial(_order, schedule, made[name]) for name in TABLES)
    return Merged(**made, leads=leads, order=dict(zip(TABLES, orders, strict=True)))


def _table(parts: list[Any], before: Sequence[tuple[int, int]]) -> Any:
    if isinstance(parts[0], Moves | Links):
        return _joined(parts)
    return _joined([_moved(part, *each) for part, each in zip(parts, before, strict=True)])


def _sizes(parts: Sequence[Part]) -> Iterator[tuple[int, int]]:
    """How many links and leads come before those of each part."""
    links = leads = 0
    for part in parts:
        yield links, leads
        links, leads = links + part.links.rule.size, leads + len(part.leads)


def taken(table: T, order: Array | slice) -> T:
    """These rows of a table."""
    found: T = _each(lambda column: column[order] if isinstance(order, slice) else column.take(order), table)
    return found


def wide(table: T) -> T:
    """The same rows with all whole numbers in int64, so that they can be reckoned with."""
    found: T = _each(lambda column: column.astype(np.int64) if column.dtype.kind == "i" else column, table)
    return found


def _rows(table: Any) -> Rows:
    rows: Rows = table if isinstance(table, Rows) else table.rows
    return rows


def _moved(table: T, links: int, leads: int) -> T:
    """The table with its chains so many links further on, and its leads."""
    rows = _rows(table)
    chain, lead = rows.chain.astype(np.int64) + links, rows.lead.astype(np.int64)
    moved = attrs.evolve(rows, chain=small(chain), lead=small(np.where(lead < 0, lead, lead + leads)))
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


def _order(schedule: Schedule, table: Rows | Tasks | Audiences | Skips | Moves) -> Array:
    found = _order_of_moves(table) if isinstance(table, Moves) else _order_of_rows(schedule, _rows(table))
    return found.astype(np.int32) if found.size < 1 << 31 else found


def _order_of_moves(moves: Moves) -> Array:
    """By moment, then account."""
    if (moves.account[1:] >= moves.account[:-1]).all():  # as parts have them
        return np.argsort(moves.at, kind="stable")
    return np.lexsort((moves.account, moves.at))


def _order_of_rows(schedule: Schedule, rows: Rows) -> Array:
    """By moment, then R17. Ids need not be asked: contact, campaign, step and visit are one row.

    The plan's own rows have no person and stand first, as its empty id does.
    """
    priorities = np.array([-campaign.priority for campaign in schedule.campaigns], np.int64)
    what = (rows.campaign.astype(np.int64) << 32) | (rows.step.astype(np.int64) - NONE)
    who = ((rows.person.astype(np.int64) - NONE) << 24) | rows.visit
    at = rows.at.astype(np.int64)
    first = (at << 8) | (priorities[rows.campaign] + 128) if at.size else at
    return np.lexsort((who, what, rows.ready, first))
