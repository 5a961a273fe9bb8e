"""Items as the files of a system: its columns and those of one's own, split where it takes no more rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gridlang.crm import texts
from gridlang.crm.item import Item, source
from gridlang.crm.options import CrmOptions
from gridlang.crm.system import System
from gridlang.outputs import OutputFile, csv_bytes
from gridlang.schedule.model import Plan


def files(system: System, plan: Plan, items: Iterable[Item], options: CrmOptions) -> tuple[OutputFile, ...]:
    """`tasks_NAME.csv`, more of them where there are more rows than one may have, and what stands beside them."""
    columns = list(dict.fromkeys((*system.columns, *options.fields)))
    rows = [_row(system, item, options, columns) for item in items if system.takes(item)]
    written = tuple(split(f"tasks_{system.name}", columns, rows, options.most_rows or system.most_rows))
    return (*written, *system.beside(plan, [file.path for file in written], columns))


def _row(system: System, item: Item, options: CrmOptions, columns: Sequence[str]) -> list[str]:
    cells = system.row(item, texts.line(owner_of(item, options)), options)
    cells |= {column: texts.cell(source(item, name)) for column, name in options.fields.items()}
    return [cells[column] for column in columns]


def owner_of(item: Item, options: CrmOptions) -> str:
    """Who has an item there: its member, else its team, else whoever has the rest."""
    known = options.owners
    return known.get(item.member) or known.get(item.team) or options.owner or ""


def split(stem: str, columns: Sequence[str], rows: Sequence[list[str]], most: int | None) -> Iterator[OutputFile]:
    """`STEM.csv`, `STEM_2.csv` …: UTF-8, commas, a header row in each, `\\n`."""
    size = max(len(rows), 1) if most is None else most - 1
    parts = [rows[at : at + size] for at in range(0, len(rows), size)] or [[]]
    for number, part in enumerate(parts, start=1):
        yield OutputFile(f"{stem}{'' if number == 1 else f'_{number}'}.csv", csv_bytes(columns, part))
