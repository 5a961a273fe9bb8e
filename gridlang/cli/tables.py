"""The summary of a run, drawn as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from gridlang.runtime.summary import Summary

Cell = str | int


def draw(summary: Summary) -> None:
    """Print the summary on stdout; in a pipe without colours."""
    console = Console(highlight=False)
    console.print(_first_line(summary))
    for title, columns, rows in _tables(summary):
        if rows:
            console.print(_table(title, columns, rows))


def _first_line(summary: Summary) -> str:
    counted = {
        "accounts": summary.accounts,
        "contacts": summary.contacts,
        "touches": summary.touches,
        "tasks": summary.tasks,
        "notices": summary.notices,
        "skips": sum(summary.skips.values()),
    }
    return ", ".join(f"{number:,} {name}" for name, number in counted.items())


def _tables(summary: Summary) -> Iterator[tuple[str, tuple[str, ...], list[tuple[Cell, ...]]]]:
    """Title, columns and rows of each table; the first two columns of words, the others of numbers."""
    yield (
        "Campaigns",
        ("campaign", "channel", "touches", "tasks", "audiences", "skips"),
        [
            (line.campaign_title, line.channel_title, line.touches, line.tasks, line.audiences, _reasons(line.skips))
            for line in summary.channels
        ],
    )
    yield "Goals", ("campaign", "reached", "runs"), [(line.title, line.reached, line.runs) for line in summary.goals]
    yield (
        "Moves",
        ("from", "to", "accounts"),
        [(line.source or "(enters)", line.target, line.accounts) for line in summary.edges],
    )
    yield (
        "Segments",
        ("segment", "accounts"),
        [(line.title or "(no segment takes them)", line.accounts) for line in summary.segments],
    )
    yield (
        "Files",
        ("file", "rows", "taken", "repeated", "refused"),
        [(line.file, line.rows, line.taken, line.repeated, line.refused) for line in summary.files],
    )
    yield (
        "Issues",
        ("issue", "example", "times", "refused"),
        [(line.code, line.example, line.times, line.refused) for line in summary.issues],
    )
    yield "Reports", ("check", "times"), list(summary.reports.items())


def _reasons(skips: dict[str, int]) -> str:
    return ", ".join(f"{number} {reason}" for reason, number in skips.items()) or "0"


def _table(title: str, columns: Iterable[str], rows: Iterable[tuple[Cell, ...]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    rows = list(rows)
    for at, name in enumerate(columns):
        numbers = all(isinstance(row[at], int) for row in rows)
        table.add_column(name, justify="right" if numbers else "left")
    for row in rows:
        table.add_row(*(Text(f"{cell:,}" if isinstance(cell, int) else cell) for cell in row))
    return table
