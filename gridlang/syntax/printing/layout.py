"""Lines out of printed nodes: columns that stand under each other, blank lines, remarks, indents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from gridlang.syntax.printing.author import Remarks

WIDTH = 120
INDENT = "  "
REMARK = "  "
"""What stands between a line and the remark behind it."""


@attrs.define
class Shown:
    """A node as printed. `cells` are the columns of its first line, `rest` its further lines.

    Neighbours of one `group` get columns of one width; a `loose` one stands among them and keeps out of it. With
    `hanging`, the rest begins under the last column. `blank`: a blank line stands before it.
    """

    cells: list[str]
    rest: list[str] = attrs.field(factory=list)
    remarks: Remarks = attrs.field(factory=Remarks)
    group: str | None = None
    loose: bool = False
    hanging: bool = False
    blank: bool = False


def indented(lines: Iterable[str], by: str = INDENT) -> list[str]:
    """Lines moved to the right; empty ones stay empty."""
    return [by + line if line else line for line in lines]


def stack(items: list[Shown], room: int) -> list[str]:
    """Nodes under each other. `room` is how many characters a line may have here."""
    lines: list[str] = []
    for run in _runs(items):
        widths = _widths(run, room)
        for item in run:
            lines += [""] if item.blank and lines else []
            lines += item.remarks.before
            lines += _lines(item, [] if item.loose else widths)
            lines[-1] += "".join(REMARK + remark for remark in item.remarks.behind[:1])
            lines += item.remarks.behind[1:] + item.remarks.after
    return lines


def block(head: str, items: list[Shown], remarks: Remarks, room: int) -> list[str]:
    """`head { … }` over several lines, with the remarks that stand between its braces."""
    opening = remarks.opening
    first = f"{head} {{" + "".join(REMARK + remark for remark in opening[:1])
    if not items and not opening and not remarks.closing:
        return [f"{head} {{}}"]
    inner = opening[1:] + stack(items, room - len(INDENT))
    return [first, *indented([*inner, *remarks.closing]), "}"]


def _runs(items: list[Shown]) -> Iterator[list[Shown]]:
    """Neighbours that share columns."""
    run: list[Shown] = []
    for item in items:
        if run and (item.blank or item.group is None or item.group != run[-1].group):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _widths(run: list[Shown], room: int) -> list[int]:
    """How wide each column is; empty when the lines would grow out of the page by it."""
    rows = [item.cells for item in run if not item.loose]
    if len(rows) < 2:
        return []
    columns = max(len(row) for row in rows) - 1
    widths = [max((len(row[at]) for row in rows if len(row) > at + 1), default=0) for at in range(columns)]
    grown = [row for row in rows if len(_joined(row, widths)) > room >= len(_joined(row, []))]
    return [] if grown else widths


def _joined(cells: list[str], widths: list[int]) -> str:
    line = ""
    for at, cell in enumerate(cells):
        last = at == len(cells) - 1
        if at < len(widths) and not last:
            line += f"{cell:<{widths[at]}} " if widths[at] else ""
        else:
            line += cell if last else f"{cell} " if cell else ""
    return line.rstrip()


def _lines(item: Shown, widths: list[int]) -> list[str]:
    first = _joined(item.cells, widths)
    if not item.hanging:
        return [first, *item.rest]
    return [first, *indented(item.rest, " " * (len(first) - len(item.cells[-1])))]
