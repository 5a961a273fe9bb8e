"""The grid as a matrix: phase x role for each segment and relation."""

from __future__ import annotations

import attrs

from gridlang.targets.pages.told import Chip, Context, MarkView
from gridlang.targets.views.grid import EVERYBODY, Cell, Matrix, matrices
from gridlang.targets.views.reach import channels_of


@attrs.frozen(kw_only=True)
class Entry:
    """A campaign in a cell with its channels' marks."""

    chip: Chip
    marks: tuple[MarkView, ...]


@attrs.frozen(kw_only=True)
class CellView:
    """`span` columns with the same campaigns are one cell; `note` says why a cell without campaigns is so."""

    state: str
    span: int
    roles: tuple[str, ...]
    entries: tuple[Entry, ...]
    note: str


@attrs.frozen
class RowView:
    """A phase and its cells."""

    phase: Chip
    cells: tuple[CellView, ...]


@attrs.frozen(kw_only=True)
class MatrixView:
    """One table; `relations` says for whom it holds, `levels` by name."""

    relations: str
    levels: tuple[str, ...]
    roles: tuple[str, ...]
    rows: tuple[RowView, ...]
    empty: int
    """How many cells nobody speaks to."""


@attrs.frozen
class SegmentGrid:
    """The tables of a segment; none where no campaign speaks to anybody in it, which is one thing to say."""

    segment: str
    name: str
    tables: tuple[MatrixView, ...]


def grid(told: Context) -> tuple[SegmentGrid, ...]:
    """A group of tables for each segment."""
    every = matrices(told.schedule)
    return tuple(
        SegmentGrid(
            told.names.label(segment),
            segment.name,
            _tables(told, [matrix for matrix in every if matrix.segment.name == segment.name]),
        )
        for segment in told.schedule.segments
    )


def relations(told: Context) -> tuple[tuple[str, str], ...]:
    """The levels of relation by name and title, where any grid differs by them."""
    differs = any(matrix.relations for matrix in matrices(told.schedule))
    return tuple((each.name, told.names.label(each)) for each in told.schedule.relations) if differs else ()


def _tables(told: Context, of: list[Matrix]) -> tuple[MatrixView, ...]:
    spoken_to = any(cell.campaigns for matrix in of for row in matrix.rows for cell in row.cells)
    return tuple(_table(told, matrix) for matrix in of) if spoken_to else ()


def _table(told: Context, matrix: Matrix) -> MatrixView:
    say = told.words.say
    relations = told.words.both(told.names.relation(relation) for relation in matrix.relations)
    return MatrixView(
        relations=say("Relation: %(relations)s", relations=relations) if relations else say("Every relation"),
        levels=matrix.relations,
        roles=tuple(told.names.role(role) if role != EVERYBODY else say("Everybody") for role in matrix.roles),
        rows=tuple(RowView(told.phase(row.phase.name), _cells(told, row.cells)) for row in matrix.rows),
        empty=sum(cell.state == "empty" for row in matrix.rows for cell in row.cells),
    )


def _cells(told: Context, cells: tuple[Cell, ...]) -> tuple[CellView, ...]:
    """Neighbours with the same campaigns become one cell."""
    groups: list[list[Cell]] = []
    for cell in cells:
        if groups and cell.campaigns and groups[-1][0].campaigns == cell.campaigns:
            groups[-1].append(cell)
        else:
            groups.append([cell])
    return tuple(_cell(told, group) for group in groups)


def _cell(told: Context, group: list[Cell]) -> CellView:
    first = group[0]
    return CellView(
        state=first.state,
        span=len(group),
        roles=tuple(told.names.role(cell.role) for cell in group),
        entries=tuple(
            Entry(chip=told.campaign(campaign), marks=tuple(told.mark(channel) for channel in channels_of(campaign)))
            for campaign in first.campaigns
        ),
        note=_note(told, first),
    )


def _note(told: Context, cell: Cell) -> str:
    say = told.words.say
    match cell.state:
        case "covered":
            return told.words.both(
                say("%(person)s, reached as %(role)s", person=told.names.person(person), role=told.names.role(role))
                for person, role in cell.through
            )
        case "empty":
            return say("Empty")
        case "nobody":
            return say("Nobody has this role here")
        case "filled":
            return ""
