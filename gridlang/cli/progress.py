"""A bar for those who wait at a terminal, with how far it is, rows and their rate; in a pipe nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import attrs

if TYPE_CHECKING:
    from rich.progress import Progress


class Step(Protocol):
    """Called with what is done and what there is to do, in the same unit, and how many rows there are so far."""

    def __call__(self, done: int, total: int, rows: int | None = None, /) -> None: ...


@attrs.frozen
class Unit:
    """What is counted: its name for many, and how many of what is told are one."""

    name: str
    size: int = 1


DAYS = Unit("days", 86_400)
ACCOUNTS = Unit("accounts")


@contextmanager
def progress(words: str, *, shown: bool = True, unit: Unit | None = None) -> Iterator[Step | None]:
    """A bar on stderr while the block runs; None when nobody would see it."""
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[told]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar, bar.add_task(words, total=None, told=""), unit).step


@attrs.frozen
class _Bar:
    bar: Progress
    task: int
    unit: Unit | None

    def step(self, done: int, total: int, rows: int | None = None, /) -> None:
        """Draw it anew."""
        elapsed = self.bar.tasks[self.task].elapsed or 0.0
        self.bar.update(self.task, completed=done, total=total, told=told(done, total, rows, self.unit, elapsed))  # type: ignore[arg-type]


def told(done: int, total: int, rows: int | None, unit: Unit | None, elapsed: float) -> str:
    """`123 of 362 days · 14,203 rows · 5,100 a second`; of nothing that is not known."""
    parts = []
    if unit is not None:
        parts.append(f"{done // unit.size:,} of {-(-total // unit.size):,} {unit.name}")
    if rows is not None:
        parts.append(f"{rows:,} rows")
    made = rows if rows is not None else done / unit.size if unit is not None else 0
    if made and elapsed >= 1:
        parts.append(f"{made / elapsed:,.0f} a second")
    return " · ".join(parts)
